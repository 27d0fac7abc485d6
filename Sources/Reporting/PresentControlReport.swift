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
  /// By kind as the input calls it: how many controllers respond to traffic and were played so.
  let responding: [String: Int]
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
    sumo: SUMOVerdict? = nil, command: String? = nil
  ) {
    controllers = network.controllersNotPlayed.map { id in
      var controller = Controller(
        name: network[id].name, isAccepted: accepted.contains(id), isPlanned: planned?.contains(id) ?? false)
      switch network[id].presentControl {
      case .fixedTime, .actuated: break
      case .responding(let kind): controller.kind = kind
      case .doubtful(let reason): controller.reason = reason
      }
      return controller
    }
    responding = network.controllers.reduce(into: [:]) { counts, controller in
      if case .actuated(let kind) = controller.presentControl { counts[kind, default: 0] += 1 }
    }
    total = network.controllers.count
    self.sumo = sumo
    self.command = command
  }

  /// Whether the existing plan is what runs today.
  var isPlayed: Bool { controllers.isEmpty }

  /// What runs today and the proposed plan, as SUMO plays them: of its measures none is by the hour.
  private var inSUMO: Sides<PlayedPlan>? { sumo.map { Sides(PlanPair($0.comparison), hours: 1) } }

  /// The change in total delay that SUMO sees, percent.
  private var change: Estimate? { inSUMO?.percentChange() }

  /// Whether the proposed plan beats what runs today; nil where nobody compared them.
  public var isImprovement: Bool? { isPlayed ? nil : change.map { $0.mean < 0 && $0.isCertain } }

  // MARK: Words

  private static let mostNames = 6

  /// In one sentence each; empty where all runs by the clock.
  func sentences(_ words: PageWords) -> [String] {
    var sentences = played(words)
    guard !isPlayed else { return sentences }
    let responding = controllers.filter { $0.kind != nil }
    let doubtful = controllers.filter { $0.reason != nil }
    if !responding.isEmpty {
      sentences.append(words.presentControl.responding(responding.count, total, Self.kinds(responding)))
    }
    if doubtful.count < total || doubtful.contains(where: \.isAccepted) {
      sentences.append(comparison(words.presentControl))
    }
    var reasons: [String] = []
    for controller in doubtful {
      if let reason = controller.reason, !reasons.contains(reason) { reasons.append(reason) }
    }
    return sentences
      + reasons.map { reason in
        let alike = doubtful.filter { $0.reason == reason }
        let names = alike.map(\.name)
        let list = names.listed(atMost: Self.mostNames)
        if alike[0].isPlanned { return words.presentControl.accepted(list, reason) }
        if alike[0].isAccepted { return words.presentControl.notFound(list, reason) }
        return words.presentControl.notPlanned(list, reason, names.count == 1 ? names[0] : "NAME")
      }
  }

  private func played(_ words: PageWords) -> [String] {
    guard !responding.isEmpty else { return [] }
    let kinds = responding.keys.sorted().joined(separator: ", ")
    return [words.presentControl.played(responding.values.reduce(0, +), total, kinds)]
  }

  private func comparison(_ words: PageWords.PresentControl) -> String {
    guard let sumo, let inSUMO, let change else { return words.notCompared(command) }
    func delay(_ plan: PlayedPlan) -> String { plan.cell(.delayPerVehicle).inSentence }
    let verdict =
      change.isCertain ? (change.mean < 0 ? words.better : words.worse) : words.uncertain
    return words.inSUMO(
      sumo.version, sumo.comparison.seeds.count, delay(inSUMO.existing), delay(inSUMO.proposed),
      NumberText.percentChange(change), verdict)
  }

  private static func kinds(_ controllers: [Controller]) -> String {
    Set(controllers.map { $0.kind ?? "not understood" }).sorted().joined(separator: ", ")
  }

  /// What reports say that know no more than the network: that what they call existing only stands for what runs.
  var note: [String] {
    let told = played(PageWords(language: .english)).map { $0.sentence() }
    guard !isPlayed else { return told }
    return told + [
      "Today's control was not played at \(controllers.count) of \(total) \(total == 1 ? "signal" : "signals") (\(Self.kinds(controllers))): 'existing' only stands for it, so changes against it are no gain."
        .sentence()
    ]
  }

  /// For programs; nil where the existing plan is what runs.
  var json: JSONObject? {
    guard !isPlayed else { return nil }
    let comparison = inSUMO.map { inSUMO -> JSONObject in
      [
        "simulator": sumo.map { "SUMO \($0.version)" }, "seeds": sumo?.comparison.seeds,
        "existingDelayPerVehicle": inSUMO.existing[.delayPerVehicle].mean,
        "proposedDelayPerVehicle": inSUMO.proposed[.delayPerVehicle].mean,
        "change": inSUMO.percentChange().percentJSON, "isImprovement": isImprovement ?? false,
      ]
    }
    return [
      "isPlayed": false,
      "junctions": controllers.map { controller -> JSONObject in
        [
          "name": controller.name, "kind": controller.kind, "reason": controller.reason,
          "isPlanned": controller.isPlanned,
        ]
      }, "comparison": comparison, "command": sumo == nil ? command : nil,
    ]
  }
}
