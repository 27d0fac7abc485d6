public import SignalOptimization
public import TrafficModel

/// A survey as a report tells of it.
public struct Survey: Sendable {
  /// The file.
  public var name: String
  /// All that was counted.
  public var counts: TurningCounts
  /// What it means for the period.
  public var demand: SurveyedDemand

  /// A survey.
  public init(name: String, counts: TurningCounts, demand: SurveyedDemand) {
    self.name = name
    self.counts = counts
    self.demand = demand
  }

  /// What was counted and when most, in words.
  var words: String {
    var words = CountsSummary(counts, name: name).words
    if demand.coverage < Self.complete {
      let share = NumberText.fixed(100 * demand.coverage, decimals: 0)
      words += "; it covers \(share) % of the period, which stands for the rest"
    }
    return words + "."
  }

  /// A smaller share leaves something out.
  private static let complete = 0.999
}

extension Survey {
  /// For programs.
  func json(in network: Network) -> JSONObject {
    func json(_ hour: PeakHour) -> JSONObject {
      ["begin": hour.begin, "vehicles": hour.vehicles, "peakHourFactor": hour.factor]
    }
    return [
      "name": name, "movements": counts.movements.count, "begin": counts.times?.lowerBound,
      "end": counts.times?.upperBound, "coverage": demand.coverage, "peakHour": counts.peakHour().map(json),
      "junctions": counts.peakHours(network: network).map { peak -> JSONObject in
        ["junction": network[peak.junction].name, "peakHour": json(peak.hour)]
      },
      // Movements that keep the flow that they had.
      "kept": demand.kept.map(network.name(of:)),
    ]
  }
}
