internal import TrafficModel
internal import TrafficSimulation

extension Estimate {
  /// The same in another unit.
  func times(_ factor: Double) -> Estimate {
    var scaled = self
    scaled.mean *= factor
    scaled.halfWidth *= factor
    return scaled
  }

  /// What is in veh·s, in veh·h.
  var hours: Estimate {
    var hours = self
    hours.mean /= Quantities.secondsPerHour
    hours.halfWidth /= Quantities.secondsPerHour
    return hours
  }

  /// The same without its sign.
  var magnitude: Estimate {
    var magnitude = self
    magnitude.mean = abs(mean)
    return magnitude
  }

  /// For programs: a change in percent.
  var percentJSON: JSONObject { ["percent": mean, "confidence": halfWidth] }
}

extension NumberText {
  /// Intervals below this are the rounding of sums: what is the same for every seed has none to tell.
  private static let certain = 1e-9

  /// Half the width of an estimate's interval; empty where there is none.
  static func plusMinus(_ estimate: Estimate, decimals: Int) -> String {
    abs(estimate.halfWidth) < certain ? "" : plusMinus(estimate.halfWidth, decimals: decimals)
  }

  /// A change in percent, with its interval.
  static func percentChange(_ change: Estimate) -> String {
    let interval = plusMinus(change, decimals: 1)
    return percentChange(change.mean) + (interval.isEmpty ? "" : " " + interval)
  }
}
