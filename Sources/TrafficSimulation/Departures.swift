/// Who means to depart: each joins the line outside its first link when its time has come, and enters when there is room.
struct Departures: ~Copyable {
  private let trips: [Trip]
  private var nextTrip = 0
  /// By link: the line outside, its first vehicle and its last; -1 when there is none.
  private var first: FlatArray<Int32>
  private var last: FlatArray<Int32>
  private var length: FlatArray<Int32>
  /// By vehicle in a line: who is next.
  private var next: FlatArray<Int32>
  /// Links with lines.
  private var links: FlatArray<Int32>
  private var linkCount = 0
  /// Vehicles in all lines.
  private(set) var waiting = 0

  init(_ trips: [Trip], linkCount: Int) {
    self.trips = trips
    first = FlatArray(repeating: -1, count: linkCount)
    last = FlatArray(repeating: -1, count: linkCount)
    length = FlatArray(repeating: 0, count: linkCount)
    next = FlatArray(repeating: -1, count: trips.count)
    links = FlatArray(repeating: -1, count: linkCount)
  }

  /// Whether somebody waits outside a link.
  @inline(__always)
  func areWaiting(outside link: Int32) -> Bool { first[link] >= 0 }

  /// Lets those join whose time has come, and those enter for whom there is room.
  mutating func depart(
    into traffic: inout Traffic, _ choice: inout RouteChoice, _ recorder: inout Recorder
  ) {
    while nextTrip < trips.count, trips[nextTrip].time <= traffic.now {
      let trip = trips[nextTrip]
      let vehicle = Int32(nextTrip)
      if trip.choosesRoute { traffic.setRoute(vehicle, choice.quickest(trip.route, traffic.routes)) }
      let link = traffic.routes.links[traffic.vehicles[vehicle].place]
      join(vehicle, link)
      // The part of this second that it had not yet waited is taken off what the line counts.
      recorder.add(delay: traffic.now - trip.time, link: link)
      nextTrip += 1
    }
    var index = 0
    while index < linkCount {
      let link = links[index]
      while first[link] >= 0, traffic.enter(first[link], link, trips[Int(first[link])].insertion) {
        // It waited since it meant to depart; whole seconds have been counted while it stood in the line.
        recorder.enter(link: link)
        traffic.arrive(first[link], onLink: link, &recorder)
        removeFirst(link)
      }
      if first[link] < 0 {
        linkCount -= 1
        links[index] = links[linkCount]
      } else {
        index += 1
      }
    }
    assert(nextTrip == waiting + traffic.vehicles.onRoad + recorder.arrived, "vehicles are conserved")
  }

  private mutating func join(_ vehicle: Int32, _ link: Int32) {
    if first[link] < 0 {
      first[link] = vehicle
      links[linkCount] = link
      linkCount += 1
    } else {
      next[last[link]] = vehicle
    }
    last[link] = vehicle
    length[link] += 1
    waiting += 1
  }

  private mutating func removeFirst(_ link: Int32) {
    first[link] = next[first[link]]
    length[link] -= 1
    waiting -= 1
    assert((first[link] < 0) == (length[link] == 0), "a line is as long as it has vehicles")
  }

  /// Notes the second that all in the lines have waited.
  mutating func record(in recorder: inout Recorder) {
    for index in 0..<linkCount { recorder.add(delay: Double(length[links[index]]), link: links[index]) }
  }

  /// Lets those join who depart between the last step and absolute time `end`, s, and never had a chance to enter.
  mutating func close(at end: Double, _ traffic: inout Traffic, _ recorder: inout Recorder) {
    while nextTrip < trips.count {
      let link = traffic.routes.links[traffic.vehicles[Int32(nextTrip)].place]
      recorder.add(delay: end - trips[nextTrip].time, link: link)
      waiting += 1
      nextTrip += 1
    }
  }
}
