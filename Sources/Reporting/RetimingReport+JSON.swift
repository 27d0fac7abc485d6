internal import SignalOptimization
internal import TrafficModel

extension RetimingReport {
  /// The summary for programs; Documentation/Retiming.md has the keys.
  ///
  /// - Parameter seconds: how long each part of the work took, s: all that differs between runs.
  public func json(seconds: [String: Double]) throws -> String {
    try JSONText.text(summary(seconds: seconds))
  }

  /// The summaries of several periods, as a list.
  public static func json(of reports: [(report: RetimingReport, seconds: [String: Double])]) throws -> String
  {
    try JSONText.text(reports.map { $0.report.summary(seconds: $0.seconds) })
  }

  private func summary(seconds: [String: Double]) -> RetimingSummary {
    RetimingSummary(
      scenario: scenario, period: period, existingControl: presentControl.summary, days: days.map(\.name),
      risk: RiskWords.words(options.risk),
      surveys: surveys.map { SurveySummary($0, network: network) }, delayNow: result.delayNow,
      delayAfter: result.delayAfter,
      junctions: result.byGain.map { index in
        let junction = result.junctions[index]
        return RetimingSummary.Junction(
          name: network[junction.controller].name, outcome: junction.outcome.rawValue,
          age: junction.age.rawValue, flowPerHour: Quantities.perHour(vehiclesPerSecond: junction.flow),
          isHeldBack: junction.isHeldBack, now: RetimingSummary.Timing(junction.now),
          after: RetimingSummary.Timing(junction.after), best: RetimingSummary.Timing(junction.best))
      },
      groups: result.groups.map { group in
        RetimingSummary.Group(
          junctions: group.controllers.map { network[$0].name }, cycle: group.cycle,
          costBefore: group.costBefore, costAfter: group.costAfter)
      },
      movementsWithoutDemand: result.movementsWithoutDemand.map {
        RetimingSummary.Idle(movement: network.name(of: $0.movement), reason: $0.reason.words)
      }, seconds: seconds)
  }
}

/// The keys of the summary of a re-timing.
private struct RetimingSummary: Encodable {
  struct Timing: Encodable {
    var stages: [Double]
    var cycle: Double
    var offset: Double
    var delay: Double
    var saturation: Double

    init(_ timing: JunctionRetiming.Timing) {
      stages = timing.stages
      cycle = timing.cycle
      offset = timing.offset
      delay = timing.delay
      saturation = timing.saturation
    }
  }
  struct Junction: Encodable {
    var name: String
    var outcome: String
    var age: String
    var flowPerHour: Double
    var isHeldBack: Bool
    var now: Timing
    var after: Timing
    var best: Timing
  }
  struct Group: Encodable {
    var junctions: [String]
    var cycle: Double
    var costBefore: Double
    var costAfter: Double
  }
  struct Idle: Encodable {
    var movement: String
    var reason: String
  }
  var scenario: String
  var period: String
  /// Only where what runs today was not played.
  var existingControl: PresentControlReport.Summary?
  var days: [String]
  var risk: String
  var surveys: [SurveySummary]
  /// veh·h per hour.
  var delayNow: Double
  var delayAfter: Double
  /// Those that gain most first.
  var junctions: [Junction]
  var groups: [Group]
  var movementsWithoutDemand: [Idle]
  var seconds: [String: Double]
}
