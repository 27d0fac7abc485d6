import Foundation
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// Random damage to a programme, most of it the kind that slips in when plans are typed.
private struct Mutation {
  var numbers: LinearCongruential

  mutating func mutant(of program: SignalProgram) -> SignalProgram {
    var program = program
    change(&program)
    if numbers.once(in: 3) { change(&program) }
    return program
  }

  /// Half seconds, so that the oracle's steps meet every change.
  private mutating func seconds(_ range: ClosedRange<Int>) -> Double {
    Double(numbers.whole(in: range)) * PlanOracle.step
  }

  private mutating func change(_ program: inout SignalProgram) {
    let row = numbers.below(program.intervals.count)
    let other = numbers.below(program.intervals.count)
    let group = numbers.below(program.intervals[row].states.count)
    switch numbers.below(14) {
    case 0...3: program.intervals[row].duration += seconds(1...30)
    case 4: program.intervals[row].duration -= seconds(1...6)
    case 5:
      program.intervals[row].states[group] = SignalState.allCases[numbers.below(SignalState.allCases.count)]
    case 6: if program.intervals.count > 1 { program.intervals.remove(at: row) }
    case 7: program.intervals.insert(program.intervals[row], at: other)
    case 8: program.intervals.swapAt(row, other)
    case 9:
      // A yellow, if there is one, gets shorter.
      let yellows = program.intervals.indices.filter { program.intervals[$0].states.contains(.yellow) }
      if let first = yellows.first { program.intervals[first].duration -= seconds(1...4) }
    case 10: program.offset += seconds(-40...40)
    case 11:
      // The same programme, begun elsewhere.
      program.intervals = Array(program.intervals[row...] + program.intervals[..<row])
    case 12:
      // The same programme, with a row written as two.
      guard program.intervals[row].duration > 1 else { return }
      let part = PlanOracle.step
      program.intervals[row].duration -= part
      program.intervals.insert(
        SignalInterval(duration: part, states: program.intervals[row].states), at: row)
    default:
      // Protected becomes permissive.
      if program.intervals[row].states[group] == .protectedGreen {
        program.intervals[row].states[group] = .permissiveGreen
      }
    }
  }
}

/// A network whose first controller's programmes are damaged.
struct CheckedNetwork: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let read: @Sendable () throws -> (network: Network, program: SignalProgram)

  static let all = [
    CheckedNetwork(testDescription: "SUMO, two groups") { try sumo("small/small.sumocfg") },
    CheckedNetwork(testDescription: "SUMO, programmes that accept more") {
      try sumo("small/evening.sumocfg")
    },
    CheckedNetwork(testDescription: "SUMO, a crossing") { try sumo("crossing/crossing.net.xml") },
    CheckedNetwork(testDescription: "SUMO, two junctions") { try sumo("joined/joined.net.xml") },
    CheckedNetwork(testDescription: "four legs, permissive lefts") {
      let junction = try FourLegJunction()
      return (junction.network, junction.program)
    },
    CheckedNetwork(testDescription: "four legs, protected lefts") {
      let junction = try FourLegJunction(leftTurns: "protected")
      return (junction.network, junction.program)
    },
  ]

  private static func sumo(_ name: String) throws -> (Network, SignalProgram) {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../NetworkFormatsTests/Fixtures/sumo/\(name)").standardizedFileURL.path
    let scenario =
      try name.hasSuffix(".sumocfg")
      ? SUMOReader.read(configuration: path).scenario : SUMOReader.read(network: path, routes: []).scenario
    return (scenario.network, try #require(scenario.periods[0].existingPlan[ControllerID(0)]))
  }

  /// The programme that runs, and programmes of random stages, their times in half seconds.
  fileprivate func programs(
    _ network: Network, _ existing: SignalProgram, _ numbers: inout LinearCongruential
  ) throws -> [SignalProgram] {
    let compatibility = GroupCompatibility(network: network, id: ControllerID(0), program: existing)
    let sets = try #require(CompatibleSets(compatibility)).sets
    var found = [existing, existing]
    for _ in 0..<6 {
      var stages: [[SignalState]] = []
      let must = existing.intervals[0].states.indices.filter { compatibility.isUsed[$0] }
      while !must.allSatisfy({ group in stages.contains { $0[group].isGreen } }) {
        let set = sets[numbers.below(sets.count)]
        // Each stage serves somebody whom the others do not.
        if !set.allSatisfy({ group in stages.contains { $0[group].isGreen } }) {
          stages.append(compatibility.states(green: set))
        }
      }
      let structure = StageSequence(stages: stages).structure(
        of: ControllerID(0), network.controllers[0])
      found.append(structure.program(stages: structure.raised(stages.map { _ in 20 })))
    }
    return found
  }
}

@Suite("The plan checker and a second opinion")
struct CheckerAgreementTests {
  static let mutants = 200
  static let leastOfEach = 50

  private func rules(_ program: SignalProgram, _ network: Network) -> Set<PlanViolation.Rule> {
    var programs = [SignalProgram?](repeating: nil, count: network.controllers.count)
    programs[0] = program
    return Set(TimingPlan(name: "", programs: programs).check(against: network).map(\.rule))
  }

  /// Whether every time is one that the oracle can play.
  private func isPlayable(_ program: SignalProgram) -> Bool {
    program.intervals.allSatisfy {
      ($0.duration / PlanOracle.step).rounded() * PlanOracle.step == $0.duration
    }
  }

  @Test("The two name the same broken rules for 200 damaged programmes", arguments: CheckedNetwork.all)
  func mutants(_ example: CheckedNetwork) throws {
    let (network, existing) = try example.read()
    var numbers = LinearCongruential(seed: 31)
    let programs = try example.programs(network, existing, &numbers).filter(isPlayable)
    try #require(!programs.isEmpty)
    var mutation = Mutation(numbers: LinearCongruential(seed: 32))
    var legal = 0
    var illegal = 0
    // Enough of both kinds, or agreement would prove little.
    while legal + illegal < Self.mutants || min(legal, illegal) < Self.leastOfEach {
      try #require(legal + illegal < 10 * Self.mutants, "\(legal) legal, \(illegal) illegal")
      let program = mutation.mutant(of: programs[(legal + illegal) % programs.count])
      let oracle = PlanOracle(program, network.controllers[0])
      let found = rules(program, network)
      #expect(found == oracle.broken, "\(program.rows)")
      if oracle.broken.isEmpty { legal += 1 } else { illegal += 1 }
    }
  }

  @Test("Programmes made from compatible stages are legal to both", arguments: CheckedNetwork.all)
  func originals(_ example: CheckedNetwork) throws {
    let (network, existing) = try example.read()
    var numbers = LinearCongruential(seed: 33)
    for program in try example.programs(network, existing, &numbers).filter(isPlayable) {
      let broken = PlanOracle(program, network.controllers[0]).broken
      #expect(broken == rules(program, network))
      // Random stages may make a long cycle.
      #expect(broken.subtracting([.cycleLength]).isEmpty, "\(program.rows)")
    }
  }
}

extension SignalProgram {
  /// The rows in short, for messages.
  fileprivate var rows: String {
    intervals.map { "\($0.duration) " + $0.states.map(\.rawValue).joined() }.joined(separator: ", ")
  }
}
