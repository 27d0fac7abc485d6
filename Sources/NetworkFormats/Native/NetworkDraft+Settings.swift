internal import NetworkBuilding
internal import TrafficModel

extension DraftSettings {
  /// The keys that may stand under `defaults`, at a junction, at an approach.
  static let approachKeys =
    [
      "speed", "length", "saturation-flow", "start-up-lost-time", "yellow-used", "yellow", "minimum-green",
      "walk",
      "walking-speed", "left-turns", "right-turns",
    ] + CapacityConditions.keys
  static let junctionKeys = approachKeys + ["all-red", "cycle-range"]

  /// Takes over what the fields say.
  mutating func read(_ fields: YAMLFields, _ log: inout DiagnosticLog) {
    func seconds(_ key: String, _ value: inout Double, _ log: inout DiagnosticLog) {
      if let number = fields[key]?.number(key, .time, &log) { value = number }
    }
    if let speed = fields["speed"]?.number("speed", .speed, &log) {
      self.speed = Quantities.metresPerSecond(kilometresPerHour: speed)
    }
    if let length = fields["length"]?.number("length", .length, &log) { self.length = length }
    if let node = fields["saturation-flow"] { readSaturationFlow(node, &log) }
    seconds("start-up-lost-time", &startUpLostTime, &log)
    seconds("yellow-used", &yellowUsed, &log)
    if fields["start-up-lost-time"] != nil { conditions.startUpLostTime = startUpLostTime }
    if fields["yellow-used"] != nil { conditions.yellowUsed = yellowUsed }
    conditions.read(fields, &log)
    seconds("yellow", &yellow, &log)
    seconds("all-red", &allRed, &log)
    seconds("minimum-green", &minimumGreen, &log)
    seconds("walk", &walk, &log)
    if let speed = fields["walking-speed"]?.number("walking-speed", .walkingSpeed, &log) {
      walkingSpeed = speed
    }
    if let range = fields["cycle-range"]?.cycleRange(&log) { cycleRange = range }
    let keys = side == .right ? ("left-turns", "right-turns") : ("right-turns", "left-turns")
    if let turns: TurnsAcross = fields[keys.0]?.word(keys.0, &log) { turnsAcross = turns }
    if let turns: TurnsAside = fields[keys.1]?.word(keys.1, &log) { turnsAside = turns }
  }

  private mutating func readSaturationFlow(_ node: YAMLNode, _ log: inout DiagnosticLog) {
    let letters = Turn.fromLeft.map { String($0.letter) }
    guard let fields = node.fields("'saturation-flow'", keys: letters, &log) else { return }
    for turn in Turn.fromLeft {
      let letter = String(turn.letter)
      if let flow = fields[letter]?.number(letter, .saturationFlow, &log) {
        saturationFlow[turn] = Quantities.perSecond(vehiclesPerHour: flow)
        givenSaturationFlows.insert(turn)
      }
    }
  }
}

extension YAMLNode {
  /// `[shortest, longest]`, s.
  func cycleRange(_ log: inout DiagnosticLog) -> ClosedRange<Double>? {
    guard let nodes = list("cycle-range", &log) else { return nil }
    guard nodes.count == 2 else {
      log.error("'cycle-range' must be [shortest, longest] in s, it has \(nodes.count) entries", at: place)
      return nil
    }
    let rule = NumberRule(range: 10...600, unit: "s")
    guard let shortest = nodes[0].number("cycle-range", rule, &log),
      let longest = nodes[1].number("cycle-range", rule, &log)
    else { return nil }
    guard shortest <= longest else {
      log.error("the shortest cycle is longer than the longest", at: place)
      return nil
    }
    return shortest...longest
  }
}
