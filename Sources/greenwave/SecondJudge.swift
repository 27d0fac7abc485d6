internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// Who judges a plan.
enum JudgeArgument: String, CaseIterable, ExpressibleByArgument {
  case greenwave, sumo
}

/// SUMO as the last judge: what it does not find better is not proposed.
struct SecondJudge {
  private let installation: SUMOInstallation
  private let run: SUMORun
  private let loaded: LoadedScenario
  private let period: Period

  /// Seeds that nothing else uses.
  private static let seeds: [UInt64] = Array(2001...2010)
  /// So many plans are played there.
  private static let mostTried = 3

  /// - Throws: `Failure` where SUMO is missing, or does not play the input as it stands.
  init(_ loaded: LoadedScenario, _ period: Period, isAsGiven: Bool) throws {
    guard let files = (loaded.origin as? SUMOOrigin)?.files, isAsGiven else {
      throw Failure.usage(
        "--judge sumo plays SUMO's own files, as they stand",
        hint: "'greenwave convert' writes them from other networks")
    }
    installation = try SUMOInstallation.find()
    run = SUMORun(installation: installation, files: files, period: period.demand.begin..<period.demand.end)
    (self.loaded, self.period) = (loaded, period)
  }

  /// The result with the first of its plans that SUMO, too, finds better with certainty and without more lock-ups; with the
  /// existing plan where there is none. And what SUMO said of the plan that the result compares.
  func confirmed(
    _ result: OptimizationResult, by optimizer: SignalOptimizer
  ) async throws -> (result: OptimizationResult, verdict: SUMOVerdict) {
    let existing = result.comparison.existing.plan
    var first: (result: OptimizationResult, verdict: SUMOVerdict)?
    let others = result.contenders.filter { $0.programs != result.plan.programs }
    for plan in ([result.plan] + others).prefix(Self.mostTried) {
      let isFirst = plan.programs == result.plan.programs
      let judged = isFirst ? result : await optimizer.judged(plan, after: result)
      guard judged.isImprovement || isFirst else { continue }
      let verdict = try await verdict(on: plan, against: existing)
      if verdict.holds { return (judged, verdict) }
      if first == nil { first = (judged, verdict) }
    }
    guard var kept = first else { preconditionFailure("the result's own plan is always played") }
    (kept.result.plan, kept.result.isImprovement, kept.result.isAsAsked) = (existing, false, false)
    return kept
  }

  private func verdict(on plan: TimingPlan, against existing: TimingPlan) async throws -> SUMOVerdict {
    let text = try loaded.loadable(plan.named(period.name, changing: existing), in: period)?.text
    return SUMOVerdict(
      version: installation.version,
      comparison: try await run.comparison(
        of: [(plan: existing, text: nil), (plan: plan, text: text)], seeds: Self.seeds))
  }
}
