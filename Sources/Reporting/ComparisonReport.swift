public import TrafficModel
public import TrafficSimulation

/// What `simulate` and `benchmark` tell: any number of plans over the same seeds.
public struct ComparisonReport: Sendable {
  let scenario: String
  let period: String
  let network: Network
  let demand: Demand
  let labels: [String]
  let comparison: PlanComparison
  let sumo: SUMOVerdict?
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
    self.scenario = scenario
    self.period = period
    self.network = network
    self.demand = demand
    self.labels = labels
    self.comparison = comparison
    self.sumo = sumo
    self.disruption = disruption
  }

  /// The plan that others are compared with.
  private var first: PlanComparison.Entry { comparison.entries[0] }

  var hours: Double { demand.duration / Quantities.secondsPerHour }

  /// The report for people in the present `ReportLayout`; the same bytes for the same comparison.
  public var text: String {
    let told = disruption?.lines ?? []
    let queues = [oversaturation.spillbackTable, oversaturation.limitTable, pedestrianTable]
    var sections =
      labels.count == 1
      ? [[heading], presentControl.note, told, measureTable, junctionTable] + queues
      : [[heading], presentControl.note, told, planTable] + queues + [
        sumo.map(sumoTable) ?? [], [explanation],
      ]
    sections.removeAll(where: \.isEmpty)
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// The comparison for programs; Documentation/CommandLine.md has the keys.
  public func json() throws -> String {
    try JSONText.text(
      Summary(
        scenario: scenario, period: period, seeds: comparison.seeds,
        existingControl: presentControl.summary, disruption: disruption?.summary,
        plans: plans(of: comparison, withLinks: labels.count == 1),
        sumo: sumo.map { verdict in
          Summary.SUMO(version: verdict.version, plans: plans(of: verdict.comparison, withLinks: false))
        }))
  }

  private var presentControl: PresentControlReport { PresentControlReport(network: network, accepted: []) }

  private var pedestrianTable: [String] {
    PedestrianTable(plans: comparison.entries.map(\.plan), labels: labels, network: network, demand: demand)
      .lines
  }

  private var oversaturation: Oversaturation {
    Oversaturation(plans: comparison.entries, network: network, labels: labels)
  }

  private func plans(of comparison: PlanComparison, withLinks: Bool) -> [Summary.Plan] {
    let queues = Oversaturation(plans: comparison.entries, network: network, labels: labels)
    let areLinksKnown = comparison.entries.contains { $0.runs.contains { !$0.links.isEmpty } }
    return comparison.entries.enumerated().map { index, plan in
      Summary.Plan(
        plan: labels[index], measures: PlanSummary(plan, hours: hours),
        change: index == 0 ? nil : ChangeSummary(plan, from: comparison.entries[0], hours: hours),
        spillback: areLinksKnown ? queues.spillback(of: plan) : nil,
        queueLimits: areLinksKnown ? queues.limits(of: plan) : nil,
        links: withLinks ? LinkSummary.all(of: plan, network: network) : nil)
    }
  }

  private struct Summary: Encodable {
    struct Plan: Encodable {
      var plan: String
      var measures: PlanSummary
      /// Against the first plan.
      var change: ChangeSummary?
      /// Links that block traffic upstream; absent where links were not measured.
      var spillback: [Oversaturation.Spillback]?
      var queueLimits: [Oversaturation.Limit]?
      /// Of a single plan only: of many they would be too many.
      var links: [LinkSummary]?
    }
    struct SUMO: Encodable {
      var version: String
      var plans: [Plan]
    }
    var scenario: String
    var period: String
    var seeds: [UInt64]
    /// Only where what runs today was not played.
    var existingControl: PresentControlReport.Summary?
    var disruption: DisruptionReport.Summary?
    var plans: [Plan]
    var sumo: SUMO?
  }

  // MARK: Tables

  private var heading: String { ReportLayout.current.painted(title, .strong) }

  private var title: String {
    let seeds = comparison.seeds.count
    let demand = NumberText.fixed(first.estimate(.demand, hours: hours).mean, decimals: 0)
    return
      "\(scenario), \(period): \(demand) vehicles from \(ClockTime.text(self.demand.begin)) to \(ClockTime.text(self.demand.end)), mean of \(seeds) \(seeds == 1 ? "seed" : "seeds")"
      .wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)
  }

  private var explanation: String {
    "Every plan met the same vehicles; ± is the half-width of the 95 % confidence interval, and change is against the first plan, seed by seed."
      .wrapped(to: ReportLayout.current.sentenceWidth)
  }

  private var planTable: [String] {
    var table = TextTable(
      [
        .left(), .right(), .right(), .right(), .left(gap: 1), .left(), .right(), .right(), .right(),
        .left(gap: 1),
      ],
      headings: [
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "served", columns: 1),
        TextTable.Heading(title: "unserved", columns: 1), TextTable.Heading(title: "delay", columns: 2),
        TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "stops", columns: 1),
        TextTable.Heading(title: "lane", columns: 1), TextTable.Heading(title: "delay change", columns: 2),
      ])
    table.add(["", "veh/h", "veh", "s/veh", "", "LOS", "/veh", "full, %", ""])
    for (index, plan) in comparison.entries.enumerated() {
      func estimate(_ measure: Measure) -> Estimate { plan.estimate(measure, hours: hours) }
      func mean(_ measure: Measure) -> String {
        NumberText.fixed(estimate(measure).mean, decimals: measure.decimals)
      }
      let delay = estimate(.delayPerVehicle)
      let change = plan.percentChange(from: first, .totalDelayHours, hours: hours)
      table.add([
        "", mean(.servedPerHour), mean(.unserved), mean(.delayPerVehicle),
        NumberText.plusMinus(delay.halfWidth, decimals: 1),
        LevelOfService(delayPerVehicle: delay.mean).rawValue, mean(.stopsPerVehicle), mean(.worstQueue),
        index == 0
          ? "" : Measure.totalDelayHours.painted(NumberText.percentChange(change.mean), change: change),
        index == 0 ? "" : NumberText.plusMinus(change.halfWidth, decimals: 1),
      ])
    }
    // Labels take what the numbers leave.
    let room = max(10, ReportLayout.current.width - (table.lines.map(\.displayWidth).max() ?? 0))
    table.fill(column: 0, with: (["plan"] + labels).map { $0.truncated(to: room) })
    return table.lines
  }

  /// The measures of the only plan.
  private var measureTable: [String] {
    var table = TextTable([.left(), .right(), .left(gap: 1)])
    table.add(["", labels[0].truncated(to: ReportLayout.current.width / 2)])
    for measure in OptimizationReport.networkMeasures {
      let estimate = first.estimate(measure, hours: hours)
      table.add([
        measure.label, NumberText.fixed(estimate.mean, decimals: measure.decimals),
        OptimizationReport.plusMinus(estimate, decimals: measure.decimals),
      ])
    }
    let delay = first.estimate(.delayPerVehicle, hours: hours).mean
    table.add(["level of service", LevelOfService(delayPerVehicle: delay).rawValue])
    return table.lines
  }

  private static let mostJunctions = 30

  private var junctionTable: [String] {
    let figures = JunctionFigures.all(of: first, network: network, hours: hours)
    guard !figures.isEmpty else { return [] }
    var shown = Array(figures.indices)
    if shown.count > Self.mostJunctions {
      shown = Array(
        shown.sorted { (-figures[$0].delayHours, $0) < (-figures[$1].delayHours, $1) }
          .prefix(Self.mostJunctions))
    }
    var table = TextTable([.left(), .right(), .right(), .right(), .right()])
    table.add(["junction", "cycle, s", "delay, veh·h", "served, veh/h", "lane full, %"])
    for index in shown {
      let found = figures[index]
      table.add([
        network.controllers[index].name.truncated(to: 24), NumberText.seconds(found.cycle),
        NumberText.fixed(found.delayHours, decimals: 1),
        NumberText.fixed(found.servedPerHour, decimals: 0),
        NumberText.fixed(found.fullestLane, decimals: 0),
      ])
    }
    let left = figures.count - shown.count
    return table.lines + (left > 0 ? ["and \(left) more; these have the most delay"] : [])
  }
}
