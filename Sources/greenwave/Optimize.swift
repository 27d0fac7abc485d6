internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// `greenwave optimize`
struct Optimize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find better green times and cycles, and prove how good they are.",
    discussion: """
      Prints the existing plan against the proposed one, both played on the same vehicles, then what limits each \
      junction. With -o, the plan is left in DIR as plan.csv and plan.json, and for SUMO input as plan.add.xml; \
      several periods give plan-PERIOD.csv and so on. Beside it stands report.html, a page for the browser with the map, \
      the junctions and the time-space diagrams. Where no plan beats the existing one with 95 % confidence, \
      the existing one is written. With --objective bandwidth the plan with the widest green waves is written, \
      and the report says what they do to delay.

      EXAMPLES
        greenwave optimize network.yaml
        greenwave optimize network.yaml --period all -o out
        greenwave optimize city.sumocfg --objective throughput --cycle common -o out
        greenwave optimize city.net.xml --routes cars.rou.xml,buses.rou.xml --json
        greenwave optimize network.yaml --freeze J1 --freeze J4 --max-change 8
        greenwave optimize network.yaml --stages existing --time 120
        greenwave optimize network.yaml --objective bandwidth --arterial J1,J2,J3
        greenwave optimize network.yaml --spread 20 --robust cvar:20
        greenwave optimize network.yaml --close J1.E --queue-limit J3.N=25

      Ctrl-C ends the search: the best plan so far is judged and written. Pressed again, it ends the program.
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: "The period to optimize, or 'all'. (default: the first)")
  var period: String?

  @Option(help: "What to make as good as possible.")
  var objective = Goal.delay

  @Option(
    help: ArgumentHelp(
      "With --objective bandwidth: the arterial's controllers in order, separated by commas. (default: the longest chain of neighbouring signals with traffic both ways)",
      valueName: "names"))
  var arterial: String?

  @Option(
    help: ArgumentHelp(
      "With --objective bandwidth: OUTBOUND:INBOUND, the ratio of the bands; or the inbound one's weight, from 0 to 1. (default: 1:1)",
      valueName: "balance"))
  var balance: BalanceArgument?

  @Option(
    help: ArgumentHelp(
      "With --objective delay: what a pedestrian's second of delay counts against a vehicle's, from 0 to 100.",
      valueName: "weight"))
  var pedestrianWeight = 0.0

  @OptionGroup var search: SearchOptions

  @Option(
    help:
      "What becomes of signals that respond to traffic: 'fixed' plans fixed-time programmes for them, 'keep' leaves them as they respond and plans the others."
  )
  var control = ControlArgument.fixed

  @Option(help: ArgumentHelp("The largest change of any stage, in seconds.", valueName: "seconds"))
  var maxChange: Double?

  @Option(help: ArgumentHelp("A plan file to take as the existing plan.", valueName: "file"))
  var plan: String?

  @OptionGroup var roads: RoadConditions

  @OptionGroup var scenarios: ScenarioOptions

  @Option(
    help:
      "Who has the last word: 'greenwave', or 'sumo', where that is installed and the input is SUMO's. What does not hold in both is not proposed."
  )
  var judge = JudgeArgument.greenwave

  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("write-lp"),
    help: ArgumentHelp("A folder for the linear programs behind the green times.", valueName: "dir"))
  var linearPrograms: String?

  func validate() throws {
    if objective != .bandwidth, arterial != nil || balance != nil {
      throw ValidationError("--arterial and --balance go with --objective bandwidth.")
    }
    if objective == .bandwidth, search.time != nil {
      throw ValidationError("--objective bandwidth is solved, not searched: --time has no use.")
    }
    guard pedestrianWeight >= 0, pedestrianWeight <= 100 else {
      throw ValidationError("--pedestrian-weight must be from 0 to 100.")
    }
    if pedestrianWeight > 0, objective != .delay {
      throw ValidationError("--pedestrian-weight goes with --objective delay.")
    }
    if judge == .sumo, objective == .bandwidth || scenarios.areGiven {
      throw ValidationError("--judge sumo goes with a plan for one day, and not with --objective bandwidth.")
    }
    if linearPrograms == "" {
      throw ValidationError("A folder must have a name; '.' is the present one.")
    }
    if scenarios.areGiven, objective != .delay {
      throw ValidationError("A plan for several days is found for --objective delay only.")
    }
    if let maxChange, !(maxChange >= 0 && maxChange <= 3600) {
      throw ValidationError("--max-change must be from 0 to 3600 seconds.")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let input = try roads.limited(try input.readSignalled())
    let sources = output.folder == nil ? [] : try input.sources()
    let readSeconds = (clock.now - begin).inSeconds
    let periods = period == "all" ? input.scenario.periods : [try input.period(named: period)]
    let asked = try options(input)
    let waves = try bandwidthOptions(input)
    for folder in [output.folder, linearPrograms].compactMap({ $0 }) {
      try OutputFiles.prepare(folder: folder)
    }

    var reports: [(report: OptimizationReport, seconds: [String: Double])] = []
    var plans: [OutputFile] = []
    var programs: [OutputFile] = []
    var names = FileNames()
    var programNames = FileNames()
    for period in periods {
      let start = clock.now
      let disrupted = try roads.disrupted(input, in: period)
      let (loaded, period) = (disrupted.loaded, disrupted.period)
      let existing = try plan.map { try loaded.plan($0, period: period) } ?? period.existingPlan
      loaded.warnIfUnsafe(existing, label: plan ?? "existing")
      var options = asked
      control.apply(to: &options, existing: existing)
      let optimizer = SignalOptimizer(
        network: loaded.network, demand: period.demand, existingPlan: existing, options: options)
      let days = try scenarios.days(of: period, in: loaded)
      let judge =
        judge == .sumo
        ? try SecondJudge(loaded, period, isAsGiven: !roads.areIncidents && plan == nil) : nil
      var (result, bandwidth, seconds) = try await run(
        optimizer, on: loaded.network, waves: waves, label: period.name)
      var verdict: SUMOVerdict?
      if let judge, result.plan.programs != existing.programs {
        (result, verdict) = try await judge.confirmed(result, by: optimizer)
      }
      let robust = await robust(optimizer, over: days, from: result, label: period.name, &seconds)
      seconds["read"] = readSeconds
      seconds["total"] = readSeconds + (clock.now - start).inSeconds
      let suffix = periods.count == 1 ? "" : "-" + names.unique(period.name)
      var chosen = (robust?.plan ?? result.plan).leavingOutStandIns(of: existing, on: loaded.network)
      let present = try await presentControl(
        chosen.named(period.name, changing: existing), loaded, period, suffix: suffix, options)
      // What does worse in SUMO than what runs today is nobody's plan.
      if present.isImprovement == false {
        chosen = existing.leavingOutStandIns(of: existing, on: loaded.network)
      }
      let report = OptimizationReport(
        scenario: loaded.scenario.name, period: period.name, network: loaded.network, demand: period.demand,
        result: result, bandwidth: bandwidth, disruption: disrupted.report, robust: robust,
        presentControl: present, judge: verdict, isStopped: Interruption.isRequested)
      reports.append((report, seconds))
      if let folder = output.folder {
        plans += try PlanFiles(loaded: loaded).files(
          of: chosen.named(period.name, changing: existing), in: period, stem: "\(folder)/plan\(suffix)")
        plans.append(
          OutputFile(path: "\(folder)/report\(suffix).html", text: await page(of: report, sources: sources)))
      }
      if let linearPrograms {
        if let bandwidth {
          let name = programNames.unique("bandwidth" + suffix)
          programs.append(OutputFile(path: "\(linearPrograms)/\(name).lp", text: bandwidth.program))
        }
        let behind = optimizer.linearPrograms(of: result.comparison.proposed.plan)
        programs += behind.filter { bandwidth?.controllers.contains($0.controller) ?? true }.map {
          let name = programNames.unique(loaded.network[$0.controller].name + suffix)
          return OutputFile(path: "\(linearPrograms)/\(name).lp", text: $0.text)
        }
      }
    }
    try OutputFiles.write(plans + programs)
    try Terminal.show(reports, isJSON: output.json, isList: period == "all")
    for file in plans { Terminal.tell("wrote \(file.path)") }
    if let linearPrograms { Terminal.tell("wrote \(programs.count) linear programs to \(linearPrograms)") }
  }

  /// Runs an optimization with a progress line.
  private func run(
    _ optimizer: SignalOptimizer, on network: Network, waves: BandwidthOptions?, label: String
  ) async throws -> (result: OptimizationResult, bandwidth: BandwidthReport?, seconds: [String: Double]) {
    let deadline = search.deadline
    let progress = ProgressLine(label: label, deadline: deadline)
    do {
      if let waves {
        let found = try await optimizer.widestBands(waves) { progress.update($0) }
        return (found.optimization, found.bandwidth, progress.finish())
      }
      Interruption.listen()
      let result = try await optimizer.run(
        shouldStop: { Interruption.isRequested || deadline.map { ContinuousClock.now >= $0 } ?? false },
        progress: { progress.update($0) })
      let seconds = progress.finish()
      if Interruption.isRequested { Terminal.tell("stopped: the plan is the best found so far") }
      return (result, nil, seconds)
    } catch {
      _ = progress.finish()
      throw Failure.noPlan(error.reasons(in: network))
    }
  }

  /// What runs today beside its stand-ins, with a comparison in SUMO where that is installed and can make one.
  private func presentControl(
    _ proposed: TimingPlan, _ loaded: LoadedScenario, _ period: Period, suffix: String,
    _ options: OptimizationOptions
  ) async throws -> PresentControlReport {
    func report(_ verdict: SUMOVerdict?, command: String?) -> PresentControlReport {
      PresentControlReport(
        network: loaded.network, accepted: options.acceptedDoubtful,
        planned: Set(proposed.programs.compactMap { $0?.controller }), sumo: verdict, command: command)
    }
    guard !loaded.network.controllersNotPlayed.isEmpty, let files = (loaded.origin as? SUMOOrigin)?.files,
      !roads.areIncidents, plan == nil
    else { return report(nil, command: nil) }
    let isEmpty = proposed.programs.allSatisfy { $0 == nil }
    let folder = output.folder ?? "DIR"
    let command = "greenwave benchmark \(input.commandWords) --plan \(folder)/plan\(suffix).csv --sumo"
    guard !isEmpty, let installation = try? SUMOInstallation.find() else {
      return report(nil, command: isEmpty ? nil : command)
    }
    let progress = ProgressLine(label: period.name)
    defer { _ = progress.finish() }
    progress.update("SUMO", 0, overall: 0)
    let run = SUMORun(
      installation: installation, files: files, period: period.demand.begin..<period.demand.end)
    let text = try loaded.loadable(proposed, in: period)?.text
    let comparison: PlanComparison
    do {
      comparison = try await run.comparison(
        of: [(plan: period.existingPlan, text: nil), (plan: proposed, text: text)],
        seeds: options.judgementSeeds)
    } catch {
      // The search is not lost because SUMO does not play the input.
      let reason = FailureReport(error).text
      Terminal.tell("warning: the plan was not compared with what runs today\n\(reason)", .warning)
      return report(nil, command: command)
    }
    return report(SUMOVerdict(version: installation.version, comparison: comparison), command: command)
  }

  /// One plan for all days, where there are several.
  private func robust(
    _ optimizer: SignalOptimizer, over days: [DemandDay]?, from result: OptimizationResult, label: String,
    _ seconds: inout [String: Double]
  ) async -> RobustResult? {
    guard let days else { return nil }
    let progress = ProgressLine(label: label)
    let found = await optimizer.robust(over: days, risk: scenarios.uncertainty.risk, from: result) {
      progress.update($0)
    }
    seconds.merge(progress.finish()) { $0 + $1 }
    return found
  }

  private func page(of report: OptimizationReport, sources: [ReportProvenance.Source]) async -> String {
    let provenance = ReportProvenance(version: Greenwave.configuration.version, sources: sources)
    return ReportPage(
      report, figures: await ReportPage.figures(of: report),
      throughput: await ReportPage.throughput(of: report),
      provenance: provenance, language: output.lang.language
    ).html
  }

  private func options(_ loaded: LoadedScenario) throws -> OptimizationOptions {
    var options = try search.options(loaded)
    options.objective = objective.objective
    options.pedestrianWeight = pedestrianWeight
    options.maximumChange = maxChange
    return options
  }

  private func bandwidthOptions(_ loaded: LoadedScenario) throws -> BandwidthOptions? {
    guard objective == .bandwidth else { return nil }
    var options = BandwidthOptions()
    if let balance { options.balance = balance.balance }
    options.arterial = try loaded.controllers(named: arterial)
    return options
  }
}
