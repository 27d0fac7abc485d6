import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Pedestrians in the split program")
struct PedestrianWaitTests {
  /// A second of a whole-second grid, relative to the delay's curvature: the grid's best is a little above the optimum.
  private static let grid = 0.01

  /// The split program of a random junction at which people also cross with group `group`.
  private func program(seed: Int, group: Int, flow: Double) throws -> SplitProgram {
    let random = try RandomJunction(seed: seed, stages: 2...2, minimumGreen: 5)
    let signal = SignalGroupReference(controller: ControllerID(0), group: group)
    let splits = random.junction.splits(
      flows: random.flows, pedestrians: flow > 0 ? [WeightedPedestrians(signal: signal, flow: flow)] : [])
    let even = (random.cycle - random.lostTime) / 2
    return splits.program(cycle: random.cycle, stages: [even, even])
  }

  @Test("The greens are the best of all, and the bound is below every greens' delay", arguments: 0..<20)
  func optimum(seed: Int) throws {
    let program = try program(seed: seed, group: seed % 2, flow: 0.3)
    let solution = try #require(try program.leastDelay())
    let available = program.cycle - program.structure.lostTime
    let greens = stride(from: 5.0, through: available - 5, by: 0.1)
    let least = greens.map { program.delay(stages: [$0, available - $0]) }.min() ?? 0
    #expect(solution.bound <= least * (1 + 1e-9))
    #expect(solution.value <= least * (1 + SplitProgram.gap))
    #expect(solution.value >= least * (1 - Self.grid))
    #expect(solution.value - solution.bound <= SplitProgram.gap * solution.value)
  }

  @Test(
    "Without vehicles' interest the walk takes all that the other stage's minimum leaves", arguments: 0..<8)
  func onlyPedestrians(seed: Int) throws {
    let solution = try #require(try program(seed: seed, group: 0, flow: 1e4).leastDelay())
    #expect(isClose(solution.stages[1], 5, 1e-3))
  }

  @Test("More weight never makes pedestrians wait longer", arguments: 0..<12)
  func monotone(seed: Int) throws {
    var last = Double.infinity
    for flow in [0.01, 0.05, 0.2, 0.8, 3] {
      let program = try program(seed: seed, group: 1, flow: flow)
      let stages = try #require(try program.leastDelay()).stages
      let wait = program.waits.reduce(0) {
        $0
          + $1.delay(durations: program.structure.durations(stages: stages), cycle: program.cycle) / flow
      }
      // Kelley's method stops within 0.1 % of the objective: greens may differ a little more.
      #expect(wait <= last * 1.05)
      last = min(last, wait)
    }
  }

  @Test("Waits follow the walks of the programme: several in a cycle, over its end")
  func waits() {
    let program = SignalProgram(
      controller: ControllerID(0), name: "p", offset: 0,
      intervals: [(5, SignalState.red), (10, .protectedGreen), (20, .red), (8, .protectedGreen), (7, .red)]
        .map {
          SignalInterval(duration: $0.0, states: [$0.1])
        })
    let waits = PedestrianWait.all(ofGroup: 0, flow: 2, program: program)
    #expect(waits.map(\.intervals) == [[2], [0, 4]])
    let durations = program.intervals.map(\.duration)
    #expect(waits.map { $0.seconds(durations: durations) } == [20, 12])
    // 2 × (20² + 12²) / (2 × 50)
    #expect(abs(waits.reduce(0) { $0 + $1.delay(durations: durations, cycle: 50) } - 10.88) < 1e-12)
  }

  /// A star with a crossing that walks with the second approach.
  private func crossed(_ star: StarNetwork) throws -> Network {
    try star.network.replacing(
      crossings: [
        PedestrianCrossing(
          name: "a", junction: JunctionID(0), length: 10, walkingSpeed: 1.2,
          signal: SignalGroupReference(controller: ControllerID(0), group: 1), crossedConnections: [])
      ])
  }

  @Test("Only with a weight do pedestrians count, each by the hour's flow")
  func weights() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    let network = try crossed(star)
    let demand = Demand(
      begin: 0, end: 1800,
      counts: [CountSlice(begin: 0, end: 1800, vehicles: [100, 100], pedestrians: [360])])
    #expect(WeightedPedestrians.all(network: network, demand: demand, weight: 0).isEmpty)
    let weighted = WeightedPedestrians.all(network: network, demand: demand, weight: 1.5)
    #expect(weighted.map(\.flow) == [1.5 * 360 / 1800])
    #expect(weighted.map(\.signal.group) == [1])
  }

  @Test("A plan with weight makes pedestrians wait less than one without")
  func plan() async throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5], startUpLostTime: 2, yellowUsed: 2)
    let network = try crossed(star)
    let demand = Demand(
      begin: 0, end: 900,
      counts: [CountSlice(begin: 0, end: 900, vehicles: [200, 40], pedestrians: [400])])
    func waits(_ weight: Double) async throws -> Double {
      var options = OptimizationOptions()
      options.pedestrianWeight = weight
      options.cycle = .fixed(66)
      options.stages = .existing
      options.refinementWork = 0
      let result = try await SignalOptimizer(
        network: network, demand: demand, existingPlan: star.plan(greens: [46, 14]), options: options
      ).run { _ in }
      return result.comparison.proposed.runs[0].delayPerPedestrian
    }
    let (without, with) = (try await waits(0), try await waits(2))
    #expect(with < without - 1)
  }
}
