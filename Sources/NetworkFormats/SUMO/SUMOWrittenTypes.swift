internal import TrafficModel

/// The vehicle types of a demand as SUMO's, which bring about the network's saturation flows.
///
/// In SUMO a stop line discharges what its vehicles' headways give. So whoever drives a route has a type whose headway,
/// imperfection and use of yellow are those with which Greenwave's own vehicles pass the stop lines of the route, on the average.
struct SUMOWrittenTypes {
  /// What a kind of vehicle has instead of its own.
  private struct Driving: Hashable {
    var type: Int
    /// s.
    var headway: Double
    var imperfection: Double
    /// s, in steps of `yellowStep`.
    var yellowUsed: Double
  }

  private(set) var text = ""
  /// Whether stop lines of some route differ, so that each has the mean of them.
  private(set) var areMeans = false
  private var known: [Driving: String] = [:]
  private var taken: Set<String>
  private let types: [VehicleType]
  private let names: [String]
  private let network: Network
  private let following: CarFollowing

  init(_ demand: Demand, network: Network) {
    self.network = network
    types = demand.vehicleTypes
    following = CarFollowing(demand)
    names = SUMOWriter.names(types.map(\.name)).all
    taken = []
  }

  /// The name of the type that a vehicle has on a route.
  mutating func name(of type: Int, on route: [LinkID]) -> String {
    let driving = driving(type, route)
    if let name = known[driving] { return name }
    let name = newName(names[type])
    known[driving] = name
    add(types[type], driving, name: name)
    return name
  }

  private mutating func newName(_ stem: String) -> String {
    var name = stem
    var count = 1
    while !taken.insert(name).inserted || (count > 1 && names.contains(name)) {
      count += 1
      name = "\(stem)_\(count)"
    }
    return name
  }

  private mutating func driving(_ type: Int, _ route: [LinkID]) -> Driving {
    let movements = zip(route, route.dropFirst()).compactMap { network.movement(from: $0, to: $1) }
    let stopLines = movements.map { movement in
      let ways = network[movement].connections.map { id in
        (network[id], following.adjustment(to: network[id], of: network))
      }
      func mean(_ value: (LaneConnection, DischargeAdjustment) -> Double) -> Double {
        ways.reduce(0) { $0 + value($1.0, $1.1) } / Double(ways.count)
      }
      return (
        headway: mean { $1.extraHeadway }, share: mean { $1.imperfectionShare },
        // SUMO's queues have start-up lost times of their own; what is missing is taken from the other end of green, but not
        // from those who wait for gaps inside the junction: they leave when others' green ends.
        yellow: mean { $0.waitingPosition != nil ? $0.yellowUsed : max(0, $0.yellowUsed - $1.reaction) }
      )
    }
    let count = Double(max(1, stopLines.count))
    let share = stopLines.isEmpty ? 1 : stopLines.reduce(0) { $0 + $1.share } / count
    areMeans = areMeans || zip(stopLines, stopLines.dropFirst()).contains { $0.headway != $1.headway }
    return Driving(
      type: type,
      headway: Self.rounded(types[type].headway + stopLines.reduce(0) { $0 + $1.headway } / count),
      imperfection: Self.rounded(types[type].imperfection * share),
      yellowUsed: (stopLines.reduce(0) { $0 + $1.yellow } / count / Self.yellowStep).rounded()
        * Self.yellowStep)
  }

  /// s: finer would tell types apart that drive alike.
  private static let yellowStep = 0.125

  /// To a thousandth: finer would tell types apart that drive alike.
  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  /// Drivers of SUMO decide once a second: of a part of a second as many use the whole as that part says.
  private mutating func add(_ type: VehicleType, _ driving: Driving, name: String) {
    let whole = driving.yellowUsed.rounded(.down)
    let part = driving.yellowUsed - whole
    guard part > 0 else { return add(type, driving, name: name, yellowUsed: whole, share: nil) }
    text += "  \(SUMOWriter.tag("vTypeDistribution", [("id", name)]))>\n"
    for (used, share) in [(whole, 1 - part), (whole + 1, part)] {
      text += "  "
      add(type, driving, name: newName(name), yellowUsed: used, share: share)
    }
    text += "  </vTypeDistribution>\n"
  }

  private mutating func add(
    _ type: VehicleType, _ driving: Driving, name: String, yellowUsed: Double, share: Double?
  ) {
    let number = SUMOPlan.number
    var attributes = [
      ("id", name), ("length", number(type.length)), ("minGap", number(type.minimumGap)),
      ("accel", number(type.acceleration)), ("decel", number(type.deceleration)),
      ("maxSpeed", number(type.maximumSpeed)), ("tau", number(driving.headway)),
      ("sigma", number(driving.imperfection)),
      ("speedFactor", "normc(\(number(type.speedFactor)),\(number(type.speedDeviation)),0.2,2)"),
    ]
    if yellowUsed > 0 { attributes.append(("jmDriveAfterYellowTime", number(yellowUsed))) }
    if let share { attributes.append(("probability", number(share))) }
    text += "  \(SUMOWriter.tag("vType", attributes))/>\n"
  }
}
