import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("GMNS reader")
struct GMNSReaderTests {
  /// Metres and seconds after a way through feet, miles and hours: rounding of doubles.
  static let rounding = 1e-9

  /// When a group turns green, s after midnight, within one cycle.
  private func greens(_ program: SignalProgram, _ controller: SignalController, _ name: String) -> [Double] {
    guard let group = controller.groups.firstIndex(where: { $0.name == name }) else { return [] }
    let cycle = Int(program.cycle)
    return (0..<cycle).filter { second in
      program.states(at: Double(second))[group].isGreen
        && !program.states(at: Double(second + cycle - 1))[group].isGreen
    }.map(Double.init)
  }

  @Test("lengths, speeds and flows come out in metres and seconds")
  func units() throws {
    let read = try GMNSFixture.read(GMNSFixture.crossing)
    #expect(read.warnings == [])
    let network = read.scenario.network
    #expect(read.scenario.name == "Crossing")
    #expect(network.links.count == 8)
    let link = try #require(network.links.first { $0.name == "ec" })
    #expect(abs(link.length - 402.336) < Self.rounding)
    #expect(abs(link.speed - 13.4112) < Self.rounding)
    #expect(link.street == "Main Street, east")
    #expect(network.connections.filter { $0.turn == .through }.allSatisfy { $0.saturationFlow == 0.5 })
  }

  @Test("pockets lie left of lane 1 and are as long as their segment")
  func pockets() throws {
    let network = try GMNSFixture.read(GMNSFixture.crossing).scenario.network
    let link = try #require(network.links.firstIndex { $0.name == "wc" })
    let lanes = network.lanes(of: LinkID(link)).map { network[$0] }
    #expect(lanes.count == 3)
    #expect(abs(lanes[2].length - 60.96) < Self.rounding)
    let left = try #require(network.connectionsFromLane[network.lanes(of: LinkID(link))[2].index].first)
    #expect(network[left].turn == .left)
    #expect(network.connectionsFromLane[network.lanes(of: LinkID(link))[2].index].count == 1)
  }

  @Test("rings run side by side and wait at barriers; the offset is the coordinated phase's begin of green")
  func rings() throws {
    let scenario = try GMNSFixture.read(GMNSFixture.crossing).scenario
    let controller = scenario.network.controllers[0]
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    #expect(program.cycle == 90)
    // Phase 2 turns green at 20 s, 15 s after its ring began; phase 5 began with the ring at 5 s.
    #expect(greens(program, controller, "EBT") == [20])
    #expect(greens(program, controller, "WBL") == [5])
    #expect(greens(program, controller, "EBL") == [5])
    #expect(greens(program, controller, "WBT") == [25])
    #expect(greens(program, controller, "SBT") == [60])
    #expect(greens(program, controller, "NBT") == [60])
    #expect(scenario.periods[0].existingPlan.check(against: scenario.network) == [])
  }

  @Test(
    "an offset is counted to the begin of green, of yellow or of red",
    arguments: [("begin_of_green", 20.0), ("begin_of_yellow", 75), ("begin_of_red", 72)])
  func references(reference: String, begin: Double) throws {
    var tables = GMNSFixture.crossing
    tables["signal_coordination"] =
      "coordination_id,timing_plan_id,controller_id,coord_phase,coord_ref_to,offset\n1,am,C,2,\(reference),20\n"
    let scenario = try GMNSFixture.read(tables).scenario
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    // Phase 2 is green for 35 s and then, at 30 mph, yellow for 3 s: its green begins so long before the reference.
    #expect(greens(program, scenario.network.controllers[0], "EBT") == [begin])
  }

  @Test("lefts that a phase only permits yield; protected ones never meet oncoming traffic")
  func protection() throws {
    let network = try GMNSFixture.read(GMNSFixture.crossing).scenario.network
    let controller = network.controllers[0]
    func conflict(_ a: String, _ b: String) throws -> GroupConflict {
      let first = try #require(controller.groups.firstIndex { $0.name == a })
      let second = try #require(controller.groups.firstIndex { $0.name == b })
      return controller.conflicts[first][second]
    }
    #expect(try conflict("SBL", "NBT") == .rowYields)
    #expect(try conflict("NBT", "SBL") == .columnYields)
    #expect(try conflict("WBL", "EBT") == .exclusive)
    #expect(try conflict("WBT", "EBT") == .none)
    #expect(try conflict("WBT", "SBT") == .exclusive)
  }

  @Test("volumes are vehicles per hour, whatever separates their thousands")
  func volumes() throws {
    let scenario = try GMNSFixture.read(GMNSFixture.crossing).scenario
    let demand = scenario.periods[0].demand
    #expect(scenario.periods[0].name == "weekdays 07:00-09:00")
    #expect(demand.begin == 7 * 3600 && demand.end == 9 * 3600)
    let counts = demand.counts[0].vehicles.compactMap { $0 }
    #expect(counts.max() == 2400)
    #expect(counts.reduce(0, +) == 2 * 2680)
  }

  @Test("a network of nodes and links alone has movements everywhere but back, and equal rights of way")
  func bare() throws {
    var tables = GMNSFixture.crossing.filter { ["config", "link", "node"].contains($0.key) }
    tables["node"] = tables["node"]?.replacingOccurrences(of: "signal", with: "")
    let read = try GMNSFixture.read(tables)
    #expect(read.scenario.network.movements.count == 12)
    #expect(read.scenario.network.controllers.isEmpty)
    #expect(read.warnings.count == 2)
    let junction = try #require(read.scenario.network.junctions.first { $0.name == "C" })
    #expect(junction.control == .priority)
  }

  @Test("every error is told at once, each in its place and with the nearest name")
  func errors() throws {
    var tables = GMNSFixture.crossing
    tables["link"] = tables["link"]?.replacingOccurrences(
      of: "cs,South Street,C,S", with: "cs,South Street,C,Z")
    tables["movement"] = tables["movement"]?.replacingOccurrences(of: "3,C,ec,2,", with: "3,C,ecc,2,")
      .replacingOccurrences(of: "EBL,90", with: "EBL,ninety").replacingOccurrences(
        of: "9,C,nc,1,", with: "9,C,nc,0x,")
    tables["signal_phase_mvmt"] = tables["signal_phase_mvmt"]?.replacingOccurrences(
      of: "12,p8,12", with: "12,p9,12")
    let found = try GMNSFixture.failure(tables)
    #expect(found.contains("link.csv:7:19: unknown node 'Z'; did you mean 'C'?"))
    #expect(found.contains("movement.csv:4:5: unknown link 'ecc'; did you mean 'ec'?"))
    #expect(found.contains("movement.csv:5:27: 'volume' must be a number, not 'ninety'"))
    #expect(found.contains("movement.csv:10:8: 'start_ib_lane' must be a number, not '0x'"))
    #expect(found.contains("signal_phase_mvmt.csv:13:4: unknown timing phase 'p9'; did you mean 'p1'?"))
  }

  @Test("a missing table or column is told by its name")
  func missing() throws {
    var tables = GMNSFixture.crossing
    tables["node"] = tables["node"]?.replacingOccurrences(of: "x_coord", with: "xcoord")
    #expect(
      try GMNSFixture.failure(tables).contains(
        "node.csv:1:1: node.csv has no column 'x_coord'; it has a column 'xcoord'"))
    tables["nodes"] = tables.removeValue(forKey: "node")
    #expect(
      try GMNSFixture.failure(tables).first?.contains("the folder has no node.csv; it has nodes.csv") == true)
  }
}
