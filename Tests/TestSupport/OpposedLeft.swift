public import TrafficModel

/// A left turn against one lane of opposing traffic, both of one signal group each, green together.
public struct OpposedLeft {
  /// Links: 0 the left turn's approach, 1 the opposing approach, 2 and 3 their exits.
  public let network: Network
  /// Both groups green for `green` s, then 3 s of yellow, then red for the rest of `cycle` s.
  public let plan: TimingPlan

  /// - Parameters:
  ///   - state: what the left turn's group shows during the green.
  ///   - waitingPosition: where the turn may wait inside the junction, m beyond its stop line, and so pass once the
  ///     opposing signal is red; nil where it may not.
  ///   - approach: length of all links, m.
  ///   - ways: lengths of the ways through the junction, m.
  public init(
    green: Double, cycle: Double, state: SignalState = .permissiveGreen, waitingPosition: Double? = nil,
    speed: Double = 13.89, turnSpeed: Double = 6.63, approach: Double = 450,
    ways: (left: Double, through: Double) = (16, 18)
  ) throws {
    let names = ["left approach", "opposing approach", "left exit", "opposing exit"]
    var junctions = [
      Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))
    ]
    var links: [Link] = []
    var lanes: [Lane] = []
    for (index, name) in names.enumerated() {
      junctions.append(
        Junction(name: "end \(index)", position: Point(x: Double(index), y: approach), control: .uncontrolled)
      )
      let outside = JunctionID(index + 1)
      links.append(
        Link(
          name: name, from: index < 2 ? outside : JunctionID(0), to: index < 2 ? JunctionID(0) : outside,
          length: approach, speed: speed))
      lanes.append(Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: approach, speed: speed))
    }
    let car = CarFollowing(types: [], vehicles: [])
    func connection(_ from: Int, _ to: Int, _ turn: Turn, speed: Double, length: Double, group: Int)
      -> LaneConnection
    {
      LaneConnection(
        from: LaneID(from), to: LaneID(to), turn: turn, length: length, speed: speed,
        waitingPosition: turn == .left ? waitingPosition : nil,
        signal: SignalGroupReference(controller: ControllerID(0), group: group),
        saturationFlow: car.saturationFlow(
          speed: speed, laneSpeed: links[from].speed, isTurn: turn != .through),
        startUpLostTime: car.startUpLostTime(speed: speed, isTurn: turn != .through), yellowUsed: 0)
    }
    network = try Network(
      junctions: junctions, links: links, lanes: lanes,
      connections: [
        connection(0, 2, .left, speed: turnSpeed, length: ways.left, group: 0),
        connection(1, 3, .through, speed: speed, length: ways.through, group: 1),
      ],
      conflicts: [
        [ConnectionConflict(other: ConnectionID(1), yields: true)],
        [ConnectionConflict(other: ConnectionID(0), yields: false)],
      ],
      controllers: [
        SignalController(
          name: "middle",
          groups: [
            SignalGroup(name: "left", minimumGreen: 5, yellow: 3),
            SignalGroup(name: "opposing", minimumGreen: 5, yellow: 3),
          ], conflicts: [[.none, .rowYields], [.columnYields, .none]], intergreens: [[0, 0], [0, 0]])
      ])
    plan = TimingPlan(
      name: "both",
      programs: [
        SignalProgram(
          controller: ControllerID(0), name: "both", offset: 0,
          intervals: [
            SignalInterval(duration: green, states: [state, .protectedGreen]),
            SignalInterval(duration: 3, states: [.yellow, .yellow]),
            SignalInterval(duration: cycle - green - 3, states: [.red, .red]),
          ])
      ])
  }

  /// A standing queue of left turns and Poisson traffic of `opposing` veh/h against them, for `hours` hours.
  public func demand(opposing: Double, hours: Double) -> Demand {
    var demand = Demand(begin: 0, end: hours * 3600)
    demand.routes = [[LinkID(0), LinkID(2)], [LinkID(1), LinkID(3)]]
    demand.departures = (0..<Int(hours * 1500)).map { Departure(time: Double($0) * 2.4, route: 0) }
    demand.flows = [
      RouteFlow(begin: 0, end: hours * 3600, rate: opposing / 3600, process: .poisson, route: 1)
    ]
    return demand
  }
}
