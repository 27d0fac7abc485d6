internal import ArgumentParser
internal import CapacityWorksheets
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// `greenwave capacity`
struct Capacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the Highway Capacity Manual's worksheet of every signalled junction.",
    discussion: """
      Lane group by lane group: flow, saturation flow and its factors, capacity, v/c, delay, level of service, queues \
      against the room for them; then approaches, the junction, people on foot and bicycles. Now, and with --plan also \
      under that plan. What the manual does not cover is named. Nothing is simulated.

      EXAMPLES
        greenwave capacity network.yaml
        greenwave capacity network.yaml --plan out/plan.csv --junction Square
        greenwave capacity network.yaml --period pm-peak --json
        greenwave capacity city.sumocfg --csv worksheets
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: "The period. (default: the first)")
  var period: String?

  @Option(help: ArgumentHelp("A plan to show beside what runs now.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("Only this junction.", valueName: "name"))
  var junction: String?

  @Option(
    help: ArgumentHelp(
      "Show how the figures of a lane group came about, such as 'NB TR'.", valueName: "lane-group"))
  var explain: String?

  @Option(
    help: ArgumentHelp(
      "Write the lane groups to a file that ends in .csv, or all tables into a folder.",
      valueName: "file-or-dir"))
  var csv: String?

  @Flag(help: "Print the worksheets as JSON instead of tables.")
  var json = false

  func validate() throws {
    if csv == "" { throw ValidationError("A file or folder must have a name; '.' is the present folder.") }
    if csv != nil, explain != nil { throw ValidationError("--csv and --explain exclude each other.") }
  }

  func run() throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let loaded = try input.read()
    let read = clock.now
    let period = try loaded.period(named: period)
    let junction = try junction.map { try loaded.signalledJunction(named: $0) }
    var sides = [
      CapacityReport.Side(
        name: "now",
        study: CapacityStudy(
          network: loaded.network, plan: period.existingPlan, demand: period.demand, detectorsDecide: true))
    ]
    if let plan {
      let given = try loaded.plan(plan, period: period)
      loaded.warnIfUnsafe(given, label: plan)
      sides.append(
        CapacityReport.Side(
          name: FileNames.last(of: plan),
          study: CapacityStudy(network: loaded.network, plan: given, demand: period.demand)))
    }
    if let explain { return try show(explain, sides, at: junction, loaded) }
    let report = CapacityReport(
      scenario: loaded.scenario.name, period: period.name, network: loaded.network, sides: sides,
      junction: junction)
    let files = csv.map { Self.files(report, $0) } ?? []
    if let csv, !csv.lowercased().hasSuffix(".csv") { try OutputFiles.prepare(folder: csv) }
    try OutputFiles.write(files)
    let seconds = [
      "read": (read - begin).inSeconds, "worksheets": (clock.now - read).inSeconds,
      "total": (clock.now - begin).inSeconds,
    ]
    try Terminal.show(report.text, json: try report.json(seconds: seconds), isJSON: json)
    for file in files { Terminal.tell("wrote \(file.path)") }
  }

  /// One table in a file, or all in a folder.
  private static func files(_ report: CapacityReport, _ path: String) -> [OutputFile] {
    guard !path.lowercased().hasSuffix(".csv") else {
      return [OutputFile(path: path, text: CSVTable.text(report.tables[0].rows))]
    }
    return report.tables.map { OutputFile(path: "\(path)/\($0.name).csv", text: CSVTable.text($0.rows)) }
  }

  private func show(
    _ name: String, _ sides: [CapacityReport.Side], at junction: JunctionID?, _ loaded: LoadedScenario
  ) throws {
    let all = sides[0].study.worksheets.filter { junction == nil || $0.junction == junction }
    let found = all.filter { $0.laneGroup(name) != nil }
    guard let first = found.first, let group = first.laneGroup(name) else {
      let known = all.flatMap(\.laneGroups).map(\.name).reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
      }
      throw Failure.usage("unknown lane group '\(name)'", hint: loaded.hint(for: name, among: known))
    }
    guard found.count == 1 else {
      throw Failure.usage(
        "\(found.count) junctions have a lane group '\(name)'",
        hint: "name one by --junction: \(found.prefix(12).map(\.name).joined(separator: ", "))")
    }
    let explanations = sides.compactMap { side in
      side.study[first.junction].flatMap { worksheet in
        worksheet.laneGroup(name).flatMap { CapacityExplanation($0, of: worksheet, plan: side.name) }
      }
    }
    guard !explanations.isEmpty else {
      let reason = group.notCovered.map { ": " + $0.words(in: loaded.network) } ?? ""
      throw Failure.usage("the manual does not cover '\(name)'\(reason)", hint: nil)
    }
    try Terminal.show(
      explanations.map(\.text).joined(separator: "\n"),
      json: try CapacityExplanation.json(of: explanations), isJSON: json)
  }
}

extension LoadedScenario {
  /// The signalled junction of a name.
  func signalledJunction(named name: String) throws -> JunctionID {
    let signalled = network.junctions.indices.filter {
      if case .signalled = network.junctions[$0].control { true } else { false }
    }
    if let index = signalled.first(where: { network.junctions[$0].name == name }) { return JunctionID(index) }
    let known = signalled.map { network.junctions[$0].name }
    let exists = network.junctions.contains { $0.name == name }
    throw Failure.usage(
      exists ? "junction '\(name)' has no signals" : "unknown junction '\(name)'",
      hint: hint(for: name, among: known))
  }
}
