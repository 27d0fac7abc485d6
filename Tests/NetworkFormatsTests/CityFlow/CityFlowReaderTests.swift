import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("CityFlow reader")
struct CityFlowReaderTests {
  @Test(
    "Roads end at the widths of their intersections, lanes are counted from the middle, right turns need no signal"
  )
  func roads() throws {
    let read = try CityFlowFixture.read()
    #expect(read.warnings == [])
    let network = read.scenario.network
    #expect(network.junctions.count == 5 && network.links.count == 8 && network.connections.count == 12)
    // 300 m less the 20 m of the crossing; the edge of the network has no width.
    #expect(network.links.allSatisfy { abs($0.length - 280) < 1e-9 })
    let east = try #require(network.links.firstIndex { $0.name == "E in" })
    let lanes = network.lanesOfLink[east]
    // The inner lane, the first in the file, is the one further from the kerb.
    #expect(lanes.map { network.lanes[$0].speed } == [12, 10])
    let turns = lanes.map { lane in network.connectionsFromLane[lane].map { network[$0].turn } }
    #expect(turns == [[.through, .right], [.left]])
    // A way is as long as it is drawn: 30 m east and 40 m north.
    #expect(network.connections.allSatisfy { $0.length == 50 })
    #expect(network.connections.filter { $0.signal == nil }.map(\.turn) == [.right, .right, .right, .right])
    #expect(network.controllers.map(\.name) == ["C"])
    #expect(
      network.controllers[0].groups.map(\.name).sorted() == [
        "E.L", "E.T", "N.L", "N.T", "S.L", "S.T", "W.L", "W.T",
      ])
  }

  @Test(
    "Phases follow each other from second 0; what no phase separates is permissive, yellow begins where green ends"
  )
  func signals() throws {
    let scenario = try CityFlowFixture.read().scenario
    let controller = scenario.network.controllers[0]
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    #expect(program.cycle == 75)
    func shown(_ group: String, _ time: Double) throws -> SignalState {
      let index = try #require(controller.groups.firstIndex { $0.name == group })
      return program.states(at: time)[index]
    }
    // East–west straight on from 5 to 35 s.
    #expect(
      try [4.5, 5.5, 34.5, 35.5, 38.5].map { try shown("E.T", $0) } == [
        .red, .protectedGreen, .protectedGreen, .yellow, .red,
      ])
    // Its left turns have a phase of their own from 40 to 50 s.
    #expect(
      try [39.5, 40.5, 49.5, 50.5].map { try shown("W.L", $0) } == [
        .red, .protectedGreen, .protectedGreen, .yellow,
      ])
    // North and south turn left through oncoming traffic from 55 to 75 s.
    #expect(
      try [54.5, 55.5, 74.5, 75.5].map { try shown("N.L", $0) } == [
        .red, .permissiveGreen, .permissiveGreen, .yellow,
      ])
    #expect(scenario.periods[0].existingPlan.check(against: scenario.network) == [])
  }

  @Test("Flows emit from their start to their end, both included; vehicles drive as the file says")
  func traffic() throws {
    let demand = try CityFlowFixture.read().scenario.periods[0].demand
    #expect(demand.departures.count == 119 + 1)
    #expect(demand.departures.last?.time == 590)
    #expect(demand.departures.filter { $0.route == 1 }.map(\.time) == [7])
    #expect(demand.begin == 0 && demand.end == 600)
    #expect(
      demand.vehicleTypes == [
        VehicleType(
          name: "car", length: 5, minimumGap: 2.5, acceleration: 2, deceleration: 4.5, maximumSpeed: 11,
          headway: 1.5,
          imperfection: 0, speedDeviation: 0)
      ])
  }

  @Test("A configuration names the files, relative to its own folder too")
  func configuration() throws {
    let config =
      "{\"interval\": 1, \"dir\": \"data/\", \"roadnetFile\": \"net.json\", \"flowFile\": \"cars.json\"}"
    try SUMOFixture.withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
      for (name, text) in [
        ("city.json", config), ("data/net.json", CityFlowFixture.roadnet),
        ("data/cars.json", CityFlowFixture.flow),
      ] { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
      let read = try ScenarioReader.read("\(folder)/city.json", routes: [])
      #expect(read.scenario.name == "city")
      #expect(read.scenario.network.links.count == 8)
    }
  }

  @Test("All that is wrong in both files is told at once, with the nearest names")
  func damaged() throws {
    var roadnet = CityFlowFixture.roadnet
    for (good, bad) in [
      ("\"time\": 30", "\"time\": -30"), ("\"startRoad\": \"N in\"", "\"startRoad\": \"N inn\""),
      (
        "\"type\": \"turn_right\", \"startRoad\": \"W in\"",
        "\"type\": \"turn_rihgt\", \"startRoad\": \"W in\""
      ),
      ("{\"startLaneIndex\": 1, \"endLaneIndex\": 0", "{\"startLaneIndex\": 2, \"endLaneIndex\": 0"),
    ] {
      let range = try #require(roadnet.range(of: good))
      roadnet.replaceSubrange(range, with: bad)
    }
    let flow = CityFlowFixture.flow.replacingOccurrences(of: "\"interval\": 5.0", with: "\"interval\": 0")
      .replacingOccurrences(of: "\"length\": 5", with: "\"length\": \"five\"")
    let failure = try CityFlowFixture.failure(roadnet: roadnet, flow: flow)
    #expect(
      failure == [
        "roadnet.json:4: 'startLaneIndex' must be a whole number from 0 to 1, not 2",
        "roadnet.json:6: unknown road 'N inn'; did you mean 'N in'?",
        "roadnet.json:11: unknown type 'turn_rihgt'; did you mean 'turn_right'?",
        "roadnet.json:17: 'time' must be in 0 … 100000, not -30",
        "flow.json:1: 'length' must be a number",
        "flow.json:2: 'interval' must be in 0.001 … 10000000, not 0",
        "flow.json:4: 'length' must be a number",
      ], "\(failure)")
    #expect(
      try CityFlowFixture.failure(flow: CityFlowFixture.flow.replacingOccurrences(of: "S in", with: "S im"))
        == [
          "flow.json:5: unknown road 'S im'; did you mean 'S in'?"
        ])
    let gone = CityFlowFixture.flow.replacingOccurrences(
      of: "\"S in\", \"E out\"", with: "\"S out\", \"E out\"")
    #expect(
      try CityFlowFixture.failure(flow: gone) == ["flow.json:5: there is no way along the route S out, E out"]
    )
  }
}
