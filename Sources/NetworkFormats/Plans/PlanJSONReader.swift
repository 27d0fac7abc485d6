internal import NetworkBuilding
internal import TrafficModel

/// Reads one plan document.
struct PlanJSONReader {
  let text: String
  var log: DiagnosticLog
  private let network: Network
  private var builder: PlanBuilder

  init(text: String, file: String, network: Network) {
    self.text = text
    self.network = network
    log = DiagnosticLog(file: file, text: text)
    builder = PlanBuilder(network: network)
  }

  mutating func read() throws(InputFailure) -> TimingPlan {
    let plan = JSONText.read(text, log: &log).map { readPlan($0) }
    guard let plan, !log.hasErrors else { throw InputFailure(log.diagnostics.inOrderOfPlace) }
    return plan.plan
  }

  /// The plan that a node holds, and where its name stands.
  mutating func readPlan(_ root: JSONNode) -> (plan: TimingPlan, name: Located<String>) {
    builder = PlanBuilder(network: network)
    var name = Located(value: InputFile.baseName(log.file), place: root.place)
    if let plan = log.object(root, ["plan", "controllers"], "the plan") {
      if let given = plan["plan"].flatMap({ log.string($0, "'plan'") }) { name = given }
      let controllers = log.required("controllers", in: plan, at: root.place)
      for node in controllers.flatMap({ log.array($0, "'controllers'") }) ?? [] {
        readController(node, planName: name.value)
      }
    }
    return (builder.plan(name: name.value), name)
  }

  private mutating func readController(_ node: JSONNode, planName: String) {
    let known = ["controller", "program", "cycle", "offset", "groups", "intervals"]
    guard let members = log.object(node, known, "a controller") else { return }
    let name = log.required("controller", in: members, at: node.place).flatMap {
      log.string($0, "'controller'")
    }
    let offset = log.required("offset", in: members, at: node.place).flatMap { log.number($0, "'offset'") }
    let program = members["program"].flatMap { log.string($0, "'program'") }
    let cycle = members["cycle"].flatMap { log.number($0, "'cycle'") }
    let list = log.required("intervals", in: members, at: node.place).flatMap { log.array($0, "'intervals'") }
    let groups = members["groups"].flatMap { log.array($0, "'groups'") }
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
    guard let members = log.object(node, ["duration", "stage", "states"], "an interval") else { return nil }
    let duration = log.required("duration", in: members, at: node.place).flatMap {
      log.number($0, "'duration'")
    }
    let states = log.required("states", in: members, at: node.place).flatMap { log.string($0, "'states'") }
    let stage = members["stage"].flatMap { log.number($0, "'stage'") }
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
    let names = groups.compactMap { log.string($0, "a group") }
    guard names.count == groups.count else { return }
    let known = controller.groups.map(\.name)
    guard names.map(\.value) != known else { return }
    let wrong = names.indices.first { $0 >= known.count || names[$0].value != known[$0] }
    log.error(
      "the groups are not the ones of controller '\(controller.name)'",
      at: wrong.map { names[$0].place } ?? name.place,
      notes: ["its groups are, in order: \(known.joined(separator: ", "))"])
  }
}
