internal import ArgumentParser
internal import NetworkBuilding
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// `greenwave sheet`
struct Sheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Make the sheets that an engineer hands in: one page of A4 for each junction, or what is keyed in.",
    discussion: """
      A page has the lanes with their volumes, stages or rings, phases with their times now and new, intergreens, measures by \
      lane group, people on foot. Its kind is told by the file's ending: .html, .pdf or, of one junction, .svg. With .csv \
      or .txt it is the controller sheet: by ring the phases, or the stages, in whole seconds, whose splits add up to the cycle.

      EXAMPLES
        greenwave sheet network.yaml --plan out/plan.csv -o sheets.html
        greenwave sheet network.yaml --plan out/plan.csv --junction J4 -o J4.svg
        greenwave sheet network.yaml --plan out/plan.csv --lang zh -o sheets.pdf
        greenwave sheet city.sumocfg -o today.html
        greenwave sheet network.yaml --plan out/plan.csv -o controllers.csv
        greenwave sheet network.yaml --period pm-peak --junction J4 -o J4.txt
      """)

  /// What a sheet can be, by the ending of its file.
  enum Kind: String, CaseIterable {
    case html, svg, pdf, csv, txt
  }

  @OptionGroup var input: ScenarioInput

  @Option(
    help: ArgumentHelp("The new plan. (default: none, the sheet has the existing one)", valueName: "file"))
  var plan: String?

  @Option(
    help: ArgumentHelp(
      "The junction, or its controller; may be repeated. (default: all with signals)", valueName: "name"))
  var junction: [String] = []

  @Option(help: "The period. (default: the first)")
  var period: String?

  @Option(help: "The language of the pages.")
  var lang = LanguageArgument.english

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file: .html, .svg, .pdf, .csv or .txt.", valueName: "file"))
  var output: String

  func validate() throws {
    guard kind != nil else {
      let ending = FileNames.last(of: output).split(separator: ".").dropFirst().last.map {
        String($0).lowercased()
      }
      let hint =
        ending.flatMap { nearestName(to: $0, among: Kind.allCases.map(\.rawValue)) }.map {
          " Did you mean .\($0)?"
        } ?? ""
      throw ValidationError("The sheet's file must end in .html, .svg, .pdf, .csv or .txt.\(hint)")
    }
  }

  private var kind: Kind? {
    Kind.allCases.first { output.lowercased().hasSuffix(".\($0.rawValue)") }
  }

  func run() throws {
    guard let kind else { return }
    // Before long work, whose result could not be converted.
    let converter = kind == .pdf ? try PDFConverter.find() : nil
    if let folder = output.lastIndex(of: "/") { try OutputFiles.prepare(folder: String(output[...folder])) }
    let loaded = try input.readSignalled()
    let period = try loaded.period(named: period)
    let new = try plan.map { try loaded.plan($0, period: period) }
    let shown = new ?? period.existingPlan
    let controllers = try controllers(loaded)
    if new != nil { try PlanFiles(loaded: loaded).refuseIllegal(shown) }
    let file: OutputFile
    switch kind {
    case .csv, .txt:
      var keyed = shown
      for index in keyed.programs.indices where !controllers.contains(ControllerID(index)) {
        keyed.programs[index] = nil
      }
      keyed = try withoutStandIns(keyed, existing: period.existingPlan, network: loaded.network)
      let text =
        kind == .csv
        ? ControllerSheetCSV.text(of: keyed, network: loaded.network)
        : ControllerSheetReport(plan: keyed, network: loaded.network).text
      file = OutputFile(path: output, text: text)
    case .html, .svg, .pdf:
      let sheets = JunctionSheet.sheets(
        of: controllers,
        JunctionSheet.Source(
          scenario: loaded.scenario.name, period: period, network: loaded.network,
          plans: [period.existingPlan] + (new.map { [$0] } ?? [])), language: lang.language)
      if kind == .svg, sheets.count > 1 {
        throw Failure.usage(
          "an SVG file is one sheet, and the network has \(sheets.count) junctions with signals",
          hint: "say which with --junction, or give the file the ending .html or .pdf")
      }
      switch (kind, converter) {
      case (.svg, _): file = OutputFile(path: output, text: sheets.first?.svg ?? "")
      case (_, let converter?): file = OutputFile(path: output, data: try converter.pdf(of: sheets))
      default: file = OutputFile(path: output, text: SheetPage(sheets).html)
      }
    }
    try OutputFiles.write([file])
    Terminal.tell("wrote \(output)")
  }

  /// Nobody shall key in as fixed times what stands for a signal that responds to traffic, or for one that was not understood.
  private func withoutStandIns(
    _ plan: TimingPlan, existing: TimingPlan, network: Network
  ) throws -> TimingPlan {
    let standIns = StandIns(leftOutOf: plan, existing: existing, network: network)
    if let reason = standIns.reason, standIns.plan.programs.allSatisfy({ $0 == nil }) {
      throw Failure.usage(
        "there is nothing to key in, because \(reason)",
        hint: "give the plan that is to run there with --plan")
    }
    standIns.tell()
    return standIns.plan
  }

  /// Those asked for, in the network's order: by their own names, or by those of junctions that they control.
  private func controllers(_ loaded: LoadedScenario) throws -> [ControllerID] {
    let network = loaded.network
    guard !junction.isEmpty else { return network.controllers.indices.map { ControllerID($0) } }
    var found: Set<ControllerID> = []
    for name in junction {
      if let index = network.junctions.firstIndex(where: { $0.name == name }),
        case .signalled(let controller) = network.junctions[index].control
      {
        found.insert(controller)
      } else {
        found.insert(try loaded.controller(named: name))
      }
    }
    return found.sorted()
  }
}
