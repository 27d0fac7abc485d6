internal import NetworkBuilding
internal import TrafficModel

/// A `tlLogic` as it stands in a file, and the fixed-time programme that it is or that stands for it.
struct SUMOProgram {
  var controller: String
  var name: String
  var offset: Double
  var intervals: [SignalInterval]
  /// What SUMO runs: the intervals, or something of which they are only a picture.
  var control: PresentControl = .fixedTime
  /// How it responds to traffic, where that is played.
  var actuation: SUMOActuation?
  /// s of yellow and of all-red that the programme gives in attributes of its own; nil where it has none.
  var yellow: Double?
  var allRed: Double?
  var place: TextPlace

  /// Why something that responds is not played, where more than its kind is the reason.
  private var reasonNotPlayed: String?

  /// Whether it is the one of a signal that is switched off, whose state follows from the right of way.
  var isOff = false

  /// Larger offsets are taken for a mistake, s: more than thirty years.
  private static let largestOffset = 1e9

  /// Reads a `tlLogic`; nil, with errors in the log, when it cannot be used. One without phases, which only
  /// changes the offset of a known programme, has no intervals.
  ///
  /// - Parameters:
  ///   - begin: absolute begin of the simulation, s.
  ///   - isPlan: whether it must be what runs, and not just what is known of what runs now: a programme that is not
  ///     static, or jumps, is then an error.
  init?(_ node: XMLNode, begin: Double, isPlan: Bool = false, log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return nil }
    controller = id
    name = node["programID"] ?? ""
    place = node.place
    if node["offset"] == "begin" {
      offset = begin
    } else {
      guard let offset = node.number("offset", default: 0, &log) else { return nil }
      guard abs(offset) <= Self.largestOffset else {
        log.error(
          "signal '\(id)': an offset is at most \(plainNumber(Self.largestOffset)) s, not '\(node["offset"] ?? "")'",
          at: node.place, quote: node["offset"])
        return nil
      }
      self.offset = offset
    }
    let kind = node["type"] ?? "static"
    let elements = node.children("phase")
    if kind != "static", isPlan {
      log.error(
        "signal '\(id)': a plan has static programmes, '\(name)' is \(kind)", at: node.place, quote: kind)
      return nil
    }
    let isNEMA = kind == "NEMA"
    let read = elements.map { element -> SUMOPhase? in
      if isPlan, element["next"] != nil {
        log.error("signal '\(id)': the phases of a plan do not jump", at: element.place, quote: "next")
        return nil
      }
      return SUMOPhase(element, signal: id, prefersLongest: isNEMA, log: &log)
    }
    let phases = read.compactMap { $0 }
    intervals = []
    if kind == "off" {
      (isOff, control) = (true, .doubtful(reason: "it is switched off"))
      // SUMO knows it by that name, whatever the file says.
      name = kind
      tell(kind: kind, &log)
      return
    }
    guard phases.count == read.count, Self.areAlike(phases, signal: id, &log) else { return nil }
    guard !phases.isEmpty else { return }

