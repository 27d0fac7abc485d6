import NetworkFormats
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Green waves")
struct GreenWavesTests {
  /// One of the shipped networks with its first period.
  struct Shipped {
    let network: Network
    let period: Period

    init(text: String) throws {
      let read = try NativeReader.read(text: text, file: "network.yaml")
      (network, period) = (read.scenario.network, read.scenario.periods[0])
    }

    init(_ name: String) throws {
      let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
      let read = try ScenarioReader.read(root + "/networks/\(name)/network.yaml", routes: [])
      (network, period) = (read.scenario.network, read.scenario.periods[0])
    }

    func ids(_ names: String...) -> [ControllerID] {
      names.compactMap { name in network.controllers.firstIndex { $0.name == name }.map { ControllerID($0) } }
    }

    func optimizer(_ change: (inout OptimizationOptions) -> Void = { _ in }) -> SignalOptimizer {
      var options = OptimizationOptions()
      options.cycle = .existing
      options.judgementSeeds = [1]
      change(&options)
      return SignalOptimizer(
        network: network, demand: period.demand, existingPlan: period.existingPlan, options: options)
    }

    var planner: OffsetPlanner {
      OffsetPlanner(
        network: network, demand: period.demand,
        flows: MovementFlows(network: network, demand: period.demand).mean)
    }

    /// Without the judgement by simulation.
    func waves(
      _ wish: BandwidthOptions = BandwidthOptions(), _ change: (inout OptimizationOptions) -> Void = { _ in }
    ) throws -> Waves {
      let chain = try #require(wish.arterial ?? ArterialTrace(planner: planner).longestChain())
      return try GreenWaves(
        problem: optimizer(change).problem, planner: planner, wish: wish, controllers: chain
      ).find(plan: period.existingPlan, anchor: 0) { _ in }
    }
  }

  /// Tenths of a second are looked at; either end of a band may fall between two.
  private static let step = 0.1
  private static let betweenSteps = 0.2

  /// Longest time in which somebody who passes the first signal meets green at all, by what the plan shows.
  private func band(
    _ plan: TimingPlan, _ network: Network, _ controllers: [ControllerID], group name: String, times: [Double]
  ) throws -> Double {
    var passes: [Double] = [0]
    for time in times { passes.append((passes.last ?? 0) + time) }
    let cycle = try #require(plan[controllers[0]]?.cycle)
    let count = Int((cycle / Self.step).rounded())
    let isGreen = try (0..<count).map { tick in
      try zip(controllers, passes).allSatisfy { controller, pass in
        let program = try #require(plan[controller])
        let group = try #require(network[controller].groups.firstIndex { $0.name == name })
        return program.states(at: 1000 * cycle + Double(tick) * Self.step + pass)[group].isGreen
      }
    }
    var (longest, run) = (0, 0)
    for green in isGreen + isGreen {
      run = green ? run + 1 : 0
      longest = max(longest, run)
    }
    return Double(min(longest, count)) * Self.step
  }

  @Test(
    "The bands read back from the plan second by second are as claimed",
    arguments: [
      BandwidthProblem.Balance.exactly(1), .exactly(0.5), .exactly(2), .weighted(1), .weighted(1e-3),
    ])
  func readBack(balance: BandwidthProblem.Balance) throws {
    let shipped = try Shipped("eight-signal-arterial")
    let waves = try shipped.waves(BandwidthOptions(balance: balance))
    #expect(waves.report.kind == .throughout)
    try expectClaims(of: waves, on: shipped.network)
  }

  /// Compares what a report claims with what the plan shows.
  private func expectClaims(of waves: Waves, on network: Network) throws {
    let (plan, report) = (waves.plan, waves.report)
    #expect(plan.check(against: network).isEmpty)
    let outbound = try band(
      plan, network, report.controllers, group: "W.T", times: report.links.map(\.times.outbound))
    let inbound = try band(
      plan, network, report.controllers.reversed(), group: "E.T",
      times: report.links.reversed().map(\.times.inbound))
    #expect(abs(outbound - report.bands.outbound) < Self.betweenSteps)
    #expect(abs(inbound - report.bands.inbound) < Self.betweenSteps)
    for (link, ends) in zip(report.links, zip(report.controllers, report.controllers.dropFirst())) {
      let there = try band(
        plan, network, [ends.0, ends.1], group: "W.T", times: [link.times.outbound])
      let back = try band(
        plan, network, [ends.1, ends.0], group: "E.T", times: [link.times.inbound])
      #expect(abs(there - link.bands.outbound) < Self.betweenSteps)
      #expect(abs(back - link.bands.inbound) < Self.betweenSteps)
    }
  }

