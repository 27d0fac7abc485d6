internal import ArgumentParser
internal import Foundation
internal import Reporting
internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// `greenwave plot`
struct Plot: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw one picture of a plan: an SVG file, and PNG where asked for.",
    discussion: """
      PICTURES
        time-space  an arterial's greens, green bands and simulated vehicles
        map         the network, coloured by degree of saturation or by queues
        stages      a junction's signals over the cycle
        throughput  what the plans serve as demand grows
        queues      queued vehicles over time

      The plan is the existing one, or that of --plan; throughput and queues have both. The arterial is the longest \
      chain of neighbouring signals with traffic both ways, unless --arterial names another.

      EXAMPLES
        greenwave plot time-space network.yaml --plan out/plan.csv -o arterial.svg
        greenwave plot time-space network.yaml --arterial J1,J2,J3 -o arterial.svg
        greenwave plot map network.yaml --colour queues -o map.svg --png
        greenwave plot stages network.yaml --junction J4 -o J4.svg
        greenwave plot throughput network.yaml --plan out/plan.csv -o throughput.svg
        greenwave plot queues city.sumocfg --period am-peak -o queues.svg
      """)

  /// What can be drawn.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case timeSpace = "time-space"
    case map, stages, throughput, queues
  }

  /// What a map is coloured by.
  enum Colour: String, CaseIterable, ExpressibleByArgument {
    case saturation, queues
  }

  @Argument(help: "What to draw.")
  var picture: Kind

  @OptionGroup var input: ScenarioInput

  @Option(help: ArgumentHelp("The plan to draw. (default: the existing one)", valueName: "file"))
  var plan: String?

  @Option(help: "The period. (default: the first)")
  var period: String?

  @Option(
    help: ArgumentHelp(
      "With time-space: the arterial's controllers in order, separated by commas.", valueName: "names"))
  var arterial: String?

  @Option(
    help: ArgumentHelp("With stages: the controller. (needed where there are several)", valueName: "name"))
  var junction: String?

  @Option(help: "With map: what links are coloured by. (default: saturation)")
  var colour: Colour?

  @Option(help: "The language of the picture.")
  var lang = LanguageArgument.english

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The SVG file.", valueName: "file"))
  var output: String

  @Flag(help: "Write a PNG file beside it; it takes an installed rsvg-convert, Inkscape or Chromium.")
  var png = false

  func validate() throws {
    func check(_ isGiven: Bool, _ option: String, _ kind: Kind) throws {
      if isGiven, picture != kind { throw ValidationError("\(option) goes with \(kind.rawValue).") }
    }
    try check(arterial != nil, "--arterial", .timeSpace)
    try check(junction != nil, "--junction", .stages)
    try check(colour != nil, "--colour", .map)
    guard output.lowercased().hasSuffix(".svg") else {
      throw ValidationError("The picture's file must end in .svg.")
    }
  }

  func run() async throws {
    // Before long work, whose result could not be converted.
    let converter = png ? try PNGConverter.find() : nil
    if let folder = output.lastIndex(of: "/") { try OutputFiles.prepare(folder: String(output[...folder])) }
    let loaded = try input.read()
    let period = try loaded.period(named: period)
    var plans = [period.existingPlan]
    if let plan { plans.append(try loaded.plan(plan, period: period)) }
    let svg = try await svg(loaded, period, plans: plans)
    var files = [OutputFile(path: output, text: svg)]
    if let converter {
      files.append(OutputFile(path: output.dropLast(3) + "png", data: try converter.png(of: svg)))
    }
    try OutputFiles.write(files)
    for file in files { Terminal.tell("wrote \(file.path)") }
  }

  /// Seeds that pictures are made of.
  private static let seeds: [UInt64] = Array(1...5)
  /// Multiples of the demand in the throughput curve.
  private static let scales = stride(from: 0.6, through: 1.61, by: 0.1).map { ($0 * 10).rounded() / 10 }

  private func svg(_ loaded: LoadedScenario, _ period: Period, plans: [TimingPlan]) async throws -> String {
    let (network, demand) = (loaded.network, period.demand)
    let names = plan.map { ["existing", FileNames.last(of: $0)] } ?? ["existing"]
    let title = "\(loaded.scenario.name), \(period.name)"
    let last = plans.count - 1
    func pictures(_ plans: [TimingPlan], seeds: [UInt64], arterial: [ControllerID]? = nil) async
      -> PeriodPictures
    {
      let figures = await PeriodFigures(
        network: network, demand: demand, plans: plans, seeds: seeds, arterial: arterial)
      return PeriodPictures(
        figures, title: title, labels: Array(names.suffix(plans.count)), language: lang.language)
    }
    switch picture {
    case .timeSpace:
      let named = try loaded.controllers(named: arterial)
      let drawn = await pictures([plans[last]], seeds: [1], arterial: named)
      guard drawn.arterialCount > 0 else { throw Self.noArterial(isNamed: named != nil) }
      return drawn.timeSpace(plan: 0).svg
    case .map:
      let comparison = await PlanComparison(
        of: [plans[last]], on: Simulator(network: network, demand: demand), seeds: Self.seeds)
      return await pictures([plans[last]], seeds: []).map(
        comparison.entries, plan: 0, byQueues: colour == .queues
      )
      .svg
    case .stages:
      let controller = try controller(loaded)
      guard let drawn = await pictures([plans[last]], seeds: []).stages(controller, plan: 0) else {
        throw Failure.usage("the plan has no programme for '\(network[controller].name)'", hint: nil)
      }
      return drawn.svg
    case .throughput:
      let curve = await ThroughputCurve(
        of: plans, network: network, demand: demand, scales: Self.scales, seeds: Self.seeds)
      return ThroughputReport(
        scenario: loaded.scenario.name, period: period.name, network: network, demand: demand, labels: names,
        curve: curve, reserves: plans.map { ReserveCapacity(of: $0, network: network, demand: demand) }
      ).picture(lang.language).svg
    case .queues: return await pictures(plans, seeds: Self.seeds).queues.svg
    }
  }

  private func controller(_ loaded: LoadedScenario) throws -> ControllerID {
    if let junction { return try loaded.controller(named: junction) }
    guard loaded.network.controllers.count == 1 else {
      let known = loaded.network.controllers.map(\.name)
      throw Failure.usage(
        known.isEmpty ? "the network has no signals" : "say which junction to draw (--junction)",
        hint: known.isEmpty ? nil : loaded.hint(for: "", among: known))
    }
    return ControllerID(0)
  }

  private static func noArterial(isNamed: Bool) -> Failure {
    Failure.usage(
      isNamed
        ? "these signals are no arterial: each of two neighbours must have traffic from the other, and a green for it"
        : "no two neighbouring signals have traffic from each to the other: there is no arterial to draw",
      hint: nil)
  }
}
