public import TrafficModel

/// A signalled junction described by its stages: each stage is the green of one group, and serves lanes of
/// their own, each on a link of its own, all into one exit. Movement i is that of lane i, in order of stages.
public struct StageNetwork {
  /// The network: junction 0 in the middle, link i from outside to it, one exit link last.
  public let network: Network
  /// The present programme: equal stages.
  public let program: SignalProgram

  /// - Parameters:
  ///   - stages: by stage: the saturation flows of its lanes, veh/s.
  ///   - cycle: cycle of the present programme, s.
  ///   - yellow: yellow after each stage, s.
  ///   - allRed: all-red after each yellow, s.
  public init(
    stages: [[Double]], cycle: Double, minimumGreens: [Double]? = nil, yellow: Double = 3, allRed: Double = 0,
    startUpLostTime: Double = 0, yellowUsed: Double = 0, length: Double = 300,
    cycleBounds: ClosedRange<Double> = 20...180
  ) throws {
    let groupOfLane = stages.indices.flatMap { stage in stages[stage].map { _ in stage } }
    let saturationFlows = stages.flatMap { $0 }
    let count = saturationFlows.count
    let speed = 15.0
    let middle = JunctionID(0)
    let outside = (0...count).map {
      Junction(name: "outside \($0)", position: Point(x: Double($0) * 50, y: length), control: .uncontrolled)
    }
    var links = (0..<count).map {
      Link(name: "approach \($0)", from: JunctionID($0 + 1), to: middle, length: length, speed: speed)
    }
    links.append(Link(name: "exit", from: middle, to: JunctionID(count + 1), length: length, speed: speed))
    // As many exit lanes as approaches, so that the exit never holds traffic up.
    let lanes = (0..<2 * count).map { index in
      let link = min(index, count)
      return Lane(
        link: LinkID(link), position: index - link, sourceIndex: index - link, length: length, speed: speed)
    }
    let connections = (0..<count).map { index in
      LaneConnection(
        from: LaneID(index), to: LaneID(count + index), turn: .through, length: 10, speed: speed,
        signal: SignalGroupReference(controller: ControllerID(0), group: groupOfLane[index]),
        saturationFlow: saturationFlows[index], startUpLostTime: startUpLostTime, yellowUsed: yellowUsed)
    }
    func matrix<Value>(_ same: Value, _ other: Value) -> [[Value]] {
      stages.indices.map { row in stages.indices.map { $0 == row ? same : other } }
    }
    let controller = SignalController(
      name: "middle",
      groups: stages.indices.map {
        SignalGroup(name: "stage \($0)", minimumGreen: minimumGreens?[$0] ?? 5, yellow: yellow)
      },
      conflicts: matrix(GroupConflict.none, .exclusive), intergreens: matrix(0, yellow + allRed),
      cycleBounds: cycleBounds)
    network = try Network(
      junctions: [
        Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))
      ] + outside, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: [controller])
    let green = cycle / Double(stages.count) - yellow - allRed
    program = Self.program(
      greens: stages.map { _ in green }, yellow: yellow, allRed: allRed)
  }

  /// The programme with some greens.
  private static func program(greens: [Double], yellow: Double, allRed: Double) -> SignalProgram {
    let intervals = greens.enumerated().flatMap { stage, green -> [SignalInterval] in
      let rows: [(SignalState, Double)] = [(.protectedGreen, green), (.yellow, yellow), (.red, allRed)]
      return rows.filter { $0.1 > 0 }.map { state, duration in
        SignalInterval(
          duration: duration, states: greens.indices.map { $0 == stage ? state : .red })
      }
    }
    return SignalProgram(controller: ControllerID(0), name: "present", offset: 0, intervals: intervals)
  }

  /// The present plan.
  public var plan: TimingPlan { TimingPlan(name: "present", programs: [program]) }

  /// Counts over an hour of these flows, veh/s, by movement.
  public func demand(_ flows: [Double]) -> Demand {
    let slice = CountSlice(begin: 0, end: 3600, vehicles: flows.map { $0 * 3600 }, pedestrians: [])
    return Demand(begin: 0, end: 3600, counts: [slice])
  }
}
