internal import TrafficModel

/// Reads one plan document.
struct PlanJSONReader {
  private let text: String
  private var log: DiagnosticLog
  private let network: Network
  private var builder: PlanBuilder

  init(text: String, file: String, network: Network) {
    self.text = text
    self.network = network
    log = DiagnosticLog(file: file, text: text)
    builder = PlanBuilder(network: network)
  }

  mutating func read() throws(InputFailure) -> TimingPlan {
    var name = PlanFile.baseName(log.file)
    if let root = JSONText.read(text, log: &log),
      let plan = object(root, ["plan", "controllers"], "the plan")
    {
      if let given = plan["plan"].flatMap({ string($0, "'plan'") }) { name = given.value }
      for node in required("controllers", in: plan, at: root.place).flatMap({ array($0, "'controllers'") })
        ?? []
      {
        readController(node, planName: name)
      }
    }
    if log.hasErrors { throw InputFailure(log.diagnostics.inOrderOfPlace) }
    return builder.plan(name: name)
  }

  private mutating func readController(_ node: JSONNode, planName: String) {
    let known = ["controller", "program", "cycle", "offset", "groups", "intervals"]
    guard let members = object(node, known, "a controller") else { return }
    let name = required("controller", in: members, at: node.place).flatMap { string($0, "'controller'") }
    let offset = required("offset", in: members, at: node.place).flatMap { number($0, "'offset'") }
    let program = members["program"].flatMap { string($0, "'program'") }
    let cycle = members["cycle"].flatMap { number($0, "'cycle'") }
    let list = required("intervals", in: members, at: node.place).flatMap { array($0, "'intervals'") }
    let groups = members["groups"].flatMap { array($0, "'groups'") }
    let rows = (list ?? []).map { readInterval($0) }
    guard let name else { return }
    checkGroups(groups, of: name)
    let intervals = rows.compactMap { $0 }
    guard let offset, let list, intervals.count == list.count else {
      _ = builder.controller(name, &log)
      return
    }
    let draft = ProgramDraft(
      controller: name, name: program?.value ?? planName, offset: offset, cycle: cycle,
      intervals: intervals.map(\.draft))
    guard let added = builder.add(draft, &log) else { return }
    for (expected, interval) in zip(PlanText.stageNumbers(added), intervals) {
      guard let stage = interval.stage, stage.value != expected.map(String.init) else { continue }
      log.error(
        "'stage' is \(stage.value), but the states make the interval \(expected.map { "stage \($0)" } ?? "a transition")",
        at: stage.place, notes: ["the key may be left out"])
    }
  }

  private mutating func readInterval(
    _ node: JSONNode
  ) -> (draft: ProgramDraft.Interval, stage: Located<String>?)? {
    guard let members = object(node, ["duration", "stage", "states"], "an interval") else { return nil }
    let duration = required("duration", in: members, at: node.place).flatMap { number($0, "'duration'") }
    let states = required("states", in: members, at: node.place).flatMap { string($0, "'states'") }
    let stage = members["stage"].flatMap { number($0, "'stage'") }
    guard let duration, let states else { return nil }
    // The letters stand behind the opening quote.
    let letters = TextPlace(line: states.place.line, column: states.place.column + 1)
    return (
      ProgramDraft.Interval(duration: duration, states: Located(value: states.value, place: letters)), stage
    )
  }

  /// The states' order is the groups' order: a file made for other groups would set the wrong signals.
  private mutating func checkGroups(_ groups: [JSONNode]?, of name: Located<String>) {
    guard let groups, let controller = network.controllers.first(where: { $0.name == name.value }) else {
      return
    }
    let names = groups.compactMap { string($0, "a group") }
    guard names.count == groups.count else { return }
    let known = controller.groups.map(\.name)
    guard names.map(\.value) != known else { return }
    let wrong = names.indices.first { $0 >= known.count || names[$0].value != known[$0] }
    log.error(
      "the groups are not the ones of controller '\(controller.name)'",
      at: wrong.map { names[$0].place } ?? name.place,
      notes: ["its groups are, in order: \(known.joined(separator: ", "))"])
  }

  // MARK: Values

  private mutating func object(_ node: JSONNode, _ known: [String], _ what: String) -> [String: JSONNode]? {
    guard case .object(let members) = node.value else {
      log.error("\(what) must be an object in braces", at: node.place)
      return nil
    }
    var found: [String: JSONNode] = [:]
    for member in members {
      if !known.contains(member.name.value) {
        log.unknown("key", member.name, known: known)
      } else if found.updateValue(member.value, forKey: member.name.value) != nil {
        log.error("the key '\(member.name.value)' is there twice", at: member.name.place)
      }
    }
    return found
  }

  private mutating func required(_ key: String, in members: [String: JSONNode], at place: TextPlace)
    -> JSONNode?
  {
    if let node = members[key] { return node }
    log.error("the key '\(key)' is missing", at: place)
    return nil
  }

  private mutating func array(_ node: JSONNode, _ what: String) -> [JSONNode]? {
    if case .array(let elements) = node.value { return elements }
    log.error("\(what) must be a list in brackets", at: node.place)
    return nil
  }

  private mutating func string(_ node: JSONNode, _ what: String) -> Located<String>? {
    if case .string(let text) = node.value { return Located(value: text, place: node.place) }
    log.error("\(what) must be a text in quotes", at: node.place)
    return nil
  }

  private mutating func number(_ node: JSONNode, _ what: String) -> Located<String>? {
    if case .number(let text) = node.value { return Located(value: text, place: node.place) }
    log.error("\(what) must be a number", at: node.place)
    return nil
  }
}
