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
      several periods give plan-PERIOD.csv and so on. Where no plan beats the existing one with 95 % confidence, \
      the existing one is written.

      EXAMPLES
        greenwave optimize network.yaml
        greenwave optimize network.yaml --period all -o out
        greenwave optimize city.sumocfg --objective throughput --cycle common -o out
        greenwave optimize city.net.xml --routes cars.rou.xml,buses.rou.xml --json
        greenwave optimize network.yaml --freeze J1 --freeze J4 --max-change 8
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: "The period to optimize, or 'all'. (default: the first)")
  var period: String?

  @Option(help: "What to make as good as possible.")
  var objective = Objective.delay

  @Option(
    help: ArgumentHelp(
      "How to choose cycles: 'best', 'per-junction', 'common', 'existing', or one cycle in seconds for all.",
      valueName: "choice"))
  var cycle = CycleArgument(choice: .best)

  @Option(help: ArgumentHelp("A controller that keeps its programme; may be repeated.", valueName: "name"))
  var freeze: [String] = []

  @Option(help: ArgumentHelp("The largest change of any stage, in seconds.", valueName: "seconds"))
  var maxChange: Double?

  @Option(help: ArgumentHelp("A plan file to take as the existing plan.", valueName: "file"))
  var plan: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder for the plan.", valueName: "dir"))
  var output: String?

  @Flag(help: "Print the summary as JSON instead of tables.")
  var json = false

  @Option(
    name: .customLong("write-lp"),
    help: ArgumentHelp("A folder for the linear programs behind the green times.", valueName: "dir"))
  var linearPrograms: String?

  func validate() throws {
    if let maxChange, !(maxChange >= 0 && maxChange <= 3600) {
      throw ValidationError("--max-change must be from 0 to 3600 seconds.")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let loaded = try input.read()
    let readSeconds = (clock.now - begin).inSeconds
    let periods = period == "all" ? loaded.scenario.periods : [try loaded.period(named: period)]
    let options = try options(loaded)
    for folder in [output, linearPrograms].compactMap({ $0 }) { try OutputFiles.prepare(folder: folder) }

    var reports: [(report: OptimizationReport, seconds: [String: Double])] = []
    var files: [OutputFile] = []
    var names = FileNames(periods: periods.map(\.name))
    for period in periods {
      let start = clock.now
      let existing = try plan.map { try loaded.plan($0, period: period) } ?? period.existingPlan
      let optimizer = SignalOptimizer(
        network: loaded.network, demand: period.demand, existingPlan: existing, options: options)
      let progress = ProgressLine(label: period.name)
      let result: OptimizationResult
      do {
        result = try await optimizer.run { progress.update($0, $1) }
      } catch {
        _ = progress.finish()
        throw error
      }
      var seconds = progress.finish()
      seconds["read"] = readSeconds
      seconds["total"] = readSeconds + (clock.now - start).inSeconds
      reports.append(
        (
          OptimizationReport(
            scenario: loaded.scenario.name, period: period.name, network: loaded.network,
            demand: period.demand, result: result), seconds
        ))
      let suffix = names.suffix(of: period.name)
      if let output {
        files += try PlanFiles(loaded: loaded).files(
          of: named(result.plan, existing: existing, period: period), stem: "\(output)/plan\(suffix)")
      }
      if let linearPrograms {
        let chosen = result.comparison.entries[1].plan
        files += optimizer.linearPrograms(of: chosen).map {
          OutputFile(
            path: "\(linearPrograms)/\(loaded.network[$0.controller].name.asFileName)\(suffix).lp",
            text: $0.text)
        }
      }
    }
    try OutputFiles.write(files)
    if json {
      Terminal.show(
        period == "all"
          ? try OptimizationReport.json(of: reports) : try reports[0].report.json(seconds: reports[0].seconds)
      )
    } else {
      Terminal.show(reports.map(\.report.text).joined(separator: "\n"))
    }
    for file in files where output.map({ file.path.hasPrefix($0 + "/") }) == true {
      Terminal.tell("wrote \(file.path)")
    }
  }

  private func options(_ loaded: LoadedScenario) throws -> OptimizationOptions {
    var options = OptimizationOptions()
    options.objective = objective
    options.cycle = cycle.choice
    options.maximumChange = maxChange
    options.frozen = Set(try freeze.map { try loaded.controller(named: $0) })
    return options
  }

  /// The plan under the period's name; programmes that are not the existing ones get a name of their own.
  private func named(_ plan: TimingPlan, existing: TimingPlan, period: Period) -> TimingPlan {
    TimingPlan(
      name: period.name,
      programs: zip(plan.programs, existing.programs).map { new, old in
        var new = new
        if new != old { new?.name = "greenwave" }
        return new
      })
  }
}

/// The endings that tell the plan files of several periods apart.
private struct FileNames {
  private let isSingle: Bool
  private var used: [String] = []

  init(periods: [String]) { isSingle = periods.count == 1 }

  /// `-period`, made unique where two names differ only in what file names cannot hold; empty for one period.
  mutating func suffix(of period: String) -> String {
    guard !isSingle else { return "" }
    let name = period.asFileName
    var unique = name
    var number = 1
    while used.contains(unique) {
      number += 1
      unique = "\(name)-\(number)"
    }
    used.append(unique)
    return "-" + unique
  }
}
