import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@Suite("SUMO reader: networks and signals")
struct SUMOReaderTests {
  /// Times and lengths in the fixtures have two decimals; sums of them round far below this.
  static let rounding = 1e-9

  private let read: ReadScenario
  private var network: Network { read.scenario.network }

  init() throws { read = try SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg")) }

  @Test("names come from the configuration's file")
  func names() {
    #expect(read.scenario.name == "small")
    #expect(read.scenario.periods.map(\.name) == ["small"])
    #expect((read.origin as? SUMOOrigin)?.programNames == ["day"])
  }

  @Test("roads without a lane for cars are left out, unless a route needs them")
  func links() {
    // "busway" is there because the demand has a vehicle on it.
    #expect(network.links.map(\.name) == ["west", "east", "out", "south", "busway"])
    #expect(network.links[0].street == "香格里拉大道")
    #expect(network.links[0].length == 90)
  }

  @Test("lanes keep SUMO's number and are counted from the kerb without closed ones")
  func lanes() {
    let lane = network.lanes[0]
    #expect(lane.position == 0)
    #expect(lane.sourceIndex == 1)
    #expect(lane.speed == 13.89)
  }

  @Test("a connection's length and speed are those of all its internal lanes")
  func connections() throws {
    #expect(network.connections.count == 2)
    let (through, left) = (network.connections[0], network.connections[1])
    #expect(through.turn == .through)
    #expect(through.length == 20)
    #expect(through.waitingPosition == nil)
    #expect(left.turn == .left)
    #expect(left.length == 16)
    #expect(abs(left.speed - 8) < Self.rounding)
    // The left turn waits before the internal junction, 4 m beyond its stop line.
    #expect(left.waitingPosition == 4)
  }

  @Test("requests say who meets whom and who yields; bit strings are read from the right")
  func conflicts() throws {
    #expect(network.conflicts.map { $0.map(\.other) } == [[ConnectionID(1)], [ConnectionID(0)]])
    #expect(network.conflicts.map { $0.map(\.yields) } == [[false], [true]])
  }

  @Test("ways meet where they are drawn to cross, in proportion to their lengths")
  func meeting() throws {
    let through = try #require(network.conflicts[0][0].meeting)
    let left = try #require(network.conflicts[1][0].meeting)
    // The left turn is drawn from (106, 4) to (100, −10) after 4 m, and comes down to the other's y = 0 after 4 of
    // these 14 m; the other one is drawn from x = 90 and as long as it is.
    let slope = (6.0 * 6 + 14 * 14).squareRoot()
    #expect(abs(through - (106 - 6.0 * 4 / 14 - 90)) < Self.rounding)
    #expect(abs(left - 16 * (4 + slope * 4 / 14) / (4 + slope)) < Self.rounding)
  }

  @Test("a junction with a signal is signalled, dead ends are not controlled")
  func control() {
    #expect(
      network.junctions.map(\.control) == [
        .uncontrolled, .uncontrolled, .uncontrolled, .signalled(ControllerID(0)),
      ])
  }

  @Test("each letter is a group with the times that the present programme keeps to")
  func controller() {
    let controller = network.controllers[0]
    #expect(controller.name == "路口")
    #expect(controller.groups.map(\.name) == ["0", "1"])
    #expect(controller.groups.map(\.yellow) == [4, 3])
    #expect(controller.groups.map(\.minimumGreen) == [5, 5])
    #expect(controller.groups.map(\.mustBeServed) == [true, true])
    #expect(controller.conflicts == [[.none, .columnYields], [.rowYields, .none]])
    // 0 ends at 30, 1 starts at 36: 6 s. 1 ends at 46, 0 starts at 50: 4 s, the shortest of the signal.
    #expect(controller.intergreens == [[0, 4], [4, 0]])
    #expect(controller.cycleBounds == 20...180)
  }

  @Test("the existing plan is the net's programme and is legal")
  func existingPlan() throws {
    let plan = read.scenario.periods[0].existingPlan
    let program = try #require(plan[ControllerID(0)])
    #expect(program.name == "day")
    #expect(program.offset == 7)
    #expect(program.cycle == 50)
    #expect(plan.check(against: network).isEmpty)
  }

