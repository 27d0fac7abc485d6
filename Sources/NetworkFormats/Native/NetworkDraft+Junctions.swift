internal import NetworkBuilding
internal import TrafficModel

extension JunctionDraft {
  static let keys =
    ["at", "control", "major", "controller", "approaches"] + SignalsDraft.keys
    + DraftSettings.junctionKeys

  /// Reads a junction; parts that cannot be read are left out, with errors in the log.
  init(_ entry: YAMLNode.Entry, defaults: DraftSettings, _ log: inout DiagnosticLog) {
    self.init(entry.key)
    isSound = false
    let what = "junction '\(name.value)'"
    checkName(name, what: "junction", &log)
    guard let fields = entry.value.fields(what, keys: Self.keys, &log) else { return }
    settings = defaults
    settings.read(fields, &log)
    position = fields["at"].flatMap { Self.position($0, &log) }
    control = Self.control(fields, &log)
    controller = fields["controller"]?.located("controller", &log)
    let errors = log.count
    for approach in fields.required("approaches", &log)?.entries("approaches", &log) ?? [] {
      if let approach = ApproachDraft(approach, settings: settings, &log) { approaches.append(approach) }
    }
    isSound = log.count == errors
    signals = SignalsDraft(fields, &log)
    signals.place = name.place
    let described = SignalsDraft.keys.first { fields[$0] != nil }
    if let controller, let described {
      log.error(
        "\(what) has stages, rings or a plan, but its controller '\(controller.value)' is described elsewhere",
        at: fields.place(of: described),
        notes: ["write them under 'controllers', '\(controller.value)'"])
    }
    if case .signals = control {
    } else if described != nil || controller != nil {
      log.error(
        "\(what) has no signals, so no stages, rings, plan or controller", at: fields.place(of: "control"))
    }
  }

  private static func position(_ node: YAMLNode, _ log: inout DiagnosticLog) -> Point? {
    guard let nodes = node.list("at", &log) else { return nil }
    guard nodes.count == 2 else {
      log.error("'at' must be [metres east, metres north], it has \(nodes.count) entries", at: node.place)
      return nil
    }
    guard let x = nodes[0].number("at", .coordinate, &log), let y = nodes[1].number("at", .coordinate, &log)
    else { return nil }
    return Point(x: x, y: y)
  }

  private enum ControlWord: String, CaseIterable {
    case signals, priority
    case rightBeforeLeft = "right-before-left"
    case allWayStop = "all-way-stop"
  }

  private static func control(_ fields: YAMLFields, _ log: inout DiagnosticLog) -> RightOfWayRule {
    let word: ControlWord = fields["control"]?.word("control", &log) ?? .signals
    let major = fields["major"].flatMap { node in
      node.list("major", &log)?.compactMap { leg in
        leg.located("major", &log).flatMap { Compass(located: $0, &log) }
      }
    }
    if word == .priority, major == nil, fields["major"] == nil {
      log.error(
        "a priority junction needs 'major', the legs of the major road", at: fields.place(of: "control"))
    }
    if word != .priority, fields["major"] != nil {
      log.error("'major' is for priority junctions", at: fields.place(of: "major"))
    }
    return switch word {
    case .signals: .signals
    case .priority: .priority(major ?? [])
    case .rightBeforeLeft: .rightBeforeLeft
    case .allWayStop: .allWayStop
    }
  }
}

extension ApproachDraft {
  static let keys =
    ["lanes", "exit-lanes", "street", "crossing", "queue-limit", "to"] + DraftSettings.approachKeys

