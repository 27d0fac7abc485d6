internal import NetworkBuilding
internal import TrafficModel

/// Gives the signals of one network what those of another show at each second, junction by junction and movement by
/// movement: how a plan of another tool, which has groups of its own, becomes one of the network at hand.
struct PlanTransfer {
  /// Something that has no counterpart, told of the junction of the plan's own network that it belongs to.
  struct Problem {
    var junction: JunctionID
    /// A sentence without a full stop.
    var message: String
    var notes: [String] = []
  }
  /// A programme for each controller whose junctions the plan knows.
  private(set) var plan: TimingPlan
  private(set) var problems: [Problem] = []

  private let source: Network
  private let target: Network
  private let given: TimingPlan
  /// What the target is called in messages.
  private let word: String
  private let matching: MovementMatching
  /// By name, of the target's junctions.
  private let places: [String: JunctionID]

  /// - Parameters:
  ///   - given: of `source`; controllers without a programme are passed over.
  ///   - word: what the target is called in messages: `the network`.
  init(_ given: TimingPlan, from source: Network, to target: Network, called word: String) {
    self.source = source
    self.target = target
    self.given = given
    self.word = word
    matching = MovementMatching(source, target)
    places = Dictionary(
      target.junctions.enumerated().map { ($1.name, JunctionID($0)) }, uniquingKeysWith: { first, _ in first }
    )
    plan = TimingPlan(
      name: given.name, programs: [SignalProgram?](repeating: nil, count: target.controllers.count))
    var twins: [Int: JunctionID] = [:]
    for (index, junction) in source.junctions.enumerated() {
      guard case .signalled(let controller) = junction.control, given[controller] != nil else { continue }
      if let twin = twin(of: JunctionID(index)) { twins[twin.index] = JunctionID(index) }
    }
    var junctions = [[(here: JunctionID, there: JunctionID?)]](repeating: [], count: target.controllers.count)
    for (index, junction) in target.junctions.enumerated() {
      guard case .signalled(let controller) = junction.control else { continue }
      junctions[controller.index].append((JunctionID(index), twins[index]))
    }
    for (index, members) in junctions.enumerated() {
      guard let first = members.lazy.compactMap(\.there).first else { continue }
      let absent = members.filter { $0.there == nil }.map { target[$0.here].name }
      guard absent.isEmpty else {
        problems.append(
          Problem(
            junction: first,
            message:
              "controller '\(target.controllers[index].name)' also runs '\(absent[0])', which the plan does not have"
          ))
        continue
      }
      plan.programs[index] = program(
        of: ControllerID(index), twins: twins, first: first)
    }
  }

  private mutating func twin(of junction: JunctionID) -> JunctionID? {
    let name = source[junction].name
    guard let twin = places[name] else {
      let known = target.junctions.filter { if case .signalled = $0.control { true } else { false } }.map(
        \.name)
      problems.append(
        Problem(
          junction: junction, message: "junction '\(name)' is not in \(word)",
          notes: nearestName(to: name, among: known).map { ["did you mean '\($0)'?"] } ?? []))
      return nil
    }
    if case .signalled = target[twin].control { return twin }
    problems.append(Problem(junction: junction, message: "junction '\(name)' has no signals in \(word)"))
    return nil
  }

  // MARK: Programmes

  private mutating func program(
    of id: ControllerID, twins: [Int: JunctionID], first: JunctionID
  ) -> SignalProgram? {
    var signals: [[SignalGroupReference]] = []
    let before = problems.count
    for group in target[id].groups.indices {
      signals.append(
        self.signals(showing: SignalGroupReference(controller: id, group: group), twins, first))
    }
    guard problems.count == before else { return nil }
    let programs = Set(signals.joined().map(\.controller)).sorted().compactMap { given[$0] }
    guard let leading = programs.first else { return nil }
    if let other = programs.first(where: { abs($0.cycle - leading.cycle) > Self.slack }) {
      problems.append(
        Problem(
          junction: first,
          message:
            "controller '\(target[id].name)' is two here, with cycles of \(PlanText.number(leading.cycle)) and \(PlanText.number(other.cycle)) s"
        ))
      return nil
    }
    return program(of: id, showing: signals, programs: programs, first: first)
  }

