internal import ArgumentParser
internal import Foundation
internal import NetworkFormats
internal import TrafficModel

/// `greenwave convert`
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Write a network with its demand and plans in another format, or a counts sheet as a plain table.",
    discussion: """
      The format is told by the output's ending, or by --to. What the format cannot say is told on standard error; \
      with --strict that is an error, and nothing is written.

      Of counts as surveys deliver them, workbooks among them, a .csv output is a counts file of greenwave's own layout.

      EXAMPLES
        greenwave convert city.sumocfg city.yaml
        greenwave convert city.net.xml city.yaml --routes city.rou.xml --strict
        greenwave convert network.yaml for-sumo --to sumo --plan out/plan.csv
        greenwave convert counts.xlsx counts.csv
      """)

  @OptionGroup var input: ScenarioInput

  @Argument(help: "The file or folder to write; - for standard output.", completion: .file())
  var output: String

  @Option(help: ArgumentHelp("The format. (default: by the output's ending)", valueName: "format"))
  var to: NetworkTarget?

  @Option(
    help: ArgumentHelp(
      "A plan to write as the one in force, in all periods. (default: the existing one)", valueName: "file"))
  var plan: String?

  @Flag(help: "Write nothing when the format cannot say everything.")
  var strict = false

  func run() throws {
    if to == nil, plan == nil, output.lowercased().hasSuffix(".csv") || output == "-",
      CountsFile.isCounts(input.input)
    {
      return try convertCounts()
    }
    guard let target = to?.writer ?? FormatRegistry.tool.networkWriter(forOutput: output) else {
      let known = NetworkTarget.allValueStrings.joined(separator: ", ")
      throw Failure.usage(
        "the name '\(output)' does not tell the format", hint: "say it with --to; known are \(known)")
    }
    try refuseInput()
    var loaded = try input.read()
    if let plan { try loaded.run(plan) }
    let written = try target.write(loaded.scenario, origin: loaded.origin)
    let pictured = loaded.network.controllers.filter { controller in
      if case .actuated = controller.presentControl { return true }
      return target.name != "native" && controller.presentControl != .fixedTime
    }.map(\.name)
    if !pictured.isEmpty {
      Terminal.tell(
        "warning: written as fixed-time programmes, which only stand for what runs: \(pictured.joined(separator: ", "))",
        .warning)
    }
    for loss in written.losses {
      Terminal.tell("\(strict ? "error" : "warning"): not written: \(loss)", strict ? .error : .warning)
    }
    if strict, !written.losses.isEmpty {
      throw Failure.notExpressible(format: target.name, count: written.losses.count)
    }
    for path in try written.put(at: output, format: target.name) { Terminal.tell("wrote \(path)") }
  }

  /// Writes what a counts file holds in the layout of Documentation/Counts.md, whatever network it is of.
  private func convertCounts() throws {
    Terminal.talk = input.messages.talk
    try refuseInput()
    let sheet = try CountsFile.sheet(input.input)
    for warning in sheet.warnings { Terminal.tell(warning.text, .warning) }
    Terminal.tell("\(input.input): \(sheet.words)")
    guard let text = sheet.csv else {
      throw Failure.usage(
        "the file counts links, and a counts sheet has turns",
        hint: "with a network, 'check' and 'retime' read the file as it is: --counts \(input.input)")
    }
    for path in try WrittenScenario(text: text).put(at: output, format: "counts") {
      Terminal.tell("wrote \(path)")
    }
  }

  private func refuseInput() throws {
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard output == "-" || place(output) != place(input.input) else {
      throw Failure.usage(
        "'\(output)' is the input", hint: "its comments would be lost; give the output another name")
    }
  }
}