  @Test(
    "state(t) = programme at (t − offset) mod cycle",
    arguments: [(7, "Gg"), (36, "Gg"), (37, "yy"), (57, "Gg"), (0, "rG")])
  func offset(time: Int, expected: String) throws {
    // At 0 the programme stands at −7 mod 50 = 43, in its fourth phase.
    let program = try #require(read.scenario.periods[0].existingPlan[ControllerID(0)])
    #expect(program.states(at: Double(time)).map(\.rawValue).joined() == expected)
  }

  @Test("the programme loaded last runs; one without phases changes the offset of a known one only")
  func additionalPrograms() throws {
    let read = try SUMOReader.read(configuration: SUMOFixture.path("small/evening.sumocfg"))
    let program = try #require(read.scenario.periods[0].existingPlan[ControllerID(0)])
    #expect(program.name == "evening")
    #expect(program.offset == -3)
    #expect((read.origin as? SUMOOrigin)?.programNames == ["day", "evening"])
    let controller = read.scenario.network.controllers[0]
    // "evening" shows both green, shows 3 s of yellow, and changes directly to red and yellow.
    #expect(controller.conflicts[0][1] == .accepted)
    #expect(controller.groups.map(\.yellow) == [3, 3])
    #expect(read.scenario.periods[0].existingPlan.check(against: read.scenario.network).isEmpty)
  }

  @Test(
    "every letter of a state is read",
    arguments: [
      ("G", SignalState.protectedGreen), ("g", .permissiveGreen), ("y", .yellow), ("Y", .yellow), ("r", .red),
      ("u", .redYellow), ("s", .stopThenGo), ("o", .blinking), ("O", .off),
    ])
  func letters(letter: String, expected: SignalState) throws {
    let read = try SUMOFixture.withFile(
      """
      <additional>
        <tlLogic id="路口" programID="x"><phase duration="30" state="G\(letter)"/></tlLogic>
      </additional>
      """, name: "plan.xml"
    ) { try SUMOPlan.read(InputFile($0), network: network, time: PlanTime(period: "", time: 0..<3600)) }
    #expect(read.plan[ControllerID(0)]?.intervals.map(\.states) == [[.protectedGreen, expected]])
  }

  @Test("one controller serves several junctions, and only ways of one junction conflict")
  func joined() throws {
    let read = try SUMOReader.read(network: SUMOFixture.path("joined/joined.net.xml"), routes: [])
    let network = read.scenario.network
    let signalled = network.junctions.filter { $0.control == .signalled(ControllerID(0)) }.map(\.name)
    #expect(signalled == ["A", "B"])
    #expect(network.controllers.map(\.name) == ["both"])
    // Letters 0 and 1 merge at A, 2 and 3 at B.
    let conflicts = network.controllers[0].conflicts
    forEach(0..<4) { a in
      forEach(0..<4) { b in #expect((conflicts[a][b] != .none) == (a != b && a / 2 == b / 2)) }
    }
    #expect(read.scenario.periods[0].existingPlan.check(against: network).isEmpty)
  }

  @Test("a signalled crossing is a pedestrian group that conflicts with the ways over it")
  func crossing() throws {
    let read = try SUMOReader.read(network: SUMOFixture.path("crossing/crossing.net.xml"), routes: [])
    let network = read.scenario.network
    #expect(network.crossings.map(\.name) == ["C_c0"])
    let crossing = try #require(network.crossings.first)
    let signal = try #require(crossing.signal)
    let controller = network[signal.controller]
    #expect(
      controller.groups.map(\.kind) == [
        .vehicle, .vehicle, .vehicle, .vehicle, .vehicle, .vehicle, .pedestrian,
      ])
    #expect(signal.group == 6)
    let crossed = crossing.crossedConnections.map { network[network[$0].from].link }.map { network[$0].name }
    // Over the western leg: from east and south into it, and both ways out of it.
    #expect(crossed == ["eC", "sC", "wC", "wC"])
    #expect(read.scenario.periods[0].existingPlan.check(against: network).isEmpty)
  }

  @Test("what SUMO does not say is warned about, where it stands")
  func warnings() {
    let texts = read.warnings.map(\.message)
    #expect(texts == ["no way leads from edge 'west' to 'south': 1 vehicle left out"])
  }
}
