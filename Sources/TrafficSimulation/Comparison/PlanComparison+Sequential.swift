public import TrafficModel

/// Comparisons that play as many seeds as it takes to tell which plan is better.
extension PlanComparison {
  /// Seeds that are added at a time.
  public static let seedsPerLook = 5

  /// Look by look, how many standard errors the mean difference must be away from zero: the quantiles
  /// 1 − 0.05 / (2 × 6) of Student's t with 4, 9, 14, 19, 24 and 29 degrees of freedom.
  ///
  /// Whoever looks six times and stops at the first sign errs more often than who looks once; by Bonferroni's
  /// inequality each look may take a sixth of the 5 % that all may err together.
  static let bounds = [4.851, 3.364, 3.069, 2.944, 2.875, 2.832]

  /// The same for whoever looks so often at each of three plans: the quantiles 1 − 0.05 / (2 × 6 × 3).
  static let boundsOfThree = [6.57, 4.075, 3.621, 3.435, 3.333, 3.269]

  /// The most seeds that `init(of:on:)` plays.
  public static let mostSeeds = UInt64(seedsPerLook * bounds.count)

  /// Plays every plan with seeds 1, 2, …, some at a time, until the sign of every plan's change of total delay
  /// against the first plan is certain at 95 %, or `mostSeeds` are played.
  ///
  /// A plan that does exactly what the first does on every seed is certain, too.
  public init(of plans: [TimingPlan], on simulator: Simulator) async {
    await self.init(playing: plans.map { ($0, SignalTimetable($0)) }, on: simulator)
  }

  /// The same for timetables, each with the plan that stands for it.
  public init(playing entrants: [(plan: TimingPlan, timetable: SignalTimetable)], on simulator: Simulator)
    async
  {
    self.init(seeds: [], entries: entrants.map { Entry(plan: $0.plan, runs: []) })
    for bound in Self.bounds {
      let first = UInt64(seeds.count) + 1
      let next = await PlanComparison(
        playing: entrants, on: simulator, seeds: (first..<first + UInt64(Self.seedsPerLook)).map { $0 })
      seeds += next.seeds
      for index in entries.indices { entries[index].runs += next.entries[index].runs }
      if entries.indices.dropFirst().allSatisfy({ isSignCertain($0, bound: bound) }) { return }
    }
  }

  /// Plays all plans with further seeds.
  public mutating func play(_ further: [UInt64], on simulator: Simulator) async {
    await play(further, timetables: entries.map { SignalTimetable($0.plan) }, on: simulator)
  }

  /// Plays the entries' timetables with further seeds.
  public mutating func play(
    _ further: [UInt64], timetables: [SignalTimetable], on simulator: Simulator
  ) async {
    let next = await PlanComparison(
      playing: zip(entries, timetables).map { ($0.plan, $1) }, on: simulator, seeds: further)
    seeds += next.seeds
    for index in entries.indices { entries[index].runs += next.entries[index].runs }
  }

  /// Whether it is certain that plan `index` does better or worse than the first by `measure`, for whoever looks again
  /// after every five seeds.
  ///
  /// - Parameter isOneOfThree: whether up to three plans are looked at, one after the other, and the first that is certain is
  ///   taken.
  public func isSignCertain(
    _ index: Int, isOneOfThree: Bool = false, _ measure: (Measures) -> Double
  ) -> Bool {
    let bounds = isOneOfThree ? Self.boundsOfThree : Self.bounds
    let looks = min(max(1, seeds.count / Self.seedsPerLook), bounds.count)
    return isSignCertain(index, bound: bounds[looks - 1], measure)
  }

  /// Whether plan `index` differs from the first by at least `bound` standard errors.
  func isSignCertain(
    _ index: Int, bound: Double, _ measure: (Measures) -> Double = { $0.totalDelay }
  ) -> Bool {
    let difference = difference(index, measure)
    // One seed says nothing.
    guard seeds.count > 1 else { return false }
    guard difference.mean != 0 else { return difference.halfWidth == 0 }
    let quantile = Estimate.studentQuantile(degreesOfFreedom: seeds.count - 1)
    return abs(difference.mean) >= bound * difference.halfWidth / quantile
  }
}