  /// A junction whose two approaches from the avenue have a stage each, so that their order matters.
  private static let split = """
    greenwave: 1
    name: Split
    defaults: {speed: 45}
    junctions:
    \(["A", "B", "C"].map { name in
      """
        \(name):
          approaches: {N: {lanes: [LTR]}, E: {lanes: [L, T, R]}, S: {lanes: [LTR]}, W: {lanes: [L, T, R]}}
          left-turns: permissive
          stages: [[E.LTR], [W.LTR], [NS.LTR]]
          plan: {cycle: 80, green: [25, 25, 15]}
      """
    }.joined(separator: "\n"))
    roads:
      - {between: [A.E, B.W], length: 230}
      - {between: [B.E, C.W], length: 230}
    periods:
      peak:
        time: 07:00-07:10
        counts:
    \(["A", "B", "C"].map { name in
      "      \(name): {N: {T: 50}, E: {T: 400}, S: {T: 50}, W: {T: 400}}"
    }.joined(separator: "\n"))

    """

  @Test("Stages change places where that widens the bands, and only then and where it is allowed")
  func orders() throws {
    let shipped = try Shipped(text: Self.split)
    let kept = try shipped.waves { $0.stages = .existing }
    let free = try shipped.waves()
    #expect(kept.report.reordered.isEmpty)
    #expect(!free.report.reordered.isEmpty)
    #expect(free.report.objective >= kept.report.objective + 1)
    for waves in [kept, free] { try expectClaims(of: waves, on: shipped.network) }
    for id in free.report.controllers {
      let program = try #require(free.plan[id])
      #expect(program.cycle == 80)
      let frozen = try shipped.waves { $0.frozen = [id] }
      #expect(!frozen.report.reordered.contains(id))
    }
    // With both ways in one stage there is nothing to gain.
    #expect(try Shipped("eight-signal-arterial").waves().report.reordered.isEmpty)
  }

  /// Whole seconds of offset take a second at most from a band.
  private static let rounding = 1.01

