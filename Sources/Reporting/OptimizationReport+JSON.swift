internal import Foundation
internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// The summary for programs; Documentation/CommandLine.md has the keys.
  ///
  /// - Parameter seconds: how long each phase of the work took, s: the only part that differs between runs.
  public func json(seconds: [String: Double]) throws -> String {
    try JSONText.text(summary(seconds: seconds))
  }

  /// The summaries of several periods, as a list.
  public static func json(of reports: [(report: OptimizationReport, seconds: [String: Double])]) throws
    -> String
  {
    try JSONText.text(reports.map { $0.report.summary(seconds: $0.seconds) })
  }

  private func summary(seconds: [String: Double]) -> OptimizationSummary {
    let comparison = result.comparison
    let certificate = result.certificate
    let existing = JunctionFigures.all(of: comparison.existing, network: network, hours: hours)
    let proposed = JunctionFigures.all(of: comparison.proposed, network: network, hours: hours)
    let reserves = reserveByController
    return OptimizationSummary(
      scenario: scenario, period: period, seeds: comparison.seeds, isStopped: isStopped,
      isImprovement: presentControl.isPlayed ? result.isImprovement : presentControl.isImprovement,
      existingControl: presentControl.summary,
      existing: PlanSummary(
        comparison.existing, hours: hours, reserveCapacity: certificate.existingReserveCapacity),
      proposed: PlanSummary(
        comparison.proposed, hours: hours, reserveCapacity: certificate.proposedReserveCapacity),
      change: presentControl.isPlayed
        ? ChangeSummary(comparison.proposed, from: comparison.existing, hours: hours) : nil,
      disruption: disruption?.summary, robust: robustSummary,
      spillback: sides { oversaturation.spillback(of: $0) },
      queueLimits: oversaturation.limits(of: comparison.existing) == nil
        ? nil : sides { oversaturation.limits(of: $0) ?? [] },
      steps: result.steps.enumerated().map { index, step in
        OptimizationSummary.Step(
          name: index == 0 && !presentControl.isPlayed ? "stand-in" : step.kind.name,
          totalDelayHours: step.totalDelay.mean / Quantities.secondsPerHour,
          changeHours: presentControl.isPlayed ? step.difference.mean / Quantities.secondsPerHour : nil,
          changeHalfWidthHours: !presentControl.isPlayed
            ? nil : (step.difference.halfWidth / Quantities.secondsPerHour).finite)
      },
      junctions: network.controllers.indices.map {
        OptimizationSummary.Junction(
          name: network.controllers[$0].name, existing: .init(existing[$0], reserves[$0]?.existing),
          proposed: .init(proposed[$0], reserves[$0]?.proposed))
      },
      bandwidth: bandwidth.map { BandwidthSummary($0, plan: result.plan, network: network) },
      certificate: certificateSummary, seconds: seconds)
  }

  private func sides<Value>(_ value: (PlanComparison.Entry) -> Value) -> OptimizationSummary.Sides<Value> {
    OptimizationSummary.Sides(
      existing: value(result.comparison.existing), proposed: value(result.comparison.proposed))
  }

  private var certificateSummary: OptimizationSummary.Proof {
    OptimizationSummary.Proof(
      objective: result.certificate.objective.rawValue,
      splits: result.certificate.splits.map { split in
        OptimizationSummary.Split(
          junction: network[split.controller].name, cycle: split.cycle, value: split.value.finite,
          bound: split.bound.finite, gap: split.gap.finite, reserveCapacity: split.reserveCapacity.finite,
          binding: split.binding.map {
            OptimizationSummary.Constraint(
              kind: $0.kind.rawValue, what: $0.what, degreeOfSaturation: $0.degreeOfSaturation.finite,
              pricePerSecond: $0.pricePerSecond.finite)
          })
      },
      coordination: result.certificate.coordination.map {
        OptimizationSummary.Group(
          junctions: $0.group.controllers.map { network[$0].name }, reason: $0.group.reason(in: network),
          cycle: $0.offsets?.cycle, cost: $0.offsets?.cost, costAtRandom: $0.offsets?.costAtRandom,
          bound: $0.offsets?.bound, gap: $0.offsets?.gap)
      },
      movementsWithoutDemand: result.certificate.movementsWithoutDemand.map {
        OptimizationSummary.Idle(movement: network.name(of: $0.movement), reason: $0.reason.words)
      })
  }
}

/// The keys of the summary of an optimization.
private struct OptimizationSummary: Encodable {
  struct Sides<Value: Encodable>: Encodable {
    var existing: Value
    var proposed: Value
  }
  struct Junction: Encodable {
    var name: String
    var existing: JunctionSide
    var proposed: JunctionSide
  }
  struct JunctionSide: Encodable {
    var cycle: Double
    var totalDelayHours: Double
    var servedPerHour: Double
    var reserveCapacity: Double?
    var fullestLane: Double

    init(_ figures: JunctionFigures, _ reserve: Double?) {
      cycle = figures.cycle
      totalDelayHours = figures.delayHours
      servedPerHour = figures.servedPerHour
      reserveCapacity = reserve.finite
      fullestLane = figures.fullestLane / 100
    }
  }
  struct Step: Encodable {
    var name: String
    var totalDelayHours: Double
    var changeHours: Double?
    var changeHalfWidthHours: Double?
  }
  struct Proof: Encodable {
    var objective: String
    var splits: [Split]
    var coordination: [Group]
    var movementsWithoutDemand: [Idle]
  }
  struct Split: Encodable {
    var junction: String
    var cycle: Double
    var value: Double?
    var bound: Double?
    var gap: Double?
    var reserveCapacity: Double?
    var binding: [Constraint]
  }
  struct Constraint: Encodable {
    var kind: String
    var what: String
    var degreeOfSaturation: Double?
    var pricePerSecond: Double?
  }
  struct Group: Encodable {
    var junctions: [String]
    var reason: String
    var cycle: Double?
    var cost: Double?
    var costAtRandom: Double?
    var bound: Double?
    var gap: Double?
  }
  struct Idle: Encodable {
    var movement: String
    var reason: String
  }
  var scenario: String
  var period: String
  var seeds: [UInt64]
  /// Whether the search was ended before it was done.
  var isStopped: Bool
  /// Absent where nobody compared the plan with what runs today.
  var isImprovement: Bool?
  /// Only where what runs today was not played.
  var existingControl: PresentControlReport.Summary?
  var existing: PlanSummary
  var proposed: PlanSummary
  /// Only where what runs today was played.
  var change: ChangeSummary?
  /// Only where there are incidents.
  var disruption: DisruptionReport.Summary?
  /// Only for several days.
  var robust: RobustSummary?
  /// Links that block traffic upstream.
  var spillback: Sides<[Oversaturation.Spillback]>
  var queueLimits: Sides<[Oversaturation.Limit]>?
  var steps: [Step]
  var junctions: [Junction]
  /// Only where green waves were asked for.
  var bandwidth: BandwidthSummary?
  var certificate: Proof
  var seconds: [String: Double]
}
