internal import NetworkBuilding

extension SignalsDraft {
  static let keys = ["stages", "rings", "plan"]

  init(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    self.init()
    let errors = log.count
    stages = fields["stages"].flatMap { Self.stages($0, &log) }
    rings = fields["rings"].flatMap { RingsDraft($0, &log) }
    if fields["rings"] != nil, fields["stages"] != nil {
      log.error("a controller has either 'stages' or 'rings'", at: fields.place(of: "rings"))
    }
    plan = fields["plan"].flatMap { PlanDraft($0, &log) }
    isSound = log.count == errors
  }

  /// A list of stages, each a list of what is green.
  static func stages(_ node: YAMLNode, _ log: inout DiagnosticLog) -> [StageDraft]? {
    guard let nodes = node.list("stages", &log) else { return nil }
    guard nodes.count <= 32 else {
      log.error("a controller has at most 32 stages, not \(nodes.count)", at: node.place)
      return nil
    }
    let stages = nodes.compactMap { stage -> StageDraft? in
      guard let items = stage.list("stage", &log) else { return nil }
      return StageDraft(items.compactMap { $0.located("stage", &log) }, place: stage.place)
    }
    return stages.count == nodes.count ? stages : nil
  }
}

extension PlanDraft {
  static let keys = ["offset", "cycle", "green", "stages", "split", "order"]

  init?(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = node.fields("a plan", keys: Self.keys, &log) else { return nil }
    self.init(place: node.place)
    offset = fields["offset"]?.number("offset", .offset, &log) ?? 0
    if let cycle = fields["cycle"], let seconds = cycle.number("cycle", .time, &log) {
      self.cycle = Located(value: seconds, place: cycle.place)
    }
    stages = fields["stages"].flatMap { SignalsDraft.stages($0, &log) }
    if let split = fields["split"] {
      for key in ["green", "stages"] where fields[key] != nil {
        log.error("a plan has either 'split', of phases, or 'green', of stages", at: fields.place(of: key))
      }
      splits = RingsDraft.splits(split, &log)
      order = fields["order"].flatMap { RingsDraft.order($0, &log) }
      if splits == nil || fields["order"] != nil && order == nil { return nil }
      place = split.place
      return
    }
    if fields["order"] != nil {
      log.error("'order' is of phases, whose times are 'split'", at: fields.place(of: "order"))
    }
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

extension ControllerDraft {
  static let keys = ["cycle-range"] + SignalsDraft.keys

  init(_ entry: YAMLNode.Entry, _ log: inout DiagnosticLog) {
    checkName(entry.key, what: "controller", &log)
    let fields = entry.value.fields("controller '\(entry.key.value)'", keys: Self.keys, &log)
    self.init(
      entry.key, cycleRange: fields?["cycle-range"]?.cycleRange(&log),
      signals: fields.map { SignalsDraft($0, &log) } ?? SignalsDraft())
    signals.place = name.place
  }
}
