import NetworkBuilding
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

/// Four legs with crossings, as an engineer would write them down.
private struct Crossroads {
  let network: Network
  let demand: Demand
  let existing: TimingPlan

  /// - Parameters:
  ///   - stages: what may go in each stage.
  ///   - greens: how long, s.
  init(_ stages: [[String]], greens: [Double], through: Double = 420) throws {
    let lanes = [LaneDraft([.left], pocket: 60), LaneDraft([.through]), LaneDraft([.through, .right])]
    let legs: [Compass] = [.n, .e, .s, .w]
    let junction = JunctionDraft(
      "Market", approaches: legs.map { ApproachDraft($0, lanes: lanes, crossing: 14) },
      signals: SignalsDraft(stages: stages, plan: PlanDraft(greens: greens)))
    var period = PeriodDraft("peak", begin: 0, end: 3600)
    for leg in legs {
      period.count(
        "Market", leg, vehiclesPerHour: [.left: 80, .through: through, .right: 60], pedestriansPerHour: 60)
    }
    let scenario = try NetworkDraft("Town", junctions: [junction], periods: [period]).scenario()
    (network, demand, existing) = (
      scenario.network, scenario.periods[0].demand, scenario.periods[0].existingPlan
    )
  }

  var controller: SignalController { network.controllers[0] }
  var program: SignalProgram? { existing.programs[0] }

  func strict(_ stages: StageFreedom = .safe) -> Network {
    ProposalRules().strict(network, existing: existing, stages: stages)
  }

  /// - Parameter work: vehicle-seconds of refinement.
  func optimized(work: Double = 2e6, _ stages: StageFreedom = .safe) async throws -> OptimizationResult {
    var options = OptimizationOptions()
    options.stages = stages
    options.refinementWork = work
    options.furtherJudgementSeeds = []
    return try await SignalOptimizer(
      network: network, demand: demand, existingPlan: existing, options: options
    ).run { _ in }
  }
}

@Suite("Rules of what may be proposed")
struct ProposalRulesTests {
  /// Protected turns, and a stage in which everybody on foot may go.
  private static let allWalk = [["NS.TR"], ["NS.L"], ["EW.TR"], ["EW.L"], ["NS.P", "EW.P"]]

  @Test("A stage of people alone is found, and a plan without it is refused")
  func exclusiveStage() throws {
    let junction = try Crossroads(Self.allWalk, greens: [24, 10, 24, 10, 19])
    let program = try #require(junction.program)
    let found = PedestrianStages(of: program, junction.controller)
    #expect(found.exclusive.count == 1 && found.leads.isEmpty)
    #expect(junction.existing.check(against: junction.strict()).isEmpty)
    var without = junction.existing
    without.programs[0]?.intervals.removeAll { found.exclusive.contains($0.states) }
    #expect(without.check(against: junction.strict()).contains { $0.rule == .pedestrianStages })
    #expect(!without.check(against: junction.strict(.free)).contains { $0.rule == .pedestrianStages })
  }

