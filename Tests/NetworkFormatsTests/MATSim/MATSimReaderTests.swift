import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("MATSim reader")
struct MATSimReaderTests {
  static let otherModes = "plans.xml: 1 leg by other modes than car left out"

  @Test(
    "Lanes lie side by side, those beyond the permanent ones are pockets; links for others than cars are left out"
  )
  func roads() throws {
    let network = try MATSimFixture.read().scenario.network
    #expect(network.links.map(\.name) == ["WC", "CE", "SC", "CS"])
    #expect(network.links[0].length == 520 && network.links[0].speed == 12.5)
    // From the kerb: the lane for right turns of 60 m, then the permanent one.
    #expect(network.lanes(of: LinkID(0)).map { network[$0].length } == [60, 520])
    let flows = network.lanes(of: LinkID(0)).map { lane in
      network.connectionsFromLane[lane.index].map {
        (network[$0].turn, (network[$0].saturationFlow * 3600).rounded())
      }
    }
    #expect(flows[0].map(\.0) == [.right] && flows[0].map(\.1) == [1400])
    #expect(flows[1].map(\.0) == [.through] && flows[1].map(\.1) == [1700])
    // Nobody tells the lanes of the side street: right from the kerb, left from the other one, 1500 veh/h each.
    let side = network.lanes(of: LinkID(2)).map { lane in
      network.connectionsFromLane[lane.index].map { network[$0].turn }
    }
    #expect(side == [[.right], []])
  }

  @Test("A group is green from onset to dropping, both counted from the offset; what has no signal is free")
  func signals() throws {
    let scenario = try MATSimFixture.read().scenario
    let network = scenario.network
    #expect(scenario.periods.map(\.name) == ["am"])
    #expect(scenario.periods[0].demand.begin == 25200 && scenario.periods[0].demand.end == 28800)
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    #expect(network.controllers[0].groups.map(\.name) == ["main", "side"])
    // 25200 s is the begin of a cycle of 60 s.
    let main = [6.5, 7.5, 36.5, 37.5, 40.5].map { program.states(at: 25200 + $0)[0] }
    #expect(main == [.red, .protectedGreen, .protectedGreen, .yellow, .red])
    let side = [41.5, 42.5, 61.5, 62.5].map { program.states(at: 25200 + $0)[1] }
    #expect(side == [.red, .protectedGreen, .protectedGreen, .yellow])
    let free = network.connections.filter { $0.signal == nil }
    #expect(free.map(\.turn) == [.right])
    #expect(scenario.periods[0].existingPlan.check(against: network) == [])
  }

  @Test("Drives are legs by car of the selected plan, on their route or the quickest way")
  func population() throws {
    let read = try MATSimFixture.read()
    let demand = read.scenario.periods[0].demand
    #expect(demand.departures.map(\.time) == [25805, 26400])
    #expect(demand.routes == [[LinkID(0), LinkID(3)], [LinkID(2), LinkID(1)]])
    #expect(demand.departures.map(\.choosesRoute) == [false, true])
    #expect(read.warnings.map(\.message) == ["1 leg by other modes than car left out"])
  }

  @Test("Without lanes, traffic goes everywhere but back, and back where a route does")
  func withoutLanes() throws {
    var files = MATSimFixture.files
    files["lanes.xml"] = nil
    files["signalSystems.xml"] = files["signalSystems.xml"]?.replacingOccurrences(
      of: "<lane refId=\"WC.t\"/>",
      with: "<turningMoveRestrictions><toLink refId=\"CE\"/></turningMoveRestrictions>")
    func turns(_ files: [String: String]) throws -> [String] {
      let network = try MATSimFixture.read(files).scenario.network
      return network.movements.indices.map { network.name(of: MovementID($0)) }
    }
    #expect(try turns(files) == ["WC → CE", "WC → CS", "SC → CE"])
    files["plans.xml"] = files["plans.xml"]?.replacingOccurrences(of: ">WC CS<", with: ">SC CS<")
    #expect(try turns(files) == ["WC → CE", "WC → CS", "SC → CE", "SC → CS"])
  }

  @Test("What is wrong in any of the files is told at once, with the nearest names")
  func damaged() throws {
    func damage(_ name: String, _ changes: [(String, String)]) throws -> [String] {
      var files = MATSimFixture.files
      for (good, bad) in changes {
        let text = try #require(files[name])
        #expect(text.contains(good))
        files[name] = text.replacingOccurrences(of: good, with: bad)
      }
      return try MATSimFixture.failure(files)
    }
    let network = try damage(
      "network.xml",
      [
        ("to=\"E\"", "to=\"F\""), ("capacity=\"3000\"", "capacity=\"many\""),
        (
          "freespeed=\"12.5\" capacity=\"1800\" permlanes=\"1\" oneway=\"1\" modes=\"car,bike\"",
          "freespeed=\"-1\" capacity=\"1800\" permlanes=\"1\""
        ),
      ])
    #expect(
      network == [
        "network.xml:11: 'freespeed' must be 0.001 m/s or more, not -1",
        "network.xml:12: unknown node 'F'; did you mean 'C'?",
        "network.xml:13: 'capacity' must be a finite number, not 'many'",
      ], "\(network)")
    let lanes = try damage(
      "lanes.xml",
      [("toLink refId=\"CE\"", "toLink refId=\"SC\""), ("toLink refId=\"CS\"", "toLink refId=\"CX\"")])
    #expect(
      lanes == [
        "lanes.xml:5: lane 'WC.t': link 'SC' does not begin where 'WC' ends",
        "lanes.xml:7: unknown link 'CX'; did you mean 'CE'?", Self.otherModes,
      ], "\(lanes)")
    let control = try damage(
      "signalControl.xml", [("<cycleTime sec=\"60\"/>", "<cycleTime sec=\"0\"/>"), ("07:00:00", "7 am")])
    #expect(
      control == [
        "signalControl.xml:5: signal plan 'am': the cycle of 0 s is not in 1 … 3600 s",
        "signalControl.xml:6: 'start' must be a time hh:mm:ss, not '7 am'", Self.otherModes,
      ], "\(control)")
    let groups = try damage(
      "signalGroups.xml",
      [
        ("<signal refId=\"s\"/>", "<signal refId=\"x\"/>"),
        ("<signal refId=\"w\"/>", "<signal refId=\"w2\"/>"),
      ])
    #expect(groups.contains("signalGroups.xml:3: unknown signal 'w2'; did you mean 'w'?"), "\(groups)")
    let plans = try damage(
      "plans.xml", [(">WC CS<", ">WC CY<"), ("end_time=\"07:20:00\"", "end_time=\"soon\"")])
    #expect(
      plans == [
        Self.otherModes, "plans.xml:6: unknown link 'CY'; did you mean 'CE'?",
        "plans.xml:11: 'end_time' must be a time hh:mm:ss, not 'soon'",
      ], "\(plans)")
  }
}
