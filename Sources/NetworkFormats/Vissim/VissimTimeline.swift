internal import NetworkBuilding
internal import TrafficModel

/// What the groups of a programme show, second by second: displays begin where the file says, and those of fixed duration, red
/// and amber or amber, lie before the one that they lead to.
///
/// That follows from interstages, which end with the red of who is cleared: amber of 3 s lies in the 3 s before, and intergreens
/// are counted from its begin.
struct VissimTimeline {
  /// ms.
  let cycle: Int
  /// By group: when a state begins, ascending, each in 0 ..< cycle; never none.
  let switches: [[(time: Int, state: SignalState)]]

  init(cycle: Int, switches: [[(time: Int, state: SignalState)]]) {
    (self.cycle, self.switches) = (cycle, switches)
  }

  /// Nil, and noted, where something in the programme is wrong.
  ///
  /// - Parameter groups: by group of the network, the group of the file.
  init?(
    _ program: VissimFile.Program, of file: VissimFile, groups: [VissimFile.Group], _ log: inout DiagnosticLog
  ) {
    var isSound = true
    cycle = program.cycle
    switches = groups.map { group in
      guard let commands = program.groups.first(where: { $0.group == group.id }) else {
        log.error(
          "programme '\(program.id)' says nothing of signal group '\(group.name)'", at: program.place)
        isSound = false
        return []
      }
      guard let found = Self.switches(commands, group, program.cycle, file, &log) else {
        isSound = false
        return []
      }
      return found
    }
    if !isSound { return nil }
  }

  /// The switches of a group.
  private static func switches(
    _ commands: VissimFile.Commands, _ group: VissimFile.Group, _ cycle: Int, _ file: VissimFile,
    _ log: inout DiagnosticLog
  ) -> [(time: Int, state: SignalState)]? {
    guard let sequence = file.sequences[commands.sequence], !sequence.states.isEmpty else {
      log.unknown(
        "signal sequence", commands.sequence, at: commands.place, known: file.sequences.keys.sorted())
      return nil
    }
    var wanted: [(time: Int, display: String)] = []
    // Of those of one moment the last counts; a display that is shown already does not begin.
    for command in commands.commands.map({ ($0.time % cycle, $0.display) }).enumerated().sorted(by: {
      ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
    }).map(\.element) {
      if wanted.last?.time == command.0 { wanted.removeLast() }
      if wanted.last?.display != command.1 { wanted.append(command) }
    }
    if wanted.count > 1, wanted.last?.display == wanted.first?.display { wanted.removeFirst() }
    for command in wanted where !sequence.states.contains(where: { $0.display == command.display }) {
      log.error(
        "signal group '\(group.name)' is to show display '\(command.display)', which its sequence '\(commands.sequence)' does not have",
        at: commands.place)
      return nil
    }
    func state(_ display: String) -> SignalState? {
      if let state = file.displays[display] { return state }
      log.unknown("display", display, at: commands.place, known: file.displays.keys.sorted())
      return nil
    }
    guard wanted.count > 1 else {
      return state(wanted.first?.display ?? sequence.states[0].display).map { [(0, $0)] }
    }
    var switches: [(time: Int, state: SignalState)] = []
    for (index, command) in wanted.enumerated() {
      let before = wanted[(index + wanted.count - 1) % wanted.count]
      let between = Self.fixed(from: before.display, to: command.display, sequence)
      let durations = between.map {
        commands.durations[$0.display] ?? group.durations[$0.display] ?? $0.duration
      }
      let sum = durations.reduce(0, +)
      let gap = (command.time - before.time + cycle) % cycle
      guard sum <= (gap == 0 ? cycle : gap) else {
        log.error(
          "signal group '\(group.name)' has \(gap) ms between two displays, too few for the \(sum) ms of what lies between",
          at: commands.place)
        return nil
      }
      var time = command.time - sum
      for (part, duration) in zip(between, durations) where duration > 0 {
        guard let state = state(part.display) else { return nil }
        switches.append(((time + cycle) % cycle, state))
        time += duration
      }
      guard let state = state(command.display) else { return nil }
      switches.append((command.time, state))
    }
    // A display whose whole time those before the next one take is not shown.
    var kept: [Int: SignalState] = [:]
    for (time, state) in switches { kept[time] = state }
    let amber = switches.filter { $0.state == .yellow || $0.state == .redYellow }
    for (time, state) in amber { kept[time] = state }
    return kept.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The displays of fixed duration from one display of a sequence to another.
  private static func fixed(
    from first: String, to last: String, _ sequence: VissimFile.Sequence
  ) -> [(display: String, isFixed: Bool, duration: Int)] {
    let states = sequence.states
    guard let start = states.firstIndex(where: { $0.display == first }) else { return [] }
    return (1...states.count).lazy.map { states[(start + $0) % states.count] }.prefix { $0.display != last }
      .filter(\.isFixed)
  }

  // MARK: States

  /// What a group shows at a time of the cycle, ms.
  func state(_ group: Int, at time: Int) -> SignalState {
    let own = switches[group]
    return (own.last { $0.time <= time } ?? own[own.count - 1]).state
  }

  /// The rows of the cycle from ms 0 on. Greens that yield to what is green or clears beside them wait for gaps.
  func intervals(_ conflicts: [[GroupConflict]]) -> [SignalInterval] {
    let bounds = Set(switches.joined().map(\.time) + [0]).sorted()
    var rows: [SignalInterval] = []
    for (begin, end) in zip(bounds, bounds.dropFirst() + [cycle]) {
      var states = switches.indices.map { state($0, at: begin) }
      for group in states.indices where states[group] == .protectedGreen {
        let yields = states.indices.contains { other in
          conflicts[group][other].makesRowYield && (states[other].isGreen || states[other] == .yellow)
        }
        if yields { states[group] = .permissiveGreen }
      }
      let duration = Double(end - begin) / 1000
      if rows.last?.states == states {
        rows[rows.count - 1].duration += duration
      } else {
        rows.append(SignalInterval(duration: duration, states: states))
      }
    }
    return rows
  }

  /// s from the end of one group's green to the next begin of another's; nil where either has no such moment.
  func gap(from clearing: Int, to entering: Int) -> Double? {
    func edges(_ group: Int, _ begins: Bool) -> [Int] {
      let own = switches[group]
      return own.indices.filter { index in
        let before = own[(index + own.count - 1) % own.count].state.isGreen
        return own.count > 1 && own[index].state.isGreen == begins && before != begins
      }.map { own[$0].time }
    }
    let gaps = edges(clearing, false).flatMap { end in
      edges(entering, true).map { ($0 - end + cycle) % cycle }
    }
    return gaps.min().map { Double($0) / 1000 }
  }
}
