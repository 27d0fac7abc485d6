public import TrafficModel
internal import TrafficSimulation

/// Finds plans for the periods of a day, and when each begins.
///
/// The day is cut where the delay functions of the split programs say that few plans lose little (`DayPartition`); each
/// period gets a plan by `SignalOptimizer`; simulation then tells which of all plans does best in which period, and
/// judges the schedule, with its transitions, against the existing plan and against the best single one.
public struct DayPlanner: Sendable {
  /// The day's, without weight for pedestrians: those are the periods' affair.
  private let problem: PlanningProblem
  private let day: Period
  private let dayOptions: DayOptions

  private var network: Network { problem.network }
  private var options: OptimizationOptions { problem.options }

  /// - Parameters:
  ///   - day: a day's name, demand and existing plan.
  ///   - options: of the optimization of each period.
  public init(network: Network, day: Period, options: OptimizationOptions, dayOptions: DayOptions) {
    problem = PlanningProblem(
      network: network, demand: day.demand, pedestrians: [], existing: day.existingPlan, options: options)
    self.day = day
    self.dayOptions = dayOptions
  }

  /// Longer periods are told in so many parts of this many seconds when their plan is searched.
  private static let digest = (parts: 4, slice: 900.0)
  /// So many of the search seeds tell which plan does best in which period.
  private static let choiceSeeds = 3

  /// Finds the plans.
  ///
  /// - Parameters:
  ///   - shouldStop: asked now and then; the best plan so far of the present period is taken when it says so.
  ///   - willSearch: called before each search for a period's plan.
  ///   - progress: called as the work goes on with what is being done and the share of it that is done.
  /// - Throws: `NoDayPlan`.
  public func run(
    shouldStop: @escaping @Sendable () -> Bool = { false }, willSearch: () -> Void = {},
    progress: @escaping @Sendable (String, Double) -> Void
  ) async throws(NoDayPlan) -> DayPlan {
    let costs = await DayCosts(problem) { progress("break points", $0) }
    let changeCost =
      dayOptions.changeCost ?? costs.leastDelay / day.demand.duration * DayOptions.changeSeconds
    let bounds = costs.bounds
    let partitions = DayPartition.all(of: costs.delay, most: dayOptions.mostPlans) {
      bounds[$0.upperBound] - bounds[$0.lowerBound] >= dayOptions.shortestPeriod
    }
    let partition = DayPartition.cheapest(of: partitions, changeCost: changeCost)
    let periods = partition.segments.map { bounds[$0.slices.lowerBound]..<bounds[$0.slices.upperBound] }

    var plans = [TimingPlan(name: "existing", programs: day.existingPlan.programs)]
    var found: [Int] = []
    for period in periods + (periods.count > 1 ? [day.demand.begin..<day.demand.end] : []) {
      willSearch()
      let plan = try await plan(for: period, shouldStop: shouldStop, progress: progress)
      // Where nothing better was found it is the existing one.
      let known = plans.firstIndex { $0.programs == plan.programs }
      if known == nil { plans.append(plan) }
      let index = known ?? plans.count - 1
      if !found.contains(index) { found.append(index) }
    }
    progress("which plan when", 0)
    let choice = PlanChoice(
      network: network, day: day, periods: periods, plans: plans, candidates: found.sorted(),
      seeds: Array(options.searchSeeds.prefix(Self.choiceSeeds)))
    let (single, chosen) = await choice.best { progress("which plan when", $0) }
    let judged = await judged(plans, chosen: chosen, periods: periods) { progress("judgement", $0) }
    do {
      var result = try await schedule(of: judged, plans: plans, single: single, shouldStop: shouldStop)
      result.partitions = partitions.enumerated().map { PartitionPoint(periods: $0 + 1, delay: $1.cost) }
      (result.leastDelay, result.sliceCount, result.changeCost) = (
        costs.leastDelay, costs.delay.sliceCount, changeCost
      )
      return result
    } catch {
      throw .impossible(error)
    }
  }

  /// The optimizer's plan for the demand of a period.
  private func plan(
    for period: Range<Double>, shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (String, Double) -> Void
  ) async throws(NoDayPlan) -> TimingPlan {
    let name =
      period == day.demand.begin..<day.demand.end ? "\(day.name)-all-day" : planName(period.lowerBound)
    let demand = day.demand.during(period).digest(parts: Self.digest.parts, slice: Self.digest.slice)
    let optimizer = SignalOptimizer(
      network: network, demand: demand, existingPlan: day.existingPlan, options: options)
    do {
      let result = try await optimizer.run(shouldStop: shouldStop) {
        progress("\(name): \($0.phase.rawValue)", $0.share)
      }
      let plan = result.isAsAsked ? day.existingPlan : result.plan
      return TimingPlan(
        name: name,
        programs: zip(plan.programs, day.existingPlan.programs).map { new, old in
          var new = new
          if new != old { new?.name = name }
          return new
        })
    } catch {
      throw .noPlan(error)
    }
  }

