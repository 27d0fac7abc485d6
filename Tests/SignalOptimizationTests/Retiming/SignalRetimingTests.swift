import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("SignalRetiming")
struct SignalRetimingTests {
  private func grid() throws -> (network: Network, period: Period) {
    let text = GridNetwork.yaml(rows: 2, columns: 3, seed: 4)
    let scenario = try NativeReader.read(text: text, file: "grid.yaml").scenario
    return (scenario.network, scenario.periods[0])
  }

  private func retimed(
    _ junction: StageNetwork, _ flows: [[Double]], _ change: (inout RetimingOptions) -> Void = { _ in }
  ) async throws -> RetimingResult {
    var options = RetimingOptions()
    change(&options)
    return try await SignalRetiming(
      network: junction.network,
      days: flows.enumerated().map { DemandDay(name: "\($0)", demand: junction.demand($1)) },
      runningPlan: junction.plan, options: options
    ).run()
  }

  @Test("without a limit the greens are those of the split program", arguments: 0..<10)
  func unlimited(seed: Int) async throws {
    let random = try RandomJunction(seed: seed)
    let result = try await retimed(random.junction, [random.flows]) { $0.maximumChange = nil }
    let found = result.junctions[0]
    let ordinary = try #require(
      try random.junction.splits(flows: random.flows).splits(cycle: random.junction.program.cycle))
    #expect(isClose(found.best.delay, min(found.now.delay, ordinary.delay), 2 * SplitProgram.gap))
    #expect(found.after.delay <= found.now.delay)
    #expect(found.after.delay <= found.best.delay / 0.99 + Tolerance.simplex)
    #expect(!found.isHeldBack)
  }

  @Test("no stage changes by more than the limit, and the cycle stays", arguments: 0..<12)
  func limit(seed: Int) async throws {
    let random = try RandomJunction(seed: seed)
    let limits = [0.0, 1, 3, 8, 1000]
    var last = Double.infinity
    for limit in limits {
      let result = try await retimed(random.junction, [random.flows]) { $0.maximumChange = limit }
      let found = result.junctions[0]
      #expect(found.largestChange <= limit + Tolerance.simplex)
      #expect(result.plan.check(against: random.junction.network).isEmpty)
      #expect(
        isClose(result.plan.programs[0]?.cycle ?? 0, random.junction.program.cycle, Tolerance.arithmetic))
      // More freedom never hurts, up to the gap, and to gains too small to change anything for.
      #expect(found.after.delay <= last * (1.01 + SplitProgram.gap))
      last = found.after.delay
      #expect(found.best.delay <= found.after.delay * (1 + SplitProgram.gap))
    }
  }

  @Test("greens that suit the counts stay to the letter")
  func stays() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let result = try await retimed(junction, [[0.15, 0.15]])
    #expect(result.plan == junction.plan)
    #expect(result.junctions[0].outcome == .kept)
    #expect(result.junctions[0].age == .upToDate)
  }

  // Two stages of 27 s in 60 s carry 0.225 veh/s each; 0.3 and 0.05 need 36 s and more of the first.
  @Test("an overload that other greens would take away makes a plan out of date")
  func outOfDate() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let found = try await retimed(junction, [[0.3, 0.05]]).junctions[0]
    #expect(isClose(found.now.saturation, 0.3 / 0.225, Tolerance.arithmetic))
    #expect(found.worstLane == LaneID(0))
    #expect(found.best.saturation < 1)
    #expect(found.age == .outOfDate)
    #expect(found.outcome == .adjusted && found.isHeldBack)
    #expect(found.after.stages == [32, 22])
    #expect(isClose(found.flow, 0.35, Tolerance.arithmetic))
  }

  @Test("a frozen junction keeps its programme and still tells what it misses")
  func frozen() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let result = try await retimed(junction, [[0.3, 0.05]]) { $0.frozen = [ControllerID(0)] }
    #expect(result.plan == junction.plan)
    #expect(result.junctions[0].outcome == .frozen)
    #expect(result.junctions[0].age == .outOfDate)
    #expect(result.junctions[0].gain == 0)
  }

  @Test("a junction without traffic is left alone")
  func idle() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let result = try await retimed(junction, [[0, 0]])
    #expect(result.plan == junction.plan)
    #expect(result.junctions[0].outcome == .idle)
    #expect(result.movementsWithoutDemand.count == 2)
  }

  @Test("another cycle is run where the changes allowed lead there, and refused where not")
  func cycle() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let found = try await retimed(junction, [[0.2, 0.1]]) { $0.cycle = 66 }
    #expect(found.plan.programs[0]?.cycle == 66)
    #expect(found.junctions[0].largestChange <= 5)
    let tooFar = obstacle(.minimums(needed: 50, cycle: 90, maximumChange: 5))
    await #expect(throws: NoPlan.junctions([tooFar])) {
      try await retimed(junction, [[0.2, 0.1]]) { $0.cycle = 90 }
    }
    let bounds = junction.network.controllers[0].cycleBounds
    await #expect(throws: NoPlan.junctions([obstacle(.cycleBounds(bounds, cycle: 400))])) {
      try await retimed(junction, [[0.2, 0.1]]) { $0.cycle = 400 }
    }
  }

  @Test("the worst of two days decides with a share of 0, the mean between them without")
  func severalDays() async throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60)
    let days = [[0.28, 0.1], [0.1, 0.16]]
    let expected = try await retimed(junction, days) { $0.maximumChange = nil }
    let worst = try await retimed(junction, days) {
      $0.maximumChange = nil
      $0.risk = .worstShare(0)
    }
    let first = try await retimed(junction, [days[0]]) { $0.maximumChange = nil }
    let greens = [expected, worst, first].map { $0.junctions[0].best.stages[0] }
    // The first day is the heavier one: whoever fears the worst gives it more, who knows it comes gives it most.
    #expect(greens[0] <= greens[1] && greens[1] <= greens[2] && greens[0] < greens[2])
    #expect(worst.junctions[0].now.delay > expected.junctions[0].now.delay)
  }

  @Test("a network's offsets are better by the platoon model, and frozen ones stay")
  func offsets() async throws {
    let (network, period) = try grid()
    var options = RetimingOptions()
    options.frozen = [ControllerID(2)]
    let result = try await SignalRetiming(
      network: network, days: [DemandDay(name: "base", demand: period.demand)],
      runningPlan: period.existingPlan, options: options
    ).run()
    #expect(result.plan.check(against: network).isEmpty)
    #expect(result.plan.programs[2] == period.existingPlan.programs[2])
    #expect(result.groups.allSatisfy { $0.costAfter <= $0.costBefore })
    #expect(result.groups.contains { $0.costAfter < 0.99 * $0.costBefore })
    #expect(result.delayAfter < result.delayNow)
    #expect(result.byGain.map { result.junctions[$0].gain } == result.junctions.map(\.gain).sorted(by: >))
    for (junction, program) in zip(result.junctions, result.plan.programs) {
      #expect(junction.after.offset == program?.offset)
    }
  }

  @Test("twice the same")
  func repeats() async throws {
    let (network, period) = try grid()
    let retiming = SignalRetiming(
      network: network, days: DemandDay.days(around: period.demand, network: network, spread: 0.2, count: 4),
      runningPlan: period.existingPlan, options: RetimingOptions())
    let (first, second) = (try await retiming.run(), try await retiming.run())
    #expect(first.plan == second.plan)
    #expect(first.junctions == second.junctions)
    #expect(first.groups == second.groups)
  }
}
