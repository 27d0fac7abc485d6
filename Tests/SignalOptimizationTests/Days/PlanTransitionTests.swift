import Foundation
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Transitions between programmes")
struct PlanTransitionTests {
  /// Sums of halves of seconds are exact; this is for the remainders of divisions.
  private static let rounding = 1e-6

  private let network: Network
  private let existing: TimingPlan

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("networks/lijiang-old-town/network.yaml").path
    let scenario = try NativeReader.read(path).scenario
    network = scenario.network
    existing = scenario.periods[0].existingPlan
  }

  /// A legal programme of a controller: the existing one, or its stages in any order, with other greens and another
  /// offset.
  private func program(_ index: Int, _ random: inout LinearCongruential) throws -> SignalProgram {
    let controller = network.controllers[index]
    let existing = try #require(self.existing.programs[index])
    for _ in 0..<100 {
      var structure = ProgramStructure(program: existing, controller: controller)
      if random.once(in: 2) {
        var stages = existing.stages.map { existing.intervals[$0].states }
        for place in stages.indices { stages.swapAt(place, random.below(stages.count)) }
        structure = StageSequence(stages: stages).structure(
          of: ControllerID(index), controller)
      }
      var program = structure.program(
        stages: structure.raised(structure.stages.map { _ in Double(random.whole(in: 5...30)) }))
      program.offset = Double(random.below(400)) / 2
      var plan = self.existing
      plan.programs[index] = program
      if plan.check(against: network).isEmpty { return program }
    }
    return existing
  }

  @Test("Every second of a change is legal, and the new programme is in step at its end", arguments: 0..<24)
  func legal(seed: Int) throws {
    var random = LinearCongruential(seed: seed + 1)
    let index = random.below(network.controllers.count)
    let controller = network.controllers[index]
    let (old, new) = (try program(index, &random), try program(index, &random))
    let time = Double(20_000 + random.below(1000))
    let transition = try #require(PlanTransition(from: old, to: new, of: controller, at: time))
    #expect(transition.begin >= time && transition.begin <= time + old.cycle)
    #expect(transition.end - transition.begin < 6 * new.cycle)
    let once = SignalProgram(
      controller: old.controller, name: "", offset: transition.begin, intervals: transition.intervals)
    let walk = SignalWalk(
      controller, from: transition.begin - 2 * old.cycle, to: transition.end + 2 * new.cycle
    ) { time in
      time < transition.begin
        ? old.states(at: time) : time < transition.end ? once.states(at: time) : new.states(at: time)
    }
    #expect(walk.broken == [])
    // It leaves an old stage at its end.
    let left = old.positionInCycle(at: transition.begin - Self.rounding)
    #expect(old.intervals[interval(of: old, at: left)].states == old.states(at: transition.begin - 0.25))
    #expect(!old.intervals[interval(of: old, at: left)].isTransition)
  }

  private func interval(of program: SignalProgram, at position: Double) -> Int {
    var rest = position
    for (index, interval) in program.intervals.enumerated() {
      if rest < interval.duration { return index }
      rest -= interval.duration
    }
    return program.intervals.count - 1
  }

  @Test("The walk finds what is broken when a transition is cut short")
  func walkFinds() throws {
    var random = LinearCongruential(seed: 5)
    var found = 0
    for _ in 0..<20 {
      let (old, new) = (try program(0, &random), try program(0, &random))
      let walk = SignalWalk(network.controllers[0], from: 20_000 - old.cycle, to: 20_000 + new.cycle) {
        $0 < 20_000 ? old.states(at: $0) : new.states(at: $0)
      }
      if !walk.broken.isEmpty { found += 1 }
    }
    #expect(found >= 15, "a switch at any second is hardly ever legal")
  }

  @Test("The same programme needs no transition, however its offset is written")
  func same() throws {
    let program = try #require(existing.programs[0])
    var shifted = program
    shifted.offset += 3 * program.cycle
    let transition = try #require(
      PlanTransition(from: program, to: shifted, of: network.controllers[0], at: 1234))
    #expect(transition.intervals.isEmpty && transition.begin == 1234 && transition.end == 1234)
  }

  /// Two stages, 30 s each with 3 s of yellow and 2 s of red: a cycle of 70 s.
  private static let twoStages: (SignalController, SignalProgram) = {
    let groups = ["EW", "NS"].map { SignalGroup(name: $0, minimumGreen: 24, yellow: 3) }
    let controller = SignalController(
      name: "J", groups: groups, conflicts: [[.none, .exclusive], [.exclusive, .none]],
      intergreens: [[0, 5], [5, 0]])
    let rows: [(Double, [SignalState])] = [
      (30, [.protectedGreen, .red]), (3, [.yellow, .red]), (2, [.red, .red]),
      (30, [.red, .protectedGreen]), (3, [.red, .yellow]), (2, [.red, .red]),
    ]
    let program = SignalProgram(
      controller: ControllerID(0), name: "", offset: 0,
      intervals: rows.map { SignalInterval(duration: $0.0, states: $0.1) })
    return (controller, program)
  }()

  @Test(
    "A shift is made up the shorter way, by hand-worked times",
    arguments: [
      // 5 s later: the next stage takes all of it. From time 0 on, stage 1 ends at 30, stage 2 runs 35 to 70.
      (5.0, 70.0, [35.0]),
      // 5 s earlier: stage 2 gives 5 of its 6.
      (-5, 60, [25]),
      // 10 s later: stage 2 could take 15.
      (10, 75, [40]),
      // 20 s later: stage 1 begins anew when it ends, 10 s too late for that, and gives 6; stage 2 gives 4.
      (20, 85, [24, 26]),
      // 10 s earlier: 6 of stage 2, which is a fifth of it, and 4 of stage 1.
      (-10, 90, [24, 26]),
    ])
  func shifts(shift: Double, end: Double, greens: [Double]) throws {
    let (controller, old) = Self.twoStages
    var new = old
    new.offset = shift
    let transition = try #require(PlanTransition(from: old, to: new, of: controller, at: 1))
    #expect(transition.begin == 30)
    let durations = transition.intervals.filter { !$0.isTransition }.map(\.duration)
    #expect(durations == greens)
    #expect(abs(transition.end - end) < Self.rounding)
  }
}
