import Testing
import TrafficModel

@Suite("Quantities")
struct QuantitiesTests {
  @Test("36 km/h are 10 m/s, and 3600 vehicles an hour are one a second")
  func units() {
    #expect(Quantities.metresPerSecond(kilometresPerHour: 36) == 10)
    #expect(Quantities.perSecond(vehiclesPerHour: 3600) == 1)
    #expect(Quantities.perHour(vehiclesPerSecond: 0.5) == 1800)
  }
}
