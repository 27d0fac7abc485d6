internal import TrafficModel

/// One run of one plan, second by second.
struct SimulationRun: ~Copyable {
  private var logic: FixedTimeLogic
  private var actuated: ActuatedLogic
  private var traffic: Traffic
  private var departures: Departures
  private var choice: RouteChoice
  private var recorder: Recorder

  init(
    network: Network, road: RoadModel, range: VisibleRange, types: [VehicleType], begin: Double,
    trips: Trips, pedestrians: consuming Pedestrians, alternatives: RouteAlternatives,
    timetable: SignalTimetable, seed: UInt64
  ) {
    logic = FixedTimeLogic(network: network, timetable: timetable)
    actuated = ActuatedLogic(
      network: network, timetable: timetable, begins: network.laneBegins,
      ends: road.segments.prefix(road.laneCount).map(\.length), begin: begin)
    traffic = Traffic(
      network: network, road: road, range: range, types: types, begin: begin, trips: trips,
      pedestrians: pedestrians, seed: seed)
    departures = Departures(trips.trips, linkCount: network.links.count)
    choice = RouteChoice(alternatives, network: network)
    recorder = Recorder(network: network, demand: trips.trips.count, timetable: timetable)
  }

  /// Plays until absolute time `end`, s, and tells what was measured.
  mutating func play(until end: Double) -> Measures {
    while traffic.now < end { advance() }
    return finish(at: end)
  }

  /// Plays until absolute time `end`, s, and tells what an observer saw.
  mutating func observe(until end: Double, _ watcher: TrafficObserver) -> TrafficObservation {
    var observer = watcher
    while traffic.now < end {
      observer.begin(second: traffic.now)
      advance()
      observer.end(&traffic, waitingOutside: departures.waiting)
    }
    return observer.finish()
  }

  /// Plays a second.
  @inline(__always)
  private mutating func advance() {
    logic.advance(to: traffic.now, &traffic.heads)
    if !actuated.isEmpty { respond() }
    if !traffic.pedestrians.isEmpty { traffic.pedestrians.advance(to: traffic.now) }
    traffic.announce()
    plan()
    traffic.move(&recorder)
    traffic.changeLanes()
    departures.depart(into: &traffic, &choice, &recorder)
    departures.record(in: &recorder)
    if !actuated.isEmpty { traffic.detect(&actuated.loops) }
    traffic.tick()
  }

  /// Lets the controllers that respond decide what they show from this second on.
  private mutating func respond() {
    actuated.advance(to: traffic.now, &traffic.heads)
    for change in actuated.changes {
      recorder.changeStage(ofController: change.controller, from: change.before, at: traffic.now)
      if !traffic.pedestrians.isEmpty {
        traffic.pedestrians.show(change.states, ofController: change.controller, at: traffic.now)
      }
    }
  }

  /// Who passes by all vehicles, to plan, counts those of the last second's end, too.
  private mutating func plan() {
    for index in 0..<traffic.vehicles.activeCount {
      let segment = traffic.vehicles.active[index]
      let count = traffic.plan(segment)
      if !traffic.roads.isConnection(segment) { record(count, onLane: segment) }
    }
    choice.advance()
  }

  /// Notes the vehicles of a lane that has some.
  @inline(__always)
  private mutating func record(_ count: Traffic.Count, onLane lane: Int32) {
    let link = traffic.roads.segments[lane].link
    choice.add(speeds: count.speeds, vehicles: count.vehicles, link: link)
    if count.queued > 0 { recordQueue(count, onLane: lane) }
  }

  private mutating func recordQueue(_ count: Traffic.Count, onLane lane: Int32) {
    let road = traffic.roads.segments[lane]
    recorder.addQueue(
      count.queued, link: road.link, step: traffic.step,
      share: min(1, count.filled / (road.length - road.start)))
    if traffic.isFull(lane), departures.areWaiting(outside: road.link) || traffic.isWantedInVain(lane) {
      recorder.spillBack(link: road.link, step: traffic.step)
    }
  }

  /// The measures at the end of the period.
  private mutating func finish(at end: Double) -> Measures {
    for index in 0..<traffic.vehicles.activeCount {
      let segment = traffic.vehicles.active[index]
      if !traffic.roads.isConnection(segment) { record(traffic.count(on: segment), onLane: segment) }
    }
    departures.close(at: end, &traffic, &recorder)
    return recorder.measures(seconds: Double(traffic.step), waitingOutside: departures.waiting)
  }
}