    yellow = phases.compactMap(\.yellow).max()
    allRed = phases.compactMap(\.red).max()
    control = Self.control(kind: kind, phases, isPlan: isPlan)
    if kind == "actuated" { readActuation(node, phases, &log) }
    if isNEMA {
      let rings = NEMAProgram(node, phases: phases, offset: offset)
      (intervals, offset) = (rings.intervals, rings.offset)
    } else {
      guard let loop = Self.loop(through: phases, signal: id, &log) else { return nil }
      if loop != Array(phases.indices) {
        offset = Self.offset(of: loop, through: phases, offset: offset, begin: begin)
      }
      intervals = loop.map { SignalInterval(duration: phases[$0].duration, states: phases[$0].states) }
    }
    if control == .fixedTime, !isPlan, let longest = intervals.map(\.duration).max(),
      longest > Self.longestStage
    {
      control = .doubtful(reason: "a phase of \(plainNumber(longest)) s stops it")
    }
    tell(kind: kind, &log)
  }

  /// s; a longer phase is how people stop a signal.
  private static let longestStage = 3600.0

  private static func areAlike(_ phases: [SUMOPhase], signal: String, _ log: inout DiagnosticLog) -> Bool {
    guard let width = phases.first?.states.count else { return true }
    var areAlike = true
    for phase in phases where phase.states.count != width {
      log.error(
        "signal '\(signal)': a state of \(phase.states.count) letters among states of \(width)",
        at: phase.place, quote: phase.text)
      areAlike = false
    }
    return areAlike
  }

  // MARK: What runs

  /// Kinds whose phases are stages that detectors prolong.
  private static let respondingKinds: Set<String> = ["actuated", "delay_based"]

  private static func control(kind: String, _ phases: [SUMOPhase], isPlan: Bool) -> PresentControl {
    if respondingKinds.contains(kind) { return .responding(kind: kind) }
    guard kind == "static" else {
      return .doubtful(
        reason: "a programme of the type '\(kind)' is not played")
    }
    let foreign = Set(phases.flatMap(\.foreignAttributes)).sorted()
    guard foreign.isEmpty || isPlan else {
      let names = foreign.map { "'\($0)'" }.joined(separator: ", ")
      return .doubtful(reason: "\(names) in its phases \(foreign.count == 1 ? "is" : "are") not understood")
    }
    return .fixedTime
  }

  /// Notes how it responds; what is not played keeps its picture.
  private mutating func readActuation(_ node: XMLNode, _ phases: [SUMOPhase], _ log: inout DiagnosticLog) {
    let found = SUMOActuation(node, phases: phases, offset: offset, &log)
    if let reason = found.reasonNotToPlay {
      control = .responding(kind: "actuated")
      reasonNotPlayed = reason
    } else {
      control = .actuated(kind: "actuated")
      actuation = found
    }
  }

  /// Takes its picture for it, where something makes it impossible to play what responds.
  mutating func picture(because reason: String, _ log: inout DiagnosticLog) {
    guard case .actuated(let kind) = control else { return }
    (control, actuation, reasonNotPlayed) = (.responding(kind: kind), nil, reason)
    tell(kind: kind, &log)
  }

  private func tell(kind: String, _ log: inout DiagnosticLog) {
    switch control {
    case .fixedTime, .actuated: break
    case .responding:
      let reason = reasonNotPlayed.map { " (\($0))" } ?? ""
      log.warning(
        "signal '\(controller)': the \(kind) programme '\(name)' is not played\(reason): its phases' usual durations stand for it",
        at: place, quote: kind)
    case .doubtful(let reason):
      log.warning(
        "signal '\(controller)': \(reason): no plan is proposed for it unless that is accepted (--accept-doubtful)",
        at: place, quote: kind)
    }
  }

  // MARK: Jumps

  /// The phases that are shown for ever, in order: each is followed by the first of those that it names, or by the next
  /// one; nil, with an error, where a phase names one that does not exist.
  private static func loop(
    through phases: [SUMOPhase], signal: String, _ log: inout DiagnosticLog
  ) -> [Int]? {
    for phase in phases {
      for next in phase.next where !phases.indices.contains(next) {
        log.error(
          "signal '\(signal)': a phase jumps to number \(next), they go from 0 to \(phases.count - 1)",
          at: phase.place, quote: "next")
        return nil
      }
    }
    var order: [Int] = []
    var phase = 0
    while !order.contains(phase) {
      order.append(phase)
      phase = follower(of: phase, phases)
    }
    return Array(order.drop { $0 != phase })
  }

  static func follower(of phase: Int, _ phases: [SUMOPhase]) -> Int {
    phases[phase].next.first ?? (phase + 1) % phases.count
  }

  /// When the loop's first phase begins, s: SUMO finds its place among all phases as they stand, at the begin of the
  /// simulation, and follows the jumps from there.
  private static func offset(
    of loop: [Int], through phases: [SUMOPhase], offset: Double, begin: Double
  ) -> Double {
    let cycle = phases.reduce(0) { $0 + $1.duration }
    var place = (begin - offset).positiveRemainder(cycle)
    var phase = 0
    while place >= phases[phase].duration, phase < phases.count - 1 {
      place -= phases[phase].duration
      phase += 1
    }
    var time = begin - place
    // Every phase once at most: then the loop has been entered.
    for _ in phases where phase != loop[0] {
      time += phases[phase].duration
      phase = follower(of: phase, phases)
    }
    return time
  }
}

