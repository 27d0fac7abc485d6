internal import TrafficModel

/// A `tlLogic` as it stands in a file.
struct SUMOProgram {
  var controller: String
  var name: String
  var offset: Double
  var intervals: [SignalInterval]
  var line: Int

  /// Reads a `tlLogic`; nil, with errors in the log, when it cannot be used. One without phases, which only
  /// changes the offset of a known programme, has no intervals.
  ///
  /// - Parameter isPlan: whether it must be what runs, and not just what is known of what runs now: a programme that
  ///   is not static, or jumps, is then an error.
  init?(_ node: XMLNode, begin: Double, isPlan: Bool = false, log: inout DiagnosticLog) {
    guard let id = node.text("id", &log) else { return nil }
    controller = id
    name = node["programID"] ?? ""
    line = node.line
    if node["offset"] == "begin" {
      offset = begin
    } else {
      guard let offset = node.number("offset", default: 0, &log) else { return nil }
      self.offset = offset
    }
    let kind = node["type"] ?? "static"
    let phases = node.children("phase")
    if kind != "static", isPlan {
      log.error(
        "signal '\(id)': a plan has static programmes, '\(name)' is \(kind)", line: node.line, quote: kind)
      return nil
    }
    if kind != "static", !phases.isEmpty {
      log.warning(
        "signal '\(id)': the \(kind) programme '\(name)' is taken as fixed-time with its phases' durations",
        line: node.line, quote: kind)
    }
    let read = phases.map { Self.interval($0, signal: id, isPlan: isPlan, &log) }
    intervals = read.compactMap { $0 }
    guard intervals.count == read.count else { return nil }
    if let width = intervals.first?.states.count {
      for (phase, interval) in zip(phases, intervals) where interval.states.count != width {
        log.error(
          "signal '\(id)': a state of \(interval.states.count) letters among states of \(width)",
          line: phase.line, quote: phase["state"])
        return nil
      }
    }
  }

  private static func interval(
    _ phase: XMLNode, signal: String, isPlan: Bool, _ log: inout DiagnosticLog
  ) -> SignalInterval? {
    if phase["next"] != nil, isPlan {
      log.error("signal '\(signal)': the phases of a plan do not jump", line: phase.line, quote: "next")
      return nil
    }
    if phase["next"] != nil {
      log.warning(
        "signal '\(signal)': the phase's jump to 'next' is not followed", line: phase.line, quote: "next")
    }
    guard let duration = phase.number("duration", &log), let text = phase.text("state", &log) else {
      return nil
    }
    guard duration > 0, duration <= 86400 else {
      log.error(
        "signal '\(signal)': a phase of \(phase["duration"] ?? "") s, it must last above 0 s and at most a day",
        line: phase.line, quote: phase["duration"])
      return nil
    }
    var states: [SignalState] = []
    for letter in text {
      guard let state = SignalState(sumoLetter: letter) else {
        log.error(
          "signal '\(signal)': unknown letter '\(letter)' in the state '\(text)'", line: phase.line,
          quote: text, notes: ["known are G g y Y r s u o O"])
        return nil
      }
      states.append(state)
    }
    return SignalInterval(duration: duration, states: states)
  }
}

extension SignalState {
  /// The state of a letter in SUMO's files; nil for letters that SUMO does not know.
  init?(sumoLetter letter: Character) {
    // `Y` is an old way to write `y`.
    self.init(rawValue: letter == "Y" ? "y" : String(letter))
  }
}
