internal import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What runs today and was not played, where signals respond to traffic or were not understood: the comparison is then
/// with a stand-in, and no gain can be claimed against it.
public struct PresentControlReport: Sendable {
  /// A controller that runs something else than its programme.
  struct Controller: Hashable, Sendable {
    var name: String
    /// As the input calls it; nil where the control was not understood.
    var kind: String?
    /// Why it was not understood.
    var reason: String?
    /// Whether a user wants a plan for it though it was not understood.
    var isAccepted: Bool
    /// Whether there is a plan for it.
    var isPlanned: Bool
  }
  let controllers: [Controller]
  /// How many controllers the network has.
  let total: Int
  /// What runs today (first) and the proposed plan in SUMO, where that could be played.
  let sumo: SUMOVerdict?
  /// The command that compares with what runs today, where that can be done.
  let command: String?

  /// - Parameters:
  ///   - accepted: controllers that are to be planned though their present control was not understood.
  ///   - planned: controllers that the proposed plan has a programme for; nil where nobody proposes one.
  ///   - sumo: what runs today (first) and the proposed plan, as SUMO plays them.
  ///   - command: what a user can type to have them compared there.
  public init(
    network: Network, accepted: Set<ControllerID>, planned: Set<ControllerID>? = nil,
    sumo: SUMOVerdict? = nil,
    command: String? = nil
  ) {
    controllers = network.controllersNotPlayed.map { id in
      var controller = Controller(
        name: network[id].name, isAccepted: accepted.contains(id), isPlanned: planned?.contains(id) ?? false)
      switch network[id].presentControl {
      case .fixedTime: break
      case .responding(let kind): controller.kind = kind
      case .doubtful(let reason): controller.reason = reason
      }
      return controller
    }
    total = network.controllers.count
    self.sumo = sumo
    self.command = command
  }

  /// Whether the existing plan is what runs today.
  var isPlayed: Bool { controllers.isEmpty }

  /// Whether the proposed plan beats what runs today; nil where nobody compared them.
  public var isImprovement: Bool? {
    guard !isPlayed, let difference = inSUMO?.difference(\.totalDelay) else { return nil }
    return difference.mean < 0 && difference.isCertain
  }

  /// What runs today and the proposed plan.
  private var inSUMO: PlanPair? { sumo.map { PlanPair($0.comparison) } }

  private var isWorse: Bool {
    guard let difference = inSUMO?.difference(\.totalDelay) else { return false }
    return difference.mean > 0 && difference.isCertain
  }

  var responding: [Controller] { controllers.filter { $0.kind != nil } }
  var doubtful: [Controller] { controllers.filter { $0.reason != nil } }

  // MARK: Words

  /// In one sentence each; empty where the existing plan is what runs.
  var sentences: [String] {
    guard !isPlayed else { return [] }
    var found: [String] = []
    if !responding.isEmpty {
      let kinds = Set(responding.compactMap(\.kind)).sorted().joined(separator: ", ")
      found.append(
        "Today's control was not played here: \(responding.count) of \(total) \(total == 1 ? "signal" : "signals") \(responding.count == 1 ? "responds" : "respond") to traffic (\(kinds)). 'stand-in' is their phases in turn, at their usual durations: no baseline, so no gain is claimed against it."
      )
    }
    if doubtful.count < total || doubtful.contains(where: \.isAccepted) { found.append(comparisonWords) }
    for (reason, names) in reasons {
      let first = doubtful.first { $0.reason == reason }
      let list = Self.list(names)
      if first?.isPlanned == true {
        found.append(
          "Planned on your word though not understood: \(list) (\(reason)); yellow and all-red are kept.")
      } else if first?.isAccepted == true {
        found.append("No plan was found for \(list) (\(reason)): it keeps what it has.")
      } else {
        found.append(
          "No plan for \(list): \(reason). It keeps what it has; --accept-doubtful \(names.count == 1 ? names[0] : "NAME") plans it all the same."
        )
      }
    }
    return found
  }

