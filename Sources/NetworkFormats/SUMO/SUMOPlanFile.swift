internal import NetworkBuilding
public import TrafficModel

extension SUMOPlan {
  /// Reads the plan in an additional file.
  ///
  /// The plan is named after the file. Of a signal's programmes the one counts that a WAUT switches it to for most of
  /// `time`; where no WAUT does, the last one, as in SUMO.
  /// - Parameters:
  ///   - file: compressed or not; other elements than `tlLogic` and those of WAUTs are passed over.
  ///   - network: the network that the plan is for.
  ///   - time: absolute s; `offset="begin"` refers to its begin.
  ///   - existing: by signal, the names of programmes that the network has already, which SUMO takes no others of.
  /// - Throws: `InputFailure` with everything that is wrong with the file.
  public static func read(
    _ file: InputFile, network: Network, time: PlanTime, known existing: [String: [String]] = [:]
  ) throws(InputFailure) -> ReadPlan {
    var log = DiagnosticLog(file)
    var programs: [SUMOProgram] = []
    var schedules = SUMOSwitching()
    do {
      try XMLFile.read(file, roots: SUMOReader.roots) { node in
        switch node.name {
        case "tlLogic":
          if let program = SUMOProgram(node, begin: time.time.lowerBound, isPlan: true, log: &log) {
            programs.append(program)
          }
        case "WAUT": schedules.add(schedule: node, &log)
        case "wautJunction": schedules.add(junction: node, &log)
        default: break
        }
      }
    } catch { log.append(error.diagnostics) }
    if programs.isEmpty, !log.hasErrors {
      log.error(
        "the file has no programme of a signal", at: TextPlace(line: 1, column: 1),
        notes: ["that is a <tlLogic>"])
    }

    let names = network.controllers.map(\.name)
    // A network that is not SUMO's may have names that SUMO's files cannot hold as they are.
    let ids = Dictionary(
      (names + controllerNames(network)).enumerated().map { ($1, ControllerID($0 % names.count)) },
      uniquingKeysWith: { first, _ in first })
    var plan = TimingPlan(
      name: InputFile.xmlBaseName(of: file.path),
      programs: [SignalProgram?](repeating: nil, count: names.count)
    )
    var known: [[SignalProgram]] = names.map { _ in [] }
    for var program in programs {
      guard let id = ids[program.controller] else {
        log.unknown("signal", program.controller, at: program.place, known: names)
        continue
      }
      let width = network[id].groups.count
      if known[id.index].contains(where: { $0.name == program.name })
        || existing[program.controller]?.contains(program.name) == true
      {
        log.error(
          "signal '\(program.controller)' has a programme '\(program.name)' already, and SUMO takes no second one of a name",
          at: program.place, quote: program.name, notes: ["give it a 'programID' of its own"])
        continue
      }
      program.leaveOutLetters(beyond: width)
      program.cutLetters(beyond: width, &log)
      guard let first = program.intervals.first else {
        log.error(
          "signal '\(program.controller)': programme '\(program.name)' has no phase", at: program.place,
          quote: program.controller)
        continue
      }
      guard first.states.count == width else {
        log.error(
          "signal '\(program.controller)': states of \(first.states.count) letters, the network wants \(width)",
          at: program.place, quote: program.controller)
        continue
      }
      known[id.index].append(
        SignalProgram(
          controller: id, name: program.name, offset: program.offset, intervals: program.intervals
        ).beginningWithStage())
    }
    for (index, programs) in known.enumerated() { plan.programs[index] = programs.last }
    for junction in schedules.junctions {
      guard let id = ids[junction.signal] else {
        log.unknown("signal", junction.signal, at: junction.place, known: names)
        continue
      }
      var logs = [log]
      let name = schedules.program(of: junction, among: known[id.index].map(\.name), at: time.time, &logs)
      log = logs[0]
      if let program = known[id.index].last(where: { $0.name == name }) { plan[id] = program }
    }
    guard !log.hasErrors else { throw InputFailure(log.diagnostics) }
    return ReadPlan(plan: plan, warnings: log.diagnostics)
  }

  /// The signals that an additional file has programmes for, with a number for each letter of their states.
  static func controllers(in file: InputFile) throws(InputFailure) -> [PlannedController] {
    var found: [PlannedController] = []
    try XMLFile.read(file, roots: SUMOReader.roots) { node in
      guard node.name == "tlLogic", let name = node["id"], !found.contains(where: { $0.name == name }) else {
        return
      }
      let width = node.children("phase").first?["state"]?.unicodeScalars.count ?? 0
      found.append(PlannedController(name: name, groups: (0..<width).map { String($0) }))
    }
    return found
  }
}
