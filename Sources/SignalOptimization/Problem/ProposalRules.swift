internal import TrafficModel

/// What a proposed plan keeps beyond what the network says of its signals: rules of good practice.
///
/// Where the existing plan goes beyond a rule, it is the limit instead: nothing has to become better before it may stay.
/// Reasons and sources: Documentation/Rules.md.
public struct ProposalRules: Hashable, Sendable {
  /// Shortest stage, and shortest protected part of a green that is permissive before or after it, s.
  public var minimumGreen = 5.0
  /// Highest degree of saturation (flow over capacity) of a lane.
  public var highestSaturation = 0.95
  /// Cycles, s; a controller's own bounds hold as well.
  public var cycles = 40.0...150.0
  /// By how much the mean delay of a movement may grow, s per vehicle; nil for any amount. With a limit none falls from
  /// level of service D or better to F, either.
  public var largestLoss: Double? = 30

  /// The usual ones.
  public init() {}

  /// Whatever is legal.
  public static var none: ProposalRules {
    var rules = ProposalRules()
    rules.minimumGreen = 0
    rules.highestSaturation = .infinity
    rules.cycles = 1...3600
    rules.largestLoss = nil
    return rules
  }
}

extension ProposalRules {
  /// The network with controllers for which what these rules refuse is no legal plan.
  ///
  /// - Parameters:
  ///   - existing: what runs now.
  ///   - stages: what may become of the stages.
  func strict(_ network: Network, existing: TimingPlan, stages: StageFreedom) -> Network {
    network.replacingControllers(
      network.controllers.indices.map { index in
        guard let program = existing.programs[index] else { return network.controllers[index] }
        return strict(network.controllers[index], existing: program, stages: stages)
      })
  }

  private func strict(
    _ controller: SignalController, existing: SignalProgram, stages: StageFreedom
  ) -> SignalController {
    var strict = controller
    for group in controller.groups.indices {
      let shown = existing.arrows(ofGroup: group).map { existing.duration(of: $0) }.min()
      strict.groups[group].minimumProtectedGreen = max(
        controller.groups[group].minimumProtectedGreen, min(minimumGreen, shown ?? minimumGreen))
    }
    if controller.rings == nil {
      let shown = existing.stages.map { existing.intervals[$0].duration }.min()
      strict.shortestStage = max(controller.shortestStage, min(minimumGreen, shown ?? minimumGreen))
    }
    let (shortest, longest) = (
      min(cycles.lowerBound, existing.cycle), max(cycles.upperBound, existing.cycle)
    )
    if controller.cycleBounds.overlaps(shortest...longest) {
      strict.cycleBounds = controller.cycleBounds.clamped(to: shortest...longest)
    }
    guard stages != .free else { return strict }
    strict.pedestrianStages = PedestrianStages(of: existing, controller)
    for a in controller.groups.indices {
      for b in controller.groups.indices where controller.conflicts[a][b] != .none {
        let areTogether = existing.intervals.contains { $0.states[a].isGreen && $0.states[b].isGreen }
        if !areTogether { strict.conflicts[a][b] = .exclusive }
      }
    }
    return strict
  }
}
