import TestSupport
import Testing

@testable import SignalOptimization

@Suite("Whole seconds")
struct WholeSecondsTests {
  /// All whole stages that sum to `total`, each at least `least`.
  func compositions(of total: Int, into count: Int, least: Int) -> [[Double]] {
    guard count > 1 else { return total >= least ? [[Double(total)]] : [] }
    guard total >= least * count else { return [] }
    return (least...(total - least * (count - 1))).flatMap { first in
      compositions(of: total - first, into: count - 1, least: least).map { [Double(first)] + $0 }
    }
  }

  func cost(_ program: SplitProgram, _ stages: [Double], _ objective: Objective) -> Double {
    switch objective {
    case .delay: program.delay(stages: stages)
    case .reserve: -program.reserveCapacity(stages: stages)
    case .throughput: -program.throughput(stages: stages)
    }
  }

  @Test(
    "The sum is exact, minimums hold, and no whole greens are better by more than 0.1 %", arguments: 0..<12)
  func nearlyBest(seed: Int) throws {
    for objective in Objective.allCases {
      let random = try RandomJunction(seed: 40 + seed, stages: 2...3, lanesPerStage: 2)
      let program = random.program
      let solution = try #require(try program.solve(objective))
      let whole = try #require(program.wholeSeconds(near: solution.stages, objective: objective))
      let total = random.cycle - random.lostTime
      #expect(whole.reduce(0, +) == total)
      #expect(whole.allSatisfy { $0 == $0.rounded() && $0 >= 5 })
      let all = compositions(of: Int(total), into: random.stageCount, least: 5)
      let best = all.map { cost(program, $0, objective) }.min() ?? .infinity
      #expect(cost(program, whole, objective) - best <= 1e-3 * abs(best))
    }
  }

  @Test("Wherever rounding starts, broken minimums heal")
  func healing() throws {
    let junction = try StageNetwork(
      stages: [[0.5], [0.5], [0.5]], cycle: 90, minimumGreens: [12, 30, 25])
    let program = junction.splitProgram(flows: [0.1, 0.05, 0.05], cycle: 90)
    let whole = try #require(program.wholeSeconds(near: [60.4, 10.3, 10.3], objective: .delay))
    #expect(whole.reduce(0, +) == 81)
    #expect(zip(whole, [12, 30, 25]).allSatisfy { $0 >= $1 })
  }

  @Test("Minimums that do not fit give nothing")
  func impossible() throws {
    let junction = try StageNetwork(
      stages: [[0.5], [0.5]], cycle: 60, minimumGreens: [30, 30], cycleBounds: 20...400)
    let program = junction.splitProgram(flows: [0.1, 0.1], cycle: 60)
    #expect(program.wholeSeconds(near: [27, 27], objective: .reserve) == nil)
    // They fit to the second, but not in whole ones: half a second would be missing.
    let halves = try StageNetwork(
      stages: [[0.5], [0.5]], cycle: 60, minimumGreens: [27.5, 26.5], cycleBounds: 20...400
    ).splitProgram(flows: [0.1, 0.1], cycle: 60)
    #expect(halves.wholeSeconds(near: [27.5, 26.5], objective: .reserve) == nil)
  }

  @Test("A lost time with a fraction leaves that fraction in the last stage")
  func fraction() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60, yellow: 3.3)
    let program = junction.splitProgram(flows: [0.1, 0.1], cycle: 60)
    let solution = try #require(try program.largestReserve())
    let whole = try #require(program.wholeSeconds(near: solution.stages, objective: .reserve))
    #expect(isClose(whole.reduce(0, +), 60 - 6.6, Tolerance.arithmetic))
    #expect(whole[0] == whole[0].rounded())
  }
}
