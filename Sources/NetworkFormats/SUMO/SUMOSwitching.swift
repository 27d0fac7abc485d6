internal import NetworkBuilding
internal import TrafficModel

/// The WAUTs of a file (Wochenschaltautomatik: what switches signals from one programme to the next) and the signals
/// that they switch.
struct SUMOSwitching {
  /// A WAUT: programmes in order of time.
  private struct Schedule {
    var start: String
    /// Position among the files that are read.
    var file: Int
    var place: TextPlace
    /// Absolute s.
    var switches: [(time: Double, program: String, place: TextPlace)]
    /// s after which the switches come again; nil where they do not.
    var period: Double?
  }
  struct Junction {
    var schedule: String
    var signal: String
    var file: Int
    var place: TextPlace
  }
  private var schedules: [String: Schedule] = [:]
  private(set) var junctions: [Junction] = []

  /// Reads a `WAUT`.
  mutating func add(schedule node: XMLNode, file: Int = 0, _ log: inout DiagnosticLog) {
    guard let id = node.text("id", &log), let start = node.text("startProg", &log) else { return }
    let reference = node.number("refTime", default: 0, &log) ?? 0
    var schedule = Schedule(start: start, file: file, place: node.place, switches: [], period: nil)
    if node["period"] != nil, let period = node.number("period", &log), period > 0 {
      schedule.period = period
    }
    for child in node.children("wautSwitch") {
      guard let time = child.number("time", &log), let program = child.text("to", &log) else { continue }
      schedule.switches.append((reference + time, program, child.place))
    }
    schedule.switches.sort { $0.time < $1.time }
    if schedules.updateValue(schedule, forKey: id) != nil {
      log.error("there are two WAUTs '\(id)'", at: node.place, quote: id)
    }
  }

  /// Reads a `wautJunction`.
  mutating func add(junction node: XMLNode, file: Int = 0, _ log: inout DiagnosticLog) {
    guard let schedule = node.text("wautID", &log), let signal = node.text("junctionID", &log) else { return }
    junctions.append(Junction(schedule: schedule, signal: signal, file: file, place: node.place))
  }

  /// The programme that a signal runs for most of a time; nil, with errors in the log, where the file does not have it.
  ///
  /// - Parameters:
  ///   - known: the names of the signal's programmes.
  ///   - logs: of the files that are read.
  /// - Returns: its name.
  func program(
    of junction: Junction, among known: [String], at time: Range<Double>, _ logs: inout [DiagnosticLog]
  ) -> String? {
    guard let schedule = schedules[junction.schedule] else {
      logs[junction.file].unknown(
        "WAUT", junction.schedule, at: junction.place, known: schedules.keys.sorted())
      return nil
    }
    let named =
      [(schedule.start, schedule.place)] + schedule.switches.map { ($0.program, $0.place) }
    for (name, place) in named where !known.contains(name) {
      let list = known.isEmpty ? "none" : known.map { "'\($0)'" }.joined(separator: ", ")
      logs[schedule.file].error(
        "there is no programme '\(name)' for signal '\(junction.signal)'", at: place, quote: name,
        notes: (nearestName(to: name, among: known).map { ["did you mean '\($0)'?"] } ?? [])
          + ["it has \(list)"])
    }
    guard named.allSatisfy({ known.contains($0.0) }) else { return nil }
    let shares = shares(of: schedule, over: time)
    guard let longest = shares.max(by: { $0.seconds < $1.seconds }) else { return nil }
    if shares.count > 1 {
      let others = shares.filter { $0.program != longest.program }.map { "'\($0.program)'" }
      logs[junction.file].warning(
        "signal '\(junction.signal)' also runs \(others.joined(separator: ", ")) within the period: '\(longest.program)', which runs longest, is taken",
        at: junction.place, quote: junction.signal)
    }
    return longest.program
  }

  /// How long each programme runs within a time, s, in order of their first second.
  private func shares(
    of schedule: Schedule, over time: Range<Double>
  ) -> [(program: String, seconds: Double)] {
    var changes = schedule.switches.map { ($0.time, $0.program) }
    if let period = schedule.period, let first = changes.first?.0 {
      func round(of time: Double) -> Double { max(0, ((time - first) / period).rounded(.down)) }
      // From the round before the one that the time begins in.
      let (begin, end) = (max(0, round(of: time.lowerBound) - 1), round(of: time.upperBound))
      changes = stride(from: begin, through: end, by: 1).flatMap { round in
        schedule.switches.map { ($0.time + round * period, $0.program) }
      }
    }
    var pieces = [(-Double.infinity, schedule.start)] + changes
    pieces.append((.infinity, ""))
    var shares: [(program: String, seconds: Double)] = []
    // Of a time without length, the programme of its begin.
    let (begin, end) = (time.lowerBound, max(time.upperBound, time.lowerBound + 1e-3))
    for (piece, next) in zip(pieces, pieces.dropFirst()) {
      let seconds = min(next.0, end) - max(piece.0, begin)
      guard seconds > 0 else { continue }
      if let known = shares.firstIndex(where: { $0.program == piece.1 }) {
        shares[known].seconds += seconds
      } else {
        shares.append((piece.1, seconds))
      }
    }
    return shares
  }
}
