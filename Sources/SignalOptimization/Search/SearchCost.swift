internal import TrafficModel
internal import TrafficSimulation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What the search makes small: the objective, and what movements lose beyond the limit.
struct SearchCost: Sendable {
  private let objective: Objective
  private let pedestrianWeight: Double
  /// By movement: mean delay up to which it may lose, s per vehicle.
  private let limits: [Double]

  /// - Parameter existing: runs of the existing plan.
  init(_ problem: PlanningProblem, existing: [Measures]) {
    objective = problem.options.objective
    pedestrianWeight = problem.options.pedestrianWeight
    limits = problem.network.movements.indices.map { movement in
      let now = MovementMeasures.delayPerVehicle(of: movement, in: existing) ?? 0
      return problem.options.rules.highestDelay(now: now)
    }
  }

  /// Of a run: veh·s, or less the vehicles served.
  func callAsFunction(_ run: Measures) -> Double {
    switch objective {
    case .throughput: -Double(run.served)
    case .delay, .reserve: run.totalDelay + pedestrianWeight * run.pedestrianDelay + excess(run)
    }
  }

  /// Of a run, so that what a plan changes counts by its share: a jam on one day does not drown all other days, as the
  /// search goes on among plans that jam now and then.
  func relative(_ run: Measures) -> Double {
    let cost = self(run)
    return objective == .throughput ? cost : log(1 + cost)
  }

  /// Delay of movements beyond what they may have, veh·s: a second of it counts as one more of the total.
  private func excess(_ run: Measures) -> Double {
    zip(run.movements, limits).reduce(0) { $0 + max(0, $1.0.delay - $1.1 * Double($1.0.demand)) }
  }

  /// Share of the days whose mean counts beside that of all.
  private static let worstShare = 0.2

  /// Of several days with as many costs: half the mean of all, half that of the worst fifth. A plan that works on the
  /// brink of a jam is not the one to run, however well it does on most days.
  static func risk(_ costs: [Double]) -> Double {
    let weights = costs.map { _ in 1 / Double(costs.count) }
    return
      (RiskMeasure.expected.value(of: costs, weights: weights)
      + RiskMeasure.worstShare(worstShare).value(of: costs, weights: weights)) / 2
  }
}

extension ProposalRules {
  /// The highest mean delay of a movement that has `now`, s per vehicle; infinite where there is no limit.
  func highestDelay(now: Double) -> Double {
    guard let largestLoss else { return .infinity }
    let mayFall = now > LevelOfService.d.longestDelay
    return mayFall ? now + largestLoss : min(now + largestLoss, LevelOfService.e.longestDelay)
  }
}
