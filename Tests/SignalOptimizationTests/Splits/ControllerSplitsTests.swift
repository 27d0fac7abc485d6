import LinearProgramming
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("ControllerSplits")
struct ControllerSplitsTests {
  func threeStages(minimumGreens: [Double] = [20, 25, 20]) throws -> StageNetwork {
    try StageNetwork(stages: [[0.5], [0.5], [0.5]], cycle: 90, minimumGreens: minimumGreens)
  }

  @Test("The shortest cycle holds the minimums and the lost time, and no shorter one has splits")
  func shortestCycle() throws {
    let splits = try threeStages().splits(flows: [0.1, 0.1, 0.1])
    #expect(isClose(try splits.shortestCycle(), 74))
    #expect(try splits.splits(cycle: 73) == nil)
    #expect(try splits.splits(cycle: 74)?.stages == [20, 25, 20])
    #expect(try splits.splits(cycle: 9) == nil)
  }

  @Test("What a cycle that is too short lacks is told")
  func obstacles() throws {
    let splits = try threeStages().splits(flows: [0.1, 0.1, 0.1])
    #expect(
      try splits.obstacle(cycle: 60) == obstacle(.minimums(needed: 74, cycle: 60, maximumChange: nil)))
  }

  @Test("No stage changes by more than allowed", arguments: Objective.allCases)
  func maximumChange(_ objective: Objective) throws {
    let junction = try threeStages(minimumGreens: [5, 5, 5])
    let splits = junction.splits(flows: [0.3, 0.02, 0.02]) {
      $0.objective = objective
      $0.maximumChange = 4
    }
    let found = try #require(try splits.splits(cycle: 90))
    #expect(found.stages == [31, 25, 25] || found.stages.allSatisfy { abs($0 - 27) <= 4 })
    #expect(found.stages.reduce(0, +) == 81 && found.stages[0] == 31)
    #expect(try splits.splits(cycle: 90 + 13) == nil)
    for sweep in try splits.sweep() { #expect(sweep.stages.allSatisfy { abs($0 - 27) <= 4 }) }
  }

  @Test("Every programme of a sweep is legal, has its cycle, and its bound holds", arguments: 0..<6)
  func sweep(seed: Int) throws {
    let random = try RandomJunction(seed: 20 + seed)
    let splits = random.junction.splits(flows: random.flows)
    let sweep = try splits.sweep()
    #expect(sweep.count > 5)
    for found in sweep {
      let program = splits.structure.program(stages: found.stages)
      let plan = TimingPlan(name: "found", programs: [program])
      #expect(plan.check(against: random.junction.network).isEmpty)
      #expect(isClose(program.cycle, found.cycle, Tolerance.arithmetic))
      #expect(splits.problem.network[splits.id].cycleBounds.contains(found.cycle))
      #expect(found.optimum.bound <= found.delay * (1 + Tolerance.simplex))
    }
    #expect(zip(sweep, sweep.dropFirst()).allSatisfy { $0.cycle < $1.cycle })
  }

  @Test("Existing greens scaled by any factor keep every rule", arguments: [0.2, 0.5, 0.85, 1.3, 3])
  func scaled(factor: Double) throws {
    let junction = try threeStages()
    let splits = junction.splits(flows: [0.1, 0.1, 0.1])
    let choices = ControllerChoices(structures: [splits], sweep: [], atCommonCycles: [])
    let assembly = PlanAssembly(problem: splits.problem, choices: [choices])
    let plan = assembly.scaled(by: factor).plan(named: "scaled")
    #expect(plan.check(against: junction.network).isEmpty)
  }

  @Test(
    "With opposing lefts the rounds settle on legal splits with a true bound", arguments: [0.02, 0.08, 0.14])
  func permissive(left: Double) throws {
    let opposing = try OpposingLefts()
    let program = opposing.program([
      ([.protectedGreen, .permissiveGreen], 40), ([.yellow, .yellow], 3), ([.red, .protectedGreen], 14),
      ([.red, .yellow], 3),
    ])
    let splits = ControllerSplits(
      network: opposing.network, program: program, flows: [0.05, left, 0.15])
    let found = try #require(try splits.splits(cycle: 60))
    #expect(found.stages.reduce(0, +) == 54)
    #expect(found.delay.isFinite && found.delay > 0)
    let own = found.program.delay(stages: found.optimum.stages)
    #expect(found.optimum.bound <= own * (1 + Tolerance.simplex))
  }
}

