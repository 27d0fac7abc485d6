import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Judgement of a plan")
struct JudgementTests {
  private let network: OpposedLeft
  private let demand: Demand
  private let simulator: Simulator

  init() throws {
    network = try OpposedLeft(green: 30, cycle: 60)
    demand = network.demand(opposing: 300, hours: 0.1)
    simulator = Simulator(network: network.network, demand: demand)
  }

  private func judgement(of proposed: TimingPlan) async -> PlanPair {
    await Judgement(
      of: [(.existing, network.plan)], candidates: [proposed], on: simulator, options: OptimizationOptions()
    ).comparison
  }

  @Test(
    "Seeds are added only while a plan that did better is not proven, five at a time, thirty at most",
    arguments: [1.0, 2, 5, 11])
  func further(shift: Double) async {
    var proposed = network.plan
    for index in proposed.programs.indices { proposed.programs[index]?.offset += shift }
    let comparison = await judgement(of: proposed)
    let count = comparison.seeds.count
    #expect(comparison.seeds == (1...UInt64(count)).map { $0 })
    #expect(count % 5 == 0 && count <= 30)
    #expect(comparison.both.allSatisfy { $0.runs.count == count })
    for looked in stride(from: 5, through: count, by: 5) {
      let look = PlanComparison(
        seeds: Array(comparison.seeds.prefix(looked)),
        entries: comparison.both.map { .init(plan: $0.plan, runs: Array($0.runs.prefix(looked))) })
      let difference = look.difference(1, \.totalDelay)
      let isProven =
        look.isSignCertain(1, isOneOfThree: true, \.totalDelay)
        && look.entries[1].lockUps <= look.entries[0].lockUps
      let isOpen = difference.mean < 0 && !isProven
      #expect(isOpen == (looked < count) || looked == 30)
    }
  }

  @Test("The existing plan itself, which is no better, plays the first seeds only")
  func same() async {
    #expect(await judgement(of: network.plan).seeds == Array(1...5))
  }
}
