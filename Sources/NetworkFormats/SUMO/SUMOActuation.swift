internal import NetworkBuilding
internal import TrafficModel

/// How a `tlLogic` of the type `actuated` responds to traffic, as it stands in the file, with SUMO 1.28's defaults.
struct SUMOActuation {
  struct Phase {
    var states: [SignalState]
    var minimum: Double
    var maximum: Double
    var usual: Double
    /// Never empty.
    var next: [Int]
    var earliestEnd: Double?
    var latestEnd: Double?
  }
  var phases: [Phase] = []
  /// s.
  var offset: Double
  /// Gaps that end a green, s: of all lanes, and of some by name.
  private(set) var maxGap = 3.0
  /// Travel time from detector to stop line, s.
  private(set) var detectorGap = 2.0
  /// What a vehicle takes at the stop line, s: who waits before the detector must get away in the least green.
  private(set) var passingTime = 1.9
  private(set) var inactiveThreshold = 180.0
  /// s and m, where they are given.
  private(set) var jamThreshold: Double?
  private(set) var detectorLength: Double?
  private(set) var buildsAllDetectors = false
  private(set) var isCoordinated = false
  private(set) var cycleTime: Double?
  /// Parameters of lanes, such as `max-gap:LANE`, and lanes with their detectors: numbers by key.
  private var ofLanes: [String: Double] = [:]
  /// Parameters that are not known here.
  private(set) var others: [String: String] = [:]
  /// Lanes that have no detector.
  private(set) var lanesWithout: Set<String> = []
  /// Why it is not played; nil where it is.
  private(set) var reasonNotToPlay: String?

  /// Attributes of phases that say how they respond.
  static let limitNames = [
    "duration", "minDur", "maxDur", "earliestEnd", "latestEnd", "earlyTarget", "finalTarget",
  ]

  /// What is played is in all numbers; the other attributes and elements are those of rules of somebody's own.
  ///
  /// - Parameters:
  ///   - node: the `tlLogic`.
  ///   - offset: s.
  init(_ node: XMLNode, phases: [SUMOPhase], offset: Double, _ log: inout DiagnosticLog) {
    self.offset = offset
    for child in node.children("param") { read(child, &log) }
    for index in phases.indices {
      guard reasonNotToPlay == nil else { return }
      add(phases[index], follower: SUMOProgram.follower(of: index, phases), &log)
    }
  }

  private mutating func refuse(_ reason: String) { reasonNotToPlay = reasonNotToPlay ?? reason }

  /// Leaves out letters of all phases.
  mutating func cutLetters(beyond width: Int) {
    for index in phases.indices { phases[index].states = Array(phases[index].states.prefix(width)) }
  }

  // MARK: Phases

  private mutating func add(_ phase: SUMOPhase, follower: Int, _ log: inout DiagnosticLog) {
    for name in ["earlyTarget", "finalTarget"] where phase.limits[name]?.isEmpty == false {
      refuse("'\(name)' in its phases")
    }
    var numbers: [String: Double] = [:]
    for name in Self.limitNames.prefix(5) {
      guard let text = phase.limits[name] else { continue }
      guard let number = Double(plain: text) else {
        log.error("'\(name)' must be a finite number, not '\(text)'", at: phase.place, quote: text)
        return refuse("its phases")
      }
      if number == -1 { refuse("conditions for '\(name)' in its phases") }
      numbers[name] = number
    }
    let minimum = numbers["minDur"] ?? numbers["duration"] ?? phase.duration
    let maximum =
      numbers["maxDur"] ?? (numbers["minDur"] == nil ? numbers["duration"] ?? phase.duration : Self.endless)
    if minimum < Self.shortest { refuse("a phase that may last \(plainNumber(minimum)) s") }
    if minimum > maximum {
      refuse("a phase that lasts from \(plainNumber(minimum)) to \(plainNumber(maximum)) s")
    }
    phases.append(
      Phase(
        states: phase.states, minimum: minimum, maximum: maximum, usual: phase.duration,
        next: phase.next.isEmpty ? [follower] : phase.next, earliestEnd: numbers["earliestEnd"],
        latestEnd: numbers["latestEnd"]))
  }

  /// s; what SUMO takes where nobody sets a limit.
  private static let endless = 2_147_483.0
  /// s; a step.
  private static let shortest = 1.0

  // MARK: Parameters

  private mutating func read(_ param: XMLNode, _ log: inout DiagnosticLog) {
    guard let key = param["key"], let value = param["value"] else { return }
    func number() -> Double? {
      if let number = Double(plain: value) { return number }
      log.error("'\(key)' must be a finite number, not '\(value)'", at: param.place, quote: value)
      return nil
    }
    func isSet() -> Bool { ["true", "1", "yes", "on", "x", "t"].contains(value.lowercased()) }
    switch key {
    case "max-gap": maxGap = number() ?? maxGap
    case "detector-gap": detectorGap = number() ?? detectorGap
    case "passing-time":
      passingTime = number() ?? passingTime
      if passingTime <= 0 { refuse("the passing time of \(value) s") }
    case "inactive-threshold": inactiveThreshold = number() ?? inactiveThreshold
    case "jam-threshold": jamThreshold = number()
    case "detector-length": detectorLength = number()
    case "build-all-detectors": buildsAllDetectors = isSet()
    case "coordinated": isCoordinated = isSet()
    case "cycleTime":
      cycleTime = number()
      if let cycleTime, cycleTime <= 0 { refuse("the cycle of \(value) s") }
    case "vTypes": if !value.isEmpty { refuse("'vTypes'") }
    case let key where key.hasPrefix("linkMaxDur:") || key.hasPrefix("linkMinDur:"):
      refuse("'\(key)'")
    case let key where Self.laneKeys.contains { key.hasPrefix($0) }: ofLanes[key] = number()
    default:
      // A lane with its detector, or a note that means nothing to SUMO.
      if value == "NO_DETECTOR" { lanesWithout.insert(key) } else { others[key] = value }
    }
  }

  private static let laneKeys = ["max-gap:", "jam-threshold:", "detector-length:"]
  /// A number of a lane, such as its `max-gap`.
  func number(_ name: String, ofLane lane: String) -> Double? { ofLanes["\(name):\(lane)"] }
}

extension SUMOProgram {
  /// The first detector that somebody made for one of some lanes; nil where there is none.
  func customDetector(of lanes: Set<String>) -> String? {
    actuation?.others.filter { lanes.contains($0.key) && !$0.value.isEmpty }.min { $0.key < $1.key }?.value
  }

  /// Its intervals, each as short as it may be; nil where traffic does not decide.
  var shortestIntervals: [SignalInterval]? {
    guard let actuation else { return nil }
    var order: [Int] = []
    var phase = 0
    while !order.contains(phase) {
      order.append(phase)
      phase = actuation.phases[phase].next[0]
    }
    return order.drop { $0 != phase }.map {
      SignalInterval(duration: actuation.phases[$0].minimum, states: actuation.phases[$0].states)
    }
  }
}
