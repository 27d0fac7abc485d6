internal import NetworkBuilding
internal import TrafficModel

/// The signals of a network with the programmes that its files give them.
struct SUMOSignals {
  /// A programme and the file it stands in.
  struct FiledProgram {
    var program: SUMOProgram
    /// Position among the input's files.
    var file: Int
  }

  private(set) var controllers: [SignalController] = []
  /// By controller: the programme that runs, as its file has it.
  private(set) var running: [SignalProgram] = []
  /// By controller: how that programme responds to traffic, where it does and that is played.
  private(set) var actuations: [SUMOActuation?] = []
  /// By controller: where its first programme stands.
  private(set) var places: [TextPlace] = []
  private(set) var ids: [String: ControllerID] = [:]
  /// Names of all programmes, sorted.
  private(set) var programNames: [String] = []
  /// By signal: the names of its programmes.
  private(set) var programsOfSignal: [String: [String]] = [:]

  /// Works the signals out.
  ///
  /// - Parameters:
  ///   - programs: in the order in which SUMO loads them: the last one of a signal runs.
  ///   - switching: what switches signals from one to another.
  ///   - time: absolute s, for most of which a programme must run that counts as the one in force.
  ///   - logs: of the input's files; the first is the network's.
  init(
    net: NetFile, programs: [FiledProgram], switching: SUMOSwitching, time: Range<Double>,
    logs: inout [DiagnosticLog]
  ) {
    let lanes = Self.lanes(net)
    let programs = programs.filter { !net.railSignals.contains($0.program.controller) }.map { filed in
      var filed = filed
      filed.program.showRightOfWay(of: net)
      if let detector = filed.program.customDetector(of: lanes[filed.program.controller] ?? []) {
        filed.program.picture(because: "its detector '\(detector)' is somebody's own", &logs[filed.file])
      }
      return filed
    }
    var known = Self.collect(programs, letters: Self.letters(net), &logs)
    for junction in switching.junctions where !net.railSignals.contains(junction.signal) {
      guard let entry = known.entries.firstIndex(where: { $0.id == junction.signal }) else {
        if !known.faulty.contains(junction.signal) {
          logs[junction.file].unknown(
            "signal", junction.signal, at: junction.place, known: known.entries.map(\.id))
        }
        continue
      }
      for index in known.entries[entry].programs.indices {
        known.entries[entry].programs[index].picture(because: "a WAUT switches it", &logs[junction.file])
      }
      let name = switching.program(
        of: junction, among: known.entries[entry].programs.map(\.name), at: time, &logs)
      if let active = known.entries[entry].programs.firstIndex(where: { $0.name == name }) {
        known.entries[entry].programs.append(known.entries[entry].programs.remove(at: active))
      }
    }
    var connections: [String: [Int]] = [:]
    for (index, connection) in net.connections.enumerated() {
      if let signal = connection.signal { connections[signal.id, default: []].append(index) }
    }
    let junctions = Dictionary(net.junctions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let yellow = Self.usualYellow(known.entries)
    for entry in known.entries {
      let active = entry.programs[entry.programs.count - 1]
      let table = SignalTable(
        name: entry.id, programs: entry.programs, connections: connections[entry.id] ?? [],
        net: net, junctions: junctions, protection: active.protection(usualYellow: yellow), log: &logs[0])
      let id = ControllerID(controllers.count)
      ids[entry.id] = id
      controllers.append(
        table.controller(
          cycle: active.intervals.reduce(0) { $0 + $1.duration }, presentControl: active.control))
      running.append(
        SignalProgram(controller: id, name: active.name, offset: active.offset, intervals: active.intervals))
      actuations.append(active.actuation)
      places.append(entry.programs[0].place)
    }
    for entry in known.entries { programsOfSignal[entry.id] = entry.programs.map(\.name) }
    programNames = Set(known.entries.flatMap { $0.programs.map(\.name) }).sorted()
    for connection in net.connections {
      if let signal = connection.signal, ids[signal.id] == nil, !known.faulty.contains(signal.id) {
        logs[0].unknown(
          "signal", signal.id, at: connection.place, known: known.entries.map(\.id))
      }
    }
  }

  /// s of yellow that the signals of the network show whose programmes are understood: the least of them, and 3 at
  /// least.
  private static func usualYellow(_ entries: [Entry]) -> Double {
    let shown = entries.flatMap { entry -> [Double] in
      guard let active = entry.programs.last, active.control == .fixedTime else { return [] }
      return active.intervals.filter { $0.states.contains(.yellow) }.map(\.duration)
    }
    return max(SignalTable.usualYellow, shown.min() ?? 0)
  }

  /// By signal: the lanes before it.
  private static func lanes(_ net: NetFile) -> [String: Set<String>] {
    net.connections.reduce(into: [:]) { lanes, connection in
      guard let signal = connection.signal else { return }
      lanes[signal.id, default: []].insert("\(connection.from)_\(connection.fromLane)")
    }
  }

  /// By signal: how many letters its connections obey.
  private static func letters(_ net: NetFile) -> [String: Int] {
    net.connections.reduce(into: [:]) { letters, connection in
      guard let signal = connection.signal else { return }
      letters[signal.id] = max(letters[signal.id] ?? 0, max(signal.link, signal.secondLink ?? 0) + 1)
    }
  }

  private struct Entry {
    var id: String
    var programs: [SUMOProgram]
  }

  /// Sorts programmes by signal, in order of each signal's first; a signal whose programmes cannot be used
  /// is faulty.
  private static func collect(
    _ programs: [FiledProgram], letters: [String: Int], _ logs: inout [DiagnosticLog]
  ) -> (entries: [Entry], faulty: Set<String>) {
    var entries: [Entry] = []
    var positions: [String: Int] = [:]
    var faulty: Set<String> = []
    for filed in programs {
      var program = filed.program
      let id = program.controller
      guard let width = letters[id] else {
        if filed.file == 0 {
          logs[0].warning("no connection obeys signal '\(id)'", at: program.place, quote: id)
        } else {
          logs[filed.file].unknown("signal", id, at: program.place, known: letters.keys.sorted())
        }
        continue
      }
      program.leaveOutLetters(beyond: width)
      guard let position = positions[id] else {
        guard !program.intervals.isEmpty else {
          logs[filed.file].error(
            "signal '\(id)': programme '\(program.name)' has no phase", at: program.place, quote: id)
          faulty.insert(id)
          continue
        }
        positions[id] = entries.count
        entries.append(Entry(id: id, programs: [program]))
        continue
      }
      add(program, to: &entries[position], &logs[filed.file])
    }
    return (entries, faulty)
  }

  private static func add(_ program: SUMOProgram, to entry: inout Entry, _ log: inout DiagnosticLog) {
    let id = entry.id
    let same = entry.programs.firstIndex { $0.name == program.name }
    guard let width = program.intervals.first?.states.count else {
      if let same {
        entry.programs[same].offset = program.offset
      } else {
        log.unknown(
          "programme of signal '\(id)'", program.name, at: program.place,
          known: entry.programs.map(\.name))
      }
      return
    }
    if same != nil {
      log.error(
        "signal '\(id)' already has a programme '\(program.name)'", at: program.place, quote: program.name)
      return
    }
    let expected = entry.programs[0].intervals[0].states.count
    var program = program
    program.cutLetters(beyond: expected, &log)
    guard width >= expected else {
      log.error(
        "signal '\(id)': states of \(width) letters, its first programme has \(expected)",
        at: program.place, quote: id)
      return
    }
    entry.programs.append(program)
  }
}

extension SUMOProgram {
  /// What a plan must keep to at this signal whatever its programme shows, where that was not understood: the yellow and
  /// all-red of its own attributes, or the yellow that is usual in the network and a second of all-red.
  ///
  /// - Parameter usualYellow: s.
  fileprivate func protection(usualYellow: Double) -> SignalTable.Protection? {
    guard case .doubtful = control else { return nil }
    return SignalTable.Protection(yellow: max(yellow ?? 0, usualYellow), allRed: allRed ?? Self.usualAllRed)
  }

  private static let usualAllRed = 1.0
}
