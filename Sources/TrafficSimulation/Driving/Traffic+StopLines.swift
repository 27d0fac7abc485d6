/// Right of way: whether a vehicle may pass a stop line now.
extension Traffic {
  /// Nobody yields to a vehicle that has stood inside the junction for so long, s, unless it is in the way: who waits
  /// for it may be what it waits for. As SUMO has it.
  static let blockageTime: Int32 = 5
  /// Below this a vehicle stands, m/s.
  static let standingSpeed = 0.1

  /// Whether the signal of a connection lets a vehicle pass that is `distance` m before the stop line.
  @inline(__always)
  func signalAllows(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double) -> Bool {
    switch heads.aspects[connection] {
    case .red: return false
    case .yellow:
      let canStop = type.brakingDistance(vehicles[index].speed) <= distance
      let time = now - heads.since[connection] + Self.hesitation(index)
      return !canStop || time < roads.connections[connection].yellowUsed
    case .protected, .yielding:
      let reaction = roads.connections[connection].reaction
      return reaction <= 0 || vehicles[index].speed >= Self.standingSpeed
        || now - heads.since[connection] >= reaction
    case .yieldingToAll: return true
    case .stopFirst: return vehicles[index].standing >= 1
    }
  }

  /// s, 0 ..< 1, that a driver thinks yellow older than it is: drivers decide once a second, and in this way as many of
  /// them use part of a second as that part says.
  ///
  /// Multiples of the golden ratio: whoever comes one after the other differs, and any number of them is spread evenly
  /// (D. Knuth, The Art of Computer Programming, volume 3, section 6.4).
  @inline(__always)
  private static func hesitation(_ index: Int32) -> Double {
    Double((UInt64(bitPattern: Int64(index)) &* SplitMix64.increment) >> 11) * 0x1p-53
  }

  /// Whom a connection yields to at present: nobody, those with priority, or all that conflict.
  enum Yielding: BitwiseCopyable {
    case toNobody, toPriority, toAll
  }

  @inline(__always)
  func yielding(_ connection: Int32) -> Yielding {
    switch heads.aspects[connection] {
    case .protected, .yellow, .red: .toNobody
    case .yielding: roads.connections[connection].isMinor ? .toPriority : .toNobody
    case .yieldingToAll, .stopFirst: .toAll
    }
  }

  /// Whether traffic lets vehicle `index` pass the stop line of `connection`, `distance` m ahead; its signal does.
  ///
  /// - Parameter place: the vehicle's position in the routes' links before the connection.
  mutating func trafficAllows(
    _ connection: Int32, place: Int32, _ index: Int32, _ type: KraussModel, distance: Double
  ) -> Bool {
    let way = roads.connections[connection]
    if way.isCrossed, !hasRoomBeyond(connection, place: place, routeEnd: vehicles[index].routeEnd, type) {
      return false
    }
    guard way.firstConflict < way.endConflict else { return true }
    let yielding = yielding(connection)
    guard yielding != .toNobody else {
      return !(junctions.hasFoes(inWayOf: connection) && isObstructed(way, index))
    }
    guard way.waitingPosition <= 0 else { return true }
    var own = schedule(connection, index, type, distance: distance, isStarting: way.crossesMajor)
    if way.crossesMajor, junctions.hasFoes(inWayOf: connection), hasPriorityInside(way, crossing: true) {
      let length = roads.segments[roads.segment(ofConnection: connection)].length + type.length
      own.stopInside(length: length)
    }
    return !isBlocked(connection, index, own, byAll: yielding == .toAll)
  }

  /// Whether a vehicle on a way through a junction must wait for gaps at its waiting position, `distance` m ahead.
  mutating func mustWaitInside(_ connection: Int32, _ index: Int32, _ type: KraussModel, distance: Double)
    -> Bool
  {
    guard heads.aspects[connection] != .protected, roads.connections[connection].isMinor else { return false }
    if hasPriorityInside(roads.connections[connection]) { return true }
    let own = schedule(connection, index, type, distance: distance, isInside: true)
    return isBlocked(connection, index, own, byAll: false, isInside: true)
      || isBlockedByWaiting(connection, index, own)
  }

  /// Whether somebody with priority drives through the junction and has not passed the crossing with `way`: who waits
  /// inside lets him pass before he sets off.
  ///
  /// - Parameter crossing: whether ways that only merge do not count.
  private mutating func hasPriorityInside(_ way: RoadModel.Connection, crossing: Bool = false) -> Bool {
    for place in way.firstConflict..<way.endConflict where roads.conflicts[place].yields {
      let conflict = roads.conflicts[place]
      guard conflict.crosses || !crossing else { continue }
      let waiting = roads.connections[conflict.other].waitingPosition
      var vehicle = vehicles.last[roads.segment(ofConnection: conflict.other)]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        if other.position - types[other.type].length >= conflict.otherEnd { break }
        let isCommitted = other.position > waiting || waiting <= 0
        if isCommitted, other.standing <= Self.blockageTime { return true }
        vehicle = other.ahead
      }
    }
    return false
  }

  /// Whether there is room beyond a junction, so that the vehicle does not stop on the crossing.
  ///
  /// Room ends at a vehicle that stands, or in a lane whose last one waits; it goes on beyond short lanes as far as
  /// signals let it. Who still has its rear on a lane takes up room there.
  /// - Parameter place: the vehicle's position in the routes' links before the connection.
  mutating func hasRoomBeyond(_ connection: Int32, place: Int32, routeEnd: Int32, _ type: KraussModel) -> Bool
  {
    var connection = connection
    var place = place + 1
    var room = 0.0
    var seen = 0.0
    while true {
      let lane = roads.connections[connection].to
      room -= vehicles.occupied[roads.segment(ofConnection: connection)]
      var filled = 0.0
      var vehicle = vehicles.last[lane]
      while vehicle >= 0 {
        let other = vehicles[vehicle]
        let otherType = types[other.type]
        if other.speed < Self.standingSpeed {
          return room + other.position - roads.segments[lane].start - otherType.length - filled
            >= type.spacing
        }
        filled += otherType.spacing
        vehicle = other.ahead
      }
      let leaving = rearOnEnd(of: lane)
      if let leaving { filled += types[vehicles[leaving].type].spacing }
      room += roads.segments[lane].length - roads.segments[lane].start - filled
      let last = vehicles.last[lane] >= 0 ? vehicles.last[lane] : leaving ?? -1
      if last >= 0, vehicles[last].mustWait { return room >= type.spacing }
      seen += roads.segments[lane].length - roads.segments[lane].start
      guard seen < Self.lengthsToClear * type.length, place + 1 < routeEnd else { return true }
      connection = routes.use(at: place, lane: lane).connection
      guard connection >= 0 else { return true }
      switch heads.aspects[connection] {
      case .red, .yellow: return true
      default: place += 1
      }
    }
  }

  /// Vehicle lengths beyond a junction that must be seen to be clear.
  private static let lengthsToClear = 5.0

}
