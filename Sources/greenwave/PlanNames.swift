internal import TrafficModel

extension TimingPlan {
  /// The plan under a name; programmes that are not those of `existing` get a name of their own.
  func named(_ name: String, changing existing: TimingPlan) -> TimingPlan {
    TimingPlan(
      name: name,
      programs: zip(programs, existing.programs).map { new, old in
        var new = new
        if new != old { new?.name = "greenwave" }
        return new
      })
  }
}
