internal import TrafficModel

/// One run of one plan: the state of every vehicle, advanced second by second.
///
/// A step has six parts, each in a file of its own: signals; announcing (who comes to which stop line when); planning (every vehicle decides on its next speed
/// from where all vehicles were); moving; changing lanes; departures.
///
/// Its methods are mutating, those that change nothing, too, unless they are inlined: a call from a mutating method to one that
/// is not would copy all of the run.
struct SimulationRun: ~Copyable {
  let laneCount: Int32
  let types: FlatArray<KraussModel>
  let trips: [Trip]
  var signals: SignalPlayer

  let segments: FlatArray<RoadModel.Segment>
  let connections: FlatArray<RoadModel.Connection>
  let conflicts: FlatArray<RoadModel.Conflict>
  let siblings: FlatArray<RoadModel.Sibling>
  /// By link.
  let firstLane: FlatArray<Int32>
  let endLane: FlatArray<Int32>
  /// By lane: the higher limit of the lanes beside it, m/s: what its drivers could gain at most.
  let fastestBeside: FlatArray<Double>
  /// By lane, and the connections that enter it.
  let firstEntering: FlatArray<Int32>
  let entering: FlatArray<Int32>
  let routeLinks: FlatArray<Int32>
  let firstUse: FlatArray<Int32>
  let uses: FlatArray<LaneUse>

  let routeStarts: FlatArray<Int32>
  let alternatives: RouteAlternatives
  var linkSpeeds: LinkSpeeds

  let vehicles: FlatArray<Vehicle>
  /// By segment: the vehicle furthest ahead, and the last one; -1 when it is empty.
  let head: FlatArray<Int32>
  let tail: FlatArray<Int32>
  /// By segment: metres of queue that its vehicles would fill.
  let occupied: FlatArray<Double>
  /// By segment: the last vehicle that left it at its end, whose rear may still be on it.
  let lastOut: FlatArray<Int32>
  /// By connection, and by junction: ways with vehicles, and ways on which the last vehicle may still have its rear.
  let places: FlatArray<JunctionBits.Place>
  let occupiedWays: FlatArray<UInt64>
  let leftWays: FlatArray<UInt64>
  /// Segments with vehicles, in no particular order, and each one's place in the list (-1: not in it).
  let active: FlatArray<Int32>
  let placeInActive: FlatArray<Int32>
  /// The active segments as they were when a part of the step began.
  let order: FlatArray<Int32>
  var activeCount = 0
  /// Holds those that somebody listens to only.
  var approaches: Approaches
  /// By connection: the last step in which somebody listened to those who approach it, and the lanes that they come from.
  let heard: FlatArray<Int32>
  let firstCaller: FlatArray<Int32>
  let callers: FlatArray<Int32>
  /// Lanes whose vehicles may be listened to in this step, and by lane the last step in which they were.
  let called: FlatArray<Int32>
  var calledCount = 0
  var isAnybodyHeard = false
  let calledIn: FlatArray<Int32>
  let farthestDecision: Double

  /// By link: the line of vehicles that wait to enter.
  let waitingHead: FlatArray<Int32>
  let waitingTail: FlatArray<Int32>
  let waitingLength: FlatArray<Int32>
  let waitingLinks: FlatArray<Int32>
  var waitingLinkCount = 0
  var waitingCount = 0
  var nextTrip = 0
  var onRoad = 0

  var recorder: Recorder
  /// Absolute time of the step, s.
  var now: Double
  var step: Int32 = 0

  init(
    network: Network, road: RoadModel, range: VisibleRange, types vehicleTypes: [VehicleType],
    period: Range<Double>, trips: Trips, alternatives: RouteAlternatives, timetable: SignalTimetable,
    seed: UInt64
  ) {
    laneCount = Int32(road.laneCount)
    self.trips = trips.trips
    types = FlatArray(vehicleTypes.map { KraussModel($0) })
    signals = SignalPlayer(network: network, timetable: timetable)
    segments = FlatArray(road.segments)
    connections = FlatArray(road.connections)
    conflicts = FlatArray(road.conflicts)
    siblings = FlatArray(road.siblings)
    firstLane = FlatArray(road.firstLane)
    endLane = FlatArray(road.endLane)
    fastestBeside = FlatArray(road.fastestBeside)
    firstEntering = FlatArray(road.firstEntering)
    entering = FlatArray(road.entering)
    routeLinks = FlatArray(trips.routes.links)
    firstUse = FlatArray(trips.routes.firstUse)
    uses = FlatArray(trips.routes.uses)
    routeStarts = FlatArray(trips.routes.starts)
    self.alternatives = alternatives
    // Where nobody chooses a route, nobody asks for speeds.
    let known = alternatives.isEmpty ? [] : network.links
    linkSpeeds = LinkSpeeds(lengths: known.map(\.length), limits: known.map(\.speed))
    vehicles = FlatArray(repeating: Vehicle(), count: trips.trips.count)
    let count = road.segments.count
    head = FlatArray(repeating: -1, count: count)
    tail = FlatArray(repeating: -1, count: count)
    occupied = FlatArray(repeating: 0, count: count)
    lastOut = FlatArray(repeating: -1, count: count)
    places = FlatArray(road.bits.places)
    occupiedWays = FlatArray(repeating: JunctionBits.others, count: road.bits.junctionCount)
    leftWays = FlatArray(repeating: JunctionBits.others, count: road.bits.junctionCount)
    active = FlatArray(repeating: -1, count: count)
    placeInActive = FlatArray(repeating: -1, count: count)
    order = FlatArray(repeating: -1, count: count)
    approaches = Approaches(connectionCount: road.connections.count, vehicleCount: trips.trips.count)
    heard = FlatArray(repeating: -1, count: road.connections.count)
    firstCaller = FlatArray(range.firstLane)
    callers = FlatArray(range.lanes)
    called = FlatArray(repeating: -1, count: road.laneCount)
    calledIn = FlatArray(repeating: -1, count: road.laneCount)
    farthestDecision = range.decision
    let links = network.links.count
    waitingHead = FlatArray(repeating: -1, count: links)
    waitingTail = FlatArray(repeating: -1, count: links)
    waitingLength = FlatArray(repeating: 0, count: links)
    waitingLinks = FlatArray(repeating: -1, count: links)
    recorder = Recorder(network: network, demand: trips.trips.count)
    now = period.lowerBound
    prepareVehicles(vehicleTypes, routes: trips.routes, seed: seed)
  }

