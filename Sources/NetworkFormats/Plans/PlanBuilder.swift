internal import NetworkBuilding
internal import TrafficModel

/// One controller's programme as a plan file gives it; numbers are still text.
struct ProgramDraft {
  struct Interval {
    var duration: Located<String>
    var states: Located<String>
  }
  var controller: Located<String>
  var name: String
  var offset: Located<String>
  /// The cycle that the file states; nil where it leaves it out.
  var cycle: Located<String>?
  var intervals: [Interval] = []
}

/// Makes a plan of drafts, whatever kind of file they come from, and notes what is wrong with them.
struct PlanBuilder {
  private let network: Network
  private let positions: [String: Int]
  private var programs: [SignalProgram?]
  private var firstPlaces: [Int: TextPlace] = [:]

  init(network: Network) {
    self.network = network
    positions = Dictionary(
      network.controllers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    programs = [SignalProgram?](repeating: nil, count: network.controllers.count)
  }

  /// Shorter intervals no signal shows, s: simulators count in milliseconds.
  static let shortestInterval = 0.001
  /// Longer intervals are taken for a mistake, s: a day.
  static let longestInterval = 86_400.0
  /// Larger offsets are taken for a mistake, s: more than thirty years.
  static let largestOffset = 1e9
  /// A stated cycle and the sum of its intervals may differ by the rounding of decimal fractions, s.
  static let cycleTolerance = 1e-6

  /// The plan of the drafts added so far.
  func plan(name: String) -> TimingPlan { TimingPlan(name: name, programs: programs) }

  /// The controller of a name; nil, and noted, when there is none.
  func controller(_ name: Located<String>, _ log: inout DiagnosticLog) -> SignalController? {
    if let index = positions[name.value] { return network.controllers[index] }
    log.unknown("controller", name, known: network.controllers.map(\.name))
    return nil
  }

  /// Adds a controller's programme.
  ///
  /// - Returns: the programme; nil when something in it is wrong.
  @discardableResult
  mutating func add(_ draft: ProgramDraft, _ log: inout DiagnosticLog) -> SignalProgram? {
    let offset = Self.number(draft.offset, "the offset", in: -Self.largestOffset...Self.largestOffset, &log)
    let durations = draft.intervals.map { Self.duration($0.duration, &log) }
    guard let controller = controller(draft.controller, &log), let index = positions[controller.name] else {
      return nil
    }
    if let first = firstPlaces[index] {
      log.error(
        "controller '\(controller.name)' has a second programme, the first is in line \(first.line)",
        at: draft.controller.place)
      return nil
    }
    firstPlaces[index] = draft.controller.place
    let states = draft.intervals.map { Self.states($0.states, of: controller, &log) }
    guard let offset, !draft.intervals.isEmpty else {
      if draft.intervals.isEmpty {
        log.error("controller '\(controller.name)' has no interval", at: draft.controller.place)
      }
      return nil
    }
    let intervals = zip(durations, states).compactMap { duration, states -> SignalInterval? in
      guard let duration, let states else { return nil }
      return SignalInterval(duration: duration, states: states)
    }
    guard intervals.count == draft.intervals.count else { return nil }
    let program = SignalProgram(
      controller: ControllerID(index), name: draft.name, offset: offset, intervals: intervals)
    guard checkCycle(draft.cycle, of: program, &log) else { return nil }
    programs[index] = program
    return program
  }

  private func checkCycle(
    _ stated: Located<String>?, of program: SignalProgram, _ log: inout DiagnosticLog
  ) -> Bool {
    guard let stated else { return true }
    guard let cycle = Self.number(stated, "the cycle", in: 0...(.greatestFiniteMagnitude), &log) else {
      return false
    }
    guard abs(cycle - program.cycle) > Self.cycleTolerance else { return true }
    log.error(
      "the cycle is \(stated.value) s, but the intervals of '\(network[program.controller].name)' sum to \(PlanText.number(program.cycle)) s",
      at: stated.place)
    return false
  }

  private static func number(
    _ text: Located<String>, _ what: String, in range: ClosedRange<Double>, _ log: inout DiagnosticLog
  ) -> Double? {
    guard let number = Double(plain: text.value) else {
      let notes = text.value.contains(",") ? ["decimals are written with a point"] : []
      log.error("\(what) must be a number of seconds, not '\(text.value)'", at: text.place, notes: notes)
      return nil
    }
    guard range.contains(number) else {
      log.error(
        "\(what) of \(text.value) s is not in \(PlanText.number(range.lowerBound)) … \(PlanText.number(range.upperBound)) s",
        at: text.place)
      return nil
    }
    return number
  }

  private static func duration(_ text: Located<String>, _ log: inout DiagnosticLog) -> Double? {
    guard
      let duration = number(
        text, "the duration", in: -.greatestFiniteMagnitude...(.greatestFiniteMagnitude), &log)
    else { return nil }
    guard duration >= shortestInterval, duration <= longestInterval else {
      log.error(
        "an interval of \(text.value) s, it must last at least 0.001 s and at most a day", at: text.place)
      return nil
    }
    return duration
  }

  private static func states(
    _ text: Located<String>, of controller: SignalController, _ log: inout DiagnosticLog
  ) -> [SignalState]? {
    var states: [SignalState] = []
    for (index, scalar) in text.value.unicodeScalars.enumerated() {
      guard let state = SignalState(rawValue: String(scalar)) else {
        let place = TextPlace(line: text.place.line, column: text.place.column + index)
        log.error(
          "unknown letter '\(scalar)' in the states '\(text.value)'", at: place,
          notes: ["known are \(SignalState.allCases.map(\.rawValue).joined(separator: " "))"])
        return nil
      }
      states.append(state)
    }
    guard states.count == controller.groups.count else {
      log.error(
        "'\(text.value)' has \(states.count) states, controller '\(controller.name)' has \(controller.groups.count) groups",
        at: text.place,
        notes: ["its groups are, in order: \(controller.groups.map(\.name).joined(separator: ", "))"])
      return nil
    }
    return states
  }
}

extension [Diagnostic] {
  /// By line, then column, the ones about the file as a whole first; equal places keep their order.
  var inOrderOfPlace: [Diagnostic] {
    enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a.line ?? 0, a.column ?? 0, first.offset) < (b.line ?? 0, b.column ?? 0, second.offset)
    }.map(\.element)
  }
}
