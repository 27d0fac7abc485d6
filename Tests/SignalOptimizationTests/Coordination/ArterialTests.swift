import NetworkFormats
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Arterial")
struct ArterialTests {
  static func eightSignals() throws -> (network: Network, plan: TimingPlan, planner: OffsetPlanner) {
    let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    let read = try ScenarioReader.read(root + "/networks/eight-signal-arterial/network.yaml", routes: [])
    let (network, period) = (read.scenario.network, read.scenario.periods[0])
    let flows = MovementFlows(network: network, demand: period.demand)
    return (
      network, period.existingPlan, OffsetPlanner(network: network, demand: period.demand, flows: flows.mean)
    )
  }

  @Test("The eight-signal arterial has the greens and lengths of its file, and gets its green waves")
  func bands() throws {
    let (network, plan, planner) = try Self.eightSignals()
    let controllers = network.controllers.indices.map { ControllerID($0) }
    let arterial = try Arterial(controllers, plan: plan, planner: planner, balance: .exactly(1))
    let problem = arterial.problem
    #expect(
      problem.signals.map { ($0.patterns[0].outbound.length * 80).rounded() } == [
        44, 48, 52, 52, 48, 52, 56, 40,
      ])
    #expect(problem.signals.allSatisfy { $0.patterns[0].outbound == $0.patterns[0].inbound })
    // Ways across the junctions lengthen the links a little.
    for (road, length) in zip(problem.outbound, [350.0, 400, 160, 540, 280, 280, 270]) {
      #expect(road.length >= length && road.length < length + 50)
    }
    let solution = try #require(try problem.solve())
    #expect(solution.gap < BandwidthProblemTests.wholeNumbers)
    let found = arterial.plan(plan, with: solution)
    #expect(found.check(against: network).isEmpty)
    // Rounding to whole seconds takes a second at most from a band.
    let offsets = controllers.map { ((found[$0]?.offset ?? 0) - (plan[controllers[0]]?.offset ?? 0)) / 80 }
    let seen = problem.bands(
      patterns: solution.patterns, offsets: offsets, cycle: 80, outboundTimes: solution.outboundTimes,
      inboundTimes: solution.inboundTimes)
    #expect(solution.outboundSeconds > 20)
    #expect(min(seen.outbound, seen.inbound) * 80 > solution.outboundSeconds - 1.01)
    let present = problem.bands(
      patterns: solution.patterns, offsets: [Double](repeating: 0, count: 8), cycle: 80,
      outboundTimes: solution.outboundTimes, inboundTimes: solution.inboundTimes)
    #expect(min(present.outbound, present.inbound) < min(seen.outbound, seen.inbound))
  }

  @Test("Signals without traffic between them, or with other cycles, are no arterial")
  func failures() throws {
    let (_, plan, planner) = try Self.eightSignals()
    #expect(throws: NoGreenWaves.tooFew) { try Arterial([ControllerID(0)], plan: plan, planner: planner) }
    let noTraffic = NoGreenWaves.noTraffic(
      from: ControllerID(0), to: ControllerID(4), next: [ControllerID(1)])
    #expect(throws: noTraffic) {
      try Arterial([ControllerID(0), ControllerID(4)], plan: plan, planner: planner)
    }
    var other = plan
    other[ControllerID(1)]?.intervals[0].duration += 10
    #expect(throws: NoGreenWaves.severalCycles) {
      try Arterial([ControllerID(0), ControllerID(1)], plan: other, planner: planner)
    }
  }
}
