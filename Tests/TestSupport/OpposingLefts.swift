public import TrafficModel

/// A north-south road with left turns across it: one lane from the south for through and left traffic, one lane
/// from the north for through traffic. Lefts wait for gaps in it when both are green.
///
/// Groups: 0 through traffic, 1 the left turn. Movements: 0 south → north, 1 south → west, 2 north → south.
public struct OpposingLefts {
  /// The network.
  public let network: Network
  /// veh/s of through traffic, and of lefts against nobody.
  public static let throughFlow = 0.5
  /// veh/s.
  public static let leftFlow = 0.4

  /// The junction.
  public init() throws {
    let speed = 15.0
    let names = ["middle", "south", "north", "west"]
    let junctions = names.enumerated().map { index, name in
      Junction(
        name: name, position: Point(x: Double(index) * 100, y: 0),
        control: index == 0 ? .signalled(ControllerID(0)) : .uncontrolled)
    }
    // From south, from north, to north, to west, to south.
    let links = [(1, 0), (2, 0), (0, 2), (0, 3), (0, 1)].enumerated().map { index, ends in
      Link(
        name: ["from south", "from north", "to north", "to west", "to south"][index],
        from: JunctionID(ends.0), to: JunctionID(ends.1), length: 300, speed: speed)
    }
    let lanes = links.indices.map {
      Lane(link: LinkID($0), position: 0, sourceIndex: 0, length: 300, speed: speed)
    }
    func connection(_ from: Int, _ to: Int, _ turn: Turn, group: Int) -> LaneConnection {
      LaneConnection(
        from: LaneID(from), to: LaneID(to), turn: turn, length: 15, speed: 10,
        signal: SignalGroupReference(controller: ControllerID(0), group: group),
        saturationFlow: turn == .left ? Self.leftFlow : Self.throughFlow, startUpLostTime: 2, yellowUsed: 1)
    }
    let controller = SignalController(
      name: "middle",
      groups: [
        SignalGroup(name: "through", minimumGreen: 5, yellow: 3),
        SignalGroup(name: "left", minimumGreen: 5, yellow: 3),
      ],
      conflicts: [[.none, .columnYields], [.rowYields, .none]], intergreens: [[0, 3], [3, 0]])
    network = try Network(
      junctions: junctions, links: links, lanes: lanes,
      connections: [
        connection(0, 2, .through, group: 0), connection(0, 3, .left, group: 1),
        connection(1, 4, .through, group: 0),
      ],
      conflicts: [
        [], [ConnectionConflict(other: ConnectionID(2), yields: true)],
        [ConnectionConflict(other: ConnectionID(1), yields: false)],
      ], controllers: [controller])
  }

  /// A programme of rows: what the two groups show, and for how long.
  public func program(_ rows: [(states: [SignalState], duration: Double)]) -> SignalProgram {
    SignalProgram(
      controller: ControllerID(0), name: "present", offset: 0,
      intervals: rows.map { SignalInterval(duration: $0.duration, states: $0.states) })
  }
}
