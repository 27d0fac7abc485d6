internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// What several days do to the plans.
extension OptimizationReport {
  /// More days nobody reads.
  private static let mostDays = 12

  var dayTable: [String] {
    guard let comparison = robust?.comparison else { return [] }
    let plans = DayComparison.Plan.allCases
    var table = TextTable([.left()] + plans.flatMap { _ in [.right(), .left(gap: 1)] })
    table.add(["total delay, veh·h", "existing", "", "for base day", "", "for all days", ""])
    func add(_ name: String, _ estimates: [Estimate]) {
      table.add(
        [name]
          + estimates.flatMap { estimate -> [String] in
            let hours = estimate.hours
            return [NumberText.fixed(hours.mean, decimals: 1), Self.plusMinus(hours, decimals: 1)]
          })
    }
    for day in comparison.days.indices.prefix(Self.mostDays) {
      let name = comparison.days[day].truncated(to: 24) + (day == 0 ? " (base day)" : "")
      add(name, plans.map { comparison.delay($0, day: day) })
    }
    add("mean of the days", plans.map { comparison.measure($0, .expected) })
    if comparison.risk != .expected {
      add(RiskWords.name(comparison.risk), plans.map { comparison.measure($0, comparison.risk) })
    }
    let hidden = comparison.days.count - Self.mostDays
    return table.lines + (hidden > 0 ? ["and \(hidden) more days; --json has all"] : [])
  }

  var dayVerdict: [String] {
    guard let robust else { return [] }
    let comparison = robust.comparison
    let worst = comparison.worstDay
    let cost = comparison.difference(.robust, to: .baseDay, day: 0).hours
    let saving = comparison.difference(.robust, to: .baseDay, day: worst).hours
    let advice =
      robust.isImprovement
      ? "The plan for all days is better than the existing one with 95 % confidence, by the \(RiskWords.name(comparison.risk))."
      : "Keep your plan: no plan for all days was found that beats the existing one with 95 % confidence, by the \(RiskWords.name(comparison.risk))."
    let against =
      "Against the plan for the base day it \(Self.words(cost)) on the base day and \(Self.words(saving)) on the worst day (\(comparison.days[worst]))."
    return [advice, against].map { $0.wrapped(to: ReportLayout.current.sentenceWidth) }
  }

  private static func words(_ difference: Estimate) -> String {
    let hours = NumberText.fixed(abs(difference.mean), decimals: 1)
    let verb = difference.mean > 0 ? "costs" : "saves"
    let interval = plusMinus(difference, decimals: 1)
    return "\(verb) \(hours)\(interval.isEmpty ? "" : " " + interval) veh·h"
  }

  /// The days' figures for programs.
  var robustSummary: RobustSummary? { robust.map { RobustSummary($0) } }
}

/// The keys of a plan for several days.
struct RobustSummary: Encodable {
  struct Value: Encodable {
    /// veh·h.
    var mean: Double
    var halfWidth: Double?

    init(_ estimate: Estimate) {
      mean = estimate.hours.mean
      halfWidth = estimate.hours.halfWidth.finite
    }
  }
  struct Plans: Encodable {
    var existing: Value
    var baseDay: Value
    var robust: Value

    init(_ value: (DayComparison.Plan) -> Estimate) {
      existing = Value(value(.existing))
      baseDay = Value(value(.baseDay))
      robust = Value(value(.robust))
    }
  }
  struct Day: Encodable {
    var name: String
    var totalDelayHours: Plans
  }
  var isImprovement: Bool
  var risk: String
  var days: [Day]
  var expected: Plans
  var measure: Plans
  var costOnBaseDay: Value
  var worstDay: String
  var changeOnWorstDay: Value

  init(_ result: RobustResult) {
    let comparison = result.comparison
    isImprovement = result.isImprovement
    risk = RiskWords.words(comparison.risk)
    days = comparison.days.indices.map { day in
      Day(name: comparison.days[day], totalDelayHours: Plans { comparison.delay($0, day: day) })
    }
    expected = Plans { comparison.measure($0, .expected) }
    measure = Plans { comparison.measure($0, comparison.risk) }
    costOnBaseDay = Value(comparison.difference(.robust, to: .baseDay, day: 0))
    worstDay = comparison.days[comparison.worstDay]
    changeOnWorstDay = Value(comparison.difference(.robust, to: .baseDay, day: comparison.worstDay))
  }
}

extension Estimate {
  /// An estimate of veh·s in veh·h.
  fileprivate var hours: Estimate {
    var hours = self
    hours.mean /= Quantities.secondsPerHour
    hours.halfWidth /= Quantities.secondsPerHour
    return hours
  }
}
