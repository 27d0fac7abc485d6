internal import NetworkBuilding
internal import TrafficModel

extension NetworkDraft {
  static let keys = [
    "greenwave", "name", "drive", "defaults", "junctions", "roads", "controllers", "periods", "days",
  ]
  /// The one version there is.
  private static let version = "1"

  /// Reads all sections of a root node; what is wrong goes to the log.
  init(_ root: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = root.fields("the file", keys: Self.keys, &log) else {
      self.init()
      return
    }
    self.init(side: fields["drive"]?.word("drive", &log) ?? .right)
    if let node = fields.required("greenwave", &log), let version = node.text("greenwave", &log),
      version != Self.version
    {
      log.error("version '\(version)' of the format is not known, only \(Self.version)", at: node.place)
    }
    if let node = fields.required("name", &log), let name = node.located("name", &log) {
      checkName(name, what: "network", &log)
      self.name = name.value
    }
    if let values = fields["defaults"]?.fields("'defaults'", keys: DraftSettings.junctionKeys, &log) {
      defaults.read(values, &log)
    }
    for entry in fields.required("junctions", &log)?.entries("junctions", &log) ?? [] {
      junctions.append(JunctionDraft(entry, defaults: defaults, &log))
    }
    for node in fields["roads"]?.list("roads", &log) ?? [] {
      if let road = RoadDraft(node, &log) { roads.append(road) }
    }
    for entry in fields["controllers"]?.entries("controllers", &log) ?? [] {
      controllers.append(ControllerDraft(entry, &log))
    }
    for entry in fields.required("periods", &log)?.entries("periods", &log) ?? [] {
      periods.append(PeriodDraft(entry, &log))
    }
    for entry in fields["days"]?.entries("days", &log) ?? [] {
      days.append(PeriodDraft(day: entry, &log))
    }
  }
}

extension RoadDraft {
  static let keys = ["between", "length", "speed", "street", "queue-limit"]

  init?(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    guard let fields = node.fields("a road", keys: Self.keys, &log) else {
      return nil
    }
    let speed = fields["speed"]?.number("speed", .speed, &log).map {
      Quantities.metresPerSecond(kilometresPerHour: $0)
    }
    let street = fields["street"]?.text("street", &log) ?? ""
    let queueLimit = fields["queue-limit"]?.number("queue-limit", .queueLimit, &log)
    let between = fields.required("between", &log)
    let nodes = between?.list("between", &log) ?? []
    let ends = nodes.compactMap { $0.located("between", &log) }
    if let between, !nodes.isEmpty, nodes.count != 2 {
      log.error("'between' must name two legs, it names \(nodes.count)", at: between.place)
    }
    guard let length = fields.required("length", &log)?.number("length", .length, &log), nodes.count == 2,
      ends.count == 2
    else { return nil }
    self.init(ends, length: length, speed: speed, street: street)
    self.queueLimit = queueLimit
  }
}