@Suite("ControllerDemand")
struct ControllerDemandTests {
  /// One approach of three lanes: left and through, through, through and right.
  func demand(flows: [Double]) throws -> ControllerDemand {
    let speed = 15.0
    let links = ["in", "left", "straight on", "right"].enumerated().map { index, name in
      Link(
        name: name, from: JunctionID(index == 0 ? 1 : 0), to: JunctionID(index == 0 ? 0 : 1 + index),
        length: 200, speed: speed)
    }
    let lanesOfLink = [3, 1, 3, 1]
    let lanes = links.indices.flatMap { link in
      (0..<lanesOfLink[link]).map {
        Lane(link: LinkID(link), position: $0, sourceIndex: $0, length: 200, speed: speed)
      }
    }
    // From the kerb: lane 0 right and through, lane 1 through, lane 2 through and left.
    let ways: [(from: Int, to: Int, turn: Turn)] = [
      (0, 7, .right), (0, 4, .through), (1, 5, .through), (2, 6, .through), (2, 3, .left),
    ]
    let network = try Network(
      junctions: (0..<5).map {
        Junction(
          name: "j\($0)", position: Point(x: Double($0), y: 0),
          control: $0 == 0 ? .signalled(ControllerID(0)) : .uncontrolled)
      }, links: links, lanes: lanes,
      connections: ways.map {
        LaneConnection(
          from: LaneID($0.from), to: LaneID($0.to), turn: $0.turn, length: 10, speed: 8,
          signal: SignalGroupReference(controller: ControllerID(0), group: 0), saturationFlow: 0.5,
          startUpLostTime: 0, yellowUsed: 0)
      }, conflicts: ways.map { _ in [] },
      controllers: [
        SignalController(
          name: "c", groups: [SignalGroup(name: "all", minimumGreen: 5, yellow: 3)], conflicts: [[.none]],
          intergreens: [[0]])
      ])
    return ControllerDemand(controller: ControllerID(0), network: network, flows: flows)
  }

  @Test("Sharing out conserves every movement's flow, and no lane could be relieved", arguments: 0..<40)
  func wardrop(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    // Movements by link entered: left, through, right.
    let flows = [
      numbers.number(in: 0.01...0.3), numbers.number(in: 0.1...0.6), numbers.number(in: 0.01...0.3),
    ]
    var demand = try demand(flows: flows)
    let capacities = demand.streams.map { _ in numbers.number(in: 0.05...0.3) }
    demand.shareLanes(capacities: capacities)
    let use = demand.lanes.map { lane in
      lane.streams.reduce(0) { $0 + demand.flow(ofStream: $1) / capacities[$1] }
    }
    for (movement, streams) in demand.streamsOfMovement.enumerated() {
      #expect(isClose(streams.reduce(0) { $0 + demand.flow(ofStream: $1) }, flows[movement], 1e-9))
      #expect(streams.allSatisfy { demand.streams[$0].share >= 0 })
      let used = streams.filter { demand.streams[$0].share > 1e-3 }.map { use[demand.streams[$0].lane] }
      let least = streams.map { use[demand.streams[$0].lane] }.min() ?? 0
      // Shares stop moving at 1e-4 of a movement's flow, which is up to 0.2 % of a small lane's use.
      #expect(used.allSatisfy { $0 <= least + 0.01 * (1 + least) })
    }
  }

  @Test("Lanes without demand are left out")
  func withoutDemand() throws {
    let demand = try demand(flows: [0, 0, 0.2])
    #expect(demand.lanes.map(\.id.index) == [0])
    #expect(demand.streams.count == 1 && demand.flow(ofLane: 0) == 0.2)
  }
}
