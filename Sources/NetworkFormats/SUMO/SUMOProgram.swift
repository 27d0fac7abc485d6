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
  /// s of yellow and of all-red that the programme gives in attributes of its own; nil where it has none.
  var yellow: Double?
  var allRed: Double?
  var line: Int

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
    line = node.line
    if node["offset"] == "begin" {
      offset = begin
    } else {
      guard let offset = node.number("offset", default: 0, &log) else { return nil }
      guard abs(offset) <= Self.largestOffset else {
        log.error(
          "signal '\(id)': an offset is at most \(plainNumber(Self.largestOffset)) s, not '\(node["offset"] ?? "")'",
          line: node.line, quote: node["offset"])
        return nil
      }
      self.offset = offset
    }
    let kind = node["type"] ?? "static"
    let elements = node.children("phase")
    if kind != "static", isPlan {
      log.error(
        "signal '\(id)': a plan has static programmes, '\(name)' is \(kind)", line: node.line, quote: kind)
      return nil
    }
    let isNEMA = kind == "NEMA"
    let read = elements.map { element -> SUMOPhase? in
      if isPlan, element["next"] != nil {
        log.error("signal '\(id)': the phases of a plan do not jump", line: element.line, quote: "next")
        return nil
      }
      return SUMOPhase(element, signal: id, prefersLongest: isNEMA, log: &log)
    }
    let phases = read.compactMap { $0 }
    intervals = []
    guard phases.count == read.count, Self.areAlike(phases, signal: id, &log) else { return nil }
    guard !phases.isEmpty else { return }

    yellow = phases.compactMap(\.yellow).max()
    allRed = phases.compactMap(\.red).max()
    control = Self.control(kind: kind, phases, isPlan: isPlan)
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
    tell(kind: kind, &log)
  }

  private static func areAlike(_ phases: [SUMOPhase], signal: String, _ log: inout DiagnosticLog) -> Bool {
    guard let width = phases.first?.states.count else { return true }
    var areAlike = true
    for phase in phases where phase.states.count != width {
      log.error(
        "signal '\(signal)': a state of \(phase.states.count) letters among states of \(width)",
        line: phase.line, quote: phase.text)
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

  private func tell(kind: String, _ log: inout DiagnosticLog) {
    switch control {
    case .fixedTime: break
    case .responding:
      log.warning(
        "signal '\(controller)': the \(kind) programme '\(name)' is not played: its phases' usual durations stand for it",
        line: line, quote: kind)
    case .doubtful(let reason):
      log.warning(
        "signal '\(controller)': \(reason): no plan is proposed for it unless that is accepted (--accept-doubtful)",
        line: line, quote: kind)
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
          line: phase.line, quote: "next")
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

  private static func follower(of phase: Int, _ phases: [SUMOPhase]) -> Int {
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
  /// Attributes that no fixed-time programme has.
  var foreignAttributes: [String]
  var line: Int

  private static let knownAttributes: Set<String> = [
    "duration", "state", "name", "next", "minDur", "maxDur", "earliestEnd", "latestEnd", "earlyTarget",
    "finalTarget",
  ]
  /// s: a day.
  private static let longest = 86400.0

  /// Reads a `phase`; nil, with errors in the log, when it cannot be used.
  ///
  /// - Parameter prefersLongest: whether the longest duration counts rather than the usual one, as in rings.
  init?(_ node: XMLNode, signal: String, prefersLongest: Bool, log: inout DiagnosticLog) {
    name = node["name"] ?? ""
    line = node.line
    foreignAttributes = node.attributes.map(\.name).filter { !Self.knownAttributes.contains($0) }
    next = []
    for word in (node["next"] ?? "").words {
      guard let number = Int(word) else {
        log.error(
          "signal '\(signal)': 'next' must be numbers of phases, not '\(word)'", line: line, quote: word)
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
        "signal '\(signal)': a phase of \(node[source] ?? "") s, it must last above 0 s and at most a day",
        line: line, quote: node[source])
      return nil
    }
    duration = seconds
    self.text = text
    states = []
    for letter in text {
      guard let state = SignalState(sumoLetter: letter) else {
        log.error(
          "signal '\(signal)': unknown letter '\(letter)' in the state '\(text)'", line: line,
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
        line: node.line,
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
