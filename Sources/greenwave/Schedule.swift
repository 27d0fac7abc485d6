internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import Synchronization
internal import TrafficModel
internal import TrafficSimulation

/// `greenwave schedule`
struct Schedule: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find plans for the periods of a day, and when each begins.",
    discussion: """
      Cuts the day where few plans lose little against one for each slice of the counts, finds a plan for each \
      period, and judges the schedule against the existing plan and against the best single plan, over the whole day \
      and with the transitions between plans. An input without days is taken as a day made of its periods. With -o, \
      the plans and their schedule are left in DIR as schedule.csv, schedule.json and plan-NAME.csv, and for SUMO \
      input as schedule.add.xml; beside them stands report.html, a page for the browser. A period in which no plan \
      beats the existing one with 95 % confidence keeps it.

      EXAMPLES
        greenwave schedule network.yaml --day weekday -o weekday
        greenwave schedule network.yaml --day holiday --max-plans 4 --time 30
        greenwave schedule city.sumocfg --change-cost 2 --shortest-period 60 -o out

      Ctrl-C ends the search for a period's plan, and those to come; what was found is judged and written.
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: "The day to plan. (default: the first)")
  var day: String?

  @Option(help: ArgumentHelp("The most periods that the day is cut into, from 1 to 48.", valueName: "count"))
  var maxPlans = DayOptions().mostPlans

  @Option(
    help: ArgumentHelp(
      "Vehicle-hours of delay that each change of plan counts as when the day is cut. (default: \(Int(DayOptions.changeSeconds)) s of the day's mean delay)",
      valueName: "hours"))
  var changeCost: Double?

  @Option(help: ArgumentHelp("The shortest period, in minutes.", valueName: "minutes"))
  var shortestPeriod = DayOptions().shortestPeriod / 60

  @OptionGroup var search: SearchOptions

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...48).contains(maxPlans) else { throw ValidationError("--max-plans must be from 1 to 48.") }
    if let changeCost, !(changeCost >= 0 && changeCost <= 1e6) {
      throw ValidationError("--change-cost must be from 0 to 1000000 vehicle-hours.")
    }
    guard (0...1440).contains(shortestPeriod) else {
      throw ValidationError("--shortest-period must be from 0 to 1440 minutes.")
    }
  }

  func run() async throws {
    var loaded = try input.readSignalled()
    // Who changes plans by the clock does not respond in between.
    loaded.scenario = loaded.scenario.withoutResponses
    let sources = output.folder == nil ? [] : try loaded.sources()
    let day = try loaded.day(named: day)
    loaded.warnIfUnsafe(day.existingPlan, label: "existing")
    if let folder = output.folder { try OutputFiles.prepare(folder: folder) }
    let planner = DayPlanner(
      network: loaded.network, day: day, options: try search.options(loaded), dayOptions: dayOptions)
    let plan = try await found(by: planner, on: loaded.network, label: day.name)
    let report = DayReport(
      scenario: loaded.scenario.name, network: loaded.network, demand: day.demand, plan: plan)
    var files: [OutputFile] = []
    if let folder = output.folder {
      let provenance = ReportProvenance(version: Greenwave.configuration.version, sources: sources)
      files = try ScheduleFiles(loaded: loaded).files(
        of: plan, existing: day.existingPlan, folder: folder)
      files.append(
        OutputFile(
          path: "\(folder)/report.html",
          text: DayPage(report, provenance: provenance, language: output.lang.language).html))
    }
    try OutputFiles.write(files)
    try Terminal.show(report.text, json: try report.json(), isJSON: output.json)
    for file in files { Terminal.tell("wrote \(file.path)") }
  }

  private func found(by planner: DayPlanner, on network: Network, label: String) async throws -> DayPlan {
    Interruption.listen()
    let deadline = Mutex<ContinuousClock.Instant?>(nil)
    let progress = ProgressLine(label: label)
    defer { _ = progress.finish() }
    do {
      let plan = try await planner.run(
        shouldStop: {
          Interruption.isRequested || deadline.withLock { $0 }.map { ContinuousClock.now >= $0 } ?? false
        },
        willSearch: { deadline.withLock { $0 = search.deadline } },
        progress: { progress.update($0, $1) })
      if Interruption.isRequested { Terminal.tell("stopped: the plans are the best found so far") }
      return plan
    } catch {
      switch error {
      case .noPlan(let failure): throw Failure.noPlan(failure.reasons(in: network))
      case .impossible(let change): throw Failure.noPlan(change.reasons)
      }
    }
  }

  private var dayOptions: DayOptions {
    var options = DayOptions()
    options.mostPlans = maxPlans
    options.changeCost = changeCost.map { $0 * Quantities.secondsPerHour }
    options.shortestPeriod = shortestPeriod * 60
    return options
  }
}
