internal import TrafficModel

/// A lane's capacity in vehicles per cycle as a concave function of the intervals' durations:
/// a linear part, and intervals in which only some of the lane's streams may go.
struct LaneCapacity {
  /// An interval in which the lane runs until the first vehicle that may not go reaches the stop line.
  struct Partial {
    let interval: Int
    /// veh/s until then.
    let rate: Double
    /// Expected vehicles until then: (1 − p) / p for a share p of vehicles that may not go.
    let limit: Double
  }
  /// veh/s by interval: what one more second of it discharges.
  var rates: [Double]
  /// Vehicles per cycle that do not depend on durations: start-up losses, use of yellow, sneakers.
  var constant = 0.0
  var partials: [Partial] = []
  /// Discharge of the lane's mix under full green, unopposed, veh/s.
  var saturationFlow = 0.0

  /// Vehicles per cycle for given durations; never below `least`.
  func vehicles(durations: [Double]) -> Double {
    var sum = constant
    for (rate, duration) in zip(rates, durations) { sum += rate * duration }
    for partial in partials { sum += min(partial.rate * durations[partial.interval], partial.limit) }
    return max(sum, Self.least)
  }

  /// However bad the signals are, so many vehicles slip through in a cycle, on average; keeps the programs
  /// feasible where a stream's gaps vanish.
  static let least = 0.05
}

/// Capacity: what each lane discharges in each interval of a programme.
///
/// Formula and sources: Documentation/Capacity.md.
struct CapacityModel {
  let network: Network
  let demand: ControllerDemand
  let structure: ProgramStructure
  /// The durations at which permissive rates are worked out, s.
  let durations: [Double]
  let cycle: Double
  /// Begin of each interval in the cycle, s.
  private let begins: [Double]

  init(network: Network, demand: ControllerDemand, structure: ProgramStructure, durations: [Double]) {
    self.network = network
    self.demand = demand
    self.structure = structure
    self.durations = durations
    cycle = durations.reduce(0, +)
    var begin = 0.0
    begins = durations.map { duration in
      defer { begin += duration }
      return begin
    }
  }

  /// By lane of the demand: its capacity function.
  func lanes() -> [LaneCapacity] {
    let rates = demand.streams.indices.map { streamRates($0) }
    return demand.lanes.indices.map { laneCapacity($0, streamRates: rates) }
  }

  /// By stream: vehicles per second if its lane served nothing else.
  func streamCapacities() -> [Double] {
    demand.streams.indices.map { index in
      let moved = zip(streamRates(index), durations).reduce(0) { $0 + $1.0 * $1.1 }
      return max(moved, LaneCapacity.least) / cycle
    }
  }

  /// Vehicles that want to make a turn that waits for gaps inside the junction and never has a protected green, over
  /// those that find gaps: the largest ratio of any such stream; 0 without one.
  ///
  /// Above 1 the rest turns while the signal changes, at best, and those who are caught in the junction may lock it.
  func turnSaturation() -> Double {
    demand.streamsWaitingInside(network).filter { !isEverProtected($0) }.reduce(0) { worst, index in
      let capacity = zip(streamRates(index), durations).reduce(0) { $0 + $1.0 * $1.1 }
      return max(worst, demand.flow(ofStream: index) * cycle / max(capacity, LaneCapacity.least))
    }
  }

  /// Whether some interval protects every connection of a stream that waits inside the junction.
  private func isEverProtected(_ stream: Int) -> Bool {
    demand.streams[stream].connections.filter { network[$0].waitingPosition != nil }.allSatisfy {
      connection in
      structure.program.intervals.indices.contains {
        state(of: connection, in: $0) == .protectedGreen
      }
    }
  }

  /// veh/s of a stream by interval, if its lane served nothing else.
  func streamRates(_ index: Int) -> [Double] {
    structure.program.intervals.indices.map { interval in
      demand.streams[index].connections.map { rate(of: $0, in: interval) }.max() ?? 0
    }
  }

  private func state(of connection: ConnectionID, in interval: Int) -> SignalState {
    guard let signal = network[connection].signal, signal.controller == structure.program.controller else {
      return .protectedGreen
    }
    return structure.program.intervals[interval].states[signal.group]
  }

  private func rate(of id: ConnectionID, in interval: Int) -> Double {
    let connection = network[id]
    switch state(of: id, in: interval) {
    case .protectedGreen: return connection.saturationFlow
    case .permissiveGreen, .off:
      let foes = network.conflicts[id.index].filter(\.yields).map(\.other)
      return openShare(of: id, in: interval)
        * gapRate(of: connection, foes: foes, in: interval, followUpTime: 1 / connection.saturationFlow)
    case .stopThenGo, .blinking:
      let foes = network.conflicts[id.index].map(\.other)
      let followUpTime = 1 / connection.saturationFlow + GapAcceptance.stopTime
      return openShare(of: id, in: interval)
        * gapRate(of: connection, foes: foes, in: interval, followUpTime: followUpTime)
    case .yellow, .red, .redYellow: return 0
    }
  }

  /// Share of an interval in which nobody on foot is in a connection's way.
  private func openShare(of id: ConnectionID, in interval: Int) -> Double {
    guard let people = demand.crossedPeople[id.index] else { return 1 }
    return people.reduce(1) { share, crossing in
      func isGreen(_ interval: Int) -> Bool {
        structure.program.intervals[interval].states[crossing.group].isGreen
      }
      if isGreen(interval) {
        let green = run(holding: interval, where: isGreen)
        return share
          * crossing.openShare(
            duration: durations[interval], elapsed: green.elapsed, red: cycle - green.length)
      }
      let red = run(holding: interval) { !isGreen($0) }
      guard red.length < cycle else { return share }
      return share * crossing.openShare(duration: durations[interval], after: red.elapsed)
    }
  }

