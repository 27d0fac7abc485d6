internal import Foundation
internal import TrafficSimulation

/// What the runs of one plan measured, for programs: means over the seeds.
struct PlanSummary: Encodable {
  /// Half the widths of the 95 % confidence intervals of the means.
  struct Confidence: Encodable {
    var served: Double?
    var totalDelayHours: Double?
    var delayPerVehicle: Double?
  }
  var demand: Double
  var served: Double
  var servedPerHour: Double
  var unserved: Double
  var totalDelayHours: Double
  var delayPerVehicle: Double
  var levelOfService: String
  var stops: Double
  var stopsPerVehicle: Double
  /// Share of a lane's storage, 0 ... 1; absent where links were not measured.
  var fullestLane: Double?
  /// Seconds in which a link blocked what lies upstream, all links together; absent where links were not measured.
  var spillbackTime: Double?
  /// At signalled crossings; absent where nobody counted there.
  var pedestrians: Double?
  var delayPerPedestrian: Double?
  /// Absent where it is not known, or nothing limits it.
  var reserveCapacity: Double?
  var confidence: Confidence

  init(_ plan: PlanComparison.Entry, hours: Double, reserveCapacity: Double? = nil) {
    func estimate(_ measure: Measure) -> Estimate { plan.estimate(measure, hours: hours) }
    demand = estimate(.demand).mean
    served = estimate(.served).mean
    servedPerHour = estimate(.servedPerHour).mean
    unserved = estimate(.unserved).mean
    totalDelayHours = estimate(.totalDelayHours).mean
    delayPerVehicle = estimate(.delayPerVehicle).mean
    levelOfService = LevelOfService(delayPerVehicle: delayPerVehicle).rawValue
    stops = estimate(.stops).mean
    stopsPerVehicle = estimate(.stopsPerVehicle).mean
    let hasLinks = plan.runs.contains { !$0.links.isEmpty }
    fullestLane = hasLinks ? estimate(.worstQueue).mean / 100 : nil
    spillbackTime = hasLinks ? plan.estimate(\.spillbackTime).mean : nil
    let walkers = plan.estimate(\.pedestrians).mean
    pedestrians = walkers > 0 ? walkers : nil
    delayPerPedestrian = walkers > 0 ? plan.estimate(\.delayPerPedestrian).mean : nil
    self.reserveCapacity = reserveCapacity.finite
    confidence = Confidence(
      served: estimate(.served).halfWidth.finite,
      totalDelayHours: estimate(.totalDelayHours).halfWidth.finite,
      delayPerVehicle: estimate(.delayPerVehicle).halfWidth.finite)
  }
}

/// Changes against another plan, percent, each with half the width of its 95 % confidence interval.
struct ChangeSummary: Encodable {
  struct Percent: Encodable {
    var percent: Double?
    var confidence: Double?

    init(_ change: Estimate) {
      percent = change.mean.finite
      confidence = change.halfWidth.finite
    }
  }
  var served: Percent
  var totalDelayHours: Percent
  var stops: Percent

  init(_ plan: PlanComparison.Entry, from other: PlanComparison.Entry, hours: Double) {
    served = Percent(plan.percentChange(from: other, .served, hours: hours))
    totalDelayHours = Percent(plan.percentChange(from: other, .totalDelayHours, hours: hours))
    stops = Percent(plan.percentChange(from: other, .stops, hours: hours))
  }
}

extension Double {
  /// The number; nil where it is infinite or none, which JSON cannot say.
  var finite: Double? { isFinite ? self : nil }
}

extension Double? {
  /// The number; nil where it is absent, infinite or none.
  var finite: Double? { flatMap(\.finite) }
}

/// How reports write JSON: keys sorted, so that the same values give the same bytes.
enum JSONText {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
