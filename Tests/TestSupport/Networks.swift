public import TrafficModel

/// The smallest signalled network: one approach per entry of `flowDirections`, all into one exit, each with
/// its own signal group, every pair of approaches in conflict.
public struct StarNetwork {
  /// The network: junction 0 in the middle, link i from outside to it, one exit link last.
  public var network: Network
  /// The controller.
  public let controller = ControllerID(0)

  /// - Parameters:
  ///   - approaches: number of approaches, each of one lane.
  ///   - saturationFlow: veh/s of each approach.
  ///   - length: m of each link.
  public init(
    approaches: Int, saturationFlow: [Double], length: Double = 300, minimumGreen: Double = 5,
    yellow: Double = 3, intergreen: Double = 3, startUpLostTime: Double = 0, yellowUsed: Double = 0,
    cycleBounds: ClosedRange<Double> = 20...180, speed: Double = 15
  ) throws {
    let middle = JunctionID(0)
    var junctions = [
      Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))
    ]
    var links: [Link] = []
    var lanes: [Lane] = []
    var connections: [LaneConnection] = []

    for index in 0..<approaches {
      junctions.append(
        Junction(
          name: "outside \(index)", position: Point(x: Double(index) * 100, y: length), control: .uncontrolled
        ))
      links.append(
        Link(
          name: "approach \(index)", from: JunctionID(index + 1), to: middle, length: length, speed: speed))
      lanes.append(
        Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: length, speed: speed))
    }
    junctions.append(
      Junction(name: "exit end", position: Point(x: 0, y: -length), control: .uncontrolled))
    links.append(
      Link(name: "exit", from: middle, to: JunctionID(approaches + 1), length: length, speed: speed))
    // As many exit lanes as approaches, so that the exit never holds traffic up.
    for index in 0..<approaches {
      lanes.append(
        Lane(link: LinkID(approaches), position: index, sourceIndex: index, length: length, speed: speed))
    }
    for index in 0..<approaches {
      connections.append(
        LaneConnection(
          from: LaneID(index), to: LaneID(approaches + index), turn: .through, length: 10, speed: speed,
          signal: SignalGroupReference(controller: ControllerID(0), group: index),
          saturationFlow: saturationFlow[index], startUpLostTime: startUpLostTime, yellowUsed: yellowUsed))
    }
    let others = { (index: Int) in (0..<approaches).filter { $0 != index } }
    let controller = SignalController(
      name: "middle",
      groups: (0..<approaches).map {
        SignalGroup(name: "group \($0)", minimumGreen: minimumGreen, yellow: yellow)
      },
      conflicts: (0..<approaches).map { a in
        (0..<approaches).map { $0 == a ? GroupConflict.none : .exclusive }
      },
      intergreens: (0..<approaches).map { a in (0..<approaches).map { $0 == a ? 0 : intergreen } },
      cycleBounds: cycleBounds)
    network = try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: (0..<approaches).map { index in
        others(index).map { ConnectionConflict(other: ConnectionID($0), yields: false) }
      },
      controllers: [controller])
  }

  /// One stage for each approach, in order, each followed by `yellow` s of yellow and `allRed` s of red.
  public func program(greens: [Double], yellow: Double = 3, allRed: Double = 0, offset: Double = 0)
    -> SignalProgram
  {
    var intervals: [SignalInterval] = []
    for (index, green) in greens.enumerated() {
      func row(_ state: SignalState, _ duration: Double) -> SignalInterval {
        var states = [SignalState](repeating: .red, count: greens.count)
        states[index] = state
        return SignalInterval(duration: duration, states: states)
      }
      intervals.append(row(.protectedGreen, green))
      if yellow > 0 { intervals.append(row(.yellow, yellow)) }
      if allRed > 0 { intervals.append(row(.red, allRed)) }
    }
    return SignalProgram(controller: controller, name: "present", offset: offset, intervals: intervals)
  }

  /// The plan of that programme.
  public func plan(greens: [Double], yellow: Double = 3, allRed: Double = 0, offset: Double = 0)
    -> TimingPlan
  {
    TimingPlan(
      name: "present",
      programs: [program(greens: greens, yellow: yellow, allRed: allRed, offset: offset)])
  }
}
