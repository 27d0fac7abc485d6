public import TrafficModel

/// The smallest signalled network: approaches of one lane each, all into one exit, served by signal groups of which every
/// pair conflicts. Movement i is that of approach i.
public struct StarNetwork {
  /// The network: junction 0 in the middle, link i from outside to it, one exit link last.
  public var network: Network
  /// The controller.
  public let controller = ControllerID(0)

  /// Approaches with a signal group each.
  public init(
    approaches: Int, saturationFlow: [Double], length: Double = 300, minimumGreen: Double = 5,
    yellow: Double = 3, intergreen: Double = 3, startUpLostTime: Double = 0, yellowUsed: Double = 0,
    cycleBounds: ClosedRange<Double> = 20...180, speed: Double = 15
  ) throws {
    try self.init(
      groups: saturationFlow.prefix(approaches).map { [$0] }, length: length,
      minimumGreens: saturationFlow.map { _ in minimumGreen }, yellow: yellow, intergreen: intergreen,
      startUpLostTime: startUpLostTime, yellowUsed: yellowUsed, cycleBounds: cycleBounds, speed: speed)
  }

  /// - Parameters:
  ///   - saturationFlows: by group: those of its approaches, veh/s.
  ///   - length: m of each link.
  ///   - minimumGreens: by group, s.
  init(
    groups saturationFlows: [[Double]], length: Double, minimumGreens: [Double], yellow: Double,
    intergreen: Double, startUpLostTime: Double, yellowUsed: Double, cycleBounds: ClosedRange<Double>,
    speed: Double
  ) throws {
    let groups = saturationFlows.indices
    let groupOfApproach = groups.flatMap { group in saturationFlows[group].map { _ in group } }
    let approaches = groupOfApproach.indices
    let exit = approaches.count
    let ends = approaches.map { "outside \($0)" } + ["exit end"]
    let outside = ends.enumerated().map { index, name in
      let isExit = index == exit
      return Junction(
        name: name, position: Point(x: isExit ? 0 : Double(index) * 100, y: isExit ? -length : length),
        control: .uncontrolled)
    }
    let links = (0...exit).map { index in
      let (middle, outside) = (JunctionID(0), JunctionID(index + 1))
      return Link(
        name: index == exit ? "exit" : "approach \(index)", from: index == exit ? middle : outside,
        to: index == exit ? outside : middle, length: length, speed: speed)
    }
    // As many exit lanes as approaches, so that the exit never holds traffic up.
    let lanes = (0..<2 * exit).map { index in
      let position = max(0, index - exit)
      return Lane(
        link: LinkID(min(index, exit)), position: position, sourceIndex: position, length: length,
        speed: speed)
    }
    let flows = saturationFlows.flatMap { $0 }
    let connections = approaches.map { index in
      LaneConnection(
        from: LaneID(index), to: LaneID(exit + index), turn: .through, length: 10, speed: speed,
        signal: SignalGroupReference(controller: ControllerID(0), group: groupOfApproach[index]),
        saturationFlow: flows[index], startUpLostTime: startUpLostTime, yellowUsed: yellowUsed)
    }
    func matrix<Value>(_ same: Value, _ other: Value) -> [[Value]] {
      groups.map { row in groups.map { $0 == row ? same : other } }
    }
    let controller = SignalController(
      name: "middle",
      groups: groups.map {
        SignalGroup(name: "group \($0)", minimumGreen: minimumGreens[$0], yellow: yellow)
      },
      conflicts: matrix(GroupConflict.none, .exclusive), intergreens: matrix(0, intergreen),
      cycleBounds: cycleBounds)
    network = try Network(
      junctions: [
        Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))
      ] + outside, links: links, lanes: lanes, connections: connections,
      conflicts: approaches.map { index in
        approaches.filter { groupOfApproach[$0] != groupOfApproach[index] }.map {
          ConnectionConflict(other: ConnectionID($0), yields: false)
        }
      }, controllers: [controller])
  }

  /// One stage for each group, in order, each followed by `yellow` s of yellow and `allRed` s of red.
  public func program(greens: [Double], yellow: Double = 3, allRed: Double = 0, offset: Double = 0)
    -> SignalProgram
  {
    let intervals = greens.enumerated().flatMap { stage, green -> [SignalInterval] in
      let rows: [(SignalState, Double)] = [(.protectedGreen, green), (.yellow, yellow), (.red, allRed)]
      return rows.enumerated().filter { $0.offset == 0 || $0.element.1 > 0 }.map { _, row in
        SignalInterval(duration: row.1, states: greens.indices.map { $0 == stage ? row.0 : .red })
      }
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
