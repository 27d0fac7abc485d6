internal import TrafficModel

/// Looks at a run after each second, and keeps what it sees.
struct TrafficObserver {
  private let isFollowed: [Bool]
  private let times: Range<Double>
  /// By lane: when the cycle of its signals stands at 0, and how long it is, s.
  private let cycles: [(offset: Double, length: Double)]
  private let linkOfLane: [Int]
  private var observation = TrafficObservation()
  private var placeOfVehicle: [Int32: Int] = [:]
  private var cycleOfLane: [Int]
  private var longest: [Int]
  private var sums: [Int]
  private var waiting = 0
  private var seconds = 0

  init(network: Network, plan: TimingPlan, links: Set<LinkID>, times: Range<Double>) {
    isFollowed = network.links.indices.map { links.contains(LinkID($0)) }
    self.times = times
    linkOfLane = network.lanes.map(\.link.index)
    cycles = network.lanes.map { lane in
      guard case .signalled(let controller) = network[network[lane.link].to].control,
        let program = plan[controller]
      else { return (0, TrafficObservation.minute) }
      return (program.offset, program.cycle)
    }
    cycleOfLane = [Int](repeating: .min, count: network.lanes.count)
    longest = [Int](repeating: 0, count: network.lanes.count)
    sums = [Int](repeating: 0, count: network.links.count)
    observation.longestQueues = [[Int]](repeating: [], count: network.lanes.count)
  }

  /// Notes that a second begins.
  mutating func begin(second time: Double) {
    for lane in cycles.indices {
      let cycle = Int(((time - cycles[lane].offset) / cycles[lane].length).rounded(.down))
      guard cycle != cycleOfLane[lane] else { continue }
      if cycleOfLane[lane] != .min { observation.longestQueues[lane].append(longest[lane]) }
      cycleOfLane[lane] = cycle
      longest[lane] = 0
    }
  }

  /// Notes the queue of a lane.
  mutating func see(queue: Int, lane: Int) {
    longest[lane] = max(longest[lane], queue)
    sums[linkOfLane[lane]] += queue
  }

  /// Whether vehicles of a lane are followed.
  func follows(lane: Int, at time: Double) -> Bool { times.contains(time) && isFollowed[linkOfLane[lane]] }

  /// Notes where a vehicle is.
  mutating func see(vehicle: Int32, lane: Int, position: Double, at time: Double) {
    let sighting = TrafficObservation.Sighting(
      time: time, link: LinkID(linkOfLane[lane]), position: position)
    if let place = placeOfVehicle[vehicle] {
      observation.trajectories[place].append(sighting)
    } else {
      placeOfVehicle[vehicle] = observation.trajectories.count
      observation.trajectories.append([sighting])
    }
  }

  /// Notes that a second is over.
  mutating func end(waitingOutside: Int) {
    waiting += waitingOutside
    seconds += 1
    if Double(seconds) >= TrafficObservation.minute { closeMinute() }
  }

  private mutating func closeMinute() {
    guard seconds > 0 else { return }
    observation.queues.append(sums.map { Double($0) / Double(seconds) })
    observation.waitingOutside.append(Double(waiting) / Double(seconds))
    for link in sums.indices { sums[link] = 0 }
    (waiting, seconds) = (0, 0)
  }

  /// What was seen.
  mutating func finish() -> TrafficObservation {
    closeMinute()
    // A cycle that the period cuts short is left out where there are whole ones.
    for lane in longest.indices where observation.longestQueues[lane].isEmpty {
      observation.longestQueues[lane].append(longest[lane])
    }
    return observation
  }
}

extension SimulationRun {
  /// Plays the seconds of `period` and tells what an observer saw.
  mutating func observe(_ period: Range<Double>, _ watcher: TrafficObserver) -> TrafficObservation {
    var observer = watcher
    while now < period.upperBound {
      let time = now
      observer.begin(second: time)
      advance()
      for index in 0..<activeCount where !isConnection(active[index]) {
        let lane = active[index]
        let isFollowed = observer.follows(lane: Int(lane), at: time)
        var queue = 0
        var vehicle = head[lane]
        while vehicle >= 0 {
          if vehicles[vehicle].speed < Self.queueSpeed { queue += 1 }
          if isFollowed {
            observer.see(
              vehicle: vehicle, lane: Int(lane), position: vehicles[vehicle].position, at: now)
          }
          vehicle = vehicles[vehicle].behind
        }
        if queue > 0 { observer.see(queue: queue, lane: Int(lane)) }
      }
      observer.end(waitingOutside: waitingCount)
    }
    return observer.finish()
  }
}
