import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Comparisons that stop when they are certain")
struct PlanComparisonSequentialTests {
  private func comparison(_ differences: [Double]) -> PlanComparison {
    func runs(_ delays: [Double]) -> [Measures] {
      delays.map { delay in
        var measures = Measures()
        measures.totalDelay = delay
        return measures
      }
    }
    let plan = TimingPlan(name: "", programs: [])
    return PlanComparison(
      seeds: differences.indices.map { UInt64($0 + 1) },
      entries: [
        .init(plan: plan, runs: runs(differences.map { _ in 100 })),
        .init(plan: plan, runs: runs(differences.map { 100 + $0 })),
      ])
  }

  @Test("A plan that is never different needs the first seeds only")
  func same() async throws {
    let network = try OpposedLeft(green: 30, cycle: 60)
    let simulator = Simulator(network: network.network, demand: network.demand(opposing: 300, hours: 0.1))
    let comparison = await PlanComparison(of: [network.plan, network.plan], on: simulator)
    #expect(comparison.seeds == Array(1...5))
    #expect(comparison.entries[1].runs.count == 5)
    #expect(comparison.entries[0].runs == (1...5).map { simulator.run(network.plan, seed: $0) })
  }

  @Test("Certainty is a matter of standard errors, and asks for more than a single look would")
  func bounds() {
    // Mean −10, standard error 2: five of them, beyond 4.851.
    let spread = 2 * (5.0).squareRoot() / (2.5).squareRoot()
    let five = [-2.0, -1, 0, 1, 2].map { -10 + $0 * spread }
    #expect(comparison(five).isSignCertain(1, bound: 4.851))
    // Three standard errors would be certain to whoever looks once (2.776), not here.
    let three = [-2.0, -1, 0, 1, 2].map { -6 + $0 * spread }
    #expect(comparison(three).difference(1, \.totalDelay).isCertain)
    #expect(!comparison(three).isSignCertain(1, bound: 4.851))
    #expect(!comparison([-5, 5, -5, 5, 0]).isSignCertain(1, bound: 4.851))
    #expect(comparison([0, 0, 0, 0, 0]).isSignCertain(1, bound: 4.851))
  }

  @Test("Plans that chance keeps close play all seeds, no more")
  func undecided() async throws {
    let network = try OpposedLeft(green: 30, cycle: 60)
    let simulator = Simulator(network: network.network, demand: network.demand(opposing: 300, hours: 0.1))
    var later = network.plan
    for index in later.programs.indices { later.programs[index]?.offset += 1 }
    let comparison = await PlanComparison(of: [network.plan, later], on: simulator)
    #expect(comparison.seeds.count % PlanComparison.seedsPerLook == 0)
    #expect(UInt64(comparison.seeds.count) <= PlanComparison.mostSeeds)
    let looks = comparison.seeds.count / PlanComparison.seedsPerLook
    let isCertain = comparison.isSignCertain(1, bound: PlanComparison.bounds[looks - 1])
    #expect(isCertain || UInt64(comparison.seeds.count) == PlanComparison.mostSeeds)
  }
}
