public import TrafficModel

/// Plans played on the same demand with the same seeds, so that their differences can be told from chance.
public struct PlanComparison: Sendable {
  /// One plan and what each seed measured.
  public struct Entry: Sendable {
    /// The plan.
    public var plan: TimingPlan
    /// By seed, in the seeds' order.
    public var runs: [Measures]

    /// A plan with what was measured.
    public init(plan: TimingPlan, runs: [Measures]) {
      self.plan = plan
      self.runs = runs
    }

    /// Mean of a measure over the seeds.
    public func estimate(_ measure: (Measures) -> Double) -> Estimate { Estimate(of: runs.map(measure)) }

    /// Mean over the seeds of the difference to another plan, seed by seed.
    public func difference(to other: Entry, _ measure: (Measures) -> Double) -> Estimate {
      Estimate(of: zip(runs, other.runs).map { measure($0) - measure($1) })
    }
  }
  /// The seeds, the same for every plan.
  public var seeds: [UInt64]
  /// The plans, in the order given; the first is the one that others are compared with.
  public var entries: [Entry]

  /// A comparison of plans that were played already, each with a run for each seed.
  public init(seeds: [UInt64], entries: [Entry]) {
    precondition(entries.allSatisfy { $0.runs.count == seeds.count }, "each seed needs a run")
    self.seeds = seeds
    self.entries = entries
  }

  /// Plays every plan with every seed, on as many threads as there are processors.
  ///
  /// The result does not depend on the number of threads.
  public init(of plans: [TimingPlan], on simulator: Simulator, seeds: [UInt64]) async {
    await self.init(playing: plans.map { ($0, SignalTimetable($0)) }, on: simulator, seeds: seeds)
  }

  /// Plays every timetable with every seed, on as many threads as there are processors.
  ///
  /// - Parameter entrants: timetables, each with the plan that stands for it.
  public init(
    playing entrants: [(plan: TimingPlan, timetable: SignalTimetable)], on simulator: Simulator,
    seeds: [UInt64]
  ) async {
    await self.init(
      playing: entrants, over: seeds.map { SimulatedDay(simulator: simulator, seed: $0) })
  }

  /// Plays every plan on every day, on as many threads as there are processors.
  public init(of plans: [TimingPlan], over days: [SimulatedDay]) async {
    await self.init(playing: plans.map { ($0, SignalTimetable($0)) }, over: days)
  }

  private init(playing entrants: [(plan: TimingPlan, timetable: SignalTimetable)], over days: [SimulatedDay])
    async
  {
    seeds = days.map(\.seed)
    entries = entrants.map { Entry(plan: $0.plan, runs: []) }
    let timetables = entrants.map(\.timetable)
    for first in stride(from: 0, to: days.count, by: Self.daysAtOnce) {
      var part = Array(days[first..<min(days.count, first + Self.daysAtOnce)])
      // Who travels is drawn once for all plans.
      if timetables.count > 1 { part = await SimulatedDay.drawn(part) }
      for (index, runs) in await Self.play(timetables, over: part).enumerated() {
        entries[index].runs += runs
      }
    }
  }

  /// So many days have their travellers in memory at once.
  private static let daysAtOnce = 12

  /// By timetable, then day.
  private static func play(_ timetables: [SignalTimetable], over days: [SimulatedDay]) async -> [[Measures]] {
    await withTaskGroup(of: (Int, Int, Measures).self) { group in
      for (row, timetable) in timetables.enumerated() {
        for (column, day) in days.enumerated() { group.addTask { (row, column, day.run(timetable)) } }
      }
      var runs = timetables.map { _ in [Measures](repeating: Measures(), count: days.count) }
      for await (row, column, measures) in group { runs[row][column] = measures }
      return runs
    }
  }

  /// Mean of a measure of plan `index` over the seeds.
  public func estimate(_ index: Int, _ measure: (Measures) -> Double) -> Estimate {
    entries[index].estimate(measure)
  }

  /// Mean over the seeds of the difference plan `index` − plan 0, seed by seed.
  public func difference(_ index: Int, _ measure: (Measures) -> Double) -> Estimate {
    entries[index].difference(to: entries[0], measure)
  }
}
