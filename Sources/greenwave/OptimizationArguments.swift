internal import ArgumentParser
internal import SignalOptimization
internal import TrafficModel

/// The command line's way to choose cycles.
struct CycleArgument: ExpressibleByArgument {
  var choice: CycleChoice

  init(choice: CycleChoice) { self.choice = choice }

  init?(argument: String) {
    switch argument {
    case "best": choice = .best
    case "per-junction": choice = .perJunction
    case "common": choice = .common
    case "existing": choice = .existing
    default:
      guard let cycle = Double(argument), cycle > 0, cycle <= 3600 else { return nil }
      choice = .fixed(cycle)
    }
  }

  var defaultValueDescription: String { "best" }
}

/// What the command line can be asked to make as good as possible.
enum Goal: String, CaseIterable, ExpressibleByArgument {
  case delay, throughput, reserve, bandwidth

  /// The objective of the split programs.
  var objective: Objective {
    switch self {
    case .delay, .bandwidth: .delay
    case .throughput: .throughput
    case .reserve: .reserve
    }
  }
}

/// The command line's way to weigh the two directions of an arterial: the inbound direction's share of the weight, or
/// the bands' ratio as OUTBOUND:INBOUND.
struct BalanceArgument: ExpressibleByArgument {
  var balance: BandwidthProblem.Balance

  /// Weight of a direction that does not matter, against the other: what costs nothing it still gets.
  private static let little = 1e-3

  init(balance: BandwidthProblem.Balance) { self.balance = balance }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    switch (parts.count, parts[0], parts.last ?? nil) {
    case (1, let share?, _) where share >= 0 && share <= 1:
      let inbound = max(Self.little, min(1 - Self.little, share))
      balance = .weighted(inbound / (1 - inbound))
    case (2, let outbound?, let inbound?) where Self.ratios.contains(inbound / outbound) && outbound > 0:
      balance = .exactly(inbound / outbound)
    default: return nil
    }
  }

  private static let ratios = 0.01...100.0

  var defaultValueDescription: String { "1:1" }
}

/// Which signals are planned though nobody knows what runs there.
struct DoubtOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Plan a controller whose present control was not understood, or 'all' of them; may be repeated.",
      valueName: "name"))
  var acceptDoubtful: [String] = []

  func accepted(_ loaded: LoadedScenario) throws -> Set<ControllerID> {
    let doubtful = loaded.network.doubtfulControllers
    var accepted: Set<ControllerID> = []
    for name in acceptDoubtful {
      if name == "all", !loaded.network.controllers.contains(where: { $0.name == "all" }) {
        accepted.formUnion(doubtful)
        continue
      }
      let controller = try loaded.controller(named: name)
      guard doubtful.contains(controller) else {
        throw Failure.usage("the control of '\(name)' is understood: --accept-doubtful has no use", hint: nil)
      }
      accepted.insert(controller)
    }
    return accepted
  }
}

/// How the search for a plan may go about it: what `optimize` and `schedule` share.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to choose cycles: 'best', 'per-junction', 'common', 'existing', or one cycle in seconds for all.",
      valueName: "choice"))
  var cycle = CycleArgument(choice: .best)

  @Option(
    help: ArgumentHelp(
      "What may become of the stages: 'safe' joins, drops and reorders vehicles' stages and keeps what protects somebody, 'existing' changes times only, 'free' takes any that are legal.",
      valueName: "freedom"))
  var stages = StagesArgument.safe

  @OptionGroup(title: "Rules of what may be proposed") var rules: RuleOptions

  @Option(
    help: ArgumentHelp(
      "End after so many seconds for each plan with the best found until then; 0 for the linear programs and a choice among their plans alone. (default: as long as the search pays, and no longer than an amount of work that grows with the number of signals, so that the result does not depend on the machine)",
      valueName: "seconds"))
  var time: Double?

  @Option(help: ArgumentHelp("A controller that keeps its programme; may be repeated.", valueName: "name"))
  var freeze: [String] = []

  @OptionGroup var doubts: DoubtOptions

  func validate() throws {
    if let time, !(time >= 0 && time <= 86_400) {
      throw ValidationError("--time must be from 0 to 86400 seconds.")
    }
  }

  /// When a search that begins now has to end: the judgement and the report still take some of the time asked for.
  var deadline: ContinuousClock.Instant? {
    time.flatMap { $0 > 0 ? ContinuousClock.now + .seconds($0 * Self.searchShare) : nil }
  }

  /// Share of the time that is searched.
  private static let searchShare = 0.75

  /// The optimizer's options as far as these say.
  func options(_ loaded: LoadedScenario) throws -> OptimizationOptions {
    var options = OptimizationOptions()
    options.cycle = cycle.choice
    options.stages = stages.freedom
    options.rules = rules.rules
    if let time { options.refinementWork = time > 0 ? .infinity : 0 }
    options.frozen = Set(try freeze.map { try loaded.controller(named: $0) })
    options.acceptedDoubtful = try doubts.accepted(loaded)
    return options
  }
}
