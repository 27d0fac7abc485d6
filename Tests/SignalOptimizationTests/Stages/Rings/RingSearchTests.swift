import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Ring-barrier controllers: splits and orders")
struct RingSearchTests {
  private func model(
    _ junction: RingNetwork, flows: [Double], _ change: (inout OptimizationOptions) -> Void = { _ in }
  ) throws -> RingModel {
    var options = OptimizationOptions.withoutRules
    change(&options)
    return try #require(
      RingModel(
        ControllerSplits(
          network: junction.network, program: junction.program, flows: flows, options: options)))
  }

  /// All whole-second splits of one ring before a barrier with a sum.
  private func shares(_ phases: [Int], _ rings: PhaseRings, sum: Double) -> [[Int: Double]] {
    guard let first = phases.first else { return [[:]] }
    let least = rings.phases[first].minimumSplit
    if phases.count == 1 { return sum >= least ? [[first: sum]] : [] }
    return stride(from: least, through: sum, by: 1).flatMap { split in
      shares(Array(phases.dropFirst()), rings, sum: sum - split).map { rest in
        rest.merging([first: split]) { $1 }
      }
    }
  }

  /// The least cost of all orders and all whole-second splits of a cycle.
  private func bruteForce(_ model: RingModel, cycle: Double) -> Double {
    let rings = model.rings
    var orders: [[[[Int]]]] = [[]]
    for barrier in rings.barriers.indices {
      let all = rings.orders(barrier: barrier, present: model.present.order[barrier], mayChange: true)
      orders = orders.flatMap { head in all.map { head + [$0] } }
    }
    var best = Double.infinity
    for first in stride(from: 1, to: cycle, by: 1) {
      let lengths = rings.barriers.count == 1 ? [cycle] : [first, cycle - first]
      var timings: [[Int: Double]] = [[:]]
      for (barrier, length) in lengths.enumerated() {
        for ring in rings.rings {
          let members = rings.segment(ring: ring, barrier: rings.barriers[barrier])
          guard !members.isEmpty else { continue }
          let found = shares(members, rings, sum: length)
          timings = timings.flatMap { head in found.map { head.merging($0) { $1 } } }
        }
      }
      for order in orders {
        for splits in timings {
          var timing = RingTiming(order: order, splits: rings.phases.map { _ in 0 })
          for (phase, split) in splits { timing.splits[phase] = split }
          if let cost = model.cost(of: timing) { best = min(best, cost) }
        }
      }
      if rings.barriers.count == 1 { break }
    }
    return best
  }

  /// Of a least cost found by enumeration; the search may end where no single second helps.
  private static let exact = 1e-9

  @Test("The search finds what all orders and whole-second splits have best", arguments: 1...4)
  func bruteForce(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    let junction = try RingNetwork(numbers: [1, 2, 4, 5, 6, 8])
    let flows = (0..<6).map { _ in numbers.number(in: 0.04...0.16) }
    let model = try model(junction, flows: flows)
    let cycle = 40.0
    let timing = try #require(try RingSearch(model: model).best(cycle: cycle))
    #expect(timing.cycle == cycle)
    let found = try #require(model.cost(of: timing))
    let best = bruteForce(model, cycle: cycle)
    #expect(abs(found - best) <= Self.exact * best)
  }

  @Test("So it does where left turns also wait for gaps, and order counts", arguments: 1...3)
  func permissive(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    let junction = try RingNetwork(numbers: [1, 2, 5, 6], permissive: true)
    let flows = (0..<4).map { _ in numbers.number(in: 0.05...0.2) }
    let model = try model(junction, flows: flows)
    let timing = try #require(try RingSearch(model: model).best(cycle: 36))
    let found = try #require(model.cost(of: timing))
    let best = bruteForce(model, cycle: 36)
    #expect(abs(found - best) <= Self.exact * best)
  }

  /// y 0.08 + 0.32 and 0.16 + 0.24 on ring 1, which is the critical one; 0.12 + 0.2 and 0.08 + 0.24 on ring 2.
  private let ratios = [0.08, 0.32, 0.16, 0.24, 0.12, 0.20, 0.08, 0.24]

  @Test("The critical path is at each barrier the ring with the larger sum: μ = (1 − L / C) / Y")
  func criticalPath() throws {
    // Cut after each other on purpose: the critical ring of the second barrier is ring 2.
    var ratios = ratios
    ratios[4...7] = [0.12, 0.20, 0.20, 0.24]
    let junction = try RingNetwork()
    let model = try model(junction, flows: ratios.map { 0.5 * $0 }) { $0.objective = .reserve }
    // Y = max(0.40, 0.32) + max(0.40, 0.44) = 0.84; four phases of 5 s of yellow and all-red: L = 20 s; C = 104 s.
    let timing = try #require(try RingSearch(model: model).best(cycle: 104))
    let theory = (1 - 20.0 / 104) / 0.84
    let cost = try #require(model.cost(of: timing))
    // 84 s of green for Y = 0.84: every critical green is a whole number of seconds.
    #expect(isClose(-cost, theory))
    let greens = junction.rings.phases.indices.map { timing.splits[$0] - 5 }
    #expect(greens[0...1] == [8, 32])
    #expect(greens[6...7] == [20, 24])
  }

  @Test(
    "The usual eight phases: sums are equal at the barriers, and the critical ring has greens by flow ratio")
  func eightPhases() throws {
    let junction = try RingNetwork()
    let model = try model(junction, flows: ratios.map { 0.5 * $0 }) { $0.objective = .reserve }
    let timing = try #require(try RingSearch(model: model).best(cycle: 120))
    for barrier in 0..<2 {
      let sums = timing.sums(barrier: barrier)
      #expect(sums == [60, 60])
    }
    #expect(timing.splits[0...3] == [15, 45, 25, 35])
    #expect(timing.order == model.present.order)
  }

  @Test("With protected turns alone the delay is that of the greens, whatever the order")
  func orderDoesNotMatter() throws {
    let junction = try RingNetwork()
    let flows = ratios.map { 0.4 * $0 }
    let model = try model(junction, flows: flows)
    let splits = [1: 15.0, 2: 35, 3: 12, 4: 28, 5: 22, 6: 28, 7: 16, 8: 24]
    var timing = model.present
    timing.splits = junction.rings.phases.map { splits[$0.number] ?? 0 }
    let expected = junction.rings.phases.enumerated().reduce(0.0) { sum, phase in
      let function = DelayFunction(flow: flows[phase.offset], saturationFlow: 0.5, cycle: 90, period: 3600)
      return sum + function.value(at: 0.5 * (timing.splits[phase.offset] - 5) / 90)
    }
    for barrier in 0..<2 {
      for order in junction.rings.orders(barrier: barrier, present: timing.order[barrier], mayChange: true) {
        var other = timing
        other.order[barrier] = order
        let cost = try #require(model.cost(of: other))
        #expect(isClose(cost, expected))
      }
    }
  }

  @Test("Orders: two of each pair, one where a phase keeps its place, without what may be left out")
  func orders() throws {
    let free = try RingNetwork().rings
    let present = free.presentTiming.order[0]
    #expect(free.orders(barrier: 0, present: present, mayChange: true).count == 4)
    #expect(free.orders(barrier: 0, present: present, mayChange: false) == [present])
    let kept = try RingNetwork(change: { $0.keepsPlace = $0.number == 1 }).rings
    #expect(kept.orders(barrier: 0, present: present, mayChange: true).count == 2)
    let optional = try RingNetwork(change: { $0.isOptional = $0.number == 1 }).rings
    // 1 2, 2 1 and 2 alone, each with 5 6 and 6 5.
    #expect(optional.orders(barrier: 0, present: present, mayChange: true).count == 6)
  }

  @Test("Patterns: two rings with a change each may change together or either first")
  func patterns() throws {
    let rings = try RingNetwork().rings
    let order = rings.presentTiming.order[0]
    let patterns = RingPattern.all([order])
    #expect(patterns.map(\.steps) == [[[0, 1]], [[0], [1]], [[1], [0]]])
    for pattern in patterns {
      let splits = pattern.splits(rings, green: 10)
      let sums = order.map { $0.reduce(0) { $0 + (splits[$1] ?? 0) } }
      #expect(sums[0] == sums[1])
    }
  }

  @Test("A cycle that does not hold the minimum splits has no timing, and is told with what they need")
  func tooShort() async throws {
    let junction = try RingNetwork()
    let flows = ratios.map { 0.4 * $0 }
    let model = try model(junction, flows: flows)
    #expect(junction.rings.shortestCycle == 40)
    #expect(try RingSearch(model: model).best(cycle: 39) == nil)
    #expect(try RingSearch(model: model).best(cycle: 40) != nil)
    var options = OptimizationOptions()
    options.cycle = .fixed(39)
    let optimizer = SignalOptimizer(
      network: junction.network, demand: junction.demand(flows),
      existingPlan: junction.plan(junction.program),
      options: options)
    await #expect(throws: NoPlan.junctions([obstacle(.minimumSplits(needed: 40, cycle: 39))])) {
      try await optimizer.run { _ in }
    }
  }

  @Test("Turns are never trapped by yellow while oncoming traffic stays green")
  func yellowTrap() throws {
    let junction = try RingNetwork(permissive: true)
    // 5 lags: 6 ends first, and with it the gaps of the turn of phase 1, while 2 goes on.
    let splits = [1: 15.0, 2: 35, 3: 20, 4: 20, 5: 15, 6: 35, 7: 20, 8: 20]
    let trapped = junction.program(splits: splits, order: [[[1, 2], [6, 5]], [[3, 4], [7, 8]]])
    #expect(trapped.yellowTraps(on: junction.network) == [YellowTrap(turn: 0, oncoming: 1)])
    let both = junction.program(splits: splits, order: [[[2, 1], [6, 5]], [[3, 4], [7, 8]]])
    #expect(both.yellowTraps(on: junction.network) == [])
    #expect(junction.program.yellowTraps(on: junction.network) == [])
  }
}