  /// Discharge through the gaps of `foes`, averaged over the interval: nothing until the foes' queues have
  /// cleared, then gap acceptance against their random arrivals.
  private func gapRate(
    of connection: LaneConnection, foes: [ConnectionID], in interval: Int, followUpTime: Double
  ) -> Double {
    var opposing = 0.0
    var clearsAt = 0.0
    for foe in foes where state(of: foe, in: interval).isGreen {
      let flow = flow(of: foe)
      guard flow > 0 else { continue }
      opposing += flow
      let green = run(holding: interval) { state(of: foe, in: $0).isGreen }
      let lane = laneFlow(of: foe)
      let clearing = GapAcceptance.clearingTime(
        flow: lane, saturationFlow: network[foe].saturationFlow, red: cycle - green.length)
      clearsAt = max(clearsAt, clearing - green.elapsed)
    }
    let duration = durations[interval]
    let open = duration > 0 ? max(0, min(1, (duration - clearsAt) / duration)) : 0
    return open * GapAcceptance.capacity(against: opposing, followUpTime: followUpTime)
  }

  /// The flow that a connection carries, veh/s; parallel connections of a stream share it.
  private func flow(of connection: ConnectionID) -> Double {
    let movement = network.movementOfConnection[connection.index]
    let lane = network[connection].from
    for index in demand.streamsOfMovement[movement.index]
    where demand.lanes[demand.streams[index].lane].id == lane {
      return demand.flow(ofStream: index) / Double(demand.streams[index].connections.count)
    }
    return 0
  }

  private func laneFlow(of connection: ConnectionID) -> Double {
    let lane = network[connection].from
    guard let index = demand.lanes.firstIndex(where: { $0.id == lane }) else { return 0 }
    return demand.flow(ofLane: index)
  }

  /// The intervals on end, around one, in which something is so: their length, and how long it has been when the
  /// interval begins, s.
  private func run(holding interval: Int, where isSo: (Int) -> Bool) -> (length: Double, elapsed: Double) {
    let count = durations.count
    var first = interval
    var elapsed = 0.0
    while elapsed < cycle {
      let before = (first + count - 1) % count
      guard before != interval, isSo(before) else { break }
      first = before
      elapsed += durations[before]
    }
    var length = elapsed + durations[interval]
    var next = (interval + 1) % count
    while next != first, isSo(next) {
      length += durations[next]
      next = (next + 1) % count
    }
    return (min(length, cycle), elapsed)
  }

  private func laneCapacity(_ lane: Int, streamRates: [[Double]]) -> LaneCapacity {
    let streams = demand.lanes[lane].streams.filter { demand.flow(ofStream: $0) > 0 }
    let total = streams.reduce(0) { $0 + demand.flow(ofStream: $1) }
    let count = durations.count
    var capacity = LaneCapacity(rates: [Double](repeating: 0, count: count))
    guard total > 0 else { return capacity }
    let mix = streams.map { (stream: $0, share: demand.flow(ofStream: $0) / total) }
    let free = mix.reduce(0) {
      $0 + $1.share / network[demand.streams[$1.stream].connections[0]].saturationFlow
    }
    capacity.saturationFlow = 1 / free

    var isFull = [Bool](repeating: false, count: count)
    for interval in 0..<count {
      let moving = mix.filter { streamRates[$0.stream][interval] > 0 }
      guard !moving.isEmpty else { continue }
      let share = moving.reduce(0) { $0 + $1.share }
      let rate = share / moving.reduce(0) { $0 + $1.share / streamRates[$1.stream][interval] }
      if moving.count == mix.count {
        isFull[interval] = true
        capacity.rates[interval] = rate
      } else {
        // Geometric distribution: each vehicle is one that may not go with probability 1 − share.
        capacity.partials.append(
          LaneCapacity.Partial(interval: interval, rate: rate, limit: share / (1 - share)))
      }
    }
    capacity.constant = changeLosses(mix: mix, isFull: isFull, rates: capacity.rates)
    return capacity
  }

  /// Vehicles per cycle lost to starting up and won from yellow and sneakers, over the lane's greens.
  private func changeLosses(mix: [(stream: Int, share: Double)], isFull: [Bool], rates: [Double]) -> Double {
    let count = isFull.count
    var vehicles = 0.0
    for interval in isFull.indices where isFull[interval] {
      if !isFull[(interval + count - 1) % count] {
        let lost = mix.reduce(0) { $0 + $1.share * network[connection($1.stream)].startUpLostTime }
        vehicles -= rates[interval] * lost
      }
      if !isFull[(interval + 1) % count] {
        let used = mix.reduce(0) { $0 + $1.share * network[connection($1.stream)].yellowUsed }
        vehicles += rates[interval] * used
        let permissive = mix.reduce(0) {
          $0 + (state(of: connection($1.stream), in: interval) == .permissiveGreen ? $1.share : 0)
        }
        vehicles += permissive * GapAcceptance.sneakers
      }
    }
    return vehicles
  }

  private func connection(_ stream: Int) -> ConnectionID { demand.streams[stream].connections[0] }
}
