import CapacityWorksheets
import HighwayCapacity
import TestSupport
import Testing
import TrafficModel

@Suite("Capacity worksheets: junctions that the manual does not draw")
struct OddJunctionTests {
  @Test("a fifth leg is evaluated by itself, named by its link, and its volume is told")
  func fiveLegs() throws {
    let junction = try JunctionYAML(
      """
      approaches:
        N: {lanes: [L 50, TR]}
        NE: {lanes: [LR]}
        E: {lanes: [L 50, TR]}
        S: {lanes: [L 50, TR]}
        W: {lanes: [L 50, TR]}
      stages: [[N.LTR], [NE.LR], [E.LTR], [S.LTR], [W.LTR]]
      """,
      counts: """
        N: {L: 40, T: 200, R: 30}
        NE: {L: 20, R: 70}
        E: {L: 40, T: 200, R: 30}
        S: {L: 40, T: 200, R: 30}
        W: {L: 40, T: 200, R: 30}
        """)
    let worksheet = try junction.worksheet
    #expect(worksheet.isCovered && worksheet.approaches.count == 5)
    #expect(Set(worksheet.approaches.map(\.name)).count == 5)
    let fifth = try #require(worksheet.approaches.first { $0.name.contains("J.") })
    #expect(fifth.laneGroups.allSatisfy { $0.service != nil })
    #expect(worksheet.volume == 4 * 270 + 90)
  }

  @Test("two one-way streets")
  func oneWay() throws {
    let junction = try JunctionYAML(
      """
      approaches:
        N: {exit-lanes: 2}
        E: {exit-lanes: 2}
        S: {lanes: [T, TR], exit-lanes: 0}
        W: {lanes: [LT, T], exit-lanes: 0}
      stages: [[S.TR], [W.LT]]
      """,
      counts: """
        S: {T: 600, R: 80}
        W: {L: 90, T: 500}
        """)
    let worksheet = try junction.worksheet
    #expect(worksheet.laneGroups.map(\.name) == ["NB T", "NB TR", "EB LT", "EB T"])
    #expect(worksheet.isCovered)
    // Nobody opposes the left turns: no gaps are sought.
    #expect(worksheet.laneGroup("EB LT")?.service?.operation == .oneGreen)
  }

  @Test("a road that ends at another: nobody faces it")
  func threeLegs() throws {
    let junction = try JunctionYAML(
      """
      left-turns: permissive
      approaches:
        E: {lanes: [L 50, T]}
        S: {lanes: [L, R], crossing: 10}
        W: {lanes: [TR]}
      stages: [[E.LT, W.TR, S.P], [S.LR]]
      """,
      counts: """
        E: {L: 90, T: 400}
        S: {L: 120, R: 70, P: 100}
        W: {T: 420, R: 60}
        """)
    let worksheet = try junction.worksheet
    #expect(worksheet.isCovered)
    #expect(worksheet.laneGroup("WB L")?.service?.operation == .gaps)
    #expect(worksheet.laneGroup("WB L")?.service?.opposingFlow == 480)
    #expect(worksheet.laneGroup("NB L")?.service?.operation == .oneGreen)
    #expect(worksheet.crossings.first?.people == 100)
    #expect(worksheet.crossings.first?.service != nil)
  }

  @Test("turns that no signal holds are named, with their volume")
  func freeTurns() throws {
    let junction = try JunctionYAML(
      """
      right-turns: free
      approaches:
        N: {lanes: [L, T, R 40]}
        E: {lanes: [L, T, R 40]}
        S: {lanes: [L, T, R 40]}
        W: {lanes: [L, T, R 40]}
      """,
      counts: """
        N: {L: 40, T: 200, R: 30}
        E: {L: 40, T: 200, R: 31}
        S: {L: 40, T: 200, R: 32}
        W: {L: 40, T: 200, R: 33}
        """)
    let worksheet = try junction.worksheet
    #expect(!worksheet.isCovered)
    let rights = worksheet.laneGroups.filter { $0.notCovered != nil }
    #expect(rights.map(\.name).allSatisfy { $0.hasSuffix(" R") } && rights.count == 4)
    #expect(rights.allSatisfy { $0.notCovered == .noSignal })
    #expect(rights.map(\.volume).reduce(0, +) == 126)
    #expect(worksheet.flow == 4 * 240)
  }

  @Test("a controller of two junctions: each has its worksheet")
  func sharedController() throws {
    let scenario = try FixtureFile.scenario(
      text: """
        greenwave: 1
        name: Twins
        junctions:
          A: {controller: Both, approaches: {W: {lanes: [T]}, E: {lanes: [T]}, S: {lanes: [LR]}}}
          B: {controller: Both, approaches: {W: {lanes: [T]}, E: {lanes: [T]}, N: {lanes: [LR]}}}
        roads: [{between: [A.E, B.W], length: 80}]
        controllers:
          Both: {stages: [[A.EW.T, B.EW.T], [A.S.LR, B.N.LR]], plan: {green: [30, 20]}}
        periods:
          peak:
            time: 07:00-08:00
            counts:
              A: {W: {T: 300}, E: {T: 280}, S: {L: 60, R: 50}}
              B: {W: {T: 300}, E: {T: 280}, N: {L: 60, R: 50}}
        """)
    let study = JunctionYAML.study(scenario)
    #expect(study.worksheets.map(\.name) == ["A", "B"])
    #expect(study.worksheets.allSatisfy { $0.isCovered && $0.cycle == 60 })
  }

