extension TimingPlan {
  /// The plan without what only stands for something else that runs: where a controller responds or was not understood
  /// and the plan has the existing programme for it, that is no programme to write, for it would replace what runs.
  ///
  /// - Parameter existing: the plan with the stand-ins.
  public func leavingOutStandIns(of existing: TimingPlan, on network: Network) -> TimingPlan {
    var plan = self
    for id in network.controllersNotPlayed {
      guard let program = plan.programs[id.index], let standIn = existing.programs[id.index] else { continue }
      if program.intervals == standIn.intervals, program.offset == standIn.offset {
        plan.programs[id.index] = nil
      }
    }
    return plan
  }
}
