internal import NetworkBuilding
internal import TrafficModel

extension NumberRule {
  static let maximumGreen = NumberRule(range: 1...600, unit: "s")
  static let passageTime = NumberRule(range: 0...60, unit: "s")
  static let detectionZone = NumberRule(range: 0...200, unit: "m")
}

extension PhaseActuation {
  static let keys = ["maximum-green", "passage-time", "detection-zone", "recall"]

  /// The settings of a phase; nil, with an error in the log, where no longest green is told.
  init?(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    let passage = fields["passage-time"]?.number("passage-time", .passageTime, &log)
    let zone = fields["detection-zone"]?.number("detection-zone", .detectionZone, &log)
    let recall: Recall? = fields["recall"]?.word("recall", &log)
    guard let maximum = fields.number("maximum-green", .maximumGreen, &log) else { return nil }
    self.init(
      maximumGreen: maximum, passageTime: passage ?? Self.usualPassageTime,
      detectionZone: zone ?? Self.usualDetectionZone, recall: recall ?? .none)
  }

  /// Gives phases what `actuated` says of them, by number; all or none of the phases are actuated.
  static func read(_ node: YAMLNode, into phases: inout [RingsDraft.Phase], _ log: inout DiagnosticLog) {
    let errors = log.count
    for entry in node.entries("actuated", &log) ?? [] {
      guard let number = RingsDraft.number(entry.key, &log) else { continue }
      guard let index = phases.firstIndex(where: { $0.number == number }) else {
        log.unknown("phase", entry.key, known: phases.map { String($0.number) })
        continue
      }
      guard let fields = entry.value.fields("phase \(number)", keys: keys, &log) else { continue }
      phases[index].actuation = PhaseActuation(fields, &log)
    }
    guard log.count == errors else { return }
    for phase in phases where phase.actuation == nil {
      log.error(
        "'actuated' does not say how long phase \(phase.number) may last", at: node.place,
        notes: ["all phases of a controller are actuated, or none: \(phase.number): {maximum-green: 40}"])
    }
  }
}
