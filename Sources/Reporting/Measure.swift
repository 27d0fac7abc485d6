internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// A figure that reports tell of a plan as it was played.
struct Measure: Sendable {
  /// In summaries for programs.
  let key: String
  /// As tables on a terminal call it, with its unit.
  let label: String
  /// As pages call it.
  let words: @Sendable (PageWords.Measures) -> String
  /// Decimals in tables.
  let decimals: Int
  /// Whether more of it is better, or less; nil where neither is.
  let isMoreBetter: Bool?
  /// Whether it is of all links, which are not always measured.
  var isOfLinks = false
  /// What one is in summaries for programs: tables have percent where these have shares.
  var unit = 1.0
  /// Its value, given what one run measured and the hours of the period.
  let value: @Sendable (Measures, Double) -> Double

  static let demand = Measure(
    key: "demand", label: "demand, veh", words: \.demand, decimals: 0, isMoreBetter: nil
  ) { run, _ in Double(run.demand) }
  static let served = Measure(
    key: "served", label: "served, veh", words: \.servedVehicles, decimals: 0, isMoreBetter: true
  ) { run, _ in Double(run.served) }
  static let servedPerHour = Measure(
    key: "servedPerHour", label: "served, veh/h", words: \.served, decimals: 0, isMoreBetter: true
  ) { run, hours in hours > 0 ? Double(run.served) / hours : 0 }
  static let unserved = Measure(
    key: "unserved", label: "unserved at the end, veh", words: \.unserved, decimals: 0, isMoreBetter: false
  ) { run, _ in Double(run.unserved) }
  static let totalDelayHours = Measure(
    key: "totalDelayHours", label: "total delay, veh·h", words: \.totalDelay, decimals: 1, isMoreBetter: false
  ) { run, _ in run.totalDelay / Quantities.secondsPerHour }
  static let delayPerVehicle = Measure(
    key: "delayPerVehicle", label: "delay per vehicle, s", words: \.delayPerVehicle, decimals: 1,
    isMoreBetter: false
  ) { run, _ in run.delayPerVehicle }
  static let stops = Measure(
    key: "stops", label: "stops", words: \.allStops, decimals: 0, isMoreBetter: false
  ) { run, _ in Double(run.stops) }
  static let stopsPerVehicle = Measure(
    key: "stopsPerVehicle", label: "stops per vehicle", words: \.stops, decimals: 2, isMoreBetter: false
  ) { run, _ in run.stopsPerVehicle }
  /// Percent of a lane's storage.
  static let fullestLane = Measure(
    key: "fullestLane", label: "fullest lane, % of storage", words: \.fullestLane, decimals: 0,
    isMoreBetter: false, isOfLinks: true, unit: 100
  ) { run, _ in 100 * (run.links.map(\.fullestLane).max() ?? 0) }
  static let spillbackTime = Measure(
    key: "spillbackTime", label: "spillback, s", words: \.spillback, decimals: 0, isMoreBetter: false,
    isOfLinks: true
  ) { run, _ in run.spillbackTime }

  /// Those of summaries for programs.
  static let all: [Measure] = [
    .demand, .served, .servedPerHour, .unserved, .totalDelayHours, .delayPerVehicle, .stops, .stopsPerVehicle,
    .fullestLane, .spillbackTime,
  ]
  /// Those whose intervals summaries for programs have.
  static let withConfidence: [Measure] = [.served, .totalDelayHours, .delayPerVehicle]
  /// Those whose changes summaries for programs have.
  static let withChange: [Measure] = [.served, .totalDelayHours, .stops]
  /// Those of the table of a whole network.
  static let ofNetwork: [Measure] = [
    .demand, .servedPerHour, .unserved, .totalDelayHours, .delayPerVehicle, .stopsPerVehicle, .fullestLane,
  ]

  /// Keys of those that pages show large.
  static let headlines = [servedPerHour, delayPerVehicle, stopsPerVehicle].map(\.key)

  func title(_ words: PageWords) -> Title { Title(label, self.words(words.measures)) }
}
