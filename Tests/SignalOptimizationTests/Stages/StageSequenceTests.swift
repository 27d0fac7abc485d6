import Foundation
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// One controller with the programme that it runs.
struct SequenceExample: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let read: @Sendable () throws -> (network: Network, program: SignalProgram)

  static let all = [
    SequenceExample(testDescription: "permissive lefts") { try four("permissive") },
    SequenceExample(testDescription: "protected lefts") { try four("protected") },
    SequenceExample(testDescription: "anybody may yield") {
      let junction = try FourLegJunction().whereAnybodyMayYield()
      return (junction.network, junction.program)
    },
    SequenceExample(testDescription: "SUMO, with a crossing") { try sumo("crossing/crossing.net.xml") },
    SequenceExample(testDescription: "SUMO, two junctions") { try sumo("joined/joined.net.xml") },
    SequenceExample(testDescription: "times that are no whole seconds") {
      let junction = try FourLegJunction()
      var controller = junction.controller
      for a in controller.groups.indices {
        if controller.groups[a].yellow > 0 { controller.groups[a].yellow += 0.25 * Double(a % 4) }
        for b in controller.groups.indices where controller.conflicts[a][b] != .none {
          controller.intergreens[a][b] += 0.3 * Double((a + b) % 5)
        }
      }
      return (try junction.with(controller).network, junction.program)
    },
    SequenceExample(testDescription: "starts during yellow") {
      let junction = try FourLegJunction()
      var controller = junction.controller
      for a in controller.groups.indices {
        for b in controller.groups.indices where (a + b) % 3 == 0 {
          controller.startsDuringYellow[a][b] = true
          controller.intergreens[a][b] = min(1, controller.intergreens[a][b])
        }
      }
      return (try junction.with(controller).network, junction.program)
    },
  ]

  private static func four(_ leftTurns: String) throws -> (Network, SignalProgram) {
    let junction = try FourLegJunction(leftTurns: leftTurns)
    return (junction.network, junction.program)
  }

  private static func sumo(_ name: String) throws -> (Network, SignalProgram) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../NetworkFormatsTests/Fixtures/sumo/\(name)").standardizedFileURL.path
    let scenario = try SUMOReader.read(network: path, routes: []).scenario
    return (scenario.network, try #require(scenario.periods[0].existingPlan[ControllerID(0)]))
  }
}

@Suite("Stage sequences")
struct StageSequenceTests {
  /// Random stages: maximal sets, or compatible groups drawn one by one.
  private func stages(
    _ compatibility: GroupCompatibility, _ sets: [[Int]], _ numbers: inout LinearCongruential
  ) -> [[SignalState]] {
    (0..<numbers.whole(in: 1...6)).map { _ in
      var green = sets[numbers.below(sets.count)]
      if numbers.once(in: 2) { green.removeAll { _ in numbers.once(in: 3) } }
      return compatibility.states(green: green)
    }
  }

  private func sequence(_ stages: [[SignalState]]) -> StageSequence { StageSequence(stages: stages) }

  @Test(
    "Whatever the stages and their order, the programme with its minimums is legal",
    arguments: SequenceExample.all)
  func legal(_ junction: SequenceExample) throws {
    let (network, program) = try junction.read()
    let compatibility = GroupCompatibility(network: network, id: ControllerID(0), program: program)
    let sets = try #require(CompatibleSets(compatibility)).sets
    var numbers = LinearCongruential(seed: 11)
    for _ in 0..<150 {
      let stages = stages(compatibility, sets, &numbers)
      let structure = sequence(stages).structure(
        of: ControllerID(0), network.controllers[0])
      #expect(structure.stages.map { structure.program.intervals[$0].states } == stages)
      let durations = structure.raised(stages.map { _ in numbers.number(in: 0...30) })
      let plan = TimingPlan(name: "", programs: [structure.program(stages: durations)])
      // Random stages serve whom they serve, in cycles of any length.
      let violations = plan.check(against: network).filter { $0.rule != .unserved && $0.rule != .cycleLength }
      #expect(violations.map(\.message) == [], "\(stages) \(durations)")
    }
  }

  @Test(
    "Green on both sides stays, what ends has its whole yellow, what is red on both sides stays red",
    arguments: SequenceExample.all)
  func changes(_ junction: SequenceExample) throws {
    let (network, program) = try junction.read()
    let controller = network.controllers[0]
    let compatibility = GroupCompatibility(network: network, id: ControllerID(0), program: program)
    let sets = try #require(CompatibleSets(compatibility)).sets
    var numbers = LinearCongruential(seed: 12)
    for _ in 0..<150 {
      let pair = stages(compatibility, sets, &numbers)
      let (from, to) = (pair[0], pair[pair.count - 1])
      let change = StageSequence.change(from: from, to: to, controller)
      #expect(change.intervals.allSatisfy { $0.duration > 0 })
      for group in from.indices {
        let shown = change.intervals.map { $0.states[group] }
        let yellow = change.intervals.reduce(0) { $0 + ($1.states[group] == .yellow ? $1.duration : 0) }
        switch (from[group].isGreen, to[group].isGreen) {
        case (true, true):
          #expect(shown.allSatisfy { $0.isGreen })
          // Protected only where both stages say so.
          if from[group] != to[group] { #expect(shown.allSatisfy { $0 == .permissiveGreen }) }
        case (true, false):
          #expect(abs(yellow - controller.groups[group].yellow) < 1e-9)
          #expect(shown.prefix { $0 == .yellow }.count == shown.filter { $0 == .yellow }.count)
          #expect(shown.allSatisfy { !$0.isGreen })
        case (false, true):
          #expect(yellow == 0)
          let first = shown.firstIndex(where: \.isGreen) ?? shown.count
          #expect(shown[first...].allSatisfy { $0 == to[group] })
        case (false, false):
          #expect(shown.allSatisfy { $0 == compatibility.background[group] })
        }
      }
    }
  }

  @Test("Between equal stages nothing is lost, and pedestrians show no yellow")
  func pedestrians() throws {
    let junction = try FourLegJunction()
    let compatibility = junction.compatibility
    let walk = compatibility.states(green: [try junction.group("N.P"), try junction.group("E.T")])
    let across = compatibility.states(green: [try junction.group("N.T")])
    let controller = junction.controller
    #expect(
      StageSequence.change(from: walk, to: walk, controller).intervals.isEmpty)
    let change = StageSequence.change(from: walk, to: across, controller)
    // N.T waits until the people on its crossing have reached the other side: longer than E.T's yellow.
    let clearance = controller.intergreens[try junction.group("N.P")][try junction.group("N.T")]
    #expect(change.duration == clearance.rounded(.up))
    let pedestrian = try junction.group("N.P")
    #expect(change.intervals.allSatisfy { $0.states[pedestrian] == .red })
    let ending = try junction.group("E.T")
    #expect(change.intervals[0].states[ending] == .yellow)
  }

  @Test("A sequence of one stage is one interval for ever")
  func single() throws {
    let junction = try FourLegJunction()
    let compatibility = junction.compatibility
    let structure = sequence([compatibility.states(green: [0])]).structure(
      of: ControllerID(0), junction.controller)
    #expect(structure.program.intervals.count == 1 && structure.lostTime == 0 && structure.minimums.isEmpty)
  }
}
