internal import NetworkBuilding
internal import TrafficModel

/// The controllers of a detailed file.
struct DetailedControllers {
  static let keys = ["name", "cycle-range", "responds", "not-understood", "groups", "pairs", "phases"]
  static let groupKeys = [
    "name", "kind", "minimum-green", "minimum-protected", "yellow", "optional", "may-show",
  ]
  static let pairKeys = ["groups", "together", "clear", "start-in-yellow"]

  private(set) var controllers: [SignalController] = []
  let names: DetailedNames
  /// By controller.
  private(set) var groupNames: [DetailedNames] = []

  init(_ file: YAMLFields, _ log: inout DiagnosticLog) {
    let items = DetailedItems("controllers", of: file, what: "a controller", keys: Self.keys, &log)
    names = items.names("controller", &log)
    for fields in items.fields { add(fields, &log) }
  }

  private mutating func add(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    let items = DetailedItems("groups", of: fields, what: "a group", keys: Self.groupKeys, &log)
    let known = items.names("group", &log)
    groupNames.append(known)
    let groups = items.fields.compactMap { Self.group($0, &log) }
    var controller = SignalController(
      name: fields["name"]?.text("name", &log) ?? "", groups: groups,
      conflicts: groups.map { _ in [GroupConflict](repeating: .none, count: groups.count) },
      intergreens: groups.map { _ in [Double](repeating: 0, count: groups.count) })
    if let range = fields["cycle-range"].flatMap({ Self.range($0, &log) }) { controller.cycleBounds = range }
    if let kind = fields["responds"]?.text("responds", &log) {
      controller.presentControl = .responding(kind: kind)
    }
    if let reason = fields["not-understood"]?.text("not-understood", &log) {
      controller.presentControl = .doubtful(reason: reason)
    }
    let pairs = DetailedItems("pairs", of: fields, what: "a pair of groups", keys: Self.pairKeys, &log)
    for pair in pairs.fields { Self.add(pair, groups: known, to: &controller, &log) }
    controller.rings = DetailedPhases(fields, groups: known, of: controller, &log).rings
    controllers.append(controller)
  }

  private enum Kind: String, CaseIterable {
    case vehicles, pedestrians
  }

  private static func group(_ fields: YAMLFields, _ log: inout DiagnosticLog) -> SignalGroup? {
    let kind: Kind = fields["kind"]?.word("kind", &log) ?? .vehicles
    var others: Set<SignalState> = []
    if let node = fields["may-show"], let letters = node.text("may-show", &log) {
      for letter in letters {
        if let state = SignalState(rawValue: String(letter)) {
          others.insert(state)
        } else {
          log.error("'\(letter)' is no signal", at: node.place, notes: [knownStates])
        }
      }
    }
    let minimum = fields.number("minimum-green", .detailedTime, &log)
    let yellow = fields.number("yellow", .detailedTime, or: 0, &log)
    let arrow = fields.number("minimum-protected", .detailedTime, or: 0, &log)
    guard let name = fields["name"]?.text("name", &log), let minimum else { return nil }
    return SignalGroup(
      name: name, kind: kind == .vehicles ? .vehicle : .pedestrian, minimumGreen: minimum,
      minimumProtectedGreen: arrow, yellow: yellow,
      mustBeServed: !(fields["optional"]?.flag("optional", &log) ?? false), otherStates: others)
  }

  static let knownStates = "known: " + SignalState.allCases.map(\.rawValue).joined(separator: ", ")

  private static func range(_ node: YAMLNode, _ log: inout DiagnosticLog) -> ClosedRange<Double>? {
    guard let ends = twoNumbers(node, "cycle-range", &log) else { return nil }
    guard ends.0 <= ends.1 else {
      log.error("the shortest cycle is longer than the longest", at: node.place)
      return nil
    }
    return ends.0...ends.1
  }

  private static func twoNumbers(
    _ node: YAMLNode, _ what: String, _ log: inout DiagnosticLog
  ) -> (Double, Double)? {
    guard let nodes = node.list(what, &log) else { return nil }
    guard nodes.count == 2 else {
      log.error("'\(what)' must have two entries, it has \(nodes.count)", at: node.place)
      return nil
    }
    guard let first = nodes[0].number(what, .detailedTime, &log),
      let second = nodes[1].number(what, .detailedTime, &log)
    else { return nil }
    return (first, second)
  }

  private static func add(
    _ pair: YAMLFields, groups: DetailedNames, to controller: inout SignalController,
    _ log: inout DiagnosticLog
  ) {
    guard let nodes = pair.required("groups", &log)?.list("groups", &log) else { return }
    guard nodes.count == 2 else {
      log.error("a pair has two groups, this has \(nodes.count)", at: pair.place)
      return
    }
    let together: Together = pair["together"]?.word("together", &log) ?? .never
    let clear = pair["clear"].flatMap { twoNumbers($0, "clear", &log) } ?? (0, 0)
    let flags = pair["start-in-yellow"]?.list("start-in-yellow", &log)?.map {
      $0.flag("start-in-yellow", &log)
    }
    guard let a = groups.index(nodes[0], "groups", &log), let b = groups.index(nodes[1], "groups", &log),
      controller.groups.indices.contains(a), controller.groups.indices.contains(b)
    else { return }
    controller.conflicts[a][b] = together.conflict
    if a != b { controller.conflicts[b][a] = together.conflict.mirrored }
    (controller.intergreens[a][b], controller.intergreens[b][a]) = clear
    if let flags {
      if flags.count == 2 {
        (controller.startsDuringYellow[a][b], controller.startsDuringYellow[b][a]) = (flags[0], flags[1])
      } else {
        log.error("'start-in-yellow' must have two entries, it has \(flags.count)", at: pair.place)
      }
    }
  }
}

/// How a pair of groups may be green together, in the words of the file.
enum Together: String, CaseIterable {
  case never
  case firstYields = "first-yields"
  case secondYields = "second-yields"
  case eitherYields = "either-yields"
  case accepted, free

  var conflict: GroupConflict {
    switch self {
    case .never: .exclusive
    case .firstYields: .rowYields
    case .secondYields: .columnYields
    case .eitherYields: .eitherYields
    case .accepted: .accepted
    case .free: .none
    }
  }

  init(_ conflict: GroupConflict) {
    self = Self.allCases.first { $0.conflict == conflict } ?? .never
  }
}
