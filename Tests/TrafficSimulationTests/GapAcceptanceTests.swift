import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Turns through gaps")
struct GapAcceptanceTests {
  /// Measured with one seed over 120 cycles, where the crossing is as SUMO draws it; here it is in the middle of both
  /// ways. A turn more or less in every tenth cycle is 5 to 10 %.
  private static let tolerance = 0.1

  /// A queue of left turns on a lane of its own, which wait 4 m beyond their stop line, for one hour; 12 s of green out
  /// of 30 s, common with the opposing traffic.
  private func leftTurns(against opposing: Double, state: SignalState = .permissiveGreen) throws -> Int {
    let names = ["left approach", "opposing approach", "left exit", "opposing exit"]
    var junctions = [
      Junction(name: "middle", position: Point(x: 0, y: 0), control: .signalled(ControllerID(0)))
    ]
    var links: [Link] = []
    var lanes: [Lane] = []
    for (index, name) in names.enumerated() {
      junctions.append(
        Junction(name: "end \(index)", position: Point(x: Double(index), y: 490), control: .uncontrolled))
      let outside = JunctionID(index + 1)
      links.append(
        Link(
          name: name, from: index < 2 ? outside : JunctionID(0), to: index < 2 ? JunctionID(0) : outside,
          length: 490, speed: 13.89))
      lanes.append(Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: 490, speed: 13.89))
    }
    let car = CarFollowing(types: [], vehicles: [])
    func connection(_ from: Int, _ turn: Turn, speed: Double, length: Double, waiting: Double?)
      -> LaneConnection
    {
      LaneConnection(
        from: LaneID(from), to: LaneID(from + 2), turn: turn, length: length, speed: speed,
        waitingPosition: waiting, signal: SignalGroupReference(controller: ControllerID(0), group: from),
        saturationFlow: car.saturationFlow(speed: speed, laneSpeed: 13.89, isTurn: turn != .through),
        startUpLostTime: car.startUpLostTime(speed: speed, turn: turn), yellowUsed: 0)
    }
    let network = try Network(
      junctions: junctions, links: links, lanes: lanes,
      connections: [
        connection(0, .left, speed: 8, length: 14.2, waiting: 4.07),
        connection(1, .through, speed: 13.89, length: 14.4, waiting: nil),
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
    let plan = TimingPlan(
      name: "both",
      programs: [
        SignalProgram(
          controller: ControllerID(0), name: "both", offset: 0,
          intervals: [
            SignalInterval(duration: 12, states: [state, .protectedGreen]),
            SignalInterval(duration: 3, states: [.yellow, .yellow]),
            SignalInterval(duration: 15, states: [.red, .red]),
          ])
      ])
    var demand = Demand(begin: 0, end: 3600)
    demand.routes = [[LinkID(0), LinkID(2)], [LinkID(1), LinkID(3)]]
    let departures =
      (0..<1000).map { Departure(time: Double($0) * 3.6, route: 0) }
      + (0..<Int(opposing)).map { Departure(time: Double($0) * 3600 / opposing, route: 1) }
    demand.departures = departures.sorted { $0.time < $1.time }
    let measures = Simulator(network: network, demand: demand).run(plan, seed: 1)
    return measures.links[0].left
  }

  @Test(
    "As many left turns find gaps, and clear at the end of green, as in SUMO 1.28",
    arguments: [(0.0, 580.0), (300, 253), (600, 128), (900, 119)])
  func permissiveLeft(opposing: Double, measured: Double) throws {
    let turns = try Double(leftTurns(against: opposing))
    #expect(abs(turns / measured - 1) < Self.tolerance, "\(turns) against \(measured)")
  }

  @Test("A permissive green without anybody to yield to discharges a little less than a protected one")
  func drivesReadyToStop() throws {
    // Coming up to a gap ready to stop costs capacity even where nobody comes.
    let protected = try leftTurns(against: 0, state: .protectedGreen)
    let permissive = try leftTurns(against: 0)
    #expect(permissive <= protected)
    #expect(permissive > protected * 8 / 10)
  }
}
