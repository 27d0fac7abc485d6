import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// A random junction with several days of demand.
private struct RandomDays {
  let junction: RandomJunction
  /// By day, by lane, veh/s.
  let flows: [[Double]]

  init(seed: Int, stages: ClosedRange<Int> = 2...4, days: Int) throws {
    let junction = try RandomJunction(seed: seed, stages: stages)
    var numbers = LinearCongruential(seed: seed + 1000)
    flows = (0..<days).map { _ in junction.flows.map { $0 * numbers.number(in: 0.4...1.5) } }
    self.junction = junction
  }

  func program(_ risk: RiskMeasure) -> UncertainSplitProgram {
    UncertainSplitProgram(
      days: flows.map { junction.junction.splitProgram(flows: $0, cycle: junction.cycle) },
      weights: flows.map { _ in 1 / Double(flows.count) }, risk: risk)
  }
}

@Suite("UncertainSplitProgram")
struct UncertainSplitProgramTests {
  /// Kelley's method stops at this gap; two optima may each be off by so much.
  private static let gap = 2 * SplitProgram.gap

  private static let measures: [RiskMeasure] = [
    .expected, .worstShare(1), .worstShare(0.4), .worstShare(0.2), .worstShare(0),
  ]

  @Test("One day is the ordinary program, by every measure", arguments: 0..<15)
  func oneDay(seed: Int) throws {
    let days = try RandomDays(seed: seed, days: 1)
    let program = days.program(.expected).days[0]
    let ordinary = try #require(try program.leastDelay())
    for risk in Self.measures {
      let found = try #require(try days.program(risk).leastCost())
      #expect(isClose(found.value, ordinary.value, Self.gap))
      #expect(found.bound <= ordinary.value * (1 + Tolerance.simplex))
      #expect(ordinary.bound <= found.value * (1 + Tolerance.simplex))
      #expect(
        days.program(risk).wholeSeconds(near: found.stages)
          == program.wholeSeconds(near: found.stages, objective: .delay))
    }
  }

  @Test("Weighted pedestrians count as in the ordinary program", arguments: 0..<8)
  func pedestrians(seed: Int) throws {
    let days = try RandomDays(seed: seed, days: 1)
    var day = days.program(.expected).days[0]
    let without = try #require(try day.leastDelay())
    day.waits = PedestrianWait.all(ofGroup: 0, flow: 0.5, program: day.structure.program)
    let ordinary = try #require(try day.leastDelay())
    #expect(ordinary.value > without.value)
    for risk in Self.measures {
      let program = UncertainSplitProgram(days: [day, day], weights: [0.5, 0.5], risk: risk)
      let found = try #require(try program.leastCost())
      #expect(isClose(found.value, ordinary.value, Self.gap))
      #expect(found.value - found.bound <= SplitProgram.gap * found.value + Tolerance.simplex)
    }
  }

  @Test("The same day several times is one day", arguments: 0..<8)
  func sameDays(seed: Int) throws {
    let days = try RandomDays(seed: seed, days: 1)
    let one = try #require(try days.program(.expected).leastCost())
    let day = days.program(.expected).days[0]
    for risk in Self.measures {
      let found = try #require(
        try UncertainSplitProgram(days: [day, day, day], weights: [0.5, 0.25, 0.25], risk: risk).leastCost())
      #expect(isClose(found.value, one.value, Self.gap))
    }
  }

  @Test("A share of 1 is the expectation", arguments: 0..<15)
  func wholeShare(seed: Int) throws {
    let days = try RandomDays(seed: seed, days: 4)
    let expected = try #require(try days.program(.expected).leastCost())
    let all = try #require(try days.program(.worstShare(1)).leastCost())
    #expect(isClose(expected.value, all.value, Self.gap))
    #expect(isClose(days.program(.expected).cost(stages: all.stages), expected.value, Self.gap))
  }

  @Test(
    "The bound holds against all whole greens of two stages, and whole seconds are the best",
    arguments: 0..<20)
  func bruteForce(seed: Int) throws {
    let days = try RandomDays(seed: seed, stages: 2...2, days: 5)
    for risk in Self.measures {
      let program = days.program(risk)
      let available = days.junction.cycle - days.junction.lostTime
      let costs = stride(from: 5.0, through: available - 5, by: 1).map {
        program.cost(stages: [$0, available - $0])
      }
      let best = try #require(costs.min())
      let found = try #require(try program.leastCost())
      #expect(found.bound <= best * (1 + Tolerance.simplex))
      #expect(found.value >= found.bound * (1 - Tolerance.simplex))
      #expect(found.value - found.bound <= SplitProgram.gap * found.value + Tolerance.simplex)
      let whole = try #require(program.wholeSeconds(near: found.stages))
      // The measure is convex in the greens: single seconds lead to the best.
      #expect(isClose(program.cost(stages: whole), best, Tolerance.arithmetic))
    }
  }

  @Test("A share of 0 is the best worst day of any whole greens", arguments: 0..<20)
  func minimax(seed: Int) throws {
    let days = try RandomDays(seed: seed, stages: 2...2, days: 4)
    let program = days.program(.worstShare(0))
    let available = days.junction.cycle - days.junction.lostTime
    let worst = stride(from: 5.0, through: available - 5, by: 1).map { green in
      program.delays(stages: [green, available - green]).max() ?? 0
    }
    let found = try #require(try program.leastCost())
    let whole = try #require(program.wholeSeconds(near: found.stages))
    #expect(isClose(program.delays(stages: whole).max() ?? 0, worst.min() ?? 0, Tolerance.arithmetic))
  }

  @Test("A smaller share has no lower optimum, and its greens no lower mean", arguments: 0..<10)
  func monotone(seed: Int) throws {
    let days = try RandomDays(seed: seed, days: 6)
    let expected = try #require(try days.program(.expected).leastCost())
    var last = expected.bound
    for share in [1, 0.8, 0.5, 0.3, 0.1] {
      let found = try #require(try days.program(.worstShare(share)).leastCost())
      #expect(found.value >= last * (1 - Tolerance.simplex))
      #expect(days.program(.expected).cost(stages: found.stages) >= expected.bound * (1 - Tolerance.simplex))
      last = found.bound
    }
  }

  @Test("No greens in too short a cycle")
  func infeasible() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60, minimumGreens: [20, 20])
    let days = [[0.1, 0.1], [0.2, 0.1]].map { junction.splitProgram(flows: $0, cycle: 40) }
    let program = UncertainSplitProgram(days: days, weights: [0.5, 0.5], risk: .worstShare(0.5))
    let found = try program.leastCost()
    #expect(found == nil)
  }
}
