import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Native files: phases in rings")
struct NativeRingsTests {
  private func network(rings: String, plan: String) -> String {
    """
    greenwave: 1
    name: Rings
    junctions:
      路口:
        left-turns: permissive
        approaches:
          N: {lanes: [TR L], crossing: 12}
          E: {lanes: [L, TR], crossing: 12}
          S: {lanes: [TR], crossing: 12}
          W: {lanes: [L, TR], crossing: 12}
        rings:
    \(rings)
        plan: \(plan)
    periods:
      am: {time: 07:00-08:00, counts: {路口: {E: {T: 300}}}}
    """.replacing("[TR L]", with: "[LTR]").replacing("S: {lanes: [TR]", with: "S: {lanes: [LTR]")
  }

  private let rings = """
          phases: {1: [E.L], 2: [W.LTR, S.P], 4: [NS.LTR, EW.P], 5: [W.L], 6: [E.LTR, N.P]}
          order: [1 2 | 4, 5 6 |]
    """

  private func read(_ rings: String, _ plan: String) throws -> ReadScenario {
    try NativeReader.read(text: network(rings: rings, plan: plan), file: "rings.yaml")
  }

  private func messages(_ rings: String, _ plan: String) -> [String] {
    do throws(InputFailure) {
      let read = try NativeReader.read(text: network(rings: rings, plan: plan), file: "rings.yaml")
      return read.warnings.map(\.message)
    } catch {
      return error.diagnostics.map { "\($0.location.line ?? 0): \($0.message)" }
    }
  }

  private let plan = "{cycle: 90, split: {1: 15, 2: 40, 4: 35, 5: 20, 6: 35}}"

  @Test("Phases have the groups, times and places that the file says")
  func phases() throws {
    let scenario = try read(rings, plan).scenario
    let controller = scenario.network.controllers[0]
    let read = try #require(controller.rings)
    #expect(read.phases.map(\.number) == [1, 2, 4, 5, 6])
    #expect(read.phases.map(\.ring) == [1, 1, 1, 2, 2])
    #expect(read.phases.map(\.barrier) == [1, 1, 2, 1, 1])
    func names(_ groups: [Int]) -> [String] { groups.map { controller.groups[$0].name } }
    // Left turns have the right of way in 1 and 5, gaps in 2, 4 and 6.
    #expect(names(read.phases[0].groups) == ["E.L"])
    #expect(names(read.phases[1].permitted) == ["W.L"])
    #expect(names(read.phases[2].permitted) == ["N.L", "S.L"])
    // 12 m at 1.2 m/s are 10 s, of which yellow and all-red are 5: walk 7 + 5 + 5 s.
    #expect(read.phases[1].flashingDontWalk == 5)
    #expect(read.phases.map(\.minimumSplit) == [10, 17, 17, 10, 17])
    #expect(read.shortestCycle == 44)
  }

  @Test("The splits of a plan are green at their seconds")
  func greens() throws {
    let scenario = try read(rings, plan).scenario
    let controller = scenario.network.controllers[0]
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    #expect(program.cycle == 90)
    func green(_ name: String) throws -> [Range<Int>] {
      let group = try #require(controller.groups.firstIndex { $0.name == name })
      let seconds = (0..<90).filter { program.states(at: Double($0) + 0.5)[group].isGreen }
      return seconds.reduce(into: []) { runs, second in
        if let last = runs.last, last.upperBound == second {
          runs[runs.count - 1] = last.lowerBound..<second + 1
        } else {
          runs.append(second..<second + 1)
        }
      }
    }
    #expect(try green("E.T") == [20..<50])
    #expect(try green("W.T") == [15..<50])
    #expect(try green("N.T") == [55..<85])
    // Phase 1 until 10; from 20 beside phase 6, until it ends.
    #expect(try green("E.L") == [0..<10, 20..<50])
    // Phase 5 until 15, when phase 2 already runs: no red between.
    #expect(try green("W.L") == [0..<50])
    #expect(try green("S.P") == [15..<45])
    #expect(try green("E.P") == [55..<80])
  }

  @Test("A plan may run another order")
  func order() throws {
    let scenario = try read(
      rings, "{split: {1: 15, 2: 40, 4: 35, 5: 20, 6: 35}, order: [2 1 | 4, 6 5 |]}"
    ).scenario
    let controller = scenario.network.controllers[0]
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    let through = try #require(controller.groups.firstIndex { $0.name == "W.T" })
    #expect(program.intervals[0].states[through].isGreen)
  }