  /// The signals of the plan's own network that a group's traffic obeys there.
  private mutating func signals(
    showing group: SignalGroupReference, _ twins: [Int: JunctionID], _ first: JunctionID
  ) -> [SignalGroupReference] {
    let controller = target[group.controller]
    let name = "group '\(controller.groups[group.group].name)' of controller '\(controller.name)'"
    var found: [SignalGroupReference] = []
    func add(_ signals: [SignalGroupReference]) {
      for signal in signals where given[signal.controller] != nil && !found.contains(signal) {
        found.append(signal)
      }
    }
    var told: Set<MovementID> = []
    let connections = target.connectionsOfGroup[group.controller.index][group.group]
    for connection in connections {
      let id = target.movementOfConnection[connection.index]
      guard let junction = twins[target[id].junction.index] else { continue }
      let signals = matching.signals(of: connection, at: junction)
      if !signals.isEmpty {
        add(signals)
      } else if told.insert(id).inserted {
        let known = matching.names(at: junction)
        problems.append(
          Problem(
            junction: junction, message: "\(name): nothing tells when '\(target.name(of: id))' is green",
            notes: known.isEmpty ? [] : ["known are \(known.joined(separator: ", "))"]))
      }
    }
    var isCrossed = false
    for (index, crossing) in target.crossings.enumerated() where crossing.signal == group {
      isCrossed = true
      guard let junction = twins[crossing.junction.index] else { continue }
      let signals = matching.signals(of: CrossingID(index), at: junction)
      if signals.isEmpty {
        problems.append(
          Problem(
            junction: junction,
            message: "\(name): nothing tells when the crossing '\(crossing.name)' is green"
          ))
      }
      add(signals)
    }
    // A group without traffic, such as that of a closed link: what the plan's group of the same name shows.
    if connections.isEmpty, !isCrossed, case .signalled(let other) = source[first].control,
      let twin = source[other].groups.firstIndex(where: { $0.name == controller.groups[group.group].name })
    {
      add([SignalGroupReference(controller: other, group: twin)])
    }
    return found
  }

  /// Seconds of other tools are rounded to hundredths, and there are two in a difference.
  private static let slack = 0.02

  private mutating func program(
    of id: ControllerID, showing signals: [[SignalGroupReference]], programs: [SignalProgram],
    first: JunctionID
  ) -> SignalProgram? {
    let cycle = programs[0].cycle
    let bounds = Self.bounds(programs, cycle: cycle)
    var rows: [(begin: Double, states: [SignalState])] = []
    for (index, begin) in bounds.enumerated() {
      let end = index + 1 < bounds.count ? bounds[index + 1] : bounds[0] + cycle
      let middle = (begin + end) / 2
      var states: [SignalState] = []
      for (group, signals) in signals.enumerated() {
        guard let state = state(of: signals, at: middle) else {
          let names = signals.map { "'\(source[$0.controller].groups[$0.group].name)'" }
          problems.append(
            Problem(
              junction: first,
              message:
                "group '\(target[id].groups[group].name)' of controller '\(target[id].name)' is one signal, but \(names.joined(separator: " and ")) are not green at the same times"
            ))
          return nil
        }
        states.append(state)
      }
      rows.append((begin, yielding(states, of: target[id])))
    }
    let kept = rows.indices.filter { rows[$0].states != rows[($0 + rows.count - 1) % rows.count].states }
    // The plan's own first row stays the first.
    let origin = Self.tidy(programs[0].offset).wrapped(in: cycle)
    let first = kept.firstIndex { abs(rows[$0].begin - origin) <= Self.slack } ?? 0
    let starts = kept.isEmpty ? [0] : Array(kept[first...] + kept[..<first])
    let intervals = starts.enumerated().map { position, row in
      let next = rows[starts[(position + 1) % starts.count]].begin
      let length = next > rows[row].begin ? next - rows[row].begin : next - rows[row].begin + cycle
      return SignalInterval(duration: Self.tidy(length), states: rows[row].states)
    }
    return SignalProgram(
      controller: id, name: programs[0].name, offset: rows[starts[0]].begin, intervals: intervals
    ).beginningWithStage()
  }

  /// The seconds of the cycle at which something changes.
  private static func bounds(_ programs: [SignalProgram], cycle: Double) -> [Double] {
    var times: [Double] = []
    for program in programs {
      var time = program.offset
      for interval in program.intervals {
        times.append(tidy(tidy(time).wrapped(in: cycle)))
        time += interval.duration
      }
    }
    var kept: [Double] = []
    for time in times.sorted() where kept.last.map({ time - $0 > slack }) ?? true { kept.append(time) }
    if let first = kept.first, let last = kept.last, kept.count > 1, first + cycle - last <= slack {
      kept.removeLast()
    }
    return kept
  }

  /// Without the noise of sums.
  private static func tidy(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

  /// What signals show together; nil where some are green and some are not.
  private func state(of signals: [SignalGroupReference], at time: Double) -> SignalState? {
    let states = signals.compactMap { given[$0.controller]?.states(at: time)[$0.group] }
    guard let first = states.first else { return .red }
    if states.allSatisfy({ $0 == first }) { return first }
    if states.allSatisfy(\.isGreen) { return .permissiveGreen }
    if states.contains(where: \.isGreen) { return nil }
    // The longest yellow warns all of them.
    return states.contains(.yellow) ? .yellow : .red
  }

  /// Permissive greens where the target's conflicts ask for them, or know of somebody to yield to.
  private func yielding(_ states: [SignalState], of controller: SignalController) -> [SignalState] {
    states.indices.map { group in
      guard states[group].isGreen else { return states[group] }
      let foes = controller.conflicts[group].indices.filter { controller.conflicts[group][$0].makesRowYield }
      let yields =
        foes.contains { states[$0].isGreen } || (states[group] == .permissiveGreen && !foes.isEmpty)
      return yields ? .permissiveGreen : .protectedGreen
    }
  }
}
