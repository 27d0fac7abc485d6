import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Controller tables in the words of NTCIP 1202")
struct ControllerTableTests {
  private func table(_ scenario: Scenario, _ plan: TimingPlan) -> (values: [String: String], losses: [String])
  {
    let written = ControllerTableFormat().write(plan, of: scenario, in: scenario.periods[0], origin: nil)
    var values: [String: String] = [:]
    for line in written.files[0].text.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      values[fields[1...5].filter { !$0.isEmpty }.joined(separator: " ")] = fields[6]
    }
    return (values, written.losses)
  }

  private func scenario(_ controller: SignalController, _ program: SignalProgram) throws -> Scenario {
    let network = try Network(
      junctions: [], links: [], lanes: [], connections: [], conflicts: [], controllers: [controller])
    let plan = TimingPlan(name: "am", programs: [program])
    let demand = Demand(begin: 0, end: 3600, vehicleTypes: [VehicleType(name: "car")])
    return Scenario(
      name: "", network: network, periods: [Period(name: "am", demand: demand, existingPlan: plan)])
  }

  private func controller(_ names: [(name: String, kind: SignalGroupKind)]) -> SignalController {
    let none = [GroupConflict](repeating: .none, count: names.count)
    return SignalController(
      name: "J", groups: names.map { SignalGroup(name: $0.name, kind: $0.kind, minimumGreen: 6, yellow: 3) },
      conflicts: names.map { _ in none }, intergreens: names.map { _ in names.map { _ in 0 } })
  }

  private func rows(_ rows: [(Double, String)]) -> [SignalInterval] {
    rows.map { SignalInterval(duration: $0, states: $1.compactMap { SignalState(rawValue: String($0)) }) }
  }

  @Test("Stages are phases one after the other; who is green in several follows an overlap")
  func stages() throws {
    let groups = controller([
      ("N", .vehicle), ("right", .vehicle), ("E", .vehicle), ("walk", .pedestrian), ("W", .vehicle),
    ])
    let program = SignalProgram(
      controller: ControllerID(0), name: "day", offset: 70,
      intervals: rows([
        (12, "GGrGr"), (8, "GGrrr"), (3, "yGrrr"), (2, "rGrrr"), (20, "rGGrr"), (4, "ryyrr"), (1, "rrrrr"),
        (10, "rrrrG"), (3, "rrrry"),
      ]))
    let scenario = try scenario(groups, program)
    let (values, losses) = table(scenario, scenario.periods[0].existingPlan)
    #expect(losses == [])
    let expected = [
      "J phase 1 phaseWalk": "12", "J phase 1 phasePedestrianClear": "8", "J phase 1 phaseMinimumGreen": "6",
      "J phase 1 phaseYellowChange": "30", "J phase 1 phaseRedClear": "20",
      "J phase 2 phaseYellowChange": "40",
      "J phase 2 phaseRedClear": "10", "J phase 2 phaseWalk": "0", "J phase 1 phaseRing": "1",
      "J phase 1 phaseConcurrency": "", "J sequence 1 sequenceData ring 1": "1 2 3",
      "J overlap 1 overlapIncludedPhases": "1 2", "J overlap 1 overlapTrailYellow": "40",
      "J channel 1 channelControlSource": "1", "J channel 1 channelControlType": "phaseVehicle",
      "J channel 2 channelControlSource": "1", "J channel 2 channelControlType": "overlap",
      "J channel 3 channelControlSource": "2", "J channel 4 channelControlType": "phasePedestrian",
      "J split 1 1 splitTime": "25", "J split 1 2 splitTime": "25", "J split 1 1 splitCoordPhase": "true",
      "J split 1 2 splitCoordPhase": "false", "J split 1 1 splitMode": "maximumVehicleRecall",
      "J pattern 1 patternCycleTime": "63", "J pattern 1 patternOffsetTime": "7",
    ]
    for (key, value) in expected { #expect(values[key] == value, "\(key)") }
  }

  @Test("A group that begins later than its phase, and halves of seconds, are told")
  func losses() throws {
    let groups = controller([("N", .vehicle), ("late", .vehicle), ("E", .vehicle)])
    let program = SignalProgram(
      controller: ControllerID(0), name: "day", offset: 0.5,
      intervals: rows([(5, "Grr"), (20, "GGr"), (3, "yyr"), (20, "rrG"), (3, "rry")]))
    // The later begin makes a phase of its own, in which it is green with the yellow's end before it.
    let scenario = try scenario(groups, program)
    let (values, losses) = table(scenario, scenario.periods[0].existingPlan)
    #expect(values["J split 1 1 splitTime"] == "5")
    #expect(values["J overlap 1 overlapIncludedPhases"] == "1 2")
    #expect(
      losses == [
        "fractions of seconds of controller 'J': the objects have whole ones; the table has the plan's"
      ])
    var staggered = program
    staggered.intervals = rows([(20, "GGr"), (3, "yGr"), (3, "ryr"), (20, "rrG"), (3, "rry")])
    staggered.offset = 0
    let plan = TimingPlan(name: "am", programs: [staggered])
    #expect(
      table(scenario, plan).losses == [
        "begins and ends of greens of controller 'J' that differ from those of its phases: 'late'"
      ])
  }

  @Test(
    "Rings: splits of each ring add up to the cycle, and phases beside each other are concurrent",
    arguments: ["lijiang-old-town", "eight-signal-arterial", "four-stage-junction"])
  func shipped(name: String) throws {
    let scenario = try PlanSamples.network(name)
    let plan = scenario.periods[0].existingPlan
    let (values, _) = table(scenario, plan)
    for (index, controller) in scenario.network.controllers.enumerated() {
      let program = try #require(plan.programs[index])
      let phases = ControllerPhases(program, controller)
      for (ring, order) in phases.sequence {
        let sum = order.reduce(0.0) { sum, number in
          sum + (Double(values["\(controller.name) split 1 \(number) splitTime"] ?? "") ?? .nan)
        }
        #expect(abs(sum - program.cycle) < 1e-6, "\(controller.name), ring \(ring)")
      }
      #expect(!phases.sequence.isEmpty)
    }
  }
}
