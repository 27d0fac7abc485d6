import Foundation
import NetworkFormats
import Testing
import TrafficModel

/// Demand that is told otherwise than by vehicles: zones, matrices, calibrators, scale, stops.
@Suite("SUMO reader: zones and matrices")
struct SUMOZoneTests {
  private static let zones = """
    <tazs>
      <taz id="1"><tazSource id="west" weight="3"/><tazSource id="east" weight="1"/></taz>
      <taz id="2" edges="out south"/>
      <taz id="3"><tazSource id="east" weight="0"/></taz>
    </tazs>
    """

  /// What is read of the small network with some files, each with its name.
  private func read(_ files: [(name: String, text: String)], zones: Bool = true) throws -> ReadScenario {
    try SUMOFixture.withFolder { folder in
      let all = (zones ? [("zones.taz.xml", Self.zones)] : []) + files
      for file in all { try Data(file.text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
      return try SUMOReader.read(
        network: SUMOFixture.path("small/small.net.xml"), routes: all.map { "\(folder)/\($0.name)" })
    }
  }

  private func errors(_ files: [(name: String, text: String)]) -> [String] {
    let failure = #expect(throws: InputFailure.self) { try read(files) }
    return failure?.diagnostics.filter { $0.severity == .error }
      .map { "\($0.location.line ?? 0) \($0.message)" } ?? []
  }

  /// Departures as `time first-link…last-link`.
  private func lines(_ read: ReadScenario) -> [String] {
    let (demand, network) = (read.scenario.periods[0].demand, read.scenario.network)
    return demand.departures.map { departure in
      let route = demand.routes[departure.route]
      return "\(departure.time) \(network[route[0]].name) \(network[route[route.count - 1]].name)"
    }
  }

  @Test("Of a matrix by pairs each vehicle starts and ends where its zone is furthest below its weights")
  func pairs() throws {
    // 20 · 0.2 = 4 vehicles in 1.5 h. From the west only 'out' can be reached, from the east only 'south'.
    let found = try read([
      ("m.od", "$OR;D2\n* From-Time  To-Time\n7.00 8.30\n* Factor\n0.20\n*\n  1  2  20.00\n  2  1  0\n")
    ])
    let demand = found.scenario.periods[0].demand
    #expect(
      demand.departures.allSatisfy { $0.insertion == Insertion(lane: .emptiest, place: .begin, speed: .free) }
    )
    #expect(demand.departures.allSatisfy { $0.time >= 25_200 && $0.time < 30_600 })
    // Ways that lead nowhere are told: of three vehicles from the west one is dealt 'south', the one from the east 'out'.
    #expect(lines(found) == ["25875.0 west out", "29925.0 west out"])
    let left = found.warnings.filter { $0.message.contains("no way leads") }.map(\.message)
    #expect(
      left == [
        "no way leads from edge 'west' to 'south': 1 vehicle left out",
        "no way leads from edge 'east' to 'out': 1 vehicle left out",
      ])
  }

  @Test("Of a matrix by rows, and of relations between zones, the same is made")
  func rows() throws {
    let zones = """
      <additional><taz id="1"><tazSource id="west" weight="1"/></taz><taz id="2"><tazSink id="out" weight="5"/></taz></additional>
      """
    let expected = ["300.0 west out", "900.0 west out", "1500.0 west out"]
    let byRows = try read(
      [("z.add.xml", zones), ("v.fma", "$VMR;D2\n4\n0.00 0.30\n1\n2\n1 2\n* from 1\n0\n3\n* from 2\n0 0\n")],
      zones: false)
    #expect(lines(byRows) == expected)
    #expect(byRows.warnings.contains { $0.message == "'4' is no vehicle type: the default one is taken" })
    let relations = """
      <data><interval id="DEFAULT_VEHTYPE" begin="0" end="0:30:00">
        <tazRelation from="1" to="2" count="2.6"/><tazRelation from="1" to="2" count="0.4"/>
      </interval></data>
      """
    let byRelations = try read([("r.xml", relations), ("z.add.xml", zones)], zones: false)
    // What the first relation has beyond whole vehicles goes to the second.
    #expect(lines(byRelations) == ["450.0 west out", "900.0 west out", "1350.0 west out"])
    #expect(!byRelations.warnings.contains { $0.message.contains("vehicle type") })
  }

