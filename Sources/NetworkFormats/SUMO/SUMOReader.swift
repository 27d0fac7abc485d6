internal import TrafficModel

/// Reads the files of the SUMO simulator (version 1.28 and its relatives): see Documentation/SUMO.md.
public enum SUMOReader {
  /// Reads a `.sumocfg` and the files it names.
  ///
  /// The scenario has one period, named after the configuration. Its existing plan holds, for each signal, the
  /// programme that SUMO would run.
  /// - Parameter path: the configuration; the files it names are looked for beside it.
  /// - Throws: `InputFailure` with everything that is wrong in any of the files.
  public static func read(configuration path: String) throws(InputFailure) -> ReadScenario {
    try read(configuration: InputFiles(path))
  }

  /// Reads a network with route files.
  ///
  /// The period lasts from the first departure until some time after the last.
  /// - Parameters:
  ///   - network: a `.net.xml`, compressed or not.
  ///   - routes: `.rou.xml` files or additional files, in the order in which SUMO would load them.
  /// - Throws: `InputFailure` with everything that is wrong in any of the files.
  public static func read(network: String, routes: [String]) throws(InputFailure) -> ReadScenario {
    let input = InputFiles(network, routes: routes)
    return try read(input, SUMOConfiguration(network: network, routes: routes))
  }

  /// Reads a configuration or a network, told apart by the ending or else by the root element.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    let name = input.path.lowercased()
    if name.hasSuffix(".sumocfg") { return try read(configuration: input) }
    if [".net.xml", ".net.xml.gz"].contains(where: name.hasSuffix) { return try read(network: input) }
    return try input.file.xmlRoot() == "net" ? read(network: input) : read(configuration: input)
  }

  private static func read(configuration input: InputFiles) throws(InputFailure) -> ReadScenario {
    let files = try SUMOConfiguration(input.file)
    guard !input.routes.isEmpty else { return try read(input, files) }
    if !files.routes.isEmpty { try input.refuseRoutes("this configuration names its own") }
    return try read(input, files.naming(routes: input.routes))
  }

  private static func read(network input: InputFiles) throws(InputFailure) -> ReadScenario {
    guard !input.routes.isEmpty else {
      throw InputFailure(
        "a SUMO network has no demand of its own", at: SourceLocation(file: input.path),
        notes: ["name its route files (--routes FILE,FILE), or read the .sumocfg that names both"])
    }
    return try read(input, SUMOConfiguration(network: input.path, routes: input.routes))
  }

  /// Root elements of route files and additional files.
  static let roots = [
    "routes", "additional", "additionals", "add", "trips", "vehicles", "flows", "tazs", "data",
  ]

  private static func read(
    _ source: InputFiles, _ files: SUMOConfiguration
  ) throws(InputFailure) -> ReadScenario {
    let name = InputFile.xmlBaseName(of: source.path)
    var input = SUMOInput(begin: files.begin ?? 0, end: files.end)
    input.readNet(source[files.network])
    // SUMO loads additional files before route files, whatever the configuration's order.
    for path in files.additionals { input.readRoutes(source[path], isAdditional: true) }
    for path in files.routes { input.readRoutes(source[path], isAdditional: false) }
    let all =
      (files.isConfigured ? [source.file] : [])
      + ([files.network] + files.additionals + files.routes).map { source[$0] }
    var files = files
    files.sort(matrices: input.matrices, zones: input.zoneFiles, usesJunctions: input.elements.usesJunctions)
    guard let net = input.net, !input.isBroken else { throw InputFailure(input.diagnostics) }

    input.finish()
    var logs = input.logs
    var demand = SUMODemand(
      input.elements, begin: files.isConfigured ? files.begin ?? 0 : files.begin, end: files.end, logs: logs)
    logs = demand.logs
    let signals = SUMOSignals(
      net: net, programs: input.programs, switching: input.switching,
      time: demand.begin..<max(demand.begin, demand.end), logs: &logs)
    let roads = SUMORoads(
      net: net, signals: signals, neededEdges: demand.neededEdges, carFollowing: demand.carFollowing,
      log: &logs[0])
    // Routes are looked up even where other elements have errors, so that all are told at once.
    let built = logs[0].hasErrors ? nil : roads.network(&logs[0])
    guard let built else { throw InputFailure(SUMOInput.ordered(logs)) }
    let found = demand.demand(on: built, roads, net: net, logs: &logs)
    // Which vehicles pass where, and so how much yellow is used, is known only now.
    let network = built.usingYellow(demand.yellowUsed(found, on: built))
    if Double(found.departures.count) * files.scale > Double(InputLimits.vehicles) {
      logs[0].error("the scale of \(files.scale) brings the demand above \(InputLimits.vehicles) vehicles")
    }
    let diagnostics = files.warnings + SUMOInput.ordered(logs)
    guard !logs.contains(where: \.hasErrors) else { throw InputFailure(diagnostics) }

    let detectors = SUMODetectors(net: net, roads: roads, defaults: files.detectors)
    var existing = TimingPlan(name: "existing", programs: signals.running.map { $0.beginningWithStage() })
    for (index, actuation) in signals.actuations.enumerated() {
      existing.programs[index]?.actuation = actuation.map {
        detectors.actuation($0, of: network.controllers[index].name)
      }
    }
    let period = Period(name: name, demand: found.scaled(by: files.scale, seed: 0), existingPlan: existing)
    return ReadScenario(
      scenario: Scenario(name: name, network: network, periods: [period]), warnings: diagnostics, files: all,
      origin: SUMOOrigin(
        files: files, programNames: signals.programNames, programsOfSignal: signals.programsOfSignal))
  }
}

