internal import TrafficModel

/// What happens on the roads: all vehicles, and what their drivers know of each other and of the signals.
///
/// A second of driving has parts, each in a file of its own: announcing (who comes to which stop line when); planning (every
/// vehicle decides on its next speed from where all vehicles were); moving; changing lanes; entering.
///
/// Methods are mutating, those that change nothing, too, unless they are inlined: a call from a mutating method to one
/// that is not would copy all of the traffic.
struct Traffic: ~Copyable {
  let roads: Roads
  let routes: Routes
  let types: FlatArray<KraussModel>
  var vehicles: OrderedVehicles
  var junctions: JunctionOccupancy
  /// By lane: the last vehicle that passed its stop line, whose rear may still be on it; -1 for none.
  var lastOut: FlatArray<Int32>
  var heads: SignalHeads
  var pedestrians: Pedestrians
  var listening: Listening
  /// Holds those that somebody listens to only.
  var approaches: Approaches
  /// Absolute time of the step, s.
  private(set) var now: Double
  private(set) var step: Int32 = 0

  init(
    network: Network, road: RoadModel, range: VisibleRange, types vehicleTypes: [VehicleType],
    begin: Double, trips: Trips, pedestrians: consuming Pedestrians, seed: UInt64
  ) {
    self.pedestrians = pedestrians
    roads = Roads(road)
    routes = Routes(trips.routes)
    types = FlatArray(vehicleTypes.map { KraussModel($0) })
    vehicles = OrderedVehicles(count: trips.trips.count, segmentCount: road.segments.count)
    junctions = JunctionOccupancy(road.bits)
    lastOut = FlatArray(repeating: -1, count: road.laneCount)
    heads = SignalHeads(network: network)
    listening = Listening(range, laneCount: road.laneCount)
    approaches = Approaches(connectionCount: road.connections.count, vehicleCount: trips.trips.count)
    now = begin
    prepareVehicles(vehicleTypes, trips, seed: seed)
  }

  /// Drivers' desired speeds, as shares of the limit, are kept between these.
  static let largestSpeedFactor = 2.0
  private static let smallestSpeedFactor = 0.2

  private mutating func prepareVehicles(_ vehicleTypes: [VehicleType], _ trips: Trips, seed: UInt64) {
    let root = SplitMix64(seed: seed)
    for (index, trip) in trips.trips.enumerated() {
      var random = root.split(UInt64(index) &+ 0x1_0000_0000)
      let type = vehicleTypes[trip.type]
      let factor = type.speedFactor + type.speedDeviation * random.nextNormal()
      let vehicle = Int32(index)
      vehicles[vehicle].speedFactor = min(Self.largestSpeedFactor, max(Self.smallestSpeedFactor, factor))
      vehicles[vehicle].random = random.state
      vehicles[vehicle].type = Int32(trip.type)
      setRoute(vehicle, trip.route)
    }
  }

  /// Sets the route that a vehicle takes, from its begin on.
  mutating func setRoute(_ index: Int32, _ route: Int) {
    vehicles[index].place = routes.starts[route]
    vehicles[index].routeEnd = routes.starts[route + 1]
  }

  /// Ends a second.
  mutating func tick() {
    now += 1
    step += 1
  }

  /// Puts a vehicle that is on no segment on one.
  mutating func put(_ index: Int32, on segment: Int32, at position: Double) {
    let road = roads.segments[segment]
    let type = types[vehicles[index].type]
    vehicles[index].limit = min(road.speed * vehicles[index].speedFactor, type.maximumSpeed)
    if roads.isConnection(segment) {
      let connection = roads.connection(of: segment)
      vehicles[index].connection = connection
      junctions.setOccupied(connection, true)
    } else {
      let offset = routes.useOffset[vehicles[index].place]
      let use = routes.use(offset: offset, lane: segment)
      vehicles[index].useOffset = offset
      vehicles[index].connection = use.connection
      vehicles[index].change = use.change
    }
    vehicles.put(index, on: segment, at: position, spacing: type.spacing)
  }

  /// Takes a vehicle off its segment, and tells which that was.
  mutating func take(_ index: Int32) -> Int32 {
    let segment = vehicles.take(index, spacing: types[vehicles[index].type].spacing)
    if roads.isConnection(segment), vehicles.first[segment] < 0 {
      junctions.setOccupied(roads.connection(of: segment), false)
    }
    return segment
  }

  /// The vehicle that has passed the stop line of a lane but whose rear is still on it.
  @inline(__always)
  mutating func rearOnEnd(of lane: Int32) -> Int32? {
    let other = lastOut[lane]
    guard other >= 0 else { return nil }
    let segment = vehicles[other].segment
    guard segment >= 0, roads.isConnection(segment),
      roads.connections[roads.connection(of: segment)].from == lane,
      vehicles[other].position < types[vehicles[other].type].length
    else {
      lastOut[lane] = -1
      return nil
    }
    return other
  }
}