/// A phase of a `tlLogic`.
struct SUMOPhase {
  /// The number that rings know it by.
  var name: String
  var duration: Double
  var states: [SignalState]
  /// The states as they stand in the file.
  var text: String
  /// Phases that may follow, from 0; empty for the next one.
  var next: [Int]
  /// s, where the phase gives them.
  var yellow: Double?
  var red: Double?
  /// What responds to traffic, as it stands in the file, by attribute.
  var limits: [String: String]
  /// Attributes that no fixed-time programme has.
  var foreignAttributes: [String]
  var place: TextPlace

  private static let knownAttributes: Set<String> = [
    "duration", "state", "name", "next", "minDur", "maxDur", "earliestEnd", "latestEnd", "earlyTarget",
    "finalTarget",
  ]
  /// s: more than thirty years.
  private static let longest = 1e9

  /// Reads a `phase`; nil, with errors in the log, when it cannot be used.
  ///
  /// - Parameter prefersLongest: whether the longest duration counts rather than the usual one, as in rings.
  init?(_ node: XMLNode, signal: String, prefersLongest: Bool, log: inout DiagnosticLog) {
    name = node["name"] ?? ""
    place = node.place
    foreignAttributes = node.attributes.map(\.name).filter { !Self.knownAttributes.contains($0) }
    limits = [:]
    for name in SUMOActuation.limitNames { limits[name] = node[name] }
    next = []
    for word in (node["next"] ?? "").words {
      guard let number = Int(word) else {
        log.error(
          "signal '\(signal)': 'next' must be numbers of phases, not '\(word)'", at: place, quote: word)
        return nil
      }
      next.append(number)
    }
    let sources = prefersLongest ? ["maxDur", "duration"] : ["duration", "maxDur", "minDur"]
    let source = sources.first { node[$0] != nil } ?? "duration"
    guard let seconds = node.number(source, &log), let text = node.text("state", &log),
      Self.clearance("yellow", node, signal, into: &yellow, &log),
      Self.clearance("red", node, signal, into: &red, &log)
    else { return nil }
    guard seconds > 0, seconds <= Self.longest else {
      log.error(
        "signal '\(signal)': a phase of \(node[source] ?? "") s, it must last above 0 s and at most \(plainNumber(Self.longest)) s",
        at: place, quote: node[source])
      return nil
    }
    duration = seconds
    self.text = text
    states = []
    for letter in text {
      guard let state = SignalState(sumoLetter: letter) else {
        log.error(
          "signal '\(signal)': unknown letter '\(letter)' in the state '\(text)'", at: place,
          quote: text, notes: ["known are G g y Y r s u o O"])
        return nil
      }
      states.append(state)
    }
  }
}

extension SUMOPhase {
  /// Takes in s of yellow or red that a phase gives beside its state; false, with an error, where they cannot be used.
  private static func clearance(
    _ attribute: String, _ node: XMLNode, _ signal: String, into seconds: inout Double?,
    _ log: inout DiagnosticLog
  ) -> Bool {
    guard node[attribute] != nil else { return true }
    guard let number = node.number(attribute, &log) else { return false }
    guard (0...60).contains(number) else {
      log.error(
        "signal '\(signal)': '\(attribute)' lasts from 0 to 60 s, not \(node[attribute] ?? "")",
        at: node.place,
        quote: node[attribute])
      return false
    }
    seconds = number
    return true
  }
}

extension SignalState {
  /// The state of a letter in SUMO's files; nil for letters that SUMO does not know.
  init?(sumoLetter letter: Character) {
    // `Y` is an old way to write `y`.
    self.init(rawValue: letter == "Y" ? "y" : String(letter))
  }
}

extension SUMOProgram {
  /// Of a signal that is switched off: blinking for who must wait there, nothing for the others.
  mutating func showRightOfWay(of net: NetFile) {
    guard isOff else { return }
    var states: [SignalState] = []
    for connection in net.connections {
      guard let signal = connection.signal, signal.id == controller else { continue }
      for letter in [signal.link, signal.secondLink].compactMap(\.self) where letter >= 0 {
        while states.count <= letter { states.append(.off) }
        if !connection.isMajor { states[letter] = .blinking }
      }
    }
    intervals = states.isEmpty ? [] : [SignalInterval(duration: Self.offCycle, states: states)]
  }

  /// s; any length will do.
  private static let offCycle = 60.0
}