  /// What reports say that know no more than the network: that what they call existing only stands for what runs.
  var note: [String] {
    guard !isPlayed else { return [] }
    let kinds = Set(controllers.map { $0.kind ?? "not understood" }).sorted().joined(separator: ", ")
    let sentence =
      "Today's control was not played at \(controllers.count) of \(total) \(total == 1 ? "signal" : "signals") (\(kinds)): 'existing' only stands for it, so changes against it are no gain."
    return [sentence.wrapped(to: ReportLayout.current.sentenceWidth)]
  }

  /// Names by what was not understood and whether it was accepted, in order of the first.
  private var reasons: [(reason: String, names: [String])] {
    var found: [(reason: String, names: [String])] = []
    for controller in doubtful {
      guard let reason = controller.reason else { continue }
      if let known = found.firstIndex(where: { $0.reason == reason }) {
        found[known].names.append(controller.name)
      } else {
        found.append((reason, [controller.name]))
      }
    }
    return found
  }

  private static let mostNames = 6

  static func list(_ names: [String]) -> String {
    let rest = names.count > mostNames ? " and \(names.count - mostNames) more" : ""
    return names.prefix(mostNames).joined(separator: ", ") + rest
  }

  private var comparisonWords: String {
    if let figures = sumoFigures, let sumo, let isImprovement {
      let end =
        isImprovement
        ? "the proposed plan is better than what runs today with 95 % confidence"
        : "keep what runs today: \(isWorse ? "the plan found is worse" : "it is not certain that the plan found is better")"
      return
        "In SUMO \(sumo.version), \(sumo.comparison.seeds.count) seeds, what runs today has \(figures.existing) s per vehicle, the plan found \(figures.proposed) (\(figures.change)): \(end)."
    }
    guard let command else {
      return "The plan was not compared with what runs today: nothing here can play that."
    }
    return "The plan was not compared with what runs today. Where SUMO is installed, this does it: \(command)"
  }

  /// Delay per vehicle as SUMO has it, s, and its change.
  var sumoFigures: (existing: String, proposed: String, change: String)? {
    guard let inSUMO else { return nil }
    func delay(_ plan: PlanComparison.Entry) -> String {
      let estimate = plan.estimate(.delayPerVehicle, hours: 1)
      return
        "\(NumberText.fixed(estimate.mean, decimals: 1)) \(NumberText.plusMinus(estimate.halfWidth, decimals: 1))"
    }
    let change = inSUMO.percentChange(.totalDelayHours, hours: 1)
    return (
      delay(inSUMO.existing), delay(inSUMO.proposed),
      "\(NumberText.percentChange(change.mean)) \(NumberText.plusMinus(change.halfWidth, decimals: 1))"
    )
  }

  // MARK: For programs

  /// The keys of the summary.
  struct Summary: Encodable {
    struct Junction: Encodable {
      var name: String
      var kind: String?
      var reason: String?
      var isPlanned: Bool
    }
    struct Comparison: Encodable {
      var simulator: String
      var seeds: [UInt64]
      var existingDelayPerVehicle: Double
      var proposedDelayPerVehicle: Double
      var change: ChangeSummary.Percent
      var isImprovement: Bool
    }
    /// Whether the figures of the existing plan are of what runs today.
    var isPlayed: Bool
    var junctions: [Junction]
    /// With what runs today; absent where nobody made it.
    var comparison: Comparison?
    /// What makes it.
    var command: String?
  }

  /// Nil where the existing plan is what runs.
  var summary: Summary? {
    guard !isPlayed else { return nil }
    return Summary(
      isPlayed: false,
      junctions: controllers.map {
        Summary.Junction(name: $0.name, kind: $0.kind, reason: $0.reason, isPlanned: $0.isPlanned)
      },
      comparison: sumo.map { sumo in
        let pair = PlanPair(sumo.comparison)
        return Summary.Comparison(
          simulator: "SUMO \(sumo.version)", seeds: pair.seeds,
          existingDelayPerVehicle: pair.existing.estimate(.delayPerVehicle, hours: 1).mean,
          proposedDelayPerVehicle: pair.proposed.estimate(.delayPerVehicle, hours: 1).mean,
          change: ChangeSummary.Percent(pair.percentChange(.totalDelayHours, hours: 1)),
          isImprovement: isImprovement ?? false)
      }, command: sumo == nil ? command : nil)
  }
}
