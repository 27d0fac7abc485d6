/// Looks up junctions and legs by the names that the file uses for them.
struct LegReferences {
  private let junctions: [JunctionDraft]
  private let indexOfName: [String: Int]

  init(_ junctions: [JunctionDraft]) {
    self.junctions = junctions
    indexOfName = Dictionary(junctions.enumerated().map { ($1.name.value, $0) }) { first, _ in first }
  }

  /// The position of a junction; nil, with an error in the log, when there is none of that name.
  func junction(_ name: Located<String>, _ log: inout some ProblemLog) -> Int? {
    if let index = indexOfName[name.value] { return index }
    log.unknown("junction", name, known: junctions.map(\.name.value))
    return nil
  }

  /// The approach at a leg; nil, with an error in the log, when the junction has none there.
  func approach(_ leg: LegID, at place: TextPlace, _ log: inout some ProblemLog) -> ApproachDraft? {
    let junction = junctions[leg.junction]
    if let approach = junction.approach(leg.leg) { return approach }
    guard junction.isSound else { return nil }
    log.error(
      "junction '\(junction.name.value)' has no approach \(leg.leg.name)", at: place,
      notes: ["it has " + junction.approaches.map(\.leg.name).joined(separator: ", ")])
    return nil
  }

  /// The leg that `JUNCTION.LEG` means; nil, with an error in the log, when it means none.
  func leg(_ reference: Located<String>, _ log: inout some ProblemLog) -> LegID? {
    guard let parts = reference.splitAtLastDot else {
      log.error(
        "a leg is written as junction, full stop, letter of the leg, not '\(reference.value)'",
        at: reference.place, notes: ["e.g. '\(junctions.first?.name.value ?? "Market Square").N'"])
      return nil
    }
    guard let junction = junction(parts.before, &log), let leg = Compass(located: parts.after, &log)
    else { return nil }
    let id = LegID(junction: junction, leg: leg)
    return approach(id, at: reference.place, &log) == nil ? nil : id
  }
}

extension Located<String> {
  /// What stands before and after the last full stop; nil where there is none, or nothing on one side of it.
  var splitAtLastDot: (before: Located<String>, after: Located<String>)? {
    guard let dot = value.lastIndex(of: ".") else { return nil }
    let before = String(value[..<dot])
    let after = String(value[value.index(after: dot)...])
    guard !before.isEmpty, !after.isEmpty else { return nil }
    return (Located(value: before, place: place), Located(value: after, place: place))
  }
}

extension Compass {
  /// The leg of a name; nil, with an error in the log, when it is none.
  package init?(located name: Located<String>, _ log: inout some ProblemLog) {
    guard let leg = Compass(name: name.value) else {
      log.unknown("leg", name, known: Compass.names)
      return nil
    }
    self = leg
  }
}
