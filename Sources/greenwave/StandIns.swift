import TrafficModel

/// A plan without what only stands for what runs, where a controller responds or was not understood.
struct StandIns {
  /// What is left of it.
  let plan: TimingPlan
  /// Why programmes are left out; nil where none is.
  let reason: String?

  init(leftOutOf plan: TimingPlan, existing: TimingPlan, network: Network) {
    let left = plan.leavingOutStandIns(of: existing, on: network)
    let names = network.controllers.indices.filter {
      plan.programs[$0] != nil && left.programs[$0] == nil
    }.map { network.controllers[$0].name }
    self.plan = left
    reason =
      names.isEmpty
      ? nil : "no fixed-time programme is what runs there: \(names.joined(separator: ", "))"
  }

  /// Warns of what is left out.
  func tell() {
    if let reason { Terminal.tell("warning: left out, because \(reason)", .warning) }
  }
}
