internal import NetworkBuilding
internal import TrafficModel

/// The phases of a ring-barrier controller in a detailed file.
struct DetailedPhases {
  static let keys =
    [
      "number", "ring", "barrier", "position", "groups", "permitted", "minimum-green", "yellow", "all-red",
      "walk",
      "flashing-dont-walk", "keeps-place", "optional",
    ] + PhaseActuation.keys
  private static let place = NumberRule(range: 1...99, unit: "")

  /// Nil where there are none, or errors, which are then in the log.
  private(set) var rings: PhaseRings?

  /// - Parameter fields: of the controller.
  init(
    _ fields: YAMLFields, groups: DetailedNames, of controller: SignalController, _ log: inout DiagnosticLog
  ) {
    guard fields["phases"] != nil else { return }
    let items = DetailedItems("phases", of: fields, what: "a phase", keys: Self.keys, &log)
    let phases = items.fields.compactMap { Self.phase($0, groups, &log) }
    guard !phases.isEmpty, phases.count == items.count else { return }
    let read = PhaseRings(phases: phases)
    let problems = read.problems(in: controller)
    for problem in problems { log.error(problem, at: fields.place(of: "phases")) }
    if problems.isEmpty { rings = read }
  }

  private static func phase(
    _ fields: YAMLFields, _ groups: DetailedNames, _ log: inout DiagnosticLog
  ) -> RingPhase? {
    func whole(_ key: String, _ log: inout DiagnosticLog) -> Int? {
      fields.required(key, &log)?.wholeNumber(key, place, &log)
    }
    func members(_ key: String, _ log: inout DiagnosticLog) -> [Int]? {
      guard let node = fields[key] else { return [] }
      guard let nodes = node.list(key, &log) else { return nil }
      let found = nodes.compactMap { groups.index($0, key, &log) }
      return found.count == nodes.count ? found : nil
    }
    func time(_ key: String, _ log: inout DiagnosticLog) -> Double {
      fields.number(key, .detailedTime, or: 0, &log)
    }
    let places = ["number", "ring", "barrier", "position"].map { whole($0, &log) }
    let served = members("groups", &log)
    let permitted = members("permitted", &log)
    let times = ["minimum-green", "yellow", "all-red", "walk", "flashing-dont-walk"].map { time($0, &log) }
    let flags = ["keeps-place", "optional"].map { key in fields[key]?.flag(key, &log) ?? false }
    let actuation =
      PhaseActuation.keys.contains { fields[$0] != nil } ? PhaseActuation(fields, &log) : nil
    guard let number = places[0], let ring = places[1], let barrier = places[2], let position = places[3],
      let served, let permitted
    else { return nil }
    return RingPhase(
      number: number, ring: ring, barrier: barrier, position: position, groups: served, permitted: permitted,
      minimumGreen: times[0], yellow: times[1], allRed: times[2], walk: times[3], flashingDontWalk: times[4],
      keepsPlace: flags[0], isOptional: flags[1], actuation: actuation)
  }
}