  @Test("What od2trips writes is read: edges count before the zones that they were taken from")
  func writtenTrips() throws {
    let found = try read([
      (
        "t.trips.xml",
        """
        <routes>
          <trip id="5" depart="10" from="west" to="out" fromTaz="1" toTaz="2" departLane="free" departSpeed="max"/>
          <trip id="6" depart="20" fromTaz="1" toTaz="2"/>
          <flow id="7" begin="30" end="50" number="2" from="east" toTaz="2"/>
          <trip id="8" depart="60" fromJunction="E" toJunction="S"/>
        </routes>
        """
      )
    ])
    // The quickest way between the zones is the one from the west, 90 m of it before the signal.
    #expect(
      lines(found) == [
        "10.0 west out", "20.0 west out", "30.0 east south", "40.0 east south", "60.0 east south",
      ])
    #expect(found.scenario.periods[0].demand.departures.allSatisfy { $0.choosesRoute })
  }

  @Test("Mistakes of matrices and zones are told with their lines, all at once")
  func mistakes() {
    #expect(
      errors([("m.od", "$OR;D2\n7.00 8.30\n1.00\n1 2 many\n1 9 3\n3 2 1\n1 2\n")]) == [
        "4 the number of vehicles must be a number from 0, not 'many'",
        "5 unknown zone '9'", "6 the zone '3' has no edge that traffic may start on",
        "7 a line has origin, destination and vehicles, not 2 words",
      ])
    #expect(errors([("m.od", "$OR;D2\n1 2\n")]) == ["2 the matrix ends before the factor"])
    #expect(
      errors([("m.od", "$OR;D2\n7 8.75\n1\n1 2 3\n")]) == [
        "2 a time of a matrix is hours and minutes, as 7.30, not '7'",
        "2 a time of a matrix is hours and minutes, as 7.30, not '8.75'",
      ])
    #expect(
      errors([("m.od", "$V;D2\n0.00 1.00\n1\n2\n1 2\n0 1 0\n")]) == [
        "6 the matrix of 2 zones has 2 names and 3 numbers, not 4"
      ])
    #expect(
      errors([("m.od", "$O;D2\n0.00 1.00\n1\n1 2 1e30\n")]) == [
        "4 the number of vehicles must be in 0 … 1000000, not 1e+30"
      ])
    #expect(
      errors([("t.xml", "<routes><trip id=\"a\" depart=\"0\" fromTaz=\"7\" toTaz=\"2\"/></routes>")]) == [
        "1 unknown zone '7'"
      ])
  }

  @Test("A matrix that is cut off anywhere is read or refused")
  func prefixes() {
    let text = "$VMR;D2\n4\n0.00 0.30\n1\n2\n1 2\n0 3\n0 0\n"
    for end in text.indices {
      if let found = try? read([("v.fma", String(text[..<end]))]) {
        #expect(found.scenario.periods[0].demand.departures.count <= 3)
      }
    }
  }

  private static let flow =
    "<route id=\"r\" edges=\"west out\"/><flow id=\"f\" begin=\"0\" end=\"600\" vehsPerHour=\"120\" route=\"r\"/>"

  @Test("A calibrator adds what is missing on its edge, and takes nobody off")
  func calibrators() throws {
    func scenario(_ calibrated: Int) throws -> ReadScenario {
      try read([
        (
          "a.rou.xml",
          """
          <routes>\(Self.flow)
          <calibrator id="c" lane="out_0" pos="0">
            <flow begin="0" end="600" vehsPerHour="\(calibrated)" route="r" speed="10"/>
            <flow begin="600" end="700" speed="5"/>
          </calibrator></routes>
          """
        )
      ])
    }
    // 20 vehicles drive through; 300 per hour are 50 in ten minutes.
    let more = try scenario(300)
    #expect(lines(more).filter { $0.hasSuffix("west out") }.count == 20)
    #expect(lines(more).filter { $0.hasSuffix("out out") }.count == 30)
    let words = more.warnings.map(\.message)
    #expect(words.contains("calibrator 'c' wants 50 vehicles on edge 'out': 20 pass, 30 are added"))
    #expect(words.contains("1 flows of calibrators without 'vehsPerHour', 'route' or 'edge' left out"))
    let fewer = try scenario(60)
    #expect(lines(fewer).count == 20)
    #expect(
      fewer.warnings.contains {
        $0.message
          == "calibrator 'c' wants 10 vehicles on edge 'out': 20 pass, 0 are added, and none is taken off"
      })
  }

  @Test("Stops that block a lane are told with how long they last; elements that nobody knows are told, too")
  func stops() throws {
    let found = try read([
      (
        "a.rou.xml",
        """
        <routes>
          <busStop id="b" lane="out_0"/><wizard id="w"/>
          <route id="r" edges="west out"><stop busStop="b" duration="20"/></route>
          <vehicle id="v" depart="0" route="r"><stop lane="west_1" duration="30" parking="true"/></vehicle>
          <vehicle id="w" depart="1" route="r"><stop busStop="b" duration="25"/></vehicle>
        </routes>
        """
      )
    ])
    #expect(lines(found).count == 2)
    let words = found.warnings.map(\.message)
    #expect(
      words.contains(
        "3 of the vehicles, flows and routes have stops: they drive on without them; 2 of the stops block a lane, for 45 s together, most often at 'b', and hold nobody up here"
      ))
    #expect(words.contains("1 <wizard> elements left out"))
  }

  @Test("The scale of a configuration multiplies the demand", arguments: [("0.5", 10), ("2", 40), ("1", 20)])
  func scale(factor: String, vehicles: Int) throws {
    try SUMOFixture.withFolder { folder in
      try Data("<routes>\(Self.flow)</routes>".utf8).write(to: URL(fileURLWithPath: "\(folder)/a.rou.xml"))
      let configuration = """
        <configuration><net-file value="\(SUMOFixture.path("small/small.net.xml"))"/><route-files value="a.rou.xml"/>
        <end value="600"/><scale value="\(factor)"/></configuration>
        """
      let path = "\(folder)/a.sumocfg"
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: path))
      let found = try SUMOReader.read(configuration: path)
      #expect(abs(found.scenario.periods[0].demand.departures.count - vehicles) <= 1)
      #expect(
        found.warnings.contains { $0.message == "the demand is multiplied by \(factor)" } == (factor != "1"))
    }
  }
}
