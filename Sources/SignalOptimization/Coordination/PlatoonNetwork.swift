internal import TrafficModel

/// The cyclic flows between signals with a common cycle, and the delays that they bring about: TRANSYT's platoon
/// model (Robertson 1969). Traffic leaves a stop line when its signal and its queue allow, spreads on its way,
/// and queues at the next; every profile is by second of the common cycle, in its own controller's time.
struct PlatoonNetwork {
  /// An approach lane.
  struct Lane {
    /// Position of its controller among the members.
    let member: Int
    /// Over the common cycle.
    let capacity: [Double]
    /// Each with its flow, veh/s, and when it may go, over the common cycle.
    let streams: [LaneService.Stream]
    /// veh/s.
    let flow: Double
    /// Position of its link among the approaches.
    let approach: Int
  }
  /// A link with a stop line of one of the members.
  struct Approach {
    let link: LinkID
    let member: Int
    /// Positions of its lanes.
    var lanes: [Int] = []
    var feeds: [Feed] = []
    /// veh/s.
    var flow = 0.0
  }
  /// Traffic of one upstream movement.
  struct Feed {
    /// Position of its controller among the members.
    let member: Int
    /// The lanes that it leaves, and the position of its stream on each.
    let sources: [(lane: Int, stream: Int)]
    /// Share of what leaves there that reaches the stop line.
    let share: Double
    /// veh/s that reach it.
    let flow: Double
    /// s.
    let time: Double
    let dispersion: PlatoonDispersion
  }

  /// The common cycle, s.
  let cycle: Int
  let members: [ControllerID]
  /// By member: its own cycle, s.
  let cycles: [Int]
  private(set) var lanes: [Lane] = []
  private(set) var approaches: [Approach] = []

  /// Programmes whose cycles divide the longest of them.
  ///
  /// - Parameters:
  ///   - flows: by movement, veh/s.
  ///   - speedDeviation: standard deviation of the drivers' speeds, as a share of their mean.
  init(
    programs: [SignalProgram], network: Network, flows: [Double], feeds: [[LinkFeed]], speedDeviation: Double
  ) {
    members = programs.map(\.controller)
    cycles = programs.map { Int($0.cycle.rounded()) }
    cycle = cycles.max() ?? 1
    var approachOfLink: [LinkID: Int] = [:]
    var sources: [MovementID: [(lane: Int, stream: Int)]] = [:]
    for (member, program) in programs.enumerated() {
      for service in LaneService.lanes(of: program, network: network, flows: flows) {
        let link = network[service.lane].link
        let approach = approachOfLink[link] ?? approaches.count
        if approach == approaches.count {
          approachOfLink[link] = approach
          approaches.append(Approach(link: link, member: member))
        }
        for (index, stream) in service.streams.enumerated() {
          sources[stream.movement, default: []].append((lanes.count, index))
        }
        approaches[approach].lanes.append(lanes.count)
        approaches[approach].flow += service.flow
        lanes.append(
          Lane(
            member: member, capacity: repeated(service.capacity),
            streams: service.streams.map {
              .init(movement: $0.movement, flow: $0.flow, moves: repeated($0.moves))
            }, flow: service.flow, approach: approach))
      }
    }
    let memberOf = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    for index in approaches.indices {
      approaches[index].feeds = feeds[approaches[index].link.index].compactMap { feed in
        guard let member = memberOf[feed.controller], let lanes = sources[feed.movement],
          feed.flow > Self.leastFlow
        else { return nil }
        return Feed(
          member: member, sources: lanes, share: min(1, feed.flow / flows[feed.movement.index]),
          flow: feed.flow, time: feed.time,
          dispersion: PlatoonDispersion(meanTime: feed.time, deviation: speedDeviation * feed.time))
      }
    }
  }

  /// Less is no platoon, veh/s.
  private static let leastFlow = 1e-6

  private func repeated<Value>(_ values: [Value]) -> [Value] {
    (0..<cycle).map { values[$0 % values.count] }
  }

  // MARK: Profiles

  /// Arrivals of each lane, vehicles in each second, as if upstream signals were unknown.
  func uniformArrivals() -> [[Double]] {
    lanes.map { [Double](repeating: $0.flow, count: cycle) }
  }

