internal import ArgumentParser
internal import NetworkBuilding
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// `greenwave retime`
struct Retime: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Adjust the running plan to fresh counts, in a second.",
    discussion: """
      Stages, their order and the cycles stay; greens and offsets are adjusted, from the running ones on, within the \
      largest change allowed. The table has the junctions that gain most first, and says where the running greens no \
      longer suit the traffic. Nothing is simulated: 'greenwave benchmark' plays both plans. With -o, the plan is left \
      in DIR as plan.csv and plan.json, and for SUMO input as plan.add.xml; beside them stands report.html, a page for \
      the browser with every junction's stages before and after.

      Counts are tables of movements and times, or of times and the columns NBL, NBT, NBR …; several files are \
      several days of the same time.

      EXAMPLES
        greenwave retime network.yaml --counts monday.csv
        greenwave retime network.yaml --counts monday.csv --plan now.csv -o out
        greenwave retime network.yaml --counts a.csv --counts b.csv --robust cvar:20
        greenwave retime network.yaml --counts day.csv --period all --freeze J1 -o out
      """)

  @OptionGroup var input: ScenarioInput

  @Option(
    help: ArgumentHelp("A counts file (CSV); may be repeated, for several days.", valueName: "file"))
  var counts: [String]

  @Option(
    help: "The period, or 'all' that were counted. (default: the first that was counted)")
  var period: String?

  @Option(help: ArgumentHelp("The plan that runs now. (default: the input's)", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("The largest change of any stage, in seconds.", valueName: "seconds"))
  var maxChange = 5.0

  @Option(
    help: ArgumentHelp("One cycle for all, in seconds. (default: the running cycles)", valueName: "seconds"))
  var cycle: Double?

  @Option(help: ArgumentHelp("A controller that keeps its programme; may be repeated.", valueName: "name"))
  var freeze: [String] = []

  @OptionGroup var doubts: DoubtOptions

  @OptionGroup var uncertainty: UncertaintyOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(maxChange >= 0 && maxChange <= 3600) {
      throw ValidationError("--max-change must be from 0 to 3600 seconds.")
    }
    if let cycle, !(cycle > 0 && cycle <= 3600) {
      throw ValidationError("--cycle must be above 0 and at most 3600 seconds.")
    }
    if uncertainty.spread != nil, counts.count > 1 {
      throw ValidationError("Several counts files are days themselves: give one of them with --spread.")
    }
    if uncertainty.robust != nil, counts.count == 1, uncertainty.spread == nil {
      throw ValidationError("--robust goes with several days: more counts files, or --spread.")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let loaded = try input.readSignalled()
    let sources = output.folder == nil ? [] : try loaded.sources()
    let surveys = try SurveyInput(counts, loaded: loaded)
    let readSeconds = (clock.now - begin).inSeconds
    var options = RetimingOptions()
    options.maximumChange = maxChange
    options.cycle = cycle
    options.risk = uncertainty.risk
    options.frozen = Set(try freeze.map { try loaded.controller(named: $0) })
    options.acceptedDoubtful = try doubts.accepted(loaded)
    let periods = try periods(loaded, surveys)
    if let folder = output.folder { try OutputFiles.prepare(folder: folder) }

    var reports: [(report: RetimingReport, seconds: [String: Double])] = []
    var plans: [OutputFile] = []
    var names = FileNames()
    for (period, surveys) in periods {
      let start = clock.now
      let running = try plan.map { try loaded.plan($0, period: period) } ?? period.existingPlan
      loaded.warnIfUnsafe(running, label: plan ?? "existing")
      let days = days(surveys, network: loaded.network)
      let retiming = SignalRetiming(
        network: loaded.network, days: days, runningPlan: running, options: options)
      let result: RetimingResult
      do {
        result = try await retiming.run()
      } catch {
        throw Failure.noPlan(error.reasons(in: loaded.network))
      }
      let seconds = (clock.now - start).inSeconds
      let report = RetimingReport(
        scenario: loaded.scenario.name, period: period.name, network: loaded.network, surveys: surveys,
        days: days, options: options, result: result)
      reports.append((report, ["read": readSeconds, "retiming": seconds, "total": readSeconds + seconds]))
      if let folder = output.folder {
        let suffix = periods.count == 1 ? "" : "-" + names.unique(period.name)
        plans += try PlanFiles(loaded: loaded).files(
          of: result.plan.leavingOutStandIns(of: period.existingPlan, on: loaded.network)
            .named(period.name, changing: running), in: period, stem: "\(folder)/plan\(suffix)")
        let figures = await PeriodFigures(
          network: loaded.network, demand: days[0].demand, plans: [running, result.plan], seeds: [])
        let provenance = ReportProvenance(version: Greenwave.configuration.version, sources: sources)
        plans.append(
          OutputFile(
            path: "\(folder)/report\(suffix).html",
            text: RetimingPage(
              report, figures: figures, provenance: provenance, language: output.lang.language
            ).html
          ))
      }
    }
    try OutputFiles.write(plans)
    try Terminal.show(reports, isJSON: output.json, isList: period == "all")
    for file in plans { Terminal.tell("wrote \(file.path)") }
  }

  /// The periods to re-time, each with what was counted in it.
  private func periods(
    _ loaded: LoadedScenario, _ surveys: SurveyInput
  ) throws -> [(period: Period, surveys: [Survey])] {
    if let period, period != "all" {
      let found = try loaded.period(named: period)
      guard let counted = surveys.surveys(of: found) else { throw surveys.failure(of: found) }
      return [(found, counted)]
    }
    let counted = loaded.scenario.periods.compactMap { period in
      surveys.surveys(of: period).map { (period, $0) }
    }
    guard let first = counted.first else { throw surveys.failure(of: loaded.scenario.periods[0]) }
    guard period == "all" else { return [first] }
    for period in loaded.scenario.periods where !counted.contains(where: { $0.0.name == period.name }) {
      Terminal.tell("note: nothing was counted in the period '\(period.name)', its plan stays")
    }
    return counted
  }

  private func days(_ surveys: [Survey], network: Network) -> [DemandDay] {
    guard let spread = uncertainty.spread else {
      return surveys.map { DemandDay(name: $0.name, demand: $0.demand.demand) }
    }
    return DemandDay.days(around: surveys[0].demand.demand, network: network, spread: spread / 100)
  }
}
