public import TrafficModel

/// What plans serve as all demand grows: each plan, at each scale, with the same vehicles.
public struct ThroughputCurve: Sendable {
  /// The plans at one scale.
  public struct Point: Sendable {
    /// What all demand is multiplied by.
    public var scale: Double
    /// The plans, played with every seed.
    public var comparison: PlanComparison

    /// A point.
    public init(scale: Double, comparison: PlanComparison) {
      self.scale = scale
      self.comparison = comparison
    }
  }
  /// Where a plan breaks down.
  public struct Breakdown: Hashable, Sendable {
    /// The scale at which the shortfall passes its tolerance, between two scales played by linear interpolation; the
    /// lowest scale played when it is passed there already.
    public var scale: Double
    /// Whether the plan keeps up at no scale played, so that it breaks down somewhere below `scale`.
    public var isBelow: Bool
  }

  /// By scale, ascending.
  public let points: [Point]
  /// Length of the period, s.
  public let duration: Double

  /// - Parameters:
  ///   - points: by scale, ascending, each with the same plans.
  ///   - duration: length of the period, s.
  public init(points: [Point], duration: Double) {
    precondition(zip(points, points.dropFirst()).allSatisfy { $0.scale < $1.scale }, "scales ascend")
    self.points = points
    self.duration = duration
  }

  /// Plays plans at each scale; see `Demand.scaled(by:seed:)`.
  ///
  /// - Parameters:
  ///   - scales: ascending.
  ///   - progress: called with the share of the work that is done.
  public init(
    of plans: [TimingPlan], network: Network, demand: Demand, scales: [Double], seeds: [UInt64],
    progress: @Sendable (Double) -> Void = { _ in }
  ) async {
    var points: [Point] = []
    for (index, scale) in scales.enumerated() {
      progress(Double(index) / Double(scales.count))
      let simulator = Simulator(network: network, demand: demand.scaled(by: scale, seed: Self.scalingSeed))
      points.append(
        Point(scale: scale, comparison: await PlanComparison(of: plans, on: simulator, seeds: seeds)))
    }
    self.init(points: points, duration: demand.duration)
  }

  /// One for all: vehicles that depart at some scale depart at every larger one with every seed.
  private static let scalingSeed: UInt64 = 1

  /// A plan that falls behind by more than this share of the demand, and by more than chance, does not keep up.
  public static let tolerance = 0.02
  /// Standard deviations that chance may make.
  private static let chance = 2.0

  /// Share of the demand that plan `plan` falls behind at a point: vehicles that are still on the road, or wait
  /// outside, at the end, less those that are on the road in a steady state; mean over the seeds.
  ///
  /// The steady state is that of the period's mean: n̄ = (time spent on the road) / (length of the period) vehicles
  /// (J. D. C. Little 1961), which the filling of the empty network at the begin makes too low by a share of
  /// n̄ / (2 demand). Where nothing grows, the shortfall is about 0; a queue that grows all the time makes it about half
  /// of what it is at the end, or all of it outside the network.
  public func shortfall(_ plan: Int, at point: Int) -> Double {
    points[point].comparison.estimate(plan) { run in
      guard run.demand > 0, duration > 0 else { return 0 }
      return (Double(run.unserved) - steady(run)) / Double(run.demand)
    }.mean
  }

  /// The shortfall up to which plan `plan` keeps up at a point: `tolerance`, and two standard deviations of the number on the
  /// road, taken for a Poisson number, over the seeds.
  private func tolerance(_ plan: Int, at point: Int) -> Double {
    let comparison = points[point].comparison
    let demand = comparison.estimate(plan) { Double($0.demand) }.mean
    guard demand > 0 else { return Self.tolerance }
    let steady = comparison.estimate(plan, steady).mean
    return Self.tolerance + Self.chance * (steady / Double(comparison.seeds.count)).squareRoot() / demand
  }

  /// Vehicles on the road in a steady state.
  private func steady(_ run: Measures) -> Double {
    guard run.demand > 0, duration > 0 else { return 0 }
    let mean = run.travelTime / duration
    return mean / max(Self.leastShare, 1 - mean / (2 * Double(run.demand)))
  }

  /// All vehicles on the road all the time: then half of the time is filling.
  private static let leastShare = 0.5

  /// Whether plan `plan` keeps up with demand at a point.
  public func keepsUp(_ plan: Int, at point: Int) -> Bool { excess(plan, at: point) <= 0 }

  private func excess(_ plan: Int, at point: Int) -> Double {
    shortfall(plan, at: point) - tolerance(plan, at: point)
  }

  /// Where plan `plan` first falls behind; nil when it never does.
  public func breakdown(of plan: Int) -> Breakdown? {
    guard let first = points.indices.first(where: { !keepsUp(plan, at: $0) }) else { return nil }
    guard first > 0 else { return Breakdown(scale: points[0].scale, isBelow: true) }
    let (low, high) = (excess(plan, at: first - 1), excess(plan, at: first))
    let share = -low / (high - low)
    let scale = points[first - 1].scale + share * (points[first].scale - points[first - 1].scale)
    return Breakdown(scale: scale, isBelow: false)
  }

  /// Vehicles per hour that want to travel at a point.
  public func demandPerHour(at point: Int) -> Double {
    perHour(points[point].comparison.estimate(0) { Double($0.demand) }.mean)
  }

  /// Vehicles per hour that plan `plan` serves at a point.
  public func servedPerHour(_ plan: Int, at point: Int) -> Estimate {
    var estimate = points[point].comparison.estimate(plan) { Double($0.served) }
    estimate.mean = perHour(estimate.mean)
    estimate.halfWidth = perHour(estimate.halfWidth)
    return estimate
  }

  /// The point at which plan `plan` serves most.
  public func bestPoint(of plan: Int) -> Int {
    points.indices.max { servedPerHour(plan, at: $0).mean < servedPerHour(plan, at: $1).mean } ?? 0
  }

  private func perHour(_ vehicles: Double) -> Double {
    duration > 0 ? vehicles / duration * Quantities.secondsPerHour : 0
  }
}
