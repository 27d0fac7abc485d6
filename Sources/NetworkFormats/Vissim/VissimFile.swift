internal import NetworkBuilding
internal import TrafficModel

/// What a file of Vissim's fixed-time control (`.sig`) says of its controller: signal groups, intergreens, programmes, stages
/// and lists of a day. Times are ms.
struct VissimFile {
  struct Group {
    var id: String
    var name: String
    var place: TextPlace
    /// By display: how long it lasts where a programme does not say.
    var durations: [String: Int]
  }
  /// What a group does in a programme.
  struct Commands {
    var group: String
    var sequence: String
    /// When a display begins, in the file's order.
    var commands: [(time: Int, display: String)]
    /// By display of fixed duration.
    var durations: [String: Int]
    var place: TextPlace
  }
  struct Program {
    var id: String
    var name: String
    var cycle: Int
    var offset: Int
    var groups: [Commands]
    var place: TextPlace
  }
  struct Sequence {
    /// In the order in which they are shown; the first follows the last.
    var states: [(display: String, isFixed: Bool, duration: Int)]
  }
  private(set) var id = ""
  private(set) var name = ""
  private(set) var groups: [Group] = []
  /// The default matrix: from the end of one green to the begin of another.
  private(set) var intergreens: [(clearing: String, entering: String, time: Int, place: TextPlace)] = []
  /// Those told by commands, then those told by stages.
  private(set) var programs: [Program] = []
  /// By list of a day: which programme runs from when on.
  private(set) var days: [[(time: Int, program: String, place: TextPlace)]] = []
  /// By id; built in where the file has none.
  private(set) var displays: [String: SignalState] = [
    "1": .red, "2": .redYellow, "3": .protectedGreen, "4": .yellow, "5": .protectedGreen, "7": .off,
  ]
  private(set) var sequences: [String: Sequence] = [
    "1": Self.sequence(["1"]), "2": Self.sequence(["3"]), "3": Self.sequence(["1", "2", "3", "4"]),
    "4": Self.sequence(["1", "3"]), "5": Self.sequence(["1", "2", "3", "5", "4"]),
    "7": Self.sequence(["1", "3", "4"]), "12": Self.sequence(["7", "3"]),
  ]
  /// By id: what leads from one stage to another.
  private var interstages: [String: Program] = [:]

  /// Longer times are taken for a mistake: a day.
  static let longest = 86_400_000

  private static func sequence(_ displays: [String]) -> Sequence {
    Sequence(states: displays.map { ($0, ["2", "4", "5"].contains($0), $0 == "4" ? 3000 : 1000) })
  }

  /// Reads a file; what is wrong goes to the log.
  ///
  /// - Throws: `InputFailure` when it is no XML of this kind.
  init(_ file: InputFile, _ log: inout DiagnosticLog) throws(InputFailure) {
    var parts: [XMLNode] = []
    let root = try XMLFile.read(file, roots: ["sc"]) { parts.append($0) }
    (id, name) = (root["id"] ?? "", root["name"] ?? "")
    func children(_ name: String) -> [XMLNode] { parts.filter { $0.name == name }.flatMap(\.children) }
    for node in children("signaldisplays") {
      guard let id = node.text("id", &log), let state = node.text("state", &log) else { continue }
      displays[id] = Self.state(state)
      if displays[id] == nil {
        log.error("the display state '\(state)' is not known", at: node.place, quote: state)
      }
    }
    for node in children("signalsequences") {
      guard let id = node.text("id", &log) else { continue }
      sequences[id] = Sequence(
        states: node.children("state").compactMap { state in
          guard let display = state.text("display", &log) else { return nil }
          return (
            display, state["isFixedDuration"] == "true",
            Self.time("defaultDuration", state, missing: 0, &log) ?? 0
          )
        })
    }
    for node in children("sgs") {
      guard let id = node.text("id", &log) else { continue }
      groups.append(
        Group(
          id: id, name: node["name"] ?? "", place: node.place,
          durations: Self.durations(node, "defaultDurations", &log)))
    }
    let matrices = children("intergreenmatrices")
    let wanted = root["defaultIntergreenMatrix"] ?? "0"
    for node in (matrices.first { $0["id"] == wanted } ?? matrices.first)?.children("intergreen") ?? [] {
      guard let clearing = node.text("clearingsg", &log), let entering = node.text("enteringsg", &log),
        let time = Self.time("value", node, &log)
      else { continue }
      intergreens.append((clearing, entering, time, node.place))
    }
    programs = children("progs").compactMap { program($0, &log) }
    for node in children("interstageProgs") {
      if let program = program(node, &log) { interstages[program.id] = program }
    }
    for node in children("stageProgs") {
      if let program = staged(node, &log) { programs.append(program) }
    }
    for list in children("dailyProgLists") {
      let items = list.children("dailyProgListItems").flatMap(\.children) + list.children("dailyProgListItem")
      days.append(
        items.compactMap { item in
          guard let program = item.text("prog_id", &log), let time = Self.time("time", item, &log) else {
            return nil
          }
          return (time, program, item.place)
        }.sorted { $0.time < $1.time })
    }
  }

