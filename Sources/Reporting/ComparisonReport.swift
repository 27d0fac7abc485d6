internal import SignalOptimization
public import TrafficModel
public import TrafficSimulation

/// What `simulate` and `benchmark` tell: any number of plans over the same seeds.
public struct ComparisonReport: Sendable {
  /// A plan with what it is called.
  struct Labelled: Sendable {
    var label: String
    var played: PlayedPlan
    /// What others are compared with; nil for itself.
    var reference: PlayedPlan?
  }
  let scenario: String
  let period: String
  let network: Network
  let demand: Demand
  let seeds: [UInt64]
  let plans: [Labelled]
  /// The same plans as SUMO plays them, where it was asked.
  let sumo: (version: String, plans: [Labelled])?
  let disruption: DisruptionReport?

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - period: the period's name.
  ///   - labels: what to call the plans, one for each entry of `comparison`.
  ///   - sumo: what SUMO says of the same plans, where it was asked.
  ///   - disruption: what incidents did to the period, where there are some.
  public init(
    scenario: String, period: String, network: Network, demand: Demand, labels: [String],
    comparison: PlanComparison, sumo: SUMOVerdict? = nil, disruption: DisruptionReport? = nil
  ) {
    precondition(labels.count == comparison.entries.count, "each plan needs a label")
    precondition(sumo?.comparison.entries.count ?? labels.count == labels.count, "SUMO plays each plan")
    func labelled(_ comparison: PlanComparison) -> [Labelled] {
      let played = comparison.entries.map { PlayedPlan(entry: $0, hours: demand.hours) }
      return played.indices.map {
        Labelled(label: labels[$0], played: played[$0], reference: $0 == 0 ? nil : played[0])
      }
    }
    self.scenario = scenario
    self.period = period
    self.network = network
    self.demand = demand
    self.disruption = disruption
    seeds = comparison.seeds
    plans = labelled(comparison)
    self.sumo = sumo.map { ($0.version, labelled($0.comparison)) }
  }

  private var isSingle: Bool { plans.count == 1 }

  /// The report for people in the present `ReportLayout`; the same bytes for the same comparison.
  public var text: String {
    let vehicles = NumberText.fixed(plans[0].played[.demand].mean, decimals: 0)
    let title = ReportTitle(scenario, period).text(
      "\(vehicles) vehicles from \(ClockTime.text(demand.times))", seeds: seeds.count)
    let queues = oversaturation(plans)
    let pedestrians = PedestrianTable(
      plans: plans.map(\.played.plan), labels: plans.map(\.label), network: network, demand: demand)
    return
      ([
        [ReportLayout.current.painted(title, .strong)], presentControl.note, disruption?.lines ?? [],
        isSingle ? measureTable : planTable(plans, hasLanes: true), isSingle ? junctionLines : [],
        isSingle ? RespondingTable(plans[0].played, network: network).lines : [],
        queues.spillbackTable, queues.limitTable, pedestrians.lines,
      ] + (isSingle ? [] : [sumoLines, [Self.explanation.sentence()]])).asText
  }

  /// The comparison for programs; Documentation/CommandLine.md has the keys.
  public func json() throws -> String {
    try JSONText.text(
      [
        "scenario": scenario, "period": period, "seeds": seeds, "existingControl": presentControl.json,
        "disruption": disruption?.json, "plans": json(of: plans),
        "sumo": sumo.map { ["version": $0.version, "plans": json(of: $0.plans)] as JSONObject },
      ] as JSONObject)
  }

  private var presentControl: PresentControlReport { PresentControlReport(network: network, accepted: []) }

  private func oversaturation(_ plans: [Labelled]) -> Oversaturation {
    Oversaturation(plans: plans.map(\.played), network: network, labels: plans.map(\.label))
  }