  /// By lane and stream: vehicles that leave in each second.
  func departures(arrivals: [[Double]]) -> [[[Double]]] {
    lanes.indices.map { index in
      let lane = lanes[index]
      let queue = CyclicQueue(arrivals: arrivals[index], capacity: lane.capacity)
      var profiles = lane.streams.map { _ in [Double](repeating: 0, count: cycle) }
      for time in 0..<cycle where queue.departures[time] > 0 {
        // In yellow, what was moving last still is.
        var moving = lane.streams.map { $0.moves[time] ? $0.flow : 0 }
        var total = moving.reduce(0, +)
        if total == 0 {
          moving = lane.streams.map(\.flow)
          total = lane.flow
        }
        for (stream, flow) in moving.enumerated() {
          profiles[stream][time] = queue.departures[time] * flow / total
        }
      }
      let served = queue.departures.reduce(0, +) / lane.flow
      return zip(lane.streams, profiles).map { stream, profile in
        let sum = profile.reduce(0, +)
        let factor = sum > 0 ? stream.flow * served / sum : 0
        return profile.map { $0 * factor }
      }
    }
  }

  /// What a feed brings to the stop line, vehicles in each second in the time of the feed's controller.
  func platoon(of feed: Feed, departures: [[[Double]]]) -> [Double] {
    var leaving = [Double](repeating: 0, count: cycle)
    for source in feed.sources {
      for time in 0..<cycle { leaving[time] += feed.share * departures[source.lane][source.stream][time] }
    }
    return feed.dispersion.arrivals(of: leaving)
  }

  /// Arrivals of each lane for given offsets of the members, s, when upstream traffic leaves as in `departures`.
  func arrivals(departures: [[[Double]]], offsets: [Int]) -> [[Double]] {
    var arrivals = lanes.map { _ in [Double](repeating: 0, count: cycle) }
    for approach in approaches {
      var profile = rest(of: approach, without: approach.feeds)
      for feed in approach.feeds {
        let platoon = platoon(of: feed, departures: departures)
        let difference = offsets[approach.member] - offsets[feed.member]
        for time in 0..<cycle { profile[time] += platoon[modulo(time + difference, cycle)] }
      }
      for lane in approach.lanes {
        let share = lanes[lane].flow / approach.flow
        arrivals[lane] = profile.map { $0 * share }
      }
    }
    return arrivals
  }

  /// The traffic of an approach that does not come by some feeds, spread evenly.
  private func rest(of approach: Approach, without feeds: [Feed]) -> [Double] {
    let coming = feeds.reduce(0) { $0 + $1.flow }
    return [Double](repeating: max(0, approach.flow - coming), count: cycle)
  }

  /// Rounds in which platoons travel on, each past one more signal.
  private static let rounds = 8

  /// Arrivals that have settled: every lane's follow from its neighbours' departures.
  func settledArrivals(offsets: [Int]) -> [[Double]] {
    var arrivals = uniformArrivals()
    for _ in 0..<Self.rounds {
      arrivals = self.arrivals(departures: departures(arrivals: arrivals), offsets: offsets)
    }
    return arrivals
  }

  /// Delay of all lanes, veh·s per second.
  func delay(arrivals: [[Double]]) -> Double {
    lanes.indices.reduce(0) {
      $0 + CyclicQueue(arrivals: arrivals[$1], capacity: lanes[$1].capacity).delay
    } / Double(cycle)
  }

  // MARK: Links

  /// Delay at the stop lines of an approach by the difference of offsets, downstream less upstream, whole seconds
  /// over what both cycles have in common; veh·s per second.
  func delays(
    at approach: Approach, from member: Int, departures: [[[Double]]], arrivals: [[Double]]?, offsets: [Int]
  ) -> [Double] {
    let feeds = approach.feeds.filter { $0.member == member }
    let platoon = feeds.reduce([Double](repeating: 0, count: cycle)) { sum, feed in
      zip(sum, self.platoon(of: feed, departures: departures)).map { $0 + $1 }
    }
    let twice = platoon + platoon
    let even = rest(of: approach, without: feeds)
    let count = greatestCommonDivisor(cycles[approach.member], cycles[member])
    var delays = [Double](repeating: 0, count: count)
    let present = modulo(offsets[approach.member] - offsets[member], cycle)
    for index in approach.lanes {
      let lane = lanes[index]
      let share = lane.flow / approach.flow
      // What else arrives: as it is now, or evenly.
      let base =
        arrivals.map { arrivals in
          (0..<cycle).map { max(0, arrivals[index][$0] - share * twice[$0 + present]) }
        } ?? even.map { $0 * share }
      let coming = base.reduce(0, +) + share * platoon.reduce(0, +)
      let factor = CyclicQueue.factor(arrivals: coming, capacity: lane.capacity.reduce(0, +))
      for difference in 0..<count {
        delays[difference] += CyclicQueue.delay(
          base: base, platoon: twice, share: share, shift: difference, factor: factor,
          capacity: lane.capacity)
      }
    }
    return delays.map { $0 / Double(cycle) }
  }
}
