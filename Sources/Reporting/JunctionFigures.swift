internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// What the runs of one plan measured on the approaches of one signal controller: means over the seeds.
struct JunctionFigures: Sendable {
  /// s.
  var cycle: Double
  /// Delay on the links to the controller's stop lines, veh·h.
  var delayHours = 0.0
  /// The same per vehicle that passes them, s.
  var delayPerVehicle = 0.0
  /// Vehicles per hour past those stop lines.
  var servedPerHour = 0.0
  /// Fullest lane of those links, percent of its storage.
  var fullestLane = 0.0
  /// Factor by which all demand can grow before a lane is oversaturated; nil where it is not known.
  var reserveCapacity: Double?

  /// The highest degree of saturation that a reserve capacity means; nil where nothing is known of it.
  var saturation: Double? { reserveCapacity.flatMap { $0.isFinite && $0 > 0 ? 1 / $0 : nil } }

  /// By the mean delay of a vehicle on the way to its stop line; nil where none passes.
  var levelOfService: LevelOfService? {
    servedPerHour > 0 ? LevelOfService(delayPerVehicle: delayPerVehicle) : nil
  }

  /// For programs.
  var json: JSONObject {
    JSONObject(Self.figures, of: self)
      .with(["delayPerVehicle": delayPerVehicle, "levelOfService": levelOfService?.rawValue])
  }

  /// What reports tell of a junction.
  static let figures: [Figure<JunctionFigures>] = [
    Figure(key: "cycle", title: { Title("cycle, s", $0.map.cycle) }, value: \.cycle) { .seconds($0.cycle) },
    Figure(key: "totalDelayHours", title: { Title("delay, veh·h", $0.map.delayHours) }, value: \.delayHours) {
      .number($0.delayHours, decimals: 1)
    },
    Figure(key: "servedPerHour", title: { Title("served, veh/h", $0.map.served) }, value: \.servedPerHour) {
      .number($0.servedPerHour, decimals: 0)
    },
    Figure(
      key: "reserveCapacity", title: { Title("worst v/c", $0.map.worstSaturation) }, value: \.reserveCapacity
    ) { .number($0.saturation, decimals: 2) },
    Figure(
      key: "fullestLane", title: { Title("lane full, %", $0.map.laneFull) }, value: { $0.fullestLane / 100 }
    ) { .number($0.fullestLane, decimals: 0) },
  ]

  /// The figures of a plan, by controller.
  static func all(of played: PlayedPlan, network: Network) -> [JunctionFigures] {
    let runs = Double(played.entry.runs.count)
    var figures = network.controllers.indices.map {
      JunctionFigures(cycle: played.cycle(of: ControllerID($0)))
    }
    for run in played.entry.runs {
      var fullest = [Double](repeating: 0, count: figures.count)
      for (link, measured) in zip(network.links, run.links) {
        guard case .signalled(let controller) = network[link.to].control else { continue }
        let position = controller.index
        figures[position].delayHours += measured.delay / Quantities.secondsPerHour / runs
        if played.hours > 0 {
          figures[position].servedPerHour += Double(measured.left) / played.hours / runs
        }
        fullest[position] = max(fullest[position], measured.fullestLane)
      }
      for position in figures.indices { figures[position].fullestLane += 100 * fullest[position] / runs }
    }
    for position in figures.indices where figures[position].servedPerHour > 0 {
      let served = figures[position].servedPerHour * played.hours
      figures[position].delayPerVehicle = figures[position].delayHours * Quantities.secondsPerHour / served
    }
    return figures
  }
}

/// Junctions in a table for people, of whom nobody reads more.
struct JunctionRows<Value> {
  private static var most: Int { 30 }

  /// Of the controllers that are shown: all, or those with the most of what counts, these first.
  let shown: [Value]
  /// How many are not shown.
  let left: Int

  /// - Parameter weight: what counts of a junction.
  init(_ all: [Value], by weight: (Value) -> Double) {
    guard all.count > Self.most else {
      (shown, left) = (all, 0)
      return
    }
    shown = all.enumerated().sorted { (-weight($0.element), $0.offset) < (-weight($1.element), $1.offset) }
      .prefix(Self.most).map(\.element)
    left = all.count - shown.count
  }
}