  @Test("Both directions get what the balance asks for, and no pair of the list is wider both ways")
  func balance() throws {
    let shipped = try Shipped("eight-signal-arterial")
    let equal = try shipped.waves().report
    #expect(min(equal.bands.outbound, equal.bands.inbound) > 20)
    let twice = try shipped.waves(BandwidthOptions(balance: .exactly(0.5))).report
    #expect(twice.bands.outbound > equal.bands.outbound)
    #expect(twice.bands.inbound > twice.bands.outbound / 2 - 2 * Self.rounding)
    let only = try shipped.waves(BandwidthOptions(balance: .weighted(1e-3))).report
    let widest = try #require(equal.pareto.first)
    #expect(abs(only.bands.outbound - widest.outbound) < Self.rounding)
    #expect(equal.pareto.count > 2)
    for (pair, next) in zip(equal.pareto, equal.pareto.dropFirst()) {
      #expect(pair.outbound > next.outbound && pair.inbound < next.inbound)
    }
    for report in [equal, twice, only] {
      #expect(
        !report.pareto.contains {
          $0.outbound < report.bands.outbound - Self.rounding
            && $0.inbound < report.bands.inbound - Self.rounding
        })
    }
    let none = try #require(equal.existing)
    #expect(none.outbound + none.inbound < equal.bands.outbound + equal.bands.inbound)
    #expect(equal.gap < BandwidthProblemTests.wholeNumbers)
    #expect(equal.program.contains("Maximize") && equal.program.contains("loop_7"))
  }

  @Test("Where no band runs through both ways that carries anybody, each link has its own, as claimed")
  func perLink() throws {
    let shipped = try Shipped("lijiang-old-town")
    let chain = try #require(ArterialTrace(planner: shipped.planner).longestChain())
    // With people on foot greens are longer, and a band runs through.
    var demand = shipped.period.demand
    for slice in demand.counts.indices { demand.counts[slice].pedestrians = [] }
    let problem = shipped.optimizer { $0.cycle = .common }.problem.on(demand)
    var plan = shipped.period.existingPlan
    for program in try CommonSplits(problem: problem, controllers: chain).best() {
      plan[program.controller] = program
    }
    func waves(_ wish: BandwidthOptions) throws -> Waves {
      try GreenWaves(problem: problem, planner: shipped.planner, wish: wish, controllers: chain)
        .find(plan: plan, anchor: 0) { _ in }
    }
    let equal = try waves(BandwidthOptions())
    #expect(equal.report.kind == .perLink)
    #expect(equal.report.existing == nil)
    #expect(equal.report.links.count == chain.count - 1)
    #expect(equal.plan.check(against: shipped.network).isEmpty)
    // One direction alone can have a band throughout.
    let outbound = try waves(BandwidthOptions(balance: .weighted(1e-3)))
    #expect(outbound.report.kind == .throughout)
    #expect(outbound.report.bands.outbound > equal.report.bands.outbound)
    let sum = { (report: BandwidthReport) in
      report.links.reduce(0) { $0 + $1.bands.outbound + $1.bands.inbound }
    }
    #expect(sum(equal.report) > Double(2 * equal.report.links.count))
  }

  @Test("The chain found is the avenue, from end to end and the same every time")
  func chain() throws {
    let shipped = try Shipped("eight-signal-arterial")
    let chain = ArterialTrace(planner: shipped.planner).longestChain()
    #expect(chain == shipped.ids("A", "B", "C", "D", "E", "F", "G", "H"))
    #expect(ArterialTrace(planner: try Shipped("four-stage-junction").planner).longestChain() == nil)
  }

  @Test("In the town, the chain found has traffic both ways, and its bands are as claimed")
  func town() throws {
    let shipped = try Shipped("lijiang-old-town")
    let trace = ArterialTrace(planner: shipped.planner)
    let chain = try #require(trace.longestChain())
    #expect(chain.count > 2)
    let out = try trace.ways(along: chain)
    // What comes to a signal goes on from it.
    for (way, next) in zip(out, out.dropFirst()) { #expect(way.target == next.source) }
    #expect(try trace.ways(along: chain.reversed()).count == chain.count - 1)
  }

  @Test("A frozen signal keeps its programme, and signals off the arterial theirs")
  func others() async throws {
    let shipped = try Shipped("eight-signal-arterial")
    let arterial = shipped.ids("B", "C", "D", "E")
    let frozen = arterial[2]
    let result = try await shipped.optimizer { $0.frozen = [frozen] }.widestBands(
      BandwidthOptions(arterial: arterial)
    ) { _ in }
    let (plan, existing) = (result.optimization.plan, shipped.period.existingPlan)
    for index in shipped.network.controllers.indices {
      let id = ControllerID(index)
      if !arterial.contains(id) || id == frozen { #expect(plan[id] == existing[id]) }
    }
    #expect(arterial.contains { plan[$0] != existing[$0] })
    #expect(result.bandwidth.controllers == arterial)
    #expect(!result.bandwidth.isFound)
    #expect(result.optimization.steps.map(\.kind) == [.existing, .greenWaves])
    #expect(
      Set(result.optimization.certificate.splits.map(\.controller)) == Set(arterial).subtracting([frozen]))
  }

  @Test("A cycle that was asked for is run all along the arterial; the best is one that all signals can run")
  func cycles() throws {
    let shipped = try Shipped("eight-signal-arterial")
    let splits = CommonSplits(
      problem: shipped.optimizer().problem, controllers: shipped.ids("A", "B", "C"))
    #expect(try splits.at(72).map(\.cycle) == [72, 72, 72])
    let best = try splits.best()
    #expect(Set(best.map(\.cycle)).count == 1)
    #expect(best.allSatisfy { shipped.network[$0.controller].cycleBounds.contains($0.cycle) })
    #expect(throws: NoPlan.self) { try splits.at(50) }
  }

  @Test("What is no arterial is told, with what is known about it")
  func failures() async throws {
    let shipped = try Shipped("eight-signal-arterial")
    func failure(
      _ wish: BandwidthOptions, _ change: (inout OptimizationOptions) -> Void = { _ in }
    ) async -> NoPlan? {
      do {
        _ = try await shipped.optimizer(change).widestBands(wish) { _ in }
        return nil
      } catch {
        return error
      }
    }
    let (a, b, c) = (shipped.ids("A"), shipped.ids("B"), shipped.ids("C"))
    #expect(
      await failure(BandwidthOptions(arterial: a + c))
        == .noGreenWaves(.noTraffic(from: a[0], to: c[0], next: b)))
    #expect(await failure(BandwidthOptions(arterial: a)) == .noGreenWaves(.tooFew))
    #expect(await failure(BandwidthOptions()) { $0.cycle = .perJunction } == .noGreenWaves(.cyclesOfTheirOwn))
    #expect(await failure(BandwidthOptions()) { $0.frozen = Set(a + b) } == .noGreenWaves(.frozen(a + b)))
    let frozen = JunctionObstacle(controller: c[0], reason: .keepsCycle(80, isFrozen: true))
    #expect(
      await failure(BandwidthOptions()) {
        $0.cycle = .fixed(90)
        $0.frozen = Set(c)
      } == .junctions([frozen]))
  }

  @Test("Stages that change places make legal programmes with the same cycle and the same stages")
  func swaps() throws {
    let shipped = try Shipped("four-stage-junction")
    let swaps = StageSwaps(network: shipped.network)
    let existing = try #require(shipped.period.existingPlan.programs[0])
    let programs = swaps.programs(of: existing)
    #expect(!programs.isEmpty)
    func stages(_ program: SignalProgram) -> [[SignalState]] {
      program.stages.map { program.intervals[$0].states }
    }
    for program in programs {
      #expect(program.cycle == existing.cycle)
      #expect(Set(stages(program)) == Set(stages(existing)))
      #expect(stages(program) != stages(existing))
      #expect(TimingPlan(name: "", programs: [program]).check(against: shipped.network).isEmpty)
    }
    #expect(Set(programs.map(stages)).count == programs.count)
  }
}
