internal import ArgumentParser
internal import NetworkFormats
internal import TrafficModel

/// `greenwave export`
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a plan in another format.",
    discussion: """
      What the format cannot say is told on standard error. For a network that was read from UTDF or GMNS, the plan is \
      put into its own file, or its own signal tables; all else stays as it is.

      EXAMPLES
        greenwave export network.yaml --plan out/plan.csv --format json
        greenwave export network.yaml --plan out/plan.csv --to sheet
        greenwave export network.yaml --period pm-peak --to sheet-csv -o sheet.csv
        greenwave export network.yaml --plan out/plan.csv --to vissim -o signals
        greenwave export network.yaml --to ntcip -o controllers.csv
        greenwave export city.sumocfg --plan plan.csv --format sumo -o plan.add.xml
        greenwave export city.yaml --to utdf --template synchro.csv -o new.csv
        greenwave export gmns --plan out/plan.csv --to gmns -o signals
      """)

  @OptionGroup var input: ScenarioInput

  @Option(help: ArgumentHelp("The plan to write. (default: the existing one)", valueName: "file"))
  var plan: String?

  @Option(
    name: [.long, .customLong("to")], help: "The format; sheet is for who keys plans into controllers.")
  var format: PlanTarget

  @Option(
    help: ArgumentHelp(
      "With --to utdf: the UTDF file that the plan is put into. (default: the input where it is one)",
      valueName: "file"))
  var template: String?

  @Option(help: "The period that the plan is for. (default: the first)")
  var period: String?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file or folder to write. (default: standard output)", valueName: "path"))
  var output: String?

  func validate() throws {
    if template != nil, format.writer.name != "utdf" {
      throw ValidationError("--template goes with --to utdf.")
    }
  }

  func run() throws {
    let loaded = try input.read()
    let period = try loaded.period(named: period)
    let read = try plan.map { try loaded.partialPlan($0, period: period) }
    loaded.tell(read?.warnings ?? [])
    let existing = StandIns(
      leftOutOf: period.existingPlan, existing: period.existingPlan, network: loaded.network)
    if read == nil { existing.tell() }
    var target = loaded
    if let template { target.origin = try UTDFWriter.origin(template: template) }
    let written = try PlanFiles(loaded: target).written(
      read?.plan ?? existing.plan, as: format.writer, in: period)
    for loss in written.losses { Terminal.tell("warning: not written: \(loss)", .warning) }
    _ = try written.put(at: output ?? "-", format: format.writer.name)
  }
}
