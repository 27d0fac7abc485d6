extension TimingPlan {
  /// The plan without what only stands for something else that runs: where a controller responds or was not understood
  /// and the plan has the existing programme for it, that is no programme to write, for it would replace what runs. So a
  /// plan's file leaves a controller that responds as it is.
  ///
  /// - Parameter existing: the plan with the stand-ins.
  public func leavingOutStandIns(of existing: TimingPlan, on network: Network) -> TimingPlan {
    var plan = self
    for (index, controller) in network.controllers.enumerated() where controller.presentControl != .fixedTime
    {
      guard let program = plan.programs[index], let standIn = existing.programs[index] else { continue }
      if program.intervals == standIn.intervals, program.offset == standIn.offset,
        program.actuation == standIn.actuation
      {
        plan.programs[index] = nil
      }
    }
    return plan
  }
}
