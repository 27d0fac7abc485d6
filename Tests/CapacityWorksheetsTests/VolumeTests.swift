import CapacityWorksheets
import HighwayCapacity
import NetworkBuilding
import SignalOptimization
import TestSupport
import Testing
import TrafficModel

@Suite("Capacity worksheets: nothing is lost")
struct VolumeTests {
  /// Flows are distributed until they settle to a ten-thousandth, veh/h.
  static let tolerance = 0.01

  private func check(_ study: CapacityStudy, _ scenario: Scenario) {
    let network = scenario.network
    let flows = MovementFlows(network: network, demand: scenario.periods[0].demand)
    for worksheet in study.worksheets {
      for approach in worksheet.approaches {
        let wanted = network.movementsFromLink[approach.link.index].reduce(0) {
          $0 + Quantities.perHour(vehiclesPerSecond: flows.mean[$1.index])
        }
        #expect(abs(approach.volume - wanted) < Self.tolerance)
        let accounted = worksheet.accounted(approach, in: network)
        #expect(abs(accounted - wanted) < Self.tolerance, "\(worksheet.name) \(approach.name)")
        let lanes = approach.laneGroups.flatMap(\.lanes)
        #expect(Set(lanes).count == lanes.count, "a lane stands in two groups")
        let leading = network.lanes(of: approach.link).filter {
          !network.connectionsFromLane[$0.index].isEmpty
        }
        #expect(Set(lanes) == Set(leading), "a lane stands in no group")
      }
      for group in worksheet.laneGroups {
        #expect((group.service == nil) != (group.notCovered == nil))
        guard let service = group.service else { continue }
        #expect(service.flow >= 0 && service.saturationFlow >= 0 && service.capacity >= 0)
        #expect(service.lanes == group.lanes.count)
      }
    }
  }

  @Test(
    "shipped networks are covered in full",
    arguments: ["dual-ring-junction", "eight-signal-arterial", "four-stage-junction", "lijiang-old-town"])
  func shipped(name: String) throws {
    let scenario = try FixtureFile.shipped(name)
    let study = JunctionYAML.study(scenario)
    #expect(study.worksheets.count == scenario.network.controllers.count)
    #expect(study.worksheets.allSatisfy { $0.isCovered })
    #expect(study.worksheets.allSatisfy { $0.evaluations.count == 1 })
    check(study, scenario)
    let counted = study.levels.reduce(0) { $0 + $1.junctions }
    #expect(counted == study.worksheets.count { $0.delay != nil })
  }

  @Test("the manual's example", arguments: [true, false])
  func example(detectorsDecide: Bool) throws {
    let scenario = try FixtureFile.scenario("fifth-and-twelfth.yaml")
    let period = scenario.periods[0]
    let study = CapacityStudy(
      network: scenario.network, plan: period.existingPlan, demand: period.demand,
      detectorsDecide: detectorsDecide)
    check(study, scenario)
    #expect(study.worksheets[0].isActuated == detectorsDecide)
  }

  @Test("random junctions and grids, stages and rings, arrows and gaps, have worksheets", arguments: 0..<60)
  func random(seed: Int) throws {
    let scenario = try RandomDrafts.draft(seed).scenario()
    let study = JunctionYAML.study(scenario)
    check(study, scenario)
    #expect(study.worksheets.allSatisfy { $0.isCovered })
  }

  @Test("left-hand traffic has its mirror image's figures, under its own names", arguments: 0..<12)
  func mirrored(seed: Int) throws {
    let draft = RandomDrafts.draft(seed)
    let (study, image) = (
      JunctionYAML.study(try draft.scenario()), JunctionYAML.study(try draft.mirrored.scenario())
    )
    #expect(study.worksheets.count == image.worksheets.count)
    for (worksheet, other) in zip(study.worksheets, image.worksheets) {
      for group in worksheet.laneGroups {
        let mirrored = try #require(other.laneGroup(Self.mirrored(group.name)), "\(group.name)")
        let (service, image) = (try #require(group.service), try #require(mirrored.service))
        #expect(abs(service.capacity - image.capacity) < Self.tolerance)
        #expect(abs(service.delay - image.delay) < Self.tolerance)
      }
    }
  }

  /// East and west change places, and left and right.
  private static func mirrored(_ name: String) -> String {
    let directions = ["EB": "WB", "WB": "EB"]
    let parts = name.split(separator: " ").map(String.init)
    let letters = parts[1].reversed().map { ["L": "R", "R": "L"][String($0)] ?? String($0) }.joined()
    return "\(directions[parts[0]] ?? parts[0]) \(letters)"
  }
}
