internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// `greenwave show`
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a plan as a table by junction.",
    discussion: """
      PLAN is a plan as a table, JSON, or an additional file of SUMO, which is shown interval by interval; or a file that \
      describes a network, whose present plan is shown group by group. With --network every format of plans is read, and \
      shown group by group.

      EXAMPLES
        greenwave show out/plan.csv
        greenwave show out/plan.add.xml
        greenwave show out/plan.csv --network network.yaml
        greenwave show network.yaml --period pm-peak
      """)

  @Argument(help: "The plan, or a network with its present plan.", completion: .file())
  var plan: String

  @Option(help: ArgumentHelp("The network that the plan is for.", valueName: "input"))
  var network: String?

  @Option(
    help: ArgumentHelp("Route files of a SUMO network, separated by commas.", valueName: "files"))
  var routes: String?

  @Option(help: "The period. (default: the first)")
  var period: String?

  @OptionGroup var messages: MessageOptions

  func run() throws {
    Terminal.talk = messages.talk
    if let network {
      let loaded = try LoadedScenario(network, routes: routes)
      loaded.tell(loaded.warnings)
      let period = try loaded.period(named: period)
      let read = try loaded.partialPlan(plan, period: period)
      loaded.tell(read.warnings)
      return try Terminal.show(report: { PlanSheetReport(plan: read.plan, network: loaded.network).text })
    }
    guard describesNetwork else { return try showAlone() }
    let loaded = try LoadedScenario(plan, routes: routes)
    loaded.tell(loaded.warnings)
    let shown = try loaded.period(named: period).existingPlan
    try Terminal.show(report: { PlanSheetReport(plan: shown, network: loaded.network).text })
  }

  private var describesNetwork: Bool {
    (try? FormatRegistry.tool.format(of: InputFiles(plan))) != nil
  }

  private func showAlone() throws {
    if period != nil {
      throw Failure.usage(
        "only a network tells its periods", hint: "name the network that the plan is for with --network")
    }
    let day = PlanTime(period: "", time: 0..<86_400)
    let read = try FormatRegistry.tool.readPlan(alone: InputFiles(plan), at: day)
    for warning in read.warnings { Terminal.tell(warning.text, .warning) }
    try Terminal.show(report: { PlanTable(plan: read.plan, network: read.network).text })
  }
}
