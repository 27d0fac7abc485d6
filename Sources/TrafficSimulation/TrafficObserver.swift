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
  /// The present second, absolute s.
  private var second = 0.0

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
    second = time
    for lane in cycles.indices {
      let cycle = Int(((time - cycles[lane].offset) / cycles[lane].length).rounded(.down))
      guard cycle != cycleOfLane[lane] else { continue }
      if cycleOfLane[lane] != .min { observation.longestQueues[lane].append(longest[lane]) }
      cycleOfLane[lane] = cycle
      longest[lane] = 0
    }
  }

  /// Notes the traffic at the end of the second, and how many wait outside.
  mutating func end(_ traffic: inout Traffic, waitingOutside: Int) {
    for index in 0..<traffic.vehicles.activeCount {
      let segment = traffic.vehicles.active[index]
      if !traffic.roads.isConnection(segment) { see(&traffic, lane: segment) }
    }
    waiting += waitingOutside
    seconds += 1
    if Double(seconds) >= TrafficObservation.minute { closeMinute() }
  }

  private mutating func see(_ traffic: inout Traffic, lane: Int32) {
    let link = linkOfLane[Int(lane)]
    let isFollowed = times.contains(second) && isFollowed[link]
    var queue = 0
    var vehicle = traffic.vehicles.first[lane]
    while vehicle >= 0 {
      if traffic.vehicles[vehicle].speed < Traffic.queueSpeed { queue += 1 }
      if isFollowed {
        let sighting = TrafficObservation.Sighting(
          time: traffic.now, link: LinkID(link), position: traffic.vehicles[vehicle].position)
        note(sighting, of: vehicle)
      }
      vehicle = traffic.vehicles[vehicle].behind
    }
    longest[Int(lane)] = max(longest[Int(lane)], queue)
    sums[link] += queue
  }

  private mutating func note(_ sighting: TrafficObservation.Sighting, of vehicle: Int32) {
    if let place = placeOfVehicle[vehicle] {
      observation.trajectories[place].append(sighting)
    } else {
      placeOfVehicle[vehicle] = observation.trajectories.count
      observation.trajectories.append([sighting])
    }
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
