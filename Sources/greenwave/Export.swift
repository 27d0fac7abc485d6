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
        greenwave export network.yaml --plan out/plan.csv --to sheet
        greenwave export network.yaml --period pm-peak --to sheet-csv -o sheet.csv
        greenwave export city.sumocfg --plan plan.csv --format sumo -o plan.add.xml
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: ArgumentHelp("The plan to write. (default: the existing one)", valueName: "file"))
  var plan: String?

  @Option(
    name: [.long, .customLong("to")], help: "The format; sheet is for who keys plans into controllers.")
  var format: PlanFormat

  @Option(help: "The period that the plan is for. (default: the first)")
  var period: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  func run() throws {
    let loaded = try input.read()
    let period = try loaded.period(named: period)
    let plan = try plan.map { file throws in
      try PlanFile.read(file, network: loaded.network, begin: period.demand.begin)
    }
    let text = try PlanFiles(loaded: loaded).text(of: plan ?? period.existingPlan, format: format)
    if let output {
      try OutputFiles.write([OutputFile(path: output, text: text)])
    } else {
      try Terminal.show(text)
    }
  }
}