  @Test("Without a plan splits are assumed, with a warning, that fill a usual cycle")
  func assumed() throws {
    let text = network(rings: rings, plan: "")
    let read = try NativeReader.read(
      text: text.split(separator: "\n").filter { !$0.contains("plan:") }.joined(separator: "\n"),
      file: "rings")
    #expect(read.warnings.map(\.message).contains { $0.contains("minimum splits and equal shares") })
    #expect(read.scenario.periods[0].existingPlan.programs[0]?.cycle == 90)
  }

  @Test("Mistakes are told in the words of rings")
  func mistakes() {
    #expect(
      messages(rings, "{split: {1: 15, 2: 40, 4: 35, 5: 20, 6: 31}}") == [
        "14: rings 1 and 2 need 55 s and 51 s before barrier 1: they cross it together"
      ])
    #expect(
      messages(rings, "{split: {1: 15, 2: 40, 4: 16, 5: 20, 6: 35}}") == [
        "14: phase 4 needs a split of 17 s, it has 16 s"
      ])
    #expect(
      messages(rings, "{cycle: 100, split: {1: 15, 2: 40, 4: 35, 5: 20, 6: 35}}") == [
        "14: the splits add up to 90 s, the cycle is 100 s"
      ])
    #expect(
      messages(rings, "{split: {1: 15, 2: 40, 4: 35, 5: 20}}") == [
        "14: the plan has no split for phase 6 of controller '路口'"
      ])
    #expect(
      messages(rings, "{split: {1: 15, 2: 40, 4: 35, 5: 20, 6: 35, 7: 10}}") == ["14: unknown phase '7'"])
    #expect(
      messages(rings, "{green: [40, 30]}") == [
        "14: controller '路口' has rings, so its plan has splits"
      ])
    let twice = rings.replacing("5 6 |]", with: "5 6 | 4]")
    #expect(messages(twice, plan) == ["13: phase 4 stands twice in the order of the rings"])
    let missing = rings.replacing("5 6 |]", with: "5 |]")
    #expect(messages(missing, plan) == ["12: phase 6 stands in no ring"])
    let uneven = rings.replacing("5 6 |]", with: "5 6]")
    #expect(messages(uneven, plan) == ["13: ring 2 has 0 barriers, ring 1 has 1"])
    let wrong = rings.replacing("5 6 |]", with: "5 > | 6]")
    #expect(messages(wrong, plan) == ["13: '5 > | 6' is no order of a ring's phases"])
    let crossing = rings.replacing("4: [NS.LTR, EW.P]", with: "4: [S.LTR, EW.P]")
      .replacing("6: [E.LTR, N.P]", with: "6: [E.LTR, N.LTR, N.P]")
    #expect(messages(crossing, plan).contains { $0.contains("conflict") })
  }

  @Test(
    "Orders are written as they are read",
    arguments: ["1 2 | 3 4", "1 > 2 | 3", "(1) 2 | 4", "2", "1 | 2 | 3"])
  func orderText(text: String) throws {
    let order = try #require(RingOrderText(text))
    #expect(RingOrderText.text(order.phases) == text)
  }

  @Test(
    "What is no order is refused",
    arguments: ["", "a", "1 >", "> 1", "(1", "1)", "0", "100", "1 >> 2", "1 > | 2"])
  func noOrder(text: String) {
    let order = RingOrderText(text)
    #expect(order == nil || order?.phases.joined().isEmpty == true)
  }

  @Test("A phase that keeps its place, or may be left out, is one in the model")
  func flags() throws {
    let text = """
            phases: {1: [E.L], 2: [W.LTR, S.P], 4: [NS.LTR, EW.P], 5: [W.L], 6: [E.LTR, N.P]}
            order: [1 > 2 | 4, (5) 6 |]
      """
    let scenario = try read(text, "{split: {1: 15, 2: 40, 4: 35, 6: 55}}").scenario
    let phases = try #require(scenario.network.controllers[0].rings).phases
    #expect(phases.map(\.keepsPlace) == [true, true, false, false, false])
    #expect(phases.map(\.isOptional) == [false, false, false, true, false])
    #expect(scenario.periods[0].existingPlan.check(against: scenario.network) == [])
  }
}