/// What the files of a scenario hold, file by file.
private struct SUMOInput {
  private(set) var net: NetFile?
  private(set) var elements: RouteElements
  private(set) var programs: [SUMOSignals.FiledProgram] = []
  private(set) var switching = SUMOSwitching()
  /// By file; the first is the network's.
  private(set) var logs: [DiagnosticLog] = []
  /// Paths of route files that hold matrices, and nothing but zones.
  private(set) var (matrices, zoneFiles): ([String], [String]) = ([], [])
  private let begin: Double

  init(begin: Double, end: Double?) {
    self.begin = begin
    elements = RouteElements(begin: begin, end: end)
  }

  /// Whether the network has errors or some file ends too soon: what refers to the rest would seem wrong.
  private(set) var isBroken = false
  var diagnostics: [Diagnostic] { Self.ordered(logs) }

  /// All diagnostics, in order of file, then line.
  static func ordered(_ logs: [DiagnosticLog]) -> [Diagnostic] {
    logs.flatMap { log in
      let found = log.diagnostics
      let order = found.indices.sorted {
        let (a, b) = (found[$0].location, found[$1].location)
        return (a.line ?? 0, a.column ?? 0, $0) < (b.line ?? 0, b.column ?? 0, $1)
      }
      return order.map { found[$0] }
    }
  }

  mutating func readNet(_ file: InputFile) {
    logs.append(DiagnosticLog(file))
    let net = NetFile(file, log: &logs[0], begin: begin)
    programs = net.programs.map { SUMOSignals.FiledProgram(program: $0, file: 0) }
    self.net = net
    isBroken = isBroken || logs[0].hasErrors
  }

  /// Makes vehicles of matrices, whose zones may stand in later files.
  mutating func finish() { elements.finish(&logs) }

  mutating func readRoutes(_ source: InputFile, isAdditional: Bool) {
    logs.append(DiagnosticLog(source))
    let file = logs.count - 1
    var (log, elements, programs, switching) = (logs[file], elements, programs, switching)
    do {
      if SUMOMatrix.isMatrix(try source.beginning()) {
        let text = try source.tableText().text
        SUMOMatrix.read(text, file: file, into: &elements.zones, &log)
        matrices.append(source.path)
        logs[file] = log
        self.elements = elements
        return
      }
      let root = try XMLFile.read(source, roots: SUMOReader.roots) { node in
        switch node.name {
        case "tlLogic":
          guard let program = SUMOProgram(node, begin: begin, log: &log) else { return }
          programs.append(SUMOSignals.FiledProgram(program: program, file: file))
        case "WAUT": switching.add(schedule: node, file: file, &log)
        case "wautJunction": switching.add(junction: node, file: file, &log)
        default: elements.read(node, file: file, isSorted: !isAdditional, &log)
        }
      }
      if root.name == "data" { matrices.append(source.path) }
      if root.name == "tazs", !isAdditional { zoneFiles.append(source.path) }
    } catch {
      log.append(error.diagnostics)
      isBroken = true
    }
    elements.finishFile(&log)
    logs[file] = log
    (self.elements, self.programs, self.switching) = (elements, programs, switching)
  }
}
