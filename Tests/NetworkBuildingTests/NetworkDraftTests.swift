import NetworkBuilding
import Testing
import TrafficModel

@Suite("NetworkDraft")
struct NetworkDraftTests {
  /// Four legs with a pocket for left turns, a lane straight on and one for straight on and right, and crossings.
  static func crossroads() -> NetworkDraft {
    let legs: [Compass] = [.n, .e, .s, .w]
    let lanes = [LaneDraft([.left], pocket: 60), LaneDraft([.through]), LaneDraft([.through, .right])]
    let market = JunctionDraft(
      "Market", approaches: legs.map { ApproachDraft($0, lanes: lanes, crossing: 14) },
      signals: SignalsDraft(
        stages: [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]],
        plan: PlanDraft(greens: [26, 10, 24, 10])))
    var peak = PeriodDraft("morning peak", begin: 7 * 3600, end: 8 * 3600)
    for leg in legs {
      peak.count(
        "Market", leg, vehiclesPerHour: [.left: 80, .through: 420, .right: 60], pedestriansPerHour: 120)
    }
    return NetworkDraft("Market Town", junctions: [market], periods: [peak])
  }

  @Test("A four-leg junction has its lanes, ways, crossings, groups and counts")
  func junction() throws {
    let scenario = try Self.crossroads().scenario()
    let network = scenario.network
    #expect(network.junctions.count == 5)
    #expect(network.links.count == 8)
    // Three lanes in and two full-length ones out, by four legs.
    #expect(network.lanes.count == 20)
    // Left, two straight on, right.
    #expect(network.connections.count == 16)
    #expect(network.crossings.map(\.name) == ["Market.N.P", "Market.E.P", "Market.S.P", "Market.W.P"])
    // Right turns out of the leg, left turns, both lanes straight on; in by the leg, all four.
    #expect(network.crossings.allSatisfy { $0.crossedConnections.count == 8 })
    #expect(network.controllers[0].groups.count == 16)
    let plan = scenario.periods[0].existingPlan
    #expect(plan.check(against: network).isEmpty)
    // Four greens, each with 3 s of yellow and 2 s of all-red.
    #expect(plan.programs[0]?.cycle == 90)
    #expect(scenario.periods[0].demand.counts[0].vehicles.compactMap { $0 }.reduce(0, +) == 4 * 560)
    #expect(scenario.periods[0].demand.counts[0].pedestrians == [120, 120, 120, 120])
  }

  @Test("Ways are as long as the widest leg asks, and turning cars slow down")
  func geometry() throws {
    let network = try Self.crossroads().scenario().network
    // 10 m and 3.5 m for each of three lanes in and two out.
    let size = 10 + 3.5 * 5
    for connection in network.connections {
      let (length, speed) =
        switch connection.turn {
        case .through: (size, UsualFigures.speed)
        case .left: (1.1 * size, 8)
        case .right: (0.4 * size, 6.5)
        case .uTurn: (0.5 * size, 5)
        }
      #expect(abs(connection.length - length) < 1e-9 && abs(connection.speed - speed) < 1e-9)
      #expect(connection.waitingPosition == nil)
    }
  }

  @Test("Everything that is wrong with a draft comes at once")
  func invalid() {
    var draft = Self.crossroads()
    draft.junctions[0].signals.stages?[0].items[0] = "EW.LTR"
    draft.junctions[0].signals.plan?.greens[1] = Located(2)
    draft.periods[0].count("Markt", .n, vehiclesPerHour: [.left: 1])
    draft.roads = [RoadDraft(["Market.N", "Elsewhere.S"], length: 100)]
    do {
      _ = try draft.scenario()
      Issue.record("the draft has no error")
    } catch {
      #expect(error.problems.contains { $0.contains("did you mean 'Market'?") })
      #expect(error.problems.contains { $0.contains("unknown junction 'Elsewhere'") })
      #expect(error.problems.contains { $0.contains("conflict, they cannot be green together") })
    }
  }

  @Test(
    "Straight-on lanes keep their distance from the kerb, and share lanes only where there are too few",
    arguments: [
      ([0, 1], [0, 1], [0, 1]), ([1, 2], [0, 1], [0, 1]), ([1, 2], [0, 1, 2], [1, 2]), ([2], [0, 1], [1]),
      ([0, 1, 2], [0, 1], [0, 0, 1]), ([0], [0, 1, 2], [0]), ([0, 1], [1, 2], [1, 2]),
      ([0, 1, 3], [0, 1, 2], [0, 1, 2]),
    ])
  func lanes(leaving: [Int], entering: [Int], expected: [Int]) {
    #expect(JunctionTurn.lanes(of: .through, leaving: leaving, entering: entering).map(\.to) == expected)
  }

  @Test("Right turns enter at the kerb, left turns at the centre of the road")
  func turningLanes() {
    #expect(JunctionTurn.lanes(of: .right, leaving: [0, 1], entering: [0, 1, 2]).map(\.to) == [0, 1])
    #expect(JunctionTurn.lanes(of: .left, leaving: [1, 2], entering: [0, 1, 2]).map(\.to) == [1, 2])
    #expect(JunctionTurn.lanes(of: .left, leaving: [1, 2], entering: [0]).map(\.to) == [0, 0])
    #expect(JunctionTurn.lanes(of: .left, leaving: [1, 2], entering: []).isEmpty)
  }
}
