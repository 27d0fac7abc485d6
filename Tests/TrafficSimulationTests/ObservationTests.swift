import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Observed runs")
struct ObservationTests {
  private func run(seed: UInt64 = 3) throws -> (measures: Measures, seen: TrafficObservation) {
    let street = try TwoSignals(length: 200)
    var demand = Demand(begin: 0, end: 1200, routes: [(0..<3).map { LinkID($0) }])
    demand.departures = (0..<240).map { Departure(time: Double($0) * 5, route: 0) }
    let simulator = Simulator(network: street.network, demand: demand)
    let plan = street.plan(25, 20)
    return (
      simulator.run(plan, seed: seed),
      simulator.observe(plan, seed: seed, links: [LinkID(1)], times: 300..<600)
    )
  }

  @Test("What is looked at goes as if nobody looked: mean and largest queues are those measured")
  func sameRun() throws {
    let (measures, seen) = try run()
    #expect(seen.queues.count == 20)
    for link in measures.links.indices {
      let mean = seen.queues.reduce(0) { $0 + $1[link] } / 20
      #expect(abs(mean - measures.links[link].meanQueue) < 1e-9)
    }
    // Links of one lane; the last cycle ends with the period and is seen whole but for its end.
    for link in 0..<2 {
      let largest = try #require(seen.longestQueues[link].max())
      #expect(largest > 3 && largest <= measures.links[link].maximumQueue)
    }
  }

  @Test("Vehicles are followed on the links and in the time asked for, forwards and no faster than they may")
  func trajectories() throws {
    let seen = try run().seen
    #expect(seen.trajectories.count > 30)
    for trajectory in seen.trajectories {
      #expect(trajectory.allSatisfy { $0.link == LinkID(1) && (0...200).contains($0.position) })
      #expect(trajectory.allSatisfy { (300...601).contains($0.time) })
      for (now, next) in zip(trajectory, trajectory.dropFirst()) {
        #expect(next.time == now.time + 1)
        let speed = next.position - now.position
        #expect(speed >= 0 && speed <= 2 * 13.9)
      }
    }
  }

  @Test("A queue's percentile is the least that the share of the cycles keeps within")
  func percentile() {
    var first = TrafficObservation()
    var second = TrafficObservation()
    first.longestQueues = [Array(1...10)]
    second.longestQueues = [Array(11...20)]
    func queue(_ share: Double) -> Int {
      TrafficObservation.queue(withinShare: share, ofLane: LaneID(0), runs: [first, second])
    }
    #expect([queue(0.95), queue(0.5), queue(1), queue(0)] == [19, 10, 20, 1])
    #expect(TrafficObservation.queue(withinShare: 0.95, ofLane: LaneID(0), runs: []) == 0)
  }
}
