import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Pedestrian delay")
struct PedestrianDelayTests {
  /// A programme of one group from seconds of green and red in turn.
  private func program(_ seconds: [Double], first: SignalState = .protectedGreen) -> SignalProgram {
    SignalProgram(
      controller: ControllerID(0), name: "p", offset: 17,
      intervals: seconds.enumerated().map { index, duration in
        let isGreen = (index % 2 == 0) == (first == .protectedGreen)
        return SignalInterval(duration: duration, states: [isGreen ? .protectedGreen : .red])
      })
  }

  @Test("One walk in a cycle: (C − g)² / 2C", arguments: [(10.0, 80.0), (30, 30), (1, 119), (59, 1)])
  func closedForm(green: Double, red: Double) throws {
    let mean = try #require(program([green, red]).meanWait(ofGroup: 0))
    #expect(abs(mean - red * red / (2 * (green + red))) < 1e-12)
  }

  @Test("Several walks in a cycle, and runs that wrap past its end, second by second")
  func brute() throws {
    for seconds in [[7.0, 20, 5, 40], [3, 30, 8, 12, 20, 9, 4], [10, 50, 10, 50]] {
      for first in [SignalState.protectedGreen, .red] {
        let program = program(seconds, first: first)
        // Arrivals in the middle of every hundredth of a second.
        let steps = Int(program.cycle * 100)
        let green = (0..<2 * steps).map { program.states(at: 17 + (Double($0) + 0.5) / 100)[0].isGreen }
        var sum = 0.0
        var next = 2 * steps
        for step in (0..<2 * steps).reversed() {
          if green[step] { next = step }
          if step < steps { sum += max(0, Double(next - step) - 0.5) / 100 }
        }
        let mean = try #require(program.meanWait(ofGroup: 0))
        // The first hundredth of each red is counted as half.
        #expect(abs(mean - sum / Double(steps)) < 0.01)
      }
    }
  }

  @Test("Two walks of half the length halve the wait of one; always green is none; never green is nil")
  func shares() throws {
    let one = try #require(program([20, 100]).meanWait(ofGroup: 0))
    let two = try #require(program([10, 50, 10, 50]).meanWait(ofGroup: 0))
    #expect(abs(two - one / 2) < 1e-12)
    #expect(program([60]).meanWait(ofGroup: 0) == 0)
    #expect(program([60], first: .red).meanWait(ofGroup: 0) == nil)
  }

  @Test("Pedestrians of all slices count, at signalled crossings, and the simulator tells their delay")
  func total() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    func crossing(_ name: String, _ group: Int?) -> PedestrianCrossing {
      PedestrianCrossing(
        name: name, junction: JunctionID(0), length: 10, walkingSpeed: 1.2,
        signal: group.map { SignalGroupReference(controller: ControllerID(0), group: $0) },
        crossedConnections: [])
    }
    let network = try star.network.replacing(
      crossings: [crossing("a", 0), crossing("b", nil), crossing("c", 1)])
    let none = [Double?](repeating: 0, count: network.movements.count)
    let demand = Demand(
      begin: 0, end: 1800,
      counts: [
        CountSlice(begin: 0, end: 900, vehicles: none, pedestrians: [40, 500, 0]),
        CountSlice(begin: 900, end: 1800, vehicles: none, pedestrians: [20, 500, 30]),
      ])
    let delay = PedestrianDelay(network: network, demand: demand)
    #expect(delay.pedestrians == 90)
    // Greens of 30 s and 24 s, each followed by 3 s of yellow, of 60 s.
    let plan = star.plan(greens: [30, 24])
    let expected = 60 * (30.0 * 30 / 120) + 30 * (36.0 * 36 / 120)
    #expect(abs(delay.total(under: SignalTimetable(plan)) - expected) < 1e-9)
    let measures = Simulator(network: network, demand: demand).run(plan, seed: 1)
    #expect(measures.pedestrians == 90)
    #expect(abs(measures.delayPerPedestrian - expected / 90) < 1e-12)
  }
}