  init?(_ entry: YAMLNode.Entry, settings inherited: DraftSettings, _ log: inout DiagnosticLog) {
    guard let leg = Compass(name: entry.key.value) else {
      log.unknown("approach", entry.key, known: Compass.names)
      return nil
    }
    self.init(leg, settings: inherited, place: entry.key.place)
    guard let fields = entry.value.fields("approach \(leg.name)", keys: Self.keys, &log) else { return }
    settings.read(fields, &log)
    if fields["length"] != nil {
      length = Located(value: settings.length, place: fields.place(of: "length"))
    }
    street = fields["street"]?.text("street", &log)
    crossing = fields["crossing"]?.number("crossing", NumberRule(range: 1...200, unit: "m"), &log)
    queueLimit = fields["queue-limit"]?.number("queue-limit", .queueLimit, &log)
    if let node = fields["exit-lanes"] {
      exitLanes = node.wholeNumber("exit-lanes", .lanes, &log).map { Located(value: $0, place: node.place) }
    }
    if let node = fields["lanes"] {
      lanes = Self.lanes(node, &log)
    } else if fields["exit-lanes"] == nil {
      log.error(
        "approach \(leg.name) has no 'lanes'", at: place,
        notes: ["where traffic only leaves, say by how many lanes: exit-lanes: 2"])
    }
    if queueLimit != nil, fields["lanes"] == nil {
      log.error(
        "'queue-limit' is for approaches that traffic comes by", at: fields.place(of: "queue-limit"))
    }
    targets = fields["to"].map { Self.targets($0, &log) } ?? []
  }

  private static func lanes(_ node: YAMLNode, _ log: inout DiagnosticLog) -> [LaneDraft] {
    guard let nodes = node.list("lanes", &log) else { return [] }
    guard nodes.count <= 12 else {
      log.error("an approach has at most 12 lanes, not \(nodes.count)", at: node.place)
      return []
    }
    let lanes = nodes.compactMap { lane($0, &log) }
    if lanes.count == nodes.count, lanes.allSatisfy({ $0.length != nil }) {
      log.error("one lane at least must have full length", at: node.place)
    }
    return lanes
  }

  /// `TR`, or `L 60` for a pocket of 60 m.
  private static func lane(_ node: YAMLNode, _ log: inout DiagnosticLog) -> LaneDraft? {
    guard let text = node.text("lanes", &log) else { return nil }
    let words = text.words
    var turns: [Turn] = []
    for letter in words.first ?? "" {
      guard let turn = Turn(letter: letter) else {
        log.error(
          "'\(letter)' in lane '\(text)' is not one of U, L, T, R", at: node.place,
          notes: ["a lane is written by its arrows, e.g. L, TR, or 'L 60' for a pocket of 60 m"])
        return nil
      }
      guard !turns.contains(turn) else {
        log.error("'\(letter)' stands twice in lane '\(text)'", at: node.place)
        return nil
      }
      turns.append(turn)
    }
    turns.sort { $0.rank < $1.rank }
    guard words.count > 1 else { return LaneDraft(turns, place: node.place) }
    let length = YAMLNode(content: .scalar(words[1], isPlain: true), place: node.place)
      .number("length of the pocket", .length, &log)
    if words.count > 2 { log.error("lane '\(text)' has more than turns and a length", at: node.place) }
    return length.map { LaneDraft(turns, pocket: $0, place: node.place) }
  }

  private static func targets(
    _ node: YAMLNode, _ log: inout DiagnosticLog
  ) -> [(turn: Turn, leg: Located<Compass>)] {
    let letters = Turn.fromLeft.map { String($0.letter) }
    guard let fields = node.fields("'to'", keys: letters, &log) else { return [] }
    return Turn.fromLeft.compactMap { turn in
      guard let name = fields[String(turn.letter)]?.located("to", &log) else { return nil }
      guard let leg = Compass(located: name, &log) else { return nil }
      return (turn, Located(value: leg, place: name.place))
    }
  }
}

/// Names are for people: any script, but visible and not endless.
func checkName(_ name: Located<String>, what: String, _ log: inout DiagnosticLog) {
  let scalars = name.value.unicodeScalars
  let isInvisible = scalars.contains { $0.properties.generalCategory == .control || $0.value == 0xFFFD }
  if name.value.isEmpty || scalars.count > 100 || isInvisible || name.value.words.isEmpty {
    log.error("the name of a \(what) must have 1 to 100 visible characters", at: name.place)
  }
}
