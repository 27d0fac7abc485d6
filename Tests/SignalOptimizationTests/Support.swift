import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

extension Tag {
  /// Compares with numbers printed in a book, paper or web page.
  @Tag static var published: Self
}

enum Tolerance {
  /// GLPK keeps bounds within 1e-7, relative to their size.
  static let simplex = 1e-6
  /// Rounding of double arithmetic over a few dozen operations.
  static let arithmetic = 1e-12
}

func isClose(_ a: Double, _ b: Double, _ tolerance: Double = Tolerance.simplex) -> Bool {
  abs(a - b) <= tolerance * (1 + max(abs(a), abs(b)))
}

extension OptimizationOptions {
  /// The models themselves, without rules of what may be proposed.
  static var withoutRules: OptimizationOptions {
    var options = OptimizationOptions()
    options.rules = .none
    options.stages = .free
    return options
  }
}

extension ControllerSplits {
  /// A controller that runs a programme and has flows, veh/s by movement.
  init(
    network: Network, program: SignalProgram, flows: [Double], period: Double = 3600,
    pedestrians: [WeightedPedestrians] = [], options: OptimizationOptions = .withoutRules
  ) {
    let id = program.controller
    var existing = TimingPlan(name: "existing", programs: network.controllers.map { _ in nil })
    existing[id] = program
    self.init(
      PlanningProblem(
        network: network, demand: Demand(begin: 0, end: period), pedestrians: pedestrians, existing: existing,
        options: options),
      id, structure: ProgramStructure(program: program, controller: network[id]),
      demand: ControllerDemand(controller: id, network: network, flows: flows))
  }
}

extension StageNetwork {
  func splits(
    flows: [Double], period: Double = 3600, pedestrians: [WeightedPedestrians] = [],
    _ change: (inout OptimizationOptions) -> Void = { _ in }
  ) -> ControllerSplits {
    var options = OptimizationOptions.withoutRules
    change(&options)
    return ControllerSplits(
      network: network, program: program, flows: flows, period: period, pedestrians: pedestrians,
      options: options)
  }

  /// The split program at a cycle; nothing in it depends on the stages' durations.
  func splitProgram(flows: [Double], cycle: Double, period: Double = 3600) -> SplitProgram {
    let splits = splits(flows: flows, period: period)
    let stages = splits.structure.stages.map { _ in
      (cycle - splits.structure.lostTime) / Double(splits.structure.stages.count)
    }
    return splits.program(cycle: cycle, stages: stages)
  }
}

/// What keeps the first controller from running as asked.
func obstacle(_ reason: JunctionObstacle.Reason) -> JunctionObstacle {
  JunctionObstacle(controller: ControllerID(0), reason: reason)
}

/// A junction with random stages, each of one to three lanes, and a demand that uses 30 to 140 % of it.
struct RandomJunction {
  let junction: StageNetwork
  let flows: [Double]
  let cycle: Double
  /// By lane.
  let saturationFlows: [Double]
  let stageOfLane: [Int]

  static let yellow = 3.0

  init(seed: Int, stages: ClosedRange<Int> = 2...5, lanesPerStage: Int = 3, minimumGreen: Double = 5) throws {
    var numbers = LinearCongruential(seed: seed)
    let count = numbers.whole(in: stages)
    let flowsOfStages = (0..<count).map { _ in
      (0..<numbers.whole(in: 1...lanesPerStage)).map { _ in numbers.number(in: 0.35...0.6) }
    }
    saturationFlows = flowsOfStages.flatMap { $0 }
    stageOfLane = flowsOfStages.indices.flatMap { stage in flowsOfStages[stage].map { _ in stage } }
    cycle = Double(numbers.whole(in: 20 * count...35 * count))
    let use = numbers.number(in: 0.3...1.4)
    flows = saturationFlows.map { use * $0 * numbers.number(in: 0.5...1) / Double(count) }
    junction = try StageNetwork(
      stages: flowsOfStages, cycle: cycle, minimumGreens: flowsOfStages.map { _ in minimumGreen },
      yellow: Self.yellow, cycleBounds: 20...400)
  }

  var stageCount: Int { (stageOfLane.last ?? -1) + 1 }
  var lostTime: Double { Self.yellow * Double(stageCount) }
  var program: SplitProgram { junction.splitProgram(flows: flows, cycle: cycle) }

  /// Sum over the stages of the largest flow ratio.
  var criticalRatio: Double {
    (0..<stageCount).reduce(0) { sum, stage in
      sum
        + (flows.indices.filter { stageOfLane[$0] == stage }.map { flows[$0] / saturationFlows[$0] }.max()
          ?? 0)
    }
  }
}
