import NetworkFormats
import Testing
import TrafficModel

@Suite("SUMO reader: people")
struct SUMOPeopleTests {
  /// People over the crossing of the fixture, of an hour, with what was said.
  private func read(
    _ elements: String, net: String? = nil
  ) throws -> (network: Network, demand: Demand, warnings: [String]) {
    let text = try net ?? SUMOFixture.text("crossing/crossing.net.xml")
    return try SUMOFixture.withFile(text, name: "crossing.net.xml") { net in
      try SUMOFixture.withFile("<routes>\(elements)</routes>", name: "people.rou.xml") { routes in
        let configuration = """
          <configuration><input><net-file value="\(net)"/><route-files value="\(routes)"/></input>
          <time><begin value="0"/><end value="3600"/></time></configuration>
          """
        return try SUMOFixture.withFile(configuration, name: "crossing.sumocfg") {
          let read = try SUMOReader.read(configuration: $0)
          return (
            read.scenario.network, read.scenario.periods[0].demand,
            read.warnings.map(\.message).filter { !$0.hasPrefix("no vehicle departs") }
          )
        }
      }
    }
  }

  private func crossed(_ elements: String) throws -> Double {
    try read(elements).demand.walks.reduce(0) { $0 + $1.people }
  }

  /// Who crosses in SUMO 1.28 (its output of positions), the crossing in the west of a junction whose other legs have none.
  @Test(
    "people cross where SUMO's do",
    arguments: [
      // Cw is walked to its far end, where people come to wC without a crossing.
      ("<walk edges=\"eC Cw wC\"/>", 0.0),
      ("<walk from=\"eC\" to=\"Cs\"/>", 1),
      // By Ce, on the other side of the road.
      ("<walk from=\"eC\" to=\"sC\"/>", 0),
      ("<personTrip from=\"Cw\" to=\"Cs\"/>", 1),
      ("<walk edges=\"Cw Cs\"/>", 1),
      ("<walk edges=\"Cw wC\"/>", 1),
      ("<walk edges=\"eC wC\"/>", 1),
    ])
  func ways(walk: String, people: Double) throws {
    #expect(try crossed("<person id=\"a\" depart=\"0\">\(walk)</person>") == people)
  }

  @Test("a walk goes on where the last one ended, and there and back is twice over the crossing")
  func thereAndBack() throws {
    let walks = "<walk from=\"eC\" to=\"Cs\"/><stop duration=\"60\"/><walk to=\"eC\"/>"
    #expect(try crossed("<person id=\"a\" depart=\"0\">\(walks)</person>") == 2)
  }

  @Test("walks begin and end at junctions and halts, too")
  func spots() throws {
    let walks = "<walk fromJunction=\"e\" busStop=\"halt\"/><walk toJunction=\"e\"/>"
    #expect(
      try crossed(
        "<busStop id=\"halt\" lane=\"Cs_1\"/><person id=\"a\" depart=\"0\">\(walks)</person>") == 2)
  }

  @Test("people come when they have walked to the kerb, and are counted by quarters of an hour")
  func times() throws {
    // 142.8 m of eC and the walking area's 9.7 m take 109.7 s: the first is there at 899.7 s, the second at 900.7 s.
    let demand = try read(
      """
      <person id="a" depart="790"><walk edges="eC wC"/></person>
      <person id="b" depart="791"><walk edges="eC wC"/></person>
      <person id="c" depart="3491"><walk edges="eC wC"/></person>
      <personFlow id="d" begin="3600" end="3700" number="7"><walk edges="eC wC"/></personFlow>
      """
    ).demand
    // The third comes after the end, the others depart after it.
    #expect(demand.walks.map(\.people) == [1, 1])
    #expect(demand.walks.map(\.begin) == [0, 900] && demand.walks.map(\.end) == [900, 1800])
    #expect(demand.walks.allSatisfy { $0.crossing == CrossingID(0) })
  }

  @Test(
    "flows of people are as large as they say",
    arguments: [
      ("perHour=\"360\"", 180.0), ("period=\"10\"", 180), ("period=\"exp(0.1)\"", 180),
      ("probability=\"0.1\"", 180), ("number=\"44\"", 44),
    ])
  func flows(rate: String, people: Double) throws {
    let walks = "<walk edges=\"eC wC\" departPos=\"-1\"/>"
    let demand = try read("<personFlow id=\"a\" begin=\"0\" end=\"1800\" \(rate)>\(walks)</personFlow>")
      .demand
    #expect(abs(demand.walks.reduce(0) { $0 + $1.people } - people) < 1e-6)
    // Half of them in the first half, but for those who are still in the walking area then.
    #expect(abs((demand.walks.first?.people ?? 0) - people / 2) <= 1)
  }

  @Test("what is not read is told once for each kind, with its number")
  func warnings() throws {
    let (_, demand, warnings) = try read(
      """
      <person id="a" depart="0"><walk edges="Cw wC"/><ride from="wC" to="Ce" lines="ANY"/><walk to="Cw"/></person>
      <person id="b" depart="1"><ride from="wC" to="Ce" lines="ANY"/></person>
      <person id="c" depart="2"><personTrip from="Cw" to="Cs" modes="car public"/></person>
      <person id="d" depart="3"><walk fromTaz="1" toTaz="2"/></person>
      <person id="e" depart="4"><walk edges="Cw"/><stop busStop="x"/></person>
      <person id="f" depart="0"><walk edges="Cw wC"/></person>
      <person id="g" depart="5"><walk edges="Cw eC Cs Ce"/></person>
      <container id="h" depart="6"/>
      """)
    #expect(demand.walks.map(\.people) == [1])
    #expect(
      warnings.sorted() == [
        "1 containers left out", "1 person left out: no way for people leads along a walk",
        "1 persons that depart before the element above them, as SUMO does, left out",
        "1 stops of persons without 'duration' or 'until', and the walks after them, left out",
        "1 trips of persons by car, bicycle, taxi or public transport, and what follows them, left out",
        "1 walks from or to zones and other places than edges, junctions and halts, and what follows them, left out",
        "2 rides of persons, and the walks after them, left out",
      ])
  }

  @Test("unknown edges, routes and junctions are errors with a place")
  func unknown() throws {
    for walk in ["edges=\"Cw Cx\"", "route=\"r\"", "from=\"Cw\" toJunction=\"x\"", "from=\"x\" to=\"Cw\""] {
      let failure = #expect(throws: InputFailure.self) {
        _ = try read("<person id=\"a\" depart=\"0\"><walk \(walk)/></person>")
      }
      #expect(
        failure?.diagnostics.contains { $0.severity == .error && $0.message.hasPrefix("unknown ") } == true)
    }
  }

  @Test("crossings without a signal are left out, whoever has the right of way", arguments: ["M", "m"])
  func unsignalled(state: String) throws {
    let net = try SUMOFixture.text("crossing/crossing.net.xml").replacing(
      "tl=\"C\" linkIndex=\"6\" dir=\"s\" state=\"M\"", with: "dir=\"s\" state=\"\(state)\"")
    let (network, demand, _) = try read(
      "<person id=\"a\" depart=\"0\"><walk edges=\"Cw wC\"/></person>", net: net)
    #expect(network.crossings.isEmpty)
    #expect(demand.walks.isEmpty)
  }
}
