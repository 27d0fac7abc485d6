internal import TrafficModel
internal import TrafficSimulation

/// The plans of all steps of the work on the same many days, and under more traffic than there is: which is proposed.
struct FinalChoice {
  let problem: PlanningProblem
  let search: CandidateSearch

  /// A plan with what it did.
  struct Contender {
    var setting: PlanSetting
    /// Whether its risk is lower than the existing plan's.
    var isBetter: Bool
    /// Over the days of the confirmation.
    var risk: Double
    var lockUps: Int
    /// Whether its worst days under more traffic, of all loads together, are worse than the existing plan's.
    var breaksDown: Bool
    /// How many movements lose more than they may.
    var losers: Int
    /// With the existing plan, by load.
    var loading: [ThroughputCurve.Point]

    /// What does no better than the existing plan, or breaks down where that does not, is nobody's plan.
    var mayBeProposed: Bool { isBetter && !breaksDown }

    /// The first goes before the second.
    static func precedes(_ first: Contender, _ second: Contender) -> Bool {
      func rank(_ contender: Contender) -> (Int, Int, Int, Double) {
        (
          (contender.isBetter ? 0 : 2) + (contender.breaksDown ? 1 : 0), contender.lockUps,
          min(1, contender.losers), contender.risk
        )
      }
      return rank(first) < rank(second)
    }
  }

  /// What all demand is multiplied by in the test under load.
  static let loads = [1.05, 1.1, 1.15]
  /// Seeds of each of these loads.
  private static let loadSeeds: [UInt64] = Array(301...306)
  /// Days that all play, and plans that play the rest.
  private static let firstDays = 6
  private static let finalists = 3

  /// The plans, the one to propose first; those that do no better than the existing one come last.
  ///
  /// - Parameter progress: called with the share of the work that is done.
  func ranked(_ settings: [PlanSetting], progress: (Double) -> Void) async -> [Contender] {
    var seen: Set<PlanSetting> = []
    let settings = settings.filter { seen.insert($0).inserted }
    let existing = problem.setting(of: problem.existing)
    guard !search.shouldStop() else {
      return settings.suffix(1).map {
        Contender(setting: $0, isBetter: true, risk: 0, lockUps: 0, breaksDown: false, losers: 0, loading: [])
      }
    }
    let days = search.days.days(problem.options.confirmationSeeds)
    let first = Array(days.prefix(Self.firstDays))
    var field = await play([existing] + settings.filter { $0 != existing }, over: first)
    progress(0.3)
    field =
      [field[0]]
      + field.dropFirst().enumerated().sorted {
        (risk($0.element), $0.offset) < (risk($1.element), $1.offset)
      }.prefix(Self.finalists).map(\.element)
    let rest = Array(days.dropFirst(Self.firstDays))
    if !search.shouldStop() {
      for (index, more) in await play(field.map(\.setting), over: rest).enumerated() {
        field[index].runs += more.runs
      }
    }
    progress(0.6)
    let limit = risk(field[0])
    let tests = search.shouldStop() ? [] : await loadTests(field)
    progress(1)
    return field.indices.dropFirst().map { index in
      let played = field[index]
      return Contender(
        setting: played.setting, isBetter: risk(played) < limit, risk: risk(played),
        lockUps: max(0, played.entry.lockUps - field[0].entry.lockUps),
        breaksDown: !tests.isEmpty && risk(tests.map { $0.plays[index] }) > risk(tests.map { $0.plays[0] }),
        losers: MovementLoss.all(problem, existing: field[0].runs, proposed: played.runs).count,
        loading: tests.map { test in
          ThroughputCurve.Point(
            scale: test.load,
            comparison: PlanComparison(
              seeds: Self.loadSeeds, entries: [test.plays[0].entry, test.plays[index].entry]))
        })
    }.sorted(by: Contender.precedes)
  }

  private struct Played {
    var setting: PlanSetting
    var plan: TimingPlan
    var runs: [Measures]

    var entry: PlanComparison.Entry { PlanComparison.Entry(plan: plan, runs: runs) }
  }

  private func play(_ settings: [PlanSetting], over days: [SimulatedDay]) async -> [Played] {
    let played = await PlanComparison(of: settings.map { problem.plan(of: $0) }, over: days)
    return zip(settings, played.entries).map { Played(setting: $0, plan: $1.plan, runs: $1.runs) }
  }

  private func risk(_ played: Played) -> Double { risk([played]) }

  /// Of all runs together: a handful of one load would decide by chance.
  private func risk(_ played: [Played]) -> Double {
    SearchCost.risk(played.flatMap { $0.runs.map { search.cost($0) } })
  }

  /// All plans at every load.
  private func loadTests(_ plans: [Played]) async -> [(load: Double, plays: [Played])] {
    var tests: [(load: Double, plays: [Played])] = []
    for load in Self.loads {
      tests.append(
        (
          load,
          await play(
            plans.map(\.setting), over: Self.loadSeeds.map { search.days.day(scale: load, seed: $0) })
        ))
    }
    return tests
  }
}
