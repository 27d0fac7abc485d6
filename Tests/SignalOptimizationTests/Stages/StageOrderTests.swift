import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Stage order")
struct StageOrderTests {
  let junction: FourLegJunction
  let compatibility: GroupCompatibility
  let sets: [[Int]]

  init() throws {
    junction = try FourLegJunction()
    compatibility = junction.compatibility
    sets = try #require(CompatibleSets(compatibility)).sets
  }

  private struct Case {
    let stages: [[SignalState]]
    let flows: [Double]
  }

  private func random(_ seed: Int, stages: Int) -> Case {
    var numbers = LinearCongruential(seed: seed)
    var chosen: [Int] = []
    while chosen.count < stages {
      let set = numbers.below(sets.count)
      if !chosen.contains(set) { chosen.append(set) }
    }
    return Case(
      stages: chosen.map { compatibility.states(green: sets[$0]) },
      flows: junction.controller.groups.map { _ in numbers.number(in: 0...0.3) })
  }

  private func best(_ count: Int, _ example: Case) -> [StageSequence] {
    StageOrder.best(
      count, of: example.stages, controller: junction.controller, groupFlows: example.flows)
  }

  /// Lost time of the finished programme, and the start-up losses of all greens that begin in it.
  private func cost(_ stages: [[SignalState]], _ flows: [Double]) -> Double {
    let structure = StageSequence(stages: stages).structure(
      of: ControllerID(0), junction.controller)
    let starts = flows.indices.reduce(0.0) { sum, group in
      let runs = structure.program.runs(ofGroup: group, where: \.isGreen)
      let count = runs == [IntervalRun(first: 0, count: structure.program.intervals.count)] ? 0 : runs.count
      return sum + flows[group] * Double(count)
    }
    return structure.lostTime + StageOrder.startUpLoss * starts / flows.reduce(0, +)
  }

  private func permutations<Item>(_ items: [Item]) -> [[Item]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index -> [[Item]] in
      var rest = items
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }

  @Test("No other order loses less, wherever it begins", arguments: 0..<12)
  func least(seed: Int) throws {
    let example = random(seed, stages: 2 + seed % 4)
    let found = best(2, example)
    #expect(found.count == (example.stages.count > 2 ? 2 : 1))
    let all = permutations(example.stages).map { cost($0, example.flows) }.sorted()
    #expect(isClose(cost(found[0].stages, example.flows), all[0], Tolerance.arithmetic))
    if found.count > 1 {
      // Each cyclic order comes once for each stage that it can begin with.
      let second = all[example.stages.count]
      #expect(isClose(cost(found[1].stages, example.flows), second, Tolerance.arithmetic))
    }
    for sequence in found { #expect(Set(sequence.stages) == Set(example.stages)) }
  }

  @Test("It does not matter which stage is named first", arguments: 0..<6)
  func rotation(seed: Int) {
    let example = random(30 + seed, stages: 4)
    let turned = Case(stages: Array(example.stages[2...] + example.stages[..<2]), flows: example.flows)
    let costs = [example, turned].map { cost(best(1, $0)[0].stages, example.flows) }
    #expect(isClose(costs[0], costs[1], Tolerance.arithmetic))
  }

  @Test("One stage has one order, and more than six keep theirs")
  func extremes() {
    let one = random(1, stages: 1)
    #expect(best(3, one).map(\.stages) == [one.stages])
    let seven = random(2, stages: 7)
    #expect(best(3, seven).map(\.stages) == [seven.stages])
  }

  @Test("Without traffic the order follows from the transitions alone")
  func noTraffic() {
    var example = random(5, stages: 4)
    example = Case(stages: example.stages, flows: example.flows.map { _ in 0 })
    let lost = permutations(example.stages).map { stages in
      StageSequence(stages: stages).structure(of: ControllerID(0), junction.controller).lostTime
    }
    let found = best(1, example)[0].structure(
      of: ControllerID(0), junction.controller)
    #expect(found.lostTime == lost.min())
  }
}