  @Test("People who walk beside traffic have no stage of their own")
  func parallelWalk() throws {
    let junction = try Crossroads(
      [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]], greens: [26, 10, 24, 10])
    let program = try #require(junction.program)
    let found = PedestrianStages(of: program, junction.controller)
    #expect(found.exclusive.isEmpty && found.leads.isEmpty)
  }

  @Test("A leading pedestrian interval is found with its seconds, and a shorter one is refused")
  func lead() throws {
    let junction = try Crossroads(
      [["NS.P"], ["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]], greens: [4, 26, 10, 24, 10])
    let program = try #require(junction.program)
    let found = PedestrianStages(of: program, junction.controller)
    #expect(!found.leads.isEmpty && found.leads.allSatisfy { $0.seconds == 4 } && found.exclusive.isEmpty)
    #expect(found.leads.allSatisfy { junction.controller.groups[$0.pedestrians].kind == .pedestrian })
    #expect(found.leads.allSatisfy { junction.controller.groups[$0.vehicles].kind == .vehicle })
    #expect(junction.existing.check(against: junction.strict()).isEmpty)
    var shorter = junction.existing
    shorter.programs[0]?.intervals[0].duration = 1
    #expect(shorter.check(against: junction.strict()).contains { $0.rule == .pedestrianStages })
  }

  @Test("What never goes together is kept apart, and what does may go on to")
  func conflicts() throws {
    let junction = try Crossroads(Self.allWalk, greens: [24, 10, 24, 10, 19])
    let (before, after) = (junction.controller, junction.strict().controllers[0])
    let program = try #require(junction.program)
    for a in before.groups.indices {
      for b in before.groups.indices where before.conflicts[a][b] != .none {
        let areTogether = program.intervals.contains { $0.states[a].isGreen && $0.states[b].isGreen }
        #expect(after.conflicts[a][b] == (areTogether ? before.conflicts[a][b] : .exclusive))
      }
    }
    #expect(junction.strict(.free).controllers[0].conflicts == before.conflicts)
  }

  @Test("Stages, arrows and cycles have their limits, or those of the existing plan")
  func limits() throws {
    let usual = try Crossroads(Self.allWalk, greens: [24, 10, 24, 10, 19]).strict().controllers[0]
    #expect(usual.shortestStage == 5)
    #expect(usual.groups.allSatisfy { $0.minimumProtectedGreen == 5 })
    #expect(usual.cycleBounds == 40...150)
    let short = try Crossroads(
      [["NS.P"], ["EW.TR", "NS.P"], ["NS.TR", "EW.P"], ["EW.L"], ["NS.L"]], greens: [4, 26, 24, 10, 10])
    #expect(short.strict().controllers[0].shortestStage == 4)
  }

  @Test(
    "The optimizer keeps the stage of people alone and the turns protected", arguments: [StageFreedom.safe])
  func optimizer(stages: StageFreedom) async throws {
    let junction = try Crossroads(Self.allWalk, greens: [24, 10, 24, 10, 19])
    let plan = try await junction.optimized(stages).comparison.proposed.plan
    #expect(plan.check(against: junction.strict(stages)).map(\.message) == [])
    let program = try #require(plan.programs[0])
    #expect(program != junction.program)
    for group in junction.controller.groups.indices {
      #expect(program.arrows(ofGroup: group).allSatisfy { program.duration(of: $0) >= 5 })
    }
  }

  @Test("No lane is left with more than 0.95, or than it has now", arguments: [300.0, 520, 700])
  func saturation(through: Double) async throws {
    let junction = try Crossroads(
      [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]], greens: [26, 10, 24, 10], through: through)
    let result = try await junction.optimized()
    func loads(_ plan: TimingPlan) -> LaneLoads {
      LaneLoads(of: plan, network: junction.network, demand: junction.demand)
    }
    let (before, after) = (loads(junction.existing), loads(result.comparison.proposed.plan))
    let worst = before.lanes.map(\.saturation).max() ?? 0
    for lane in after.lanes {
      let now = before[lane.id]?.saturation ?? 0
      #expect(lane.saturation <= (now > 0.95 ? worst : 0.95) + 1e-5)
    }
  }
}

@Suite("Steady plans")
struct SteadyPlanTests {
  @Test("One lock-up among many days weighs more than a tenth of delay on all others")
  func risk() {
    let steady = [Double](repeating: 100, count: 24)
    var brittle = [Double](repeating: 90, count: 24)
    brittle[7] = 1500
    #expect(SearchCost.risk(brittle) > SearchCost.risk(steady))
    #expect(SearchCost.risk(steady) == 100)
    // Half of the mean, 1 … 10, half of the mean of 9 and 10.
    #expect(SearchCost.risk((1...10).map(Double.init)) == (5.5 + 9.5) / 2)
  }

  @Test("Days come in pairs that have the demand given on average, and no day is far from it")
  func days() throws {
    let junction = try Crossroads(
      [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]], greens: [26, 10, 24, 10])
    let simulator = Simulator(network: junction.network, demand: junction.demand)
    let days = SearchDays(simulator: simulator, spread: 0.08).days(Array(201...224))
    #expect(days.map(\.seed) == Array(201...224))
    let demands = days.map { Double($0.simulator.run(junction.existing, seed: $0.seed).demand) }
    let mean = demands.reduce(0, +) / 24
    // 4 · 560 vehicles an hour; the mean of 24 Poisson numbers.
    #expect(abs(mean - 2240) < 4 * (2240.0 / 24).squareRoot())
    #expect(demands.max().map { $0 < 2240 * 1.25 } == true && demands.max() != demands.min())
    #expect(SearchDays(simulator: simulator, spread: 0).days([1]).count == 1)
  }

  @Test(
    "Runs with more than twice the median delay have locked up",
    arguments: [
      ([10.0, 11, 12, 13], 0), ([10, 11, 12, 30], 1), ([10, 10, 10, 21, 300], 2), ([], 0), ([5], 0),
    ])
  func lockUps(delays: [Double], count: Int) {
    let runs = delays.map { delay in
      var run = Measures()
      run.demand = 10
      run.totalDelay = 10 * delay
      return run
    }
    #expect(PlanComparison.Entry(plan: TimingPlan(name: "", programs: []), runs: runs).lockUps == count)
  }

  @Test(
    "Who breaks down under load comes last, then who locks up, then whose movements lose, then who delays most"
  )
  func order() {
    func contender(_ breaks: Bool, _ locks: Int, _ losers: Int, _ risk: Double, better: Bool = true)
      -> FinalChoice.Contender
    {
      FinalChoice.Contender(
        setting: PlanSetting(controllers: []), isBetter: better, risk: risk, lockUps: locks,
        breaksDown: breaks,
        losers: losers, loading: [])
    }
    let sorted = [
      contender(false, 0, 0, 20), contender(false, 0, 0, 30), contender(false, 0, 2, 10),
      contender(false, 1, 0, 5), contender(true, 0, 0, 1), contender(false, 0, 0, 50, better: false),
    ]
    for (first, second) in zip(sorted, sorted.dropFirst()) {
      #expect(FinalChoice.Contender.precedes(first, second) && !FinalChoice.Contender.precedes(second, first))
    }
  }

  @Test(
    "A movement may lose 30 s, but not fall from D to F",
    arguments: [
      (10.0, 40.0), (50, 80), (54, 80), (56, 86), (100, 130),
    ])
  func losses(now: Double, highest: Double) {
    #expect(ProposalRules().highestDelay(now: now) == highest)
    var free = ProposalRules()
    free.largestLoss = nil
    #expect(free.highestDelay(now: now) == .infinity)
  }
}