  /// `weekday-0700`: the day, and when the plan begins.
  private func planName(_ begin: Double) -> String {
    let minutes = Int((DaySchedule.clock(begin) / 60).rounded(.down))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day.name)-\(two(minutes / 60))\(two(minutes % 60))"
  }

  /// The periods with their chosen plans, neighbours with the same plan joined; the existing plan wherever the chosen
  /// one is not better with certainty.
  private func judged(
    _ plans: [TimingPlan], chosen: [Int], periods: [Range<Double>], progress: (Double) -> Void
  ) async -> [DayPeriod] {
    var joined: [(period: Range<Double>, plan: Int)] = []
    for (period, plan) in zip(periods, chosen) {
      if let last = joined.last, last.plan == plan {
        joined[joined.count - 1].period = last.period.lowerBound..<period.upperBound
      } else {
        joined.append((period, plan))
      }
    }
    var judged: [DayPeriod] = []
    for (period, plan) in joined {
      let simulator = Simulator(network: network, demand: day.demand.during(period))
      let comparison = await PlanComparison(
        of: [day.existingPlan, plans[plan]], on: simulator, seeds: options.judgementSeeds)
      let difference = PlanPair(comparison).difference(\.totalDelay)
      let isImprovement = difference.mean < 0 && difference.isCertain
      judged.append(
        DayPeriod(
          begin: period.lowerBound, end: period.upperBound, plan: isImprovement ? plan : 0,
          comparison: PlanPair(comparison), isImprovement: isImprovement))
      progress(Double(judged.count) / Double(joined.count + 1))
    }
    return judged
  }

  /// The plan set of the periods, played over the whole day.
  private func schedule(
    of periods: [DayPeriod], plans: [TimingPlan], single: Int, shouldStop: @Sendable () -> Bool
  ) async throws(ImpossibleChange) -> DayPlan {
    var periods = periods
    var used: [Int] = []
    for index in periods.indices {
      let plan = periods[index].plan
      periods[index].plan = used.firstIndex(of: plan) ?? used.count
      if !used.contains(plan) { used.append(plan) }
    }
    var entries: [ScheduleEntry] = []
    for period in periods where entries.last?.plan != period.plan {
      entries.append(ScheduleEntry(begin: DaySchedule.clock(period.begin), plan: period.plan))
    }
    let schedule = DaySchedule(day: day.name, entries: entries.sorted { $0.begin < $1.begin })
    let set: PlanSet
    do {
      set = try PlanSet(plans: used.map { plans[$0] }, schedules: [schedule])
    } catch {
      preconditionFailure("plans of periods make no set: \(error.problems)")
    }
    let time = day.demand.begin..<day.demand.end
    let timetable = try SignalTimetable(set, schedule, over: time, on: network)
    let comparison = await judgement(
      of: [
        (day.existingPlan, SignalTimetable(day.existingPlan)),
        (plans[single], SignalTimetable(plans[single])),
        (set.plans[schedule.plan(at: time.lowerBound)], timetable),
      ], shouldStop: shouldStop)
    return DayPlan(
      day: day.name, planSet: set, periods: periods, comparison: comparison,
      bestSinglePlan: plans[single].name, partitions: [], leastDelay: 0, sliceCount: 0, changeCost: 0,
      timetable: timetable)
  }

  /// The existing plan, the best single one and the schedule on the judgement seeds; where these leave open whether the
  /// schedule does better than the single plan, on further ones, five at a time, as an optimization's plan is judged.
  private func judgement(
    of entrants: [(plan: TimingPlan, timetable: SignalTimetable)], shouldStop: @Sendable () -> Bool
  ) async -> DayPlan.Comparison {
    let simulator = Simulator(network: network, demand: day.demand)
    var comparison = await PlanComparison(playing: entrants, on: simulator, seeds: options.judgementSeeds)
    func isOpen(atFirst: Bool) -> Bool {
      let pair = PlanComparison(seeds: comparison.seeds, entries: Array(comparison.entries[1...2]))
      let difference = pair.difference(1, \.totalDelay)
      // A schedule of the single plan alone does what that does.
      guard difference.mean != 0 else { return false }
      return atFirst ? !difference.isCertain : !pair.isSignCertain(1, \.totalDelay)
    }
    var further = options.furtherJudgementSeeds[...]
    while !further.isEmpty, !shouldStop(), isOpen(atFirst: comparison.seeds == options.judgementSeeds) {
      let next = Array(further.prefix(PlanComparison.seedsPerLook))
      await comparison.play(next, timetables: entrants.map(\.timetable), on: simulator)
      further = further.dropFirst(PlanComparison.seedsPerLook)
    }
    let played = comparison.entries
    return DayPlan.Comparison(
      seeds: comparison.seeds, existing: played[0], bestSingle: played[1], schedule: played[2])
  }
}
