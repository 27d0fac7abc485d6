internal import TrafficModel

/// The induction loops that SUMO makes for its `actuated` programmes, and which of them prolong which phase.
///
/// A lane has one where it has a green in a phase that traffic prolongs: `detector-gap` seconds before the stop line at the lane's
/// speed limit, or closer where the vehicles between would not get away in the least green.
struct SUMODetectors {
  private let net: NetFile
  private let roads: SUMORoads
  private let defaults: SUMOConfiguration.DetectorDefaults
  private let edges: [String: NetFile.Edge]
  private let requests: [String: [Int: NetFile.Request]]
  /// By lane: the connections that enter it.
  private var entering: [String: [Int]] = [:]
  /// By signal: its connections from road to road.
  private var ofSignal: [String: [Int]] = [:]

  init(net: NetFile, roads: SUMORoads, defaults: SUMOConfiguration.DetectorDefaults) {
    self.net = net
    self.roads = roads
    self.defaults = defaults
    edges = Dictionary(net.edges.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    requests = Dictionary(
      net.junctions.map { ($0.id, $0.requests) }, uniquingKeysWith: { first, _ in first })
    for (index, connection) in net.connections.enumerated() where connection.isRoadToRoad {
      entering["\(connection.to)_\(connection.toLane)", default: []].append(index)
      if let signal = connection.signal { ofSignal[signal.id, default: []].append(index) }
    }
  }

  /// A lane before a signal.
  private struct Approach {
    var name: String
    var edge: NetFile.Edge
    var lane: NetFile.Lane
    /// Those of its connections, without repetition.
    var letters: Set<Int>
    var connections: [Int]
  }

  /// A programme's logic with its detectors.
  func actuation(_ source: SUMOActuation, of signal: String) -> StageActuation {
    let approaches = approaches(of: signal)
    let detected = approaches.compactMap { approach in
      detector(at: approach, source).map { (approach: approach, detector: $0) }
    }
    let greens = SUMOPhaseGreens(
      net: net, connections: ofSignal[signal] ?? [], edges: edges, requests: requests, source)
    var lettersOfLane: [String: Set<Int>] = [:]
    for found in detected { lettersOfLane[found.approach.name] = found.approach.letters }
    let targets = source.targets
    let intervals = source.phases.indices.map { index in
      let phase = source.phases[index]
      var interval = ActuatedInterval(
        states: phase.states, minimum: phase.minimum, maximum: phase.maximum, usual: phase.usual,
        successors: phase.next, earliestEnd: phase.earliestEnd, latestEnd: phase.latestEnd)
      guard interval.isActuated || targets.contains(index) else { return interval }
      let (free, permissive) = greens.letters(of: phase.states)
      interval.detectors = detected.indices.filter { place in
        let (approach, detector) = detected[place]
        let hasJam = detector.jamThreshold != nil
        let usable = approach.letters.filter { free.contains($0) || hasJam && permissive.contains($0) }
        guard hasJam ? !usable.isEmpty : usable.count == approach.letters.count else { return false }
        // Who would drive up to the red of the next junction of the same signal asks for nothing.
        return hasJam
          || approach.connections.allSatisfy { index in
            let connection = net.connections[index]
            guard !Self.isTurnaround(connection) else { return true }
            return lettersOfLane["\(connection.to)_\(connection.toLane)"].map { $0.isSubset(of: free) }
              ?? true
          }
      }
      return interval
    }
    return StageActuation(
      intervals: intervals, detectors: detected.map(\.detector), passageTime: source.detectorGap,
      starvation: source.inactiveThreshold, offset: source.offset, cycle: source.cycleTime,
      isCoordinated: source.isCoordinated)
  }

  static func isTurnaround(_ connection: NetFile.Connection) -> Bool {
    connection.direction == "t" || connection.direction == "T"
  }

  /// Lanes with a signal, in order of their first letters.
  private func approaches(of signal: String) -> [Approach] {
    var found: [Approach] = []
    let ordered = (ofSignal[signal] ?? []).sorted {
      (net.connections[$0].signal?.link ?? 0, $0) < (net.connections[$1].signal?.link ?? 0, $1)
    }
    for index in ordered {
      let connection = net.connections[index]
      guard let letter = connection.signal?.link, let edge = edges[connection.from],
        edge.lanes.indices.contains(connection.fromLane)
      else { continue }
      let name = "\(connection.from)_\(connection.fromLane)"
      if let place = found.firstIndex(where: { $0.name == name }) {
        found[place].letters.insert(letter)
        found[place].connections.append(index)
      } else {
        found.append(
          Approach(
            name: name, edge: edge, lane: edge.lanes[connection.fromLane], letters: [letter],
            connections: [index]))
      }
    }
    return found
  }

  // MARK: Places

  /// m of queue that a vehicle takes, and what stands above the vehicles that get away in the least green.
  private static let spacing = 7.5
  private static let roundingUp = 0.5

  private func detector(at approach: Approach, _ source: SUMOActuation) -> LoopDetector? {
    guard approach.lane.isOpenToMotorTraffic, !source.lanesWithout.contains(approach.name),
      let shortest = shortestGreen(of: approach, source)
    else { return nil }
    let distance = min(
      source.detectorGap * approach.lane.speed,
      (shortest / source.passingTime + Self.roundingUp) * Self.spacing)
    guard let place = place(before: approach, metres: distance) else { return nil }
    let jam =
      source.number("jam-threshold", ofLane: approach.name) ?? source.jamThreshold ?? defaults.jamThreshold
    let length =
      source.number("detector-length", ofLane: approach.name) ?? source.detectorLength ?? defaults.length
    return LoopDetector(
      lane: place.lane, distanceToEnd: place.distance, length: max(0, length),
      largestGap: source.number("max-gap", ofLane: approach.name) ?? source.maxGap,
      jamThreshold: jam > 0 ? jam : nil)
  }

  /// The least green of the phases that a detector on a lane could prolong or call, s; nil where there is none.
  private func shortestGreen(of approach: Approach, _ source: SUMOActuation) -> Double? {
    let targets = source.targets
    let seconds = source.phases.indices.compactMap { index -> Double? in
      let phase = source.phases[index]
      guard
        approach.letters.contains(where: { phase.states.indices.contains($0) && phase.states[$0].isGreen })
      else { return nil }
      if phase.minimum != phase.maximum { return phase.minimum }
      return targets.contains(index) ? 0 : nil
    }
    // Beyond all limits the speed decides.
    return seconds.min() ?? (source.buildsAllDetectors ? .infinity : nil)
  }

  /// Where a detector lies so many metres before a stop line: on a lane before where the only way onto a short lane comes from
  /// one, and no signal holds that; what would lie within a junction lies at the begin of the lane behind it.
  private func place(before approach: Approach, metres: Double) -> (lane: LaneID, distance: Double)? {
    var (edge, lane) = (approach.edge, approach.lane)
    var position = lane.length - metres
    // No network has so many lanes in a row that are so short.
    for _ in 0..<64 where position < 0 {
      let ways = entering["\(edge.id)_\(lane.index)"] ?? []
      guard ways.count == 1, net.connections[ways[0]].signal == nil,
        let before = edges[net.connections[ways[0]].from],
        before.lanes.indices.contains(net.connections[ways[0]].fromLane)
      else { break }
      let inside = roads.inside(net.connections[ways[0]]).length
      if position + inside >= 0 { break }
      (edge, lane) = (before, before.lanes[net.connections[ways[0]].fromLane])
      position += inside + lane.length
    }
    guard let link = roads.linkOfEdge[edge.id], let id = roads.lane(lane.index, of: link) else { return nil }
    return (id, lane.length - max(0, position))
  }
}

extension SUMOActuation {
  /// Stages that some phase may choose among others.
  fileprivate var targets: Set<Int> {
    guard phases.contains(where: { $0.next.count > 1 }) else { return [] }
    return Set(phases.flatMap(\.next).map(stage(from:)))
  }

  /// The first stage from a phase on.
  private func stage(from phase: Int) -> Int {
    var stage = phase
    for _ in phases {
      let states = phases[stage].states
      if states.contains(where: \.isGreen), !states.contains(.yellow) { return stage }
      stage = phases[stage].next.first { $0 != stage } ?? stage
    }
    return 0
  }
}