  /// Drivers' desired speeds, as shares of the limit, are kept between these.
  static let largestSpeedFactor = 2.0
  private static let smallestSpeedFactor = 0.2

  private mutating func prepareVehicles(_ vehicleTypes: [VehicleType], routes: RouteLanes, seed: UInt64) {
    let root = SplitMix64(seed: seed)
    for (index, trip) in trips.enumerated() {
      var random = root.split(UInt64(index) &+ 0x1_0000_0000)
      let type = vehicleTypes[trip.type]
      let factor = type.speedFactor + type.speedDeviation * random.nextNormal()
      vehicles[index].speedFactor = min(Self.largestSpeedFactor, max(Self.smallestSpeedFactor, factor))
      vehicles[index].random = random.state
      vehicles[index].place = routes.starts[trip.route]
      vehicles[index].routeEnd = routes.starts[trip.route + 1]
      vehicles[index].type = Int32(trip.type)
    }
  }

  /// Plays the seconds of `period` and tells what was measured.
  mutating func play(_ period: Range<Double>) -> Measures {
    while now < period.upperBound { advance() }
    return finish(at: period.upperBound)
  }

  /// Plays a second.
  @inline(__always)
  mutating func advance() {
    signals.advance(to: now)
    announce()
    plan()
    move()
    changeLanes()
    depart()
    assert(nextTrip == waitingCount + onRoad + recorder.served, "vehicles are conserved")
    recordLines()
    now += 1
    step += 1
  }

  // MARK: Who is where

  /// Whether a segment is a way through a junction.
  @inline(__always)
  func isConnection(_ segment: Int32) -> Bool { segment >= laneCount }

  /// The segment of a connection.
  @inline(__always)
  func segment(ofConnection connection: Int32) -> Int32 { connection &+ laneCount }

  /// What the route of a vehicle on a link says about one of the link's lanes.
  @inline(__always)
  func use(of index: Int32, lane: Int32) -> LaneUse {
    let place = vehicles[index].place
    return uses[firstUse[place] &+ lane &- firstLane[routeLinks[place]]]
  }

  /// Puts a vehicle on a segment at its position, behind all that are further ahead.
  mutating func link(_ index: Int32, to segment: Int32) {
    let position = vehicles[index].position
    var behind: Int32 = -1
    var ahead = tail[segment]
    while ahead >= 0, vehicles[ahead].position < position {
      behind = ahead
      ahead = vehicles[ahead].ahead
    }
    let road = segments[segment]
    let type = types[vehicles[index].type]
    vehicles[index].limit = min(road.speed * vehicles[index].speedFactor, type.maximumSpeed)
    if isConnection(segment) {
      vehicles[index].connection = segment - laneCount
    } else {
      let place = firstUse[vehicles[index].place] + segment - firstLane[road.link]
      vehicles[index].use = place
      vehicles[index].connection = uses[place].connection
      vehicles[index].change = uses[place].change
    }
    vehicles[index].segment = segment
    vehicles[index].ahead = ahead
    vehicles[index].behind = behind
    if ahead >= 0 { vehicles[ahead].behind = index } else { head[segment] = index }
    if behind >= 0 { vehicles[behind].ahead = index } else { tail[segment] = index }
    occupied[segment] += type.spacing
    if placeInActive[segment] < 0 {
      placeInActive[segment] = Int32(activeCount)
      active[activeCount] = segment
      activeCount += 1
      if isConnection(segment) { setOccupied(segment - laneCount, true) }
    }
  }

  /// Takes a vehicle off its segment.
  mutating func unlink(_ index: Int32) {
    let (segment, ahead, behind) = (
      vehicles[index].segment, vehicles[index].ahead, vehicles[index].behind
    )
    if ahead >= 0 { vehicles[ahead].behind = behind } else { head[segment] = behind }
    if behind >= 0 { vehicles[behind].ahead = ahead } else { tail[segment] = ahead }
    occupied[segment] -= types[vehicles[index].type].spacing
    if head[segment] < 0 {
      occupied[segment] = 0
      if isConnection(segment) { setOccupied(segment - laneCount, false) }
      let place = placeInActive[segment]
      activeCount -= 1
      let moved = active[activeCount]
      active[place] = moved
      placeInActive[moved] = place
      placeInActive[segment] = -1
    }
  }
}
