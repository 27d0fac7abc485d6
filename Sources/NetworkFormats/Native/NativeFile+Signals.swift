extension NativeSignals {
  static let keys = ["stages", "plan"]

  init(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    let errors = log.diagnostics.count
    stages = fields["stages"].flatMap { Self.stages($0, &log) }
    plan = fields["plan"].flatMap { NativePlan($0, &log) }
    isSound = log.diagnostics.count == errors
  }

  /// A list of stages, each a list of what is green.
  static func stages(_ node: YAMLNode, _ log: inout DiagnosticLog) -> [NativeStage]? {
    guard let nodes = node.list("stages", &log) else { return nil }
    guard nodes.count <= 32 else {
      log.error("a controller has at most 32 stages, not \(nodes.count)", at: node.place)
      return nil
    }
    let stages = nodes.compactMap { stage -> NativeStage? in
      guard let items = stage.list("stage", &log) else { return nil }
      return NativeStage(items: items.compactMap { $0.located("stage", &log) }, place: stage.place)
    }
    return stages.count == nodes.count ? stages : nil
  }
}

extension NativePlan {
  static let keys = ["offset", "cycle", "green", "stages"]

  init?(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = node.fields("a plan", keys: Self.keys, &log) else { return nil }
    place = node.place
    offset = fields["offset"]?.number("offset", .offset, &log) ?? 0
    if let cycle = fields["cycle"], let seconds = cycle.number("cycle", .time, &log) {
      self.cycle = Located(value: seconds, place: cycle.place)
    }
    stages = fields["stages"].flatMap { NativeSignals.stages($0, &log) }
    let green = fields.required("green", &log)
    let nodes = green?.list("green", &log) ?? []
    let rule = NumberRule(range: 1...600, unit: "s")
    greens = nodes.compactMap { node in
      node.number("green", rule, &log).map { Located(value: $0, place: node.place) }
    }
    if nodes.isEmpty || greens.count < nodes.count { return nil }
    place = green?.place ?? place
  }
}

extension NativeController {
  static let keys = ["cycle-range"] + NativeSignals.keys

  init(_ entry: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    name = entry.key
    checkName(name, what: "controller", &log)
    let fields = entry.value.fields(
      "controller '\(name.value)'", keys: Self.keys, &log)
    cycleRange = fields?["cycle-range"]?.cycleRange(&log)
    signals = fields.map { NativeSignals($0, &log) } ?? NativeSignals()
    signals.place = name.place
  }
}