  /// What a display's state is; nil for a word that is not known. A flashing green is one in which traffic may go.
  private static func state(_ word: String) -> SignalState? {
    let letters = word.uppercased().filter(\.isLetter)
    let flashes = letters.contains("FLASH") || letters.contains("BLINK")
    switch letters {
    case "RED": return .red
    case "REDAMBER": return .redYellow
    case "AMBER": return .yellow
    case "OFF", "DARK": return .off
    default: break
    }
    if letters.contains("GREEN"), !letters.contains("RED") { return .protectedGreen }
    return flashes && letters.contains("AMBER") ? .blinking : nil
  }

  // MARK: Times

  /// A time of the file, from 0 to a day; nil, and noted, for others.
  private static func time(
    _ attribute: String, _ node: XMLNode, missing: Int? = nil, _ log: inout DiagnosticLog
  ) -> Int? {
    if let missing, node[attribute] == nil { return missing }
    guard let text = node.text(attribute, &log) else { return nil }
    if let time = Int(text, radix: 10), (0...longest).contains(time) { return time }
    log.error(
      "'\(attribute)' must be in 0 … \(longest) ms, and whole, not '\(text)'", at: node.place, quote: text)
    return nil
  }

  private static func durations(
    _ node: XMLNode, _ list: String, _ log: inout DiagnosticLog
  ) -> [String: Int] {
    var durations: [String: Int] = [:]
    for child in node.children(list).flatMap(\.children) {
      guard let display = child.text("display", &log), let time = time("duration", child, &log) else {
        continue
      }
      durations[display] = time
    }
    return durations
  }

  // MARK: Programmes

  private func program(_ node: XMLNode, _ log: inout DiagnosticLog) -> Program? {
    guard let id = node.text("id", &log), let cycle = Self.time("cycletime", node, &log),
      let offset = Self.time("offset", node, missing: 0, &log)
    else { return nil }
    guard cycle > 0 || node.name == "interstageProg" else {
      log.error("a programme lasts more than 0 ms", at: node.place, quote: node["cycletime"])
      return nil
    }
    let groups = node.children("sgs").flatMap(\.children).compactMap { node -> Commands? in
      guard let group = node.text("sg_id", &log) else { return nil }
      let commands = node.children("cmds").flatMap(\.children).compactMap {
        command -> (time: Int, display: String)? in
        guard let display = command.text("display", &log), let time = Self.time("begin", command, &log) else {
          return nil
        }
        return (time, display)
      }
      return Commands(
        group: group, sequence: node["signal_sequence"] ?? "", commands: commands,
        durations: Self.durations(node, "fixedstates", &log), place: node.place)
    }
    return Program(
      id: id, name: node["name"] ?? "", cycle: cycle, offset: offset, groups: groups, place: node.place)
  }

  /// A programme of stages as one of commands: what leads from stage to stage is put where it begins in the cycle.
  private func staged(_ node: XMLNode, _ log: inout DiagnosticLog) -> Program? {
    guard var program = program(node, &log) else { return nil }
    var commands: [String: Commands] = [:]
    for change in node.children("interstages").flatMap(\.children) {
      guard let id = change.text("display", &log), let begin = Self.time("begin", change, &log) else {
        continue
      }
      guard let interstage = interstages[id] else {
        log.unknown("interstage", id, at: change.place, known: interstages.keys.sorted())
        continue
      }
      for group in interstage.groups {
        var known = commands[group.group] ?? group
        if commands[group.group] == nil { known.commands = [] }
        // A group that an interstage leaves as it is has a sequence of one display there.
        if !group.commands.isEmpty { known.sequence = group.sequence }
        known.commands += group.commands.map { ($0.time + begin, $0.display) }
        known.durations.merge(group.durations) { $1 }
        commands[group.group] = known
      }
    }
    program.groups = groups.compactMap { commands[$0.id] }
    return program
  }
}