  @Test("without a programme nothing is evaluated, and everything named")
  func noProgram() throws {
    let scenario = try FixtureFile.shipped("four-stage-junction")
    let period = scenario.periods[0]
    let study = CapacityStudy(
      network: scenario.network, plan: TimingPlan(name: "none", programs: [nil]), demand: period.demand)
    let worksheet = study.worksheets[0]
    #expect(worksheet.laneGroups.allSatisfy { $0.notCovered == .noProgram })
    #expect(worksheet.delay == nil && worksheet.levelOfService == nil && worksheet.criticalSaturation == nil)
    #expect(worksheet.volume > 0 && worksheet.flow == 0 && study.delay == nil)
  }

  private static let fourLegs = """
    N: {L: 40, T: 200, R: 30}
    E: {L: 41, T: 201, R: 31}
    S: {L: 42, T: 202, R: 32}
    W: {L: 43, T: 203, R: 33}
    """

  @Test(
    "two greens in a cycle: the second counts, and nothing is said of what they have in common with others")
  func severalGreens() throws {
    let worksheet = try JunctionYAML(
      """
      approaches: {N: {lanes: [L, TR]}, E: {lanes: [L, TR]}, S: {lanes: [L, TR]}, W: {lanes: [L, TR]}}
      stages: [[EW.TR], [EW.L], [EW.TR], [NS.TR], [NS.L]]
      plan: {green: [20, 10, 12, 20, 10]}
      """, counts: Self.fourLegs
    ).worksheet
    #expect(worksheet.isCovered)
    let through = try #require(worksheet.laneGroup("WB TR")?.service)
    #expect(through.operation == .severalGreens)
    // Two seconds are lost and two of yellow used, twice.
    #expect(abs(through.green - 32) < 0.01)
    #expect(worksheet.laneGroup("WB L")?.service?.operation == .oneGreen)
    #expect(worksheet.laneGroup("SB TR")?.service?.operation == .oneGreen)
    #expect(worksheet.criticalSaturation == nil)
  }

  @Test("left turns through gaps of traffic with two greens are named, and its reason")
  func opposingSeveralGreens() throws {
    let junction = try JunctionYAML(
      """
      left-turns: permissive
      approaches: {N: {lanes: [L, TR]}, E: {lanes: [L, TR]}, S: {lanes: [L, TR]}, W: {lanes: [L, TR]}}
      stages: [[EW.LTR], [N.LTR], [E.TR], [S.LTR]]
      plan: {green: [20, 15, 12, 15]}
      """, counts: Self.fourLegs)
    let worksheet = try junction.worksheet
    let east = try #require(worksheet.approaches.first { $0.name == "WB" }?.link)
    #expect(worksheet.laneGroup("EB L")?.notCovered == .opposingNotCovered(east))
    #expect(worksheet.laneGroup("WB L")?.notCovered == .severalGreens)
    #expect(worksheet.laneGroup("WB TR")?.service?.operation == .severalGreens)
    #expect(worksheet.laneGroup("EB TR")?.service?.operation == .oneGreen)
    #expect(worksheet.laneGroups.map(\.volume).reduce(0, +) == worksheet.volume)
  }

  /// A network whose approach from the north another controller signals, with the same programme.
  private func parted(_ scenario: Scenario) throws -> (Network, TimingPlan) {
    let network = scenario.network
    var controllers = network.controllers
    controllers.append(controllers[0])
    controllers[1].name = "Second"
    let north = try #require(network.links.firstIndex { $0.name.hasSuffix(".N") })
    let connections = network.connections.map { connection in
      var moved = connection
      if network[connection.from].link.index == north { moved.signal?.controller = ControllerID(1) }
      return moved
    }
    var plan = scenario.periods[0].existingPlan
    var second = try #require(plan.programs[0])
    second.controller = ControllerID(1)
    plan.programs.append(second)
    return (try network.replacing(connections: connections, controllers: controllers), plan)
  }

  @Test("an approach that another controller signals is evaluated by itself")
  func twoControllers() throws {
    let scenario = try FixtureFile.shipped("four-stage-junction")
    let (network, plan) = try parted(scenario)
    let whole = JunctionYAML.study(scenario).worksheets[0]
    let parted = CapacityStudy(network: network, plan: plan, demand: scenario.periods[0].demand).worksheets[0]
    #expect(parted.isCovered && parted.evaluations.count == 2)
    for (group, other) in zip(whole.laneGroups, parted.laneGroups) {
      #expect(group.service?.capacity == other.service?.capacity)
      #expect(group.service?.delay == other.service?.delay)
    }
  }

  @Test("left turns that give way to traffic of another controller are named")
  func gapsOfAnotherController() throws {
    let east = try JunctionYAML(
      """
      left-turns: permissive
      approaches: {N: {lanes: [L, TR]}, E: {lanes: [L, TR]}, S: {lanes: [L, TR]}, W: {lanes: [L, TR]}}
      stages: [[EW.LTR], [NS.LTR]]
      """, counts: Self.fourLegs)
    #expect(try east.worksheet.isCovered)
    let (network, plan) = try parted(east.scenario)
    let worksheet = CapacityStudy(
      network: network, plan: plan, demand: east.scenario.periods[0].demand
    ).worksheets[0]
    #expect(worksheet.laneGroup("NB L")?.notCovered == .otherController)
    #expect(worksheet.laneGroup("SB L")?.notCovered == .otherController)
    #expect(worksheet.laneGroup("EB L")?.service?.operation == .gaps)
  }
}
