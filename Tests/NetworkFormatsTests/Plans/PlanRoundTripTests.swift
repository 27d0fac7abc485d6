import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@Suite("Plans written in every format and read back")
struct PlanRoundTripTests {
  private func expectToComeBack(_ scenario: Scenario, _ plan: TimingPlan, step: Double = 0.5) throws {
    let exchange = PlanExchange(scenario: scenario)
    for format in PlanExchange.Format.allCases {
      let (read, losses) = try exchange.roundTrip(plan, format)
      #expect(read.warnings == [], "\(format)")
      #expect(!losses.contains { $0.contains("green") || $0.contains("cannot be said") }, "\(losses)")
      exchange.expectSameGreens(read.plan, plan, step: step, "\(format)")
      switch format {
      case .csv, .json: #expect(read.plan.programs == plan.programs)
      case .sumo, .utdf, .gmns, .vissim: break
      }
      #expect(
        read.plan.check(against: scenario.network) == plan.check(against: scenario.network), "\(format)")
    }
  }

  @Test("shipped networks: the plan in force, and others", arguments: PlanSamples.shipped)
  func shipped(name: String) throws {
    let scenario = try PlanSamples.network(name)
    for period in scenario.periods { try expectToComeBack(scenario, period.existingPlan) }
    for seed in 1...3 { try expectToComeBack(scenario, PlanSamples.changed(scenario, seed: seed)) }
  }

  @Test("generated grids", arguments: 1...8)
  func grids(seed: Int) throws {
    let scenario = try PlanSamples.grid(rows: 1 + seed % 3, columns: 1 + seed % 4, seed: seed)
    try expectToComeBack(scenario, PlanSamples.changed(scenario, seed: seed))
  }

  @Test("times in tenths of seconds", arguments: 1...4)
  func tenths(seed: Int) throws {
    let scenario = try PlanSamples.grid(rows: 1, columns: 2, seed: seed)
    try expectToComeBack(scenario, PlanSamples.changed(scenario, seed: seed, step: 0.1), step: 0.1)
  }

  @Test(
    "networks of SUMO: what does not come back has been told",
    arguments: ["small/small.net.xml", "joined/joined.net.xml", "crossing/crossing.net.xml"])
  func sumo(path: String) throws {
    let scenario = try SUMOReader.read(network: SUMOFixture.path(path), routes: []).scenario
    let exchange = PlanExchange(scenario: scenario)
    let plan = scenario.periods[0].existingPlan
    for format in PlanExchange.Format.allCases {
      guard try exchange.write(plan, format).losses.isEmpty else { continue }
      let (read, _) = try exchange.roundTrip(plan, format)
      exchange.expectSameGreens(read.plan, plan, "\(path) \(format)")
    }
  }
}
