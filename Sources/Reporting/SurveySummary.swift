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

/// The keys of a survey in summaries for programs.
struct SurveySummary: Encodable {
  struct Peak: Encodable {
    /// s.
    var begin: Double
    var vehicles: Double
    var peakHourFactor: Double?
  }
  struct Junction: Encodable {
    var junction: String
    var peakHour: Peak
  }
  var name: String
  var movements: Int
  var begin: Double?
  var end: Double?
  var coverage: Double
  var peakHour: Peak?
  var junctions: [Junction]
  /// Movements that keep the flow that they had.
  var kept: [String]

  init(_ survey: Survey, network: Network) {
    let counts = survey.counts
    name = survey.name
    movements = counts.movements.count
    begin = counts.times?.lowerBound
    end = counts.times?.upperBound
    coverage = survey.demand.coverage
    peakHour = counts.peakHour().map(Self.peak)
    junctions = counts.peakHours(network: network).map {
      Junction(junction: network[$0.junction].name, peakHour: Self.peak($0.hour))
    }
    kept = survey.demand.kept.map(network.name(of:))
  }

  private static func peak(_ hour: PeakHour) -> Peak {
    Peak(begin: hour.begin, vehicles: hour.vehicles, peakHourFactor: hour.factor)
  }
}
