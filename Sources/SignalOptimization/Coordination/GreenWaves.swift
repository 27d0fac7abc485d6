internal import LinearProgramming
internal import TrafficModel

/// A plan with green waves, and their widths.
struct Waves {
  let plan: TimingPlan
  let report: BandwidthReport
}

/// Finds offsets, and orders of stages, for the widest bands.
struct GreenWaves {
  let problem: PlanningProblem
  let planner: OffsetPlanner
  let wish: BandwidthOptions
  let controllers: [ControllerID]

  /// Pairs of bands in the list.
  private static let pairs = 9
  /// Narrower bands throughout are none, s: two vehicles do not get through.
  private static let narrowest = 4.0
  /// Another order of stages that widens the bands by less is not worth it, s.
  private static let worthwhile = 1.0
  /// Keeps long arterials with many orders to seconds; what is not proven then shows in the bound.
  private static let limits = SolveOptions(nodeLimit: 20_000)

  /// - Parameters:
  ///   - plan: with one cycle along the arterial.
  ///   - anchor: position of the signal that keeps its offset.
  func find(plan: TimingPlan, anchor: Int, progress: (Double) -> Void) throws(NoGreenWaves) -> Waves {
    var arterial = try arterial(plan)
    var solution: BandwidthSolution
    (arterial, solution) = try reordered(arterial, try solve(arterial), plan: plan)
    progress(0.3)
    if max(solution.outboundSeconds, solution.inboundSeconds) < Self.narrowest {
      // No band runs through as asked for; each link can still have its own.
      arterial = try self.arterial(plan)
      arterial.problem.bands = .perLink
      arterial.problem.balance = .weighted(wish.balance.ratio)
      (arterial, solution) = try reordered(arterial, try solve(arterial), plan: plan)
    }
    progress(0.5)
    var throughout = arterial.problem
    throughout.bands = .throughout
    let found = arterial.plan(plan, with: solution, anchor: anchor)
    do {
      let pareto = try throughout.paretoBands(count: Self.pairs, Self.limits)
      return Waves(
        plan: found, report: report(of: found, arterial: arterial, solution: solution, pareto: pareto))
    } catch {
      throw .bandwidthProgram(error)
    }
  }

  private func arterial(
    _ plan: TimingPlan, others: (SignalProgram) -> [SignalProgram] = { _ in [] }
  ) throws(NoGreenWaves) -> Arterial {
    try Arterial(
      controllers, plan: plan, planner: planner, slowest: wish.slowest, balance: wish.balance, others: others)
  }

  private func solve(_ arterial: Arterial) throws(NoGreenWaves) -> BandwidthSolution {
    let solution: BandwidthSolution?
    do {
      solution = try arterial.problem.widest(Self.limits)
    } catch {
      throw .bandwidthProgram(error)
    }
    guard let solution else { throw .noSolution }
    return solution
  }

  // MARK: Orders of stages

  /// The arterial and solution with stages that change places where that widens the bands: as few as can be, one
  /// signal after the other put back to its plan's order.
  private func reordered(
    _ arterial: Arterial, _ solution: BandwidthSolution, plan: TimingPlan
  ) throws(NoGreenWaves) -> (Arterial, BandwidthSolution) {
    let options = problem.options
    guard options.stages != .existing, options.maximumChange == nil else { return (arterial, solution) }
    let swaps = StageSwaps(network: problem.network)
    var free = try self.arterial(plan) {
      options.frozen.contains($0.controller) ? [] : swaps.programs(of: $0)
    }
    free.problem.bands = arterial.problem.bands
    free.problem.balance = arterial.problem.balance
    guard free.programs.contains(where: { $0.count > 1 }) else { return (arterial, solution) }
    var best = try solve(free)
    let least = solution.objective + Self.worthwhile / solution.cycle
    guard best.objective >= least else { return (arterial, solution) }
    for index in controllers.indices where best.patterns[index] != 0 {
      var kept = free
      kept.keepOrder(of: index)
      let without = try solve(kept)
      if without.objective > best.objective - Self.worthwhile / best.cycle, without.objective >= least {
        (free, best) = (kept, without)
      }
    }
    return (free, best)
  }

  // MARK: Report

  private func report(
    of plan: TimingPlan, arterial: Arterial, solution: BandwidthSolution, pareto: [BandwidthSolution]
  ) -> BandwidthReport {
    let cycle = solution.cycle
    let problem = arterial.problem
    let seen = arterial.bands(
      of: plan, patterns: solution.patterns, times: (solution.outboundTimes, solution.inboundTimes))
    return BandwidthReport(
      controllers: controllers, isFound: wish.arterial == nil, cycle: cycle, kind: problem.bands,
      bands: .init(outbound: seen.outbound * cycle, inbound: seen.inbound * cycle),
      existing: existingBands(),
      links: problem.outbound.indices.map { link in
        let bands = arterial.bands(ofLink: link, plan: plan, solution: solution)
        return .init(
          outboundLength: problem.outbound[link].length, inboundLength: problem.inbound[link].length,
          times: .init(outbound: solution.outboundTimes[link], inbound: solution.inboundTimes[link]),
          bands: .init(outbound: bands.outbound * cycle, inbound: bands.inbound * cycle))
      },
      reordered: zip(controllers, solution.patterns).filter { $1 != 0 }.map(\.0),
      pareto: pareto.map { .init(outbound: $0.outboundSeconds, inbound: $0.inboundSeconds) },
      objective: solution.objective * cycle, bound: solution.bound * cycle,
      program: problem.linearProgram.writeLP())
  }

  /// Of the existing plan, at free-flow speed; nil where it makes no green waves, for whatever reason.
  private func existingBands() -> BandwidthReport.Pair? {
    guard let arterial = try? arterial(problem.existing) else { return nil }
    let bands = arterial.problem
    let times = [bands.outbound, bands.inbound].map { $0.map { $0.length / $0.speeds.upperBound } }
    let seen = arterial.bands(
      of: problem.existing, patterns: controllers.map { _ in 0 }, times: (times[0], times[1]))
    let cycle = bands.cycle.lowerBound
    return .init(outbound: seen.outbound * cycle, inbound: seen.inbound * cycle)
  }
}

extension Arterial {
  /// The widest bands of one link for itself, fractions of the cycle.
  func bands(
    ofLink link: Int, plan: TimingPlan, solution: BandwidthSolution
  ) -> (outbound: Double, inbound: Double) {
    let ends = [link, link + 1]
    let part = BandwidthProblem(
      signals: ends.map { problem.signals[$0] }, outbound: [problem.outbound[link]],
      inbound: [problem.inbound[link]], cycle: problem.cycle)
    return part.bands(
      patterns: ends.map { solution.patterns[$0] },
      offsets: ends.map { fraction((plan[controllers[$0]]?.offset ?? 0) / solution.cycle) },
      cycle: solution.cycle, outboundTimes: [solution.outboundTimes[link]],
      inboundTimes: [solution.inboundTimes[link]])
  }
}
