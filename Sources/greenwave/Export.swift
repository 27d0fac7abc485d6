internal import ArgumentParser
internal import NetworkFormats
internal import TrafficModel

/// `greenwave export`
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a plan in another format.",
    discussion: """
      EXAMPLES
        greenwave export network.yaml --plan out/plan.csv --format json
        greenwave export city.sumocfg --plan plan.csv --format sumo -o plan.add.xml
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: ArgumentHelp("The plan to write.", valueName: "file"))
  var plan: String

  @Option(help: "The format.")
  var format: PlanFormat

  @Option(help: "The period that the plan is for. (default: the first)")
  var period: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  func run() throws {
    let loaded = try input.read()
    let begin = try loaded.period(named: period).demand.begin
    let plan = try PlanFile.read(plan, network: loaded.network, begin: begin)
    let text = try PlanFiles(loaded: loaded).text(of: plan, format: format)
    if let output {
      try OutputFiles.write([OutputFile(path: output, text: text)])
    } else {
      try Terminal.show(text)
    }
  }
}
