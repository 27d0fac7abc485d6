public import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What `optimize` tells about one period: existing against proposed plan, and the proof.
///
/// It holds every figure once; its extensions say how text, summary and page show them.
public struct OptimizationReport: Sendable {
  /// A junction under both plans.
  struct Junction: Sendable {
    var controller: ControllerID
    var name: String
    var figures: Sides<JunctionFigures>
  }
  let scenario: String
  let period: String
  let network: Network
  let demand: Demand
  let result: OptimizationResult
  let bandwidth: BandwidthReport?
  let disruption: DisruptionReport?
  let robust: RobustResult?
  let presentControl: PresentControlReport
  let judge: SUMOVerdict?
  let isStopped: Bool
  let plans: Sides<PlayedPlan>
  /// Of the network; infinite where nothing limits it.
  let reserves: Sides<Double>
  /// In order of controllers.
  let junctions: [Junction]

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - period: the period's name.
  ///   - result: made for this network and demand.
  ///   - bandwidth: the green waves of the result's plan, where they are what was asked for.
  ///   - disruption: what incidents did to the period, where there are some.
  ///   - robust: the plan for several days, where there are several.
  ///   - presentControl: what runs today, where that is not the existing plan.
  ///   - judge: the existing and the compared plan in SUMO, where that had the last word.
  ///   - isStopped: whether the search was ended before it was done.
  public init(
    scenario: String, period: String, network: Network, demand: Demand, result: OptimizationResult,
    bandwidth: BandwidthReport? = nil, disruption: DisruptionReport? = nil, robust: RobustResult? = nil,
    presentControl: PresentControlReport? = nil, judge: SUMOVerdict? = nil, isStopped: Bool = false
  ) {
    self.scenario = scenario
    self.period = period
    self.network = network
    self.demand = demand
    self.result = result
    self.bandwidth = bandwidth
    self.disruption = disruption
    self.robust = robust
    self.presentControl = presentControl ?? PresentControlReport(network: network, accepted: [])
    self.judge = judge
    self.isStopped = isStopped
    plans = Sides(result.comparison, hours: demand.hours)
    let certificate = result.certificate
    reserves = Sides(certificate.existingReserveCapacity, certificate.proposedReserveCapacity)
    var figures = plans.map { JunctionFigures.all(of: $0, network: network) }
    for reserve in certificate.reserves {
      figures.existing[reserve.controller.index].reserveCapacity = reserve.existing
      figures.proposed[reserve.controller.index].reserveCapacity = reserve.proposed
    }
    junctions = network.controllers.indices.map { index in
      Junction(
        controller: ControllerID(index), name: network.controllers[index].name,
        figures: figures.map { $0[index] })
    }
  }

  /// Whether the proposed plan is the one to use: better, or what was asked for.
  var isProposed: Bool {
    guard presentControl.isPlayed else {
      return presentControl.isImprovement != false && result.plan == plans.proposed.plan
        && plans.existing.plan != plans.proposed.plan
    }
    return result.isImprovement || result.isAsAsked || bandwidth != nil
  }

  /// What a sentence calls the proposed plan.
  var planName: String { isProposed ? "proposed plan" : "best plan found" }

  /// What the two plans are called in tables.
  func labels(_ words: PageWords) -> [String] {
    [
      presentControl.isPlayed ? words.existing : words.standIn,
      isProposed ? words.proposed : words.bestFound,
    ]
  }

  /// Queues under the existing plan, and under the proposed one.
  var oversaturation: Oversaturation {
    Oversaturation(plans: plans.both, network: network, labels: labels(.english))
  }

  /// The report for people in the present `ReportLayout`: as wide as that where names allow, the same bytes for the
  /// same result.
  public var text: String {
    let title = ReportTitle(scenario, period).signals(
      of: network, demand, seeds: result.comparison.seeds.count)
    return [
      [ReportLayout.current.painted(title, .strong)],
      Self.withStrongFirst(presentControl.sentences(.english)),
      disruption?.lines ?? [], bandwidthLines, bandwidthTable, paretoLines,
      measureTable(.english, measureRows(.english)).lines, Self.withStrongFirst(verdict), dayTable,
      dayVerdict, loadTable(.english).lines, stepLines, stageTable(.english).lines, junctionLines,
      oversaturation.spillbackTable, oversaturation.limitTable,
      PedestrianTable(
        plans: plans.both.map(\.plan), labels: labels(.english), network: network, demand: demand
      ).lines, certificateLines, coordinationLines, idleLines,
    ].asText
  }

  private static func withStrongFirst(_ sentences: [String]) -> [String] {
    sentences.enumerated().map { index, sentence in
      ReportLayout.current.painted(sentence.sentence(), index == 0 ? .strong : nil)
    }
  }

  private var junctionLines: [String] {
    let rows = JunctionRows(junctions) { $0.figures.existing.delayHours }
    let more = "and \(rows.left) more; these have the most delay now, --json has all"
    return junctionTable(.english, rows.shown).lines + (rows.left > 0 ? [more] : [])
  }

  /// Existing against proposed plan, junction by junction.
  func junctionTable(_ words: PageWords, _ junctions: [Junction]) -> Table {
    let name = TableColumn<Junction>.text(Title("junction", words.map.junction), room: .rest) {
      Cell($0.name, address: $0.controller.address)
    }
    return Table(
      words.map.table,
      [TableGroup(name)]
        + JunctionFigures.figures.map { .pair($0.title(words), words, of: \.figures, $0.cell) },
      rows: junctions)
  }
}