  private func json(of plans: [Labelled]) -> [JSONObject] {
    let queues = oversaturation(plans)
    let hasLinks = plans.contains { $0.played.hasLinks }
    return plans.map { plan in
      [
        "plan": plan.label, "measures": plan.played.json(),
        "change": plan.reference.map { plan.played.json(changeFrom: $0) },
        "spillback": hasLinks ? queues.spillbackJSON(plan.played) : nil,
        "queueLimits": hasLinks && !queues.limited.isEmpty ? queues.limitsJSON(plan.played) : nil,
        // Of many plans they would be too many.
        "links": isSingle ? plan.played.linksJSON(of: network) : nil,
        "responding": isSingle ? RespondingTable(plan.played, network: network).json : nil,
      ]
    }
  }

  // MARK: Tables

  private static let explanation =
    "Every plan met the same vehicles; ± is the half-width of the 95 % confidence interval, and change is against the first plan, seed by seed."

  /// - Parameter hasLanes: whether the plans' lanes were measured.
  private func planTable(_ plans: [Labelled], hasLanes: Bool) -> [String] {
    func mean(_ heading: Title, _ unit: Title, _ measure: Measure) -> TableGroup<Labelled> {
      TableGroup(heading, [.number(unit) { $0.played.cell(measure) }])
    }
    return Table(
      "",
      [
        TableGroup(.text("plan", room: .rest) { Cell($0.label) }),
        mean("served", "veh/h", .servedPerHour), mean("unserved", "veh", .unserved),
        TableGroup("delay", [.estimate("s/veh") { $0.played.cell(.delayPerVehicle) }]),
        mean("stops", "/veh", .stopsPerVehicle),
      ] + (hasLanes ? [mean("lane", "full, %", .fullestLane)] : []) + [
        TableGroup(
          "delay change",
          [.estimate("") { plan in plan.reference.map { plan.played.change(from: $0) } ?? "" }])
      ], rows: plans
    ).lines
  }

  private var sumoLines: [String] {
    guard let sumo else { return [] }
    let demand = NumberText.fixed(sumo.plans[0].played[.demand].mean, decimals: 0)
    return ["The same plans and \(demand) vehicles in SUMO \(sumo.version)", ""]
      + planTable(sumo.plans, hasLanes: false)
  }

  /// The measures of the only plan.
  private var measureTable: [String] {
    let played = plans[0].played
    let rows = Measure.ofNetwork.map { (name: $0.label, value: played.cell($0)) }
    let label = plans[0].label.truncated(to: ReportLayout.current.width / 2)
    return Table(
      columns: [.text("") { Cell($0.name) }, .estimate(Title(label, label)) { $0.value }], rows: rows
    ).lines
  }

  private var junctionLines: [String] {
    let figures = JunctionFigures.all(of: plans[0].played, network: network)
    let rows = JunctionRows(Array(zip(network.controllers.map(\.name), figures))) { $0.1.delayHours }
    let told = JunctionFigures.figures.filter { figure in figures.contains { figure.value($0) != nil } }
    return Table(
      columns: [.text("junction", room: .atMost(24)) { Cell($0.0) }]
        + told.map { figure in .number(figure.title(.english)) { figure.cell($0.1) } }, rows: rows.shown
    ).lines + (rows.left > 0 ? ["and \(rows.left) more; these have the most delay"] : [])
  }
}

/// What SUMO measured of the plans of a comparison.
public struct SUMOVerdict: Sendable {
  /// The version of SUMO.
  public var version: String
  /// The same plans in the same order; measures of the whole network only.
  public var comparison: PlanComparison

  /// A verdict.
  public init(version: String, comparison: PlanComparison) {
    self.version = version
    self.comparison = comparison
  }

  /// Whether the second plan has less delay than the first with certainty, and no more of its runs lock up.
  public var holds: Bool {
    let change = comparison.difference(1, \.totalDelay)
    return change.mean < 0 && change.isCertain
      && comparison.entries[1].lockUps <= comparison.entries[0].lockUps
  }
}
