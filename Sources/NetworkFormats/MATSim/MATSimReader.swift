internal import NetworkBuilding
internal import TrafficModel

/// Reads the scenarios of the MATSim simulator: network, population, lanes and the files of its signals extension. See
/// Documentation/MATSim.md.
public enum MATSimReader {
  /// The scenario of a folder, a configuration, or a network with the other files beside it.
  ///
  /// Periods are the times of day that signal plans have.
  /// - Throws: `InputFailure` with everything that is wrong in any of the files.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in an input whose files may have been read before.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    let paths = try MATSimFiles(input)
    var files: [MATSimFiles.Kind: MATSimFile] = [:]
    for kind in MATSimFiles.Kind.allCases {
      if let path = paths.paths[kind] { files[kind] = try MATSimFile(input[path]) }
    }
    func failure() -> InputFailure { InputFailure(diagnostics(files)) }
    guard let networkFile = files[.network] else { throw failure() }
    var roads = MATSimRoads(networkFile)
    guard !networkFile.log.hasErrors else { throw failure() }
    if let lanes = files[.lanes] { roads.readLanes(lanes) }
    let population = files[.population].map { MATSimPopulation($0, roads) } ?? MATSimPopulation()
    var signals = MATSimSignals()
    if let systems = files[.systems] {
      guard let groups = files[.groups], let control = files[.control] else {
        throw InputFailure(
          "signal systems need signal groups and signal control", at: SourceLocation(file: systems.path))
      }
      signals = MATSimSignals(systems: systems, groups: groups, control: control, roads)
    }
    guard !hasErrors(files) else { throw failure() }
    let built = MATSimNetwork(roads, signals, population, files)
    guard let network = built.network(networkFile) else { throw failure() }
    let hasOnePeriod = built.periods.count == 1
    if files[.population] == nil {
      networkFile.log.warning("there is no population, so nobody drives")
    }
    let periods = built.periods.enumerated().map { index, period in
      let time = hasOnePeriod && !population.drives.isEmpty && period.isAllDay ? population.time : period.time
      return Period(
        name: period.name,
        demand: population.demand(in: time, on: network, files[.population], reports: index == 0),
        existingPlan: TimingPlan(name: "existing", programs: period.programs.map { $0 }))
    }
    guard !hasErrors(files) else { throw failure() }
    return ReadScenario(
      scenario: Scenario(name: name(of: input.path), network: network, periods: periods),
      warnings: diagnostics(files), files: paths.all.map { input[$0] })
  }

  private static func hasErrors(_ files: [MATSimFiles.Kind: MATSimFile]) -> Bool {
    MATSimFiles.Kind.allCases.contains { files[$0]?.log.hasErrors ?? false }
  }

  private static func diagnostics(_ files: [MATSimFiles.Kind: MATSimFile]) -> [Diagnostic] {
    MATSimFiles.Kind.allCases.flatMap { files[$0]?.log.diagnostics.inOrderOfPlace ?? [] }
  }

  private static func name(of path: String) -> String {
    InputFile.xmlBaseName(of: path.hasSuffix("/") ? String(path.dropLast()) : path)
  }
}

/// The model's network of a MATSim scenario, and what its signals show in each of its periods.
struct MATSimNetwork {
  struct Period {
    var name: String
    var time: Range<Double>
    /// Whether no plan tells its time.
    var isAllDay: Bool
    /// By controller.
    var programs: [SignalProgram]
  }
  private(set) var periods: [Period] = []

  private let source: MATSimRoads
  private var roads: ConnectedRoads

  init(
    _ source: MATSimRoads, _ signals: MATSimSignals, _ population: MATSimPopulation,
    _ files: [MATSimFiles.Kind: MATSimFile]
  ) {
    self.source = source
    var junctions = source.junctions
    let used = signals.systems.indices.filter { !signals.systems[$0].signals.isEmpty }
    for (controller, system) in used.enumerated() {
      for signal in signals.systems[system].signals {
        junctions[source.links[signal.link].to.index].control = .signalled(ControllerID(controller))
      }
    }
    let systems = used.map { signals.systems[$0] }
    let layout = MATSimLayout(source, junctions, systems: systems, driven: population.turns)
    roads = ConnectedRoads(
      junctions: junctions, links: source.links, lanes: layout.lanes.flatMap(\.self), turns: layout.turns)
    findPeriods(systems, population.time)
    for system in systems { addController(system, files[.control]) }
  }

  private mutating func findPeriods(_ systems: [MATSimSignals.System], _ defaultTime: Range<Double>) {
    for plan in systems.flatMap(\.plans) {
      guard let time = plan.time, !periods.contains(where: { $0.time == time }) else { continue }
      let name =
        periods.contains { $0.name == plan.id } ? "\(plan.id) \(plainNumber(time.lowerBound))" : plan.id
      periods.append(Period(name: name, time: time, isAllDay: false, programs: []))
    }
    if periods.isEmpty {
      periods = [Period(name: "all day", time: defaultTime, isAllDay: true, programs: [])]
    }
  }

  private mutating func addController(_ system: MATSimSignals.System, _ file: MATSimFile?) {
    guard !system.plans.isEmpty else {
      file?.log.error("there is no plan for signal system '\(system.id)'")
      return
    }
    var chosen: [Int] = []
    for period in periods {
      let plan =
        system.plans.firstIndex { $0.time == period.time } ?? system.plans.firstIndex { $0.time == nil }
      if plan == nil {
        file?.log.warning(
          "signal system '\(system.id)' has no plan for '\(period.name)': '\(system.plans[0].id)' is taken")
      }
      chosen.append(plan ?? 0)
    }
    let added = roads.add(
      GreenController(
        name: system.id, groupNames: system.groups,
        programs: system.plans.map { plan in
          GreenController.Program(
            name: plan.id, cycle: plan.cycle, offset: plan.offset,
            greens: plan.greens.map { green in green.map { [$0] } ?? [] })
        }), presentControl: system.isMadeUp ? .responding(kind: "untold") : .fixedTime)
    if let warning = added.accepted.sentence(names: system.groups, controller: system.id) {
      file?.log.warning(warning)
    }
    for (index, plan) in chosen.enumerated() { periods[index].programs.append(added.programs[plan]) }
  }

  /// The network; nil, with errors in the log, when the parts do not fit.
  func network(_ file: MATSimFile) -> Network? {
    guard periods.allSatisfy({ $0.programs.count == roads.controllers.count }) else { return nil }
    do {
      return try roads.network()
    } catch {
      for problem in error.problems {
        if case .link(let id) = problem.subject {
          file.log.error(
            "link '\(source.links[id.index].name)': \(problem.message)", at: source.places[id.index])
        } else {
          file.log.error(problem.message)
        }
      }
      return nil
    }
  }
}
