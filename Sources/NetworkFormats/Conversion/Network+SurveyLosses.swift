internal import TrafficModel

extension Network {
  /// What other formats' files do not say of survey sheets and detectors: what only capacity worksheets use.
  var surveyLosses: [String] {
    var losses: [String] = []
    if links.contains(where: { $0.conditions != CapacityConditions() }) {
      losses.append(
        "what only capacity worksheets ask of approaches is left out, such as heavy vehicles and grades")
    }
    let phases = controllers.flatMap { $0.rings?.phases ?? [] }
    if phases.contains(where: { $0.actuation != nil }) {
      losses.append("what detectors may do with phases is left out")
    }
    return losses
  }
}
