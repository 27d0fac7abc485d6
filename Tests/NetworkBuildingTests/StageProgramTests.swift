import NetworkBuilding
import Testing
import TrafficModel

@testable import NetworkBuilding

@Suite("Programmes made from stages")
struct StageProgramTests {
  /// Vehicle groups 0 and 1 and pedestrians 2, who walk with 0; 0 and 2 conflict with 1.
  private func controller(clearance: Double = 12) -> SignalController {
    SignalController(
      name: "X",
      groups: [
        SignalGroup(name: "main", minimumGreen: 5, yellow: 3),
        SignalGroup(name: "side", minimumGreen: 5, yellow: 3),
        SignalGroup(name: "walk", kind: .pedestrian, minimumGreen: 7, yellow: 0),
      ],
      conflicts: [
        [.none, .exclusive, .none], [.exclusive, .none, .exclusive], [.none, .exclusive, .none],
      ],
      intergreens: [[0, 5, 0], [5, 0, 5], [0, clearance, 0]])
  }

  private func rows(_ intervals: [SignalInterval]) -> [String] {
    intervals.map { "\(plainNumber($0.duration)) " + $0.states.map(\.rawValue).joined() }
  }

  @Test("yellow and all-red lie between stages, and pedestrians stop while the crossing clears")
  func clearing() {
    let program = StageProgram(controller: controller(), stages: [[0, 2], [1]])
    #expect(program.lostTime == 10)
    #expect(
      rows(program.intervals(greens: [30, 20])) == [
        "23 GrG", "7 Grr", "3 yrr", "2 rrr", "20 rGr", "3 ryr", "2 rrr",
      ])
    #expect(program.minimums().map(\.seconds) == [14, 5])
  }

  @Test("pedestrians walk to their stage's end where the change is long enough to clear")
  func shortCrossing() {
    let program = StageProgram(controller: controller(clearance: 4), stages: [[0, 2], [1]])
    #expect(rows(program.intervals(greens: [30, 20])).first == "30 GrG")
    #expect(program.minimums().map(\.seconds) == [7, 5])
  }

  @Test("what is green in two stages running stays green between them")
  func continued() {
    let program = StageProgram(controller: controller(), stages: [[0, 2], [0], [1]])
    // Nothing that begins in stage 2 waits for the pedestrians, so no time is lost there.
    #expect(program.lostTime == 10)
    #expect(
      rows(program.intervals(greens: [10, 15, 20])) == [
        "10 GrG", "15 Grr", "3 yrr", "2 rrr", "20 rGr", "3 ryr", "2 rrr",
      ])
  }

  @Test("a stage after the walk that is too short to clear the crossing makes the walk end early")
  func clearingOverStages() {
    let program = StageProgram(controller: controller(), stages: [[0, 2], [0], [1]])
    #expect(rows(program.intervals(greens: [10, 4, 20])).prefix(3) == ["7 GrG", "3 Grr", "4 Grr"])
  }

  @Test("one stage for ever has no change")
  func single() {
    let program = StageProgram(controller: controller(), stages: [[0, 2]])
    #expect(rows(program.intervals(greens: [60])) == ["60 GrG"])
  }

  @Test("what yields is permissive in its stage and in the change after it")
  func permissive() {
    let controller = SignalController(
      name: "X",
      groups: ["left", "ahead", "side"].map { SignalGroup(name: $0, minimumGreen: 5, yellow: 3) },
      conflicts: [
        [.none, .rowYields, .exclusive], [.columnYields, .none, .exclusive], [.exclusive, .exclusive, .none],
      ],
      intergreens: [[0, 5, 5], [5, 0, 5], [5, 5, 0]])
    let program = StageProgram(controller: controller, stages: [[0, 1], [0], [2]])
    #expect(
      rows(program.intervals(greens: [20, 10, 15])) == [
        "20 gGr", "3 gyr", "10 Grr", "3 yrr", "2 rrr", "15 rrG", "3 rry", "2 rrr",
      ])
  }

  /// Numbers for test data (Knuth's MMIX constants).
  private struct Random {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test(
    "whatever the stages, a programme whose stages keep to their minimums passes the plan checker",
    arguments: TurnsAcross.allCases)
  func alwaysSafe(turnsAcross: TurnsAcross) throws {
    var settings = DraftSettings()
    settings.turnsAcross = turnsAcross
    settings.cycleRange = 10...600
    var junction = JunctionDraft("X")
    junction.settings = settings
    for (index, leg) in [Compass.n, .e, .s, .w].enumerated() {
      settings.yellow = 3 + Double(index % 2)
      let lanes = [LaneDraft([.uTurn, .left]), LaneDraft([.through]), LaneDraft([.right])]
      junction.approaches.append(
        ApproachDraft(leg, lanes: lanes, crossing: 8 + 5 * Double(index), settings: settings))
    }
    let draft = NetworkDraft("Test", junctions: [junction], periods: [PeriodDraft("peak")])
    let network = try draft.scenario().network
    let controller = try #require(network.controllers.first)
    var random = Random(state: turnsAcross == .permissive ? 7 : 8)
    for _ in 0..<100 {
      let stages = randomStages(controller, &random)
      let program = StageProgram(controller: controller, stages: stages)
      let greens = program.minimums().map { $0.seconds + Double(random.below(3) * random.below(20)) }
      let plan = TimingPlan(
        name: "test",
        programs: [
          SignalProgram(
            controller: ControllerID(0), name: "test", offset: 0, intervals: program.intervals(greens: greens)
          )
        ])
      // Random stages make cycles of any length.
      let violations = plan.check(against: network).filter { $0.rule != .cycleLength }.map(\.message)
      #expect(violations == [], "stages \(stages), greens \(greens)")
    }
  }

  /// Stages of compatible groups, drawn until every group is in one.
  private func randomStages(_ controller: SignalController, _ random: inout Random) -> [[Int]] {
    let all = Array(controller.groups.indices)
    var stages: [[Int]] = []
    while !all.allSatisfy({ group in stages.contains { $0.contains(group) } }) {
      var stage: [Int] = []
      for _ in 0..<12 {
        let group = random.below(all.count)
        guard !stage.contains(group), stage.allSatisfy({ controller.conflicts[group][$0] != .exclusive })
        else {
          continue
        }
        stage.append(group)
      }
      stages.append(stage.sorted())
    }
    return stages
  }
}
