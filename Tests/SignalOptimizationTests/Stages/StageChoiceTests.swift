import LinearProgramming
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Stage choice")
struct StageChoiceTests {
  /// A few candidate stages of a junction, and the least delay of each set of them at a cycle.
  private struct Example {
    let junction: FourLegJunction
    let choice: StageChoice
    let cycle: Double
    let mustServe: [Int]

    init(seed: Int, candidates: Int) throws {
      var numbers = LinearCongruential(seed: seed)
      junction = try FourLegJunction(leftTurns: seed % 2 == 0 ? "permissive" : "protected")
      cycle = Double(numbers.whole(in: 50...120))
      let compatibility = junction.compatibility
      let sets = try #require(CompatibleSets(compatibility)).sets
      // The present stages serve everybody; a few others may do it better.
      var stages: [[SignalState]] = []
      for row in junction.program.stages where !stages.contains(junction.program.intervals[row].states) {
        stages.append(junction.program.intervals[row].states)
      }
      while stages.count < candidates {
        let states = compatibility.states(green: sets[numbers.below(sets.count)])
        if !stages.contains(states) { stages.append(states) }
      }
      choice = StageChoice(
        network: junction.network, demand: junction.demand, id: ControllerID(0), compatibility: compatibility,
        stages: stages, cycle: cycle, period: junction.period)
      let controller = junction.controller
      mustServe = controller.groups.indices.filter {
        controller.groups[$0].mustBeServed && compatibility.isUsed[$0]
      }
    }

    func serves(_ set: [Int]) -> Bool {
      mustServe.allSatisfy { group in set.contains { choice.candidates[$0].states[group].isGreen } }
    }

    /// Least delay when exactly these candidates run; infinite when that cannot be.
    func delay(_ set: [Int]) throws -> Double {
      guard serves(set) else { return .infinity }
      var program = LinearProgram(.minimize, name: "these stages only")
      let greens = set.map { program.addVariable("green_\($0)", in: StageChoice.shortestGreen...cycle) }
      let available = cycle - choice.lostTime * Double(set.count)
      program.addRow("cycle", greens.map { Term($0, 1) }, in: available...available)
      for lane in choice.flows.indices where choice.flows[lane] > 0 {
        let delay = program.addVariable("delay_\(lane)", in: 0...(.infinity), objective: 1)
        // What the lane discharges: whole rates, or at most so many vehicles where one that waits blocks it.
        var discharge: [Term] = []
        for (place, index) in set.enumerated() {
          let candidate = choice.candidates[index]
          guard candidate.limits[lane].isFinite else {
            discharge.append(Term(greens[place], candidate.rates[lane]))
            continue
          }
          let some = program.addVariable("some_\(lane)_\(index)", in: 0...candidate.limits[lane])
          program.addRow(
            "rate_\(lane)_\(index)", [Term(some, 1), Term(greens[place], -candidate.rates[lane])],
            in: (-Double.infinity)...0)
          discharge.append(Term(some, 1))
        }
        let function = DelayFunction(
          flow: choice.flows[lane], saturationFlow: choice.saturationFlows[lane], cycle: cycle,
          period: choice.period)
        for (index, degree) in StageChoice.degrees.enumerated() {
          let capacity = min(choice.flows[lane] / degree, choice.saturationFlows[lane])
          let slope = function.slope(at: capacity)
          let constant = function.value(at: capacity) + slope * (choice.constants[lane] / cycle - capacity)
          program.addRow(
            "tangent_\(lane)_\(index)",
            [Term(delay, 1)] + discharge.map { Term($0.variable, -slope / cycle * $0.coefficient) },
            in: constant...(.infinity))
        }
      }
      return try program.solve().optimum?.objective ?? .infinity
    }

    /// All sets of candidates.
    var subsets: [[Int]] {
      (1..<(1 << choice.candidates.count)).map { bits in
        choice.candidates.indices.filter { bits >> $0 & 1 == 1 }
      }
    }
  }

  @Test("The sets found are the best of all subsets, within the gap that is stated", arguments: 0..<6)
  func enumeration(seed: Int) throws {
    let example = try Example(seed: seed, candidates: 8)
    let found = try example.choice.best(3, cycle: example.cycle)
    #expect(!found.isEmpty)
    let delays = try example.subsets.map { (set: $0, delay: try example.delay($0)) }
    var excluded: [[Int]] = []
    for set in found {
      #expect(example.serves(set))
      let left = delays.filter { entry in !excluded.contains { $0.allSatisfy(entry.set.contains) } }
      let least = left.map(\.delay).min() ?? .infinity
      let own = try example.delay(set)
      // |objective − bound| ≤ gap · |objective|
      #expect(own <= least / (1 - StageChoice.relativeGap) * (1 + Tolerance.simplex))
      #expect(!excluded.contains { $0.allSatisfy(set.contains) })
      excluded.append(set)
    }
  }

  @Test("Everybody who must be served is, at any cycle that has room", arguments: [36.0, 75, 140])
  func service(cycle: Double) throws {
    let example = try Example(seed: 3, candidates: 12)
    for set in try example.choice.best(3, cycle: cycle) { #expect(example.serves(set)) }
  }

  @Test("A cycle without room for the stages that are needed has no set")
  func infeasible() throws {
    let example = try Example(seed: 3, candidates: 8)
    #expect(try example.choice.best(3, cycle: 9) == [])
  }

  @Test("The same candidates give the same sets")
  func repeatable() throws {
    let example = try Example(seed: 4, candidates: 10)
    #expect(
      try example.choice.best(3, cycle: example.cycle) == example.choice.best(3, cycle: example.cycle))
  }
}
