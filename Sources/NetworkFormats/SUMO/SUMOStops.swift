internal import NetworkBuilding

/// Stops of the vehicles of a file: they hold up traffic behind them where they stand on a lane, which is not played but told.
struct SUMOStops {
  private var vehicles = 0
  /// Stops on a lane, and the s they last together, as far as that is told.
  private var (onLane, seconds) = (0, 0.0)
  private var first: TextPlace?
  /// By lane or stop: how many stop there.
  private var places: [String: Int] = [:]

  /// Takes on the stops of a vehicle, a flow or a route; none where it has none.
  mutating func add(_ node: XMLNode) {
    let stops = node.children("stop") + node.children("route").flatMap { $0.children("stop") }
    guard !stops.isEmpty else { return }
    vehicles += 1
    first = first ?? node.place
    for stop in stops {
      let isOffRoad = ["true", "1", "opportunistic"].contains(stop["parking"]) || stop["parkingArea"] != nil
      guard !isOffRoad else { continue }
      onLane += 1
      if let text = stop["duration"], let time = XMLTime.seconds(text), (0...86_400).contains(time) {
        seconds += time
      }
      let place = ["lane", "edge", "busStop", "trainStop", "chargingStation", "containerStop"].lazy.compactMap
      { stop[$0] }.first
      if let place { places[place, default: 0] += 1 }
    }
  }

  /// Says what was left out; to be called at the end of a file.
  func tell(_ log: inout DiagnosticLog) {
    guard let first else { return }
    let who = "\(vehicles) of the vehicles, flows and routes have stops: they drive on without them"
    guard onLane > 0 else {
      log.warning(who, at: first)
      return
    }
    let most = places.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    let length = seconds > 0 ? ", for \(plainNumber(seconds.rounded())) s together" : ""
    log.warning(
      "\(who); \(onLane) of the stops block a lane\(length), most often at '\(most)', and hold nobody up here",
      at: first)
  }
}
