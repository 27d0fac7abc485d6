import Testing
import TrafficModel

@Suite("TurningCounts")
struct TurningCountsTests {
  /// Quarters of an hour from 7:00 on, of one movement.
  private func quarters(_ vehicles: [Double], movement: Int = 0, minutes: Double = 15) -> [TurningCounts
    .Entry]
  {
    vehicles.enumerated().map { index, vehicles in
      let begin = 25_200 + Double(index) * minutes * 60
      return TurningCounts.Entry(
        movement: MovementID(movement), begin: begin, end: begin + minutes * 60, vehicles: vehicles)
    }
  }

  // Hours: 100+120+140+160 = 520, 120+140+160+100 = 520, 140+160+100+90 = 490; the first 520 counts.
  @Test("the peak hour is the earliest of the busiest, with V / (4 V15)")
  func peakHour() throws {
    let counts = TurningCounts(name: "", entries: quarters([100, 120, 140, 160, 100, 90]))
    let peak = try #require(counts.peakHour())
    #expect(peak == PeakHour(begin: 25_200, vehicles: 520, factor: 520.0 / (4 * 160)))
  }

  @Test("movements are summed before the hour is chosen")
  func severalMovements() throws {
    let counts = TurningCounts(
      name: "",
      entries: quarters([90, 10, 10, 10, 10, 80], movement: 1) + quarters([10, 10, 10, 10, 20, 95]))
    let peak = try #require(counts.peakHour())
    #expect(peak.begin == 25_200 + 1800)
    #expect(peak.vehicles == 110 + 135)
    #expect(peak.factor == 245.0 / (4 * 175))
    let second = try #require(counts.peakHour { $0 == MovementID(1) })
    #expect(second == PeakHour(begin: 25_200, vehicles: 120, factor: 120.0 / (4 * 90)))
  }

  @Test("minutes give the same hour and factor as quarters of evenly spread minutes")
  func minutes() throws {
    let counted: [Double] = [30, 60, 45, 75, 15, 30]
    let coarse = try #require(TurningCounts(name: "", entries: quarters(counted)).peakHour())
    let fine = counted.flatMap { [Double](repeating: $0 / 3, count: 3) }
    let peak = try #require(TurningCounts(name: "", entries: quarters(fine, minutes: 5)).peakHour())
    #expect(peak.begin == coarse.begin)
    // Sums of thirds.
    #expect(abs(peak.vehicles - coarse.vehicles) < 1e-9)
    #expect(abs((peak.factor ?? 0) - (coarse.factor ?? 1)) < 1e-12)
  }

  @Test("hourly counts have a peak hour without factor, less than an hour has neither")
  func coarse() {
    let hourly = TurningCounts(name: "", entries: quarters([300, 400], minutes: 60))
    #expect(hourly.peakHour() == PeakHour(begin: 28_800, vehicles: 400, factor: nil))
    #expect(TurningCounts(name: "", entries: quarters([10, 10, 10])).peakHour() == nil)
    #expect(TurningCounts(name: "", entries: []).peakHour() == nil)
    #expect(TurningCounts(name: "", entries: []).times == nil)
  }
}
