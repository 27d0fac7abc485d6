import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Programme structure")
struct ProgramStructureTests {
  /// Stages are drawn from these seconds: some too short for a green or a clearance, some long enough.
  private static let seconds = [1.0, 2, 4, 6, 9, 15]

  @Test(
    "Stage durations keep the minimums exactly when the checker finds no green or intergreen too short",
    arguments: SequenceExample.all)
  func minimums(_ example: SequenceExample) throws {
    let (network, program) = try example.read()
    let compatibility = GroupCompatibility(network: network, id: ControllerID(0), program: program)
    let sets = try #require(CompatibleSets(compatibility)).sets
    var numbers = LinearCongruential(seed: 41)
    var legal = 0
    var illegal = 0
    for _ in 0..<300 {
      let stages = (0..<numbers.whole(in: 2...6)).map { _ in
        compatibility.states(green: sets[numbers.below(sets.count)].filter { _ in !numbers.once(in: 4) })
      }
      let structure = StageSequence(stages: stages).structure(
        of: ControllerID(0), network.controllers[0])
      let durations = stages.map { _ in Self.seconds[numbers.below(Self.seconds.count)] }
      let all = structure.durations(stages: durations)
      // Sums of tenths of seconds round far below this.
      let keeps = structure.minimums.allSatisfy { minimum in
        minimum.intervals.reduce(0) { $0 + all[$1] } >= minimum.seconds - 1e-9
      }
      let plan = TimingPlan(name: "", programs: [structure.program(stages: durations)])
      let broken = Set(plan.check(against: network).map(\.rule)).intersection([.minimumGreen, .intergreen])
      #expect(keeps == broken.isEmpty, "\(stages) \(durations)")
      if keeps { legal += 1 } else { illegal += 1 }
    }
    #expect(legal > 0 && illegal > 0)
  }

  @Test("Raised stages keep every minimum, and are no longer than they need be", arguments: 0..<20)
  func raised(seed: Int) throws {
    let junction = try FourLegJunction()
    let compatibility = junction.compatibility
    let sets = try #require(CompatibleSets(compatibility)).sets
    var numbers = LinearCongruential(seed: seed)
    let stages = (0..<numbers.whole(in: 2...5)).map { _ in
      compatibility.states(green: sets[numbers.below(sets.count)])
    }
    let structure = StageSequence(stages: stages).structure(
      of: ControllerID(0), junction.controller)
    let wanted = stages.map { _ in Double(numbers.whole(in: 1...40)) }
    let raised = structure.raised(wanted)
    let durations = structure.durations(stages: raised)
    for minimum in structure.minimums {
      #expect(minimum.intervals.reduce(0) { $0 + durations[$1] } >= minimum.seconds)
    }
    #expect(zip(raised, wanted).allSatisfy { $0 >= $1 })
    #expect(structure.raised(raised) == raised)
  }
}
