import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Peak flow, solved")
struct PeakFlowSolvingTests {
  /// Rounds end when value and bound are this near.
  static let gap = 0.01

  @Test("In rounds: within the gap of the whole program's optimum, with a bound that is never above it", arguments: 1...20)
  func decomposedEqualsWhole(seed: Int) throws {
    let objective: PeakFlowObjective = seed % 3 == 0 ? .throughput : .timeSpent
    let problem = RandomPeakFlow(
      seed: seed, junctions: 2 + seed % 4, slices: 2 + seed % 5, load: 0.5 + 0.1 * Double(seed), objective: objective
    ).problem
    let whole = try #require(try problem.solveWhole())
    let plan = problem.solve(PeakFlowSolveOptions(gap: Self.gap))
    print(seed, whole.value, plan.value / whole.value, plan.bound / whole.value, whole.gap)
    #expect(plan.bound <= whole.value * (1 + Tolerance.simplex))
    #expect(plan.value >= whole.value * (1 - Tolerance.simplex))
    #expect(plan.value <= whole.value * (1 + Self.gap))
    #expect(isClose(whole.bound, whole.value, 1e-5))
  }
}
