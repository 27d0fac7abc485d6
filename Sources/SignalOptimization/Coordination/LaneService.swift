internal import TrafficModel

/// What an approach lane can discharge, second by second of its controller's cycle.
struct LaneService {
  /// A movement's traffic on the lane.
  struct Stream {
    let movement: MovementID
    /// veh/s.
    let flow: Double
    /// By second: whether it may go.
    let moves: [Bool]
  }
  let lane: LaneID
  /// Vehicles that can leave in each second, counted from the begin of the programme's first interval.
  let capacity: [Double]
  let streams: [Stream]
  /// veh/s.
  let flow: Double

  /// The lanes with demand of a controller under a programme with a cycle of whole seconds.
  static func lanes(
    of program: SignalProgram, network: Network, flows: [Double]
  ) -> [LaneService] {
    let controller = program.controller
    var demand = ControllerDemand(controller: controller, network: network, flows: flows)
    guard !demand.lanes.isEmpty else { return [] }
    let structure = ProgramStructure(program: program, controller: network[controller])
    let durations = program.intervals.map(\.duration)
    let equalShares = CapacityModel(
      network: network, demand: demand, structure: structure, durations: durations)
    demand.shareLanes(capacities: equalShares.streamCapacities())
    let capacities = CapacityModel(
      network: network, demand: demand, structure: structure, durations: durations
    ).lanes()
    return demand.lanes.indices.compactMap { index in
      let streams = demand.lanes[index].streams.filter { demand.flow(ofStream: $0) > 0 }
      guard !streams.isEmpty else { return nil }
      let lane = LaneGreens(program: program, network: network, capacity: capacities[index])
      let parts = streams.map { (stream: demand.streams[$0], flow: demand.flow(ofStream: $0)) }
      return LaneService(
        lane: demand.lanes[index].id, capacity: lane.seconds(parts),
        streams: parts.map { part in
          Stream(
            movement: part.stream.movement, flow: part.flow,
            moves: lane.moves(part.stream.connections))
        },
        flow: parts.reduce(0) { $0 + $1.flow })
    }
  }
}

/// Spreads a lane's capacity over the seconds of the cycle.
private struct LaneGreens {
  let program: SignalProgram
  let network: Network
  let capacity: LaneCapacity
  /// Begin of each interval in the cycle, s.
  private let begins: [Double]
  private let cycle: Double

  init(program: SignalProgram, network: Network, capacity: LaneCapacity) {
    self.program = program
    self.network = network
    self.capacity = capacity
    var begin = 0.0
    begins = program.intervals.map { interval in
      defer { begin += interval.duration }
      return begin
    }
    cycle = begin
  }

  private var count: Int { Int(cycle.rounded()) }

  /// Vehicles that can leave in each second, the lane's traffic being `parts`.
  func seconds(_ parts: [(stream: LaneStream, flow: Double)]) -> [Double] {
    var seconds = [Double](repeating: 0, count: count)
    let total = parts.reduce(0) { $0 + $1.flow }
    func mean(_ value: (LaneConnection) -> Double) -> Double {
      parts.reduce(0) { $0 + $1.flow / total * value(network[$1.stream.connections[0]]) }
    }
    let lost = mean(\.startUpLostTime)
    let used = mean(\.yellowUsed)
    let intervals = program.intervals.indices
    let isFull = intervals.map { capacity.rates[$0] > 0 }
    for interval in intervals where isFull[interval] {
      let starts = !isFull[(interval + intervals.count - 1) % intervals.count]
      let ends = !isFull[(interval + 1) % intervals.count]
      let begin = begins[interval] + (starts ? lost : 0)
      let end = begins[interval] + program.intervals[interval].duration + (ends ? used : 0)
      spread(capacity.rates[interval], from: begin, to: end, over: &seconds)
    }
    for partial in capacity.partials {
      let duration = program.intervals[partial.interval].duration
      guard duration > 0 else { continue }
      let rate = min(partial.rate, partial.limit / duration)
      spread(rate, from: begins[partial.interval], to: begins[partial.interval] + duration, over: &seconds)
    }
    return seconds
  }

  /// Adds `rate` veh/s from a time to a later one, either of which may lie outside the cycle.
  private func spread(_ rate: Double, from begin: Double, to end: Double, over seconds: inout [Double]) {
    guard end > begin else { return }
    for second in Int(begin.rounded(.down))..<Int(end.rounded(.up)) {
      let share = min(end, Double(second) + 1) - max(begin, Double(second))
      seconds[modulo(second, seconds.count)] += rate * share
    }
  }

  /// By second: whether one of some connections may go.
  func moves(_ connections: [ConnectionID]) -> [Bool] {
    let byInterval = program.intervals.map { interval in
      connections.contains { id in
        guard let signal = network[id].signal, signal.controller == program.controller else { return true }
        return interval.states[signal.group].mayGo
      }
    }
    return (0..<count).map { second in
      let interval = begins.lastIndex { $0 <= Double(second) + 0.5 } ?? 0
      return byInterval[interval]
    }
  }
}
