import LinearProgramming
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("SplitProgram")
struct SplitProgramTests {
  @Test("Without active minimums the largest reserve is (1 − L/C) / Y", arguments: 0..<60)
  func reserve(seed: Int) throws {
    let random = try RandomJunction(seed: seed, minimumGreen: 1)
    let solution = try #require(try random.program.largestReserve())
    let closed = (1 - random.lostTime / random.cycle) / random.criticalRatio
    #expect(isClose(solution.value, closed))
    #expect(isClose(solution.bound, closed))
    #expect(isClose(random.program.reserveCapacity(stages: solution.stages), solution.value))
    // μ = 1 / Xc.
    let critical = random.criticalRatio * random.cycle / (random.cycle - random.lostTime)
    #expect(isClose(solution.value * critical, 1))
  }

  @Test("At the shortest cycle that serves the demand, L / (1 − Y), the reserve is 1", arguments: 0..<20)
  func minimumCycle(seed: Int) throws {
    let random = try RandomJunction(seed: seed, minimumGreen: 1)
    guard random.criticalRatio < 0.9 else { return }
    let cycle = random.lostTime / (1 - random.criticalRatio)
    guard cycle > random.lostTime + 2 * Double(random.stageCount) else { return }
    let program = random.junction.splitProgram(flows: random.flows, cycle: cycle)
    #expect(isClose(try #require(try program.largestReserve()).value, 1))
  }

  @Test("Throughput of one lane a stage is what filling by saturation flow gives", arguments: 0..<40)
  func throughput(seed: Int) throws {
    let random = try RandomJunction(seed: seed, lanesPerStage: 1, minimumGreen: 1)
    let program = random.program
    let solution = try #require(try program.largestThroughput())
    // Each lane first gets its fair floor, then the fastest lanes fill up: a fractional knapsack.
    let reserve = (1 - random.lostTime / random.cycle) / random.criticalRatio
    let floor = SplitProgram.fairShare * min(1, reserve)
    var rest = random.cycle - random.lostTime
    var served = 0.0
    let fastestFirst = random.flows.indices.sorted { random.saturationFlows[$0] > random.saturationFlows[$1] }
    for lane in fastestFirst {
      rest -= floor * random.flows[lane] * random.cycle / random.saturationFlows[lane]
    }
    for lane in fastestFirst {
      let wanted = (1 - floor) * random.flows[lane] * random.cycle / random.saturationFlows[lane]
      let green = min(rest, wanted)
      rest -= green
      served += random.flows[lane] * floor + green * random.saturationFlows[lane] / random.cycle
    }
    #expect(isClose(solution.value, served))
    #expect(isClose(solution.bound, served))
    #expect(solution.value <= random.flows.reduce(0, +) + Tolerance.simplex)
    let discharges = program.discharges(stages: solution.stages)
    for (lane, flow) in random.flows.enumerated() {
      #expect(discharges[lane] >= floor * flow * random.cycle - Tolerance.simplex)
    }
  }

  @Test("Where all can be served, the largest reserve decides between greens that serve all")
  func throughputTies() throws {
    let junction = try StageNetwork(stages: [[0.5], [0.5], [0.5]], cycle: 90)
    let program = junction.splitProgram(flows: [0.06, 0.09, 0.12], cycle: 90)
    let throughput = try #require(try program.largestThroughput())
    let reserve = try #require(try program.largestReserve())
    #expect(isClose(throughput.value, 0.27))
    #expect(zip(throughput.stages, reserve.stages).allSatisfy { isClose($0, $1, 1e-4) })
  }

  @Test(
    "A lane whose green is lost in starting up leaves the others their splits", arguments: Objective.allCases)
  func lostGreen(_ objective: Objective) throws {
    // 5 s of green, of which 8 s are lost: nobody passes, whatever the others get.
    let junction = try StageNetwork(
      stages: [[0.5], [0.5]], cycle: 16, minimumGreens: [5, 5], startUpLostTime: 8)
    let solution = try #require(try junction.splitProgram(flows: [0.1, 0.1], cycle: 16).solve(objective))
    #expect(isClose(solution.stages.reduce(0, +), 10))
  }

  @Test("Kelley's cuts prove the delay within 0.1 %", arguments: 0..<60)
  func delayGap(seed: Int) throws {
    let program = try RandomJunction(seed: seed).program
    let solution = try #require(try program.leastDelay())
    #expect(isClose(solution.value, program.delay(stages: solution.stages), Tolerance.arithmetic))
    #expect(solution.bound <= solution.value * (1 + Tolerance.simplex))
    #expect(solution.value - solution.bound <= SplitProgram.gap * solution.value)
    #expect(isClose(solution.stages.reduce(0, +), program.cycle - program.structure.lostTime))
  }

  @Test("No greens on a fine grid have less delay than the bound", arguments: 0..<8)
  func delayAgainstGrid(seed: Int) throws {
    let random = try RandomJunction(seed: 70 + seed, stages: 3...3)
    let program = random.program
    let solution = try #require(try program.leastDelay())
    let available = random.cycle - random.lostTime
    var least = Double.infinity
    for first in stride(from: 5, through: available - 10, by: 0.5) {
      for second in stride(from: 5, through: available - first - 5, by: 0.5) {
        least = min(least, program.delay(stages: [first, second, available - first - second]))
      }
    }
    #expect(least >= solution.bound * (1 - Tolerance.simplex))
    #expect(solution.value <= least * (1 + SplitProgram.gap))
  }

  @Test("The price of the cycle is what a second more of it gains", arguments: 0..<20)
  func cyclePrice(seed: Int) throws {
    let program = try RandomJunction(seed: seed).program
    let solution = try #require(try program.largestReserve())
    // Longer greens alone: the demand per cycle stays, as it does in the program's row.
    let step = 0.01
    let longer = try #require(
      try SplitProgram(
        structure: program.structure, lanes: program.lanes, laneIDs: program.laneIDs,
        flows: program.flows.map { $0 * program.cycle / (program.cycle + step) }, cycle: program.cycle + step,
        period: program.period, stageBounds: program.stageBounds, limits: program.limits
      ).largestReserve())
    #expect(isClose((longer.value - solution.value) / step, solution.cyclePrice, 1e-4))
  }

  @Test("The price of a lane is what one more second of its green gains", arguments: 0..<20)
  func lanePrices(seed: Int) throws {
    let program = try RandomJunction(seed: seed).program
    let solution = try #require(try program.largestReserve())
    for lane in program.lanes.indices {
      // A second more of the lane's green discharges its rate once more.
      let step = 1e-3
      func value(_ seconds: Double) throws -> Double {
        var lanes = program.lanes
        lanes[lane].constant += seconds * (lanes[lane].rates.max() ?? 0)
        return try #require(
          try SplitProgram(
            structure: program.structure, lanes: lanes, laneIDs: program.laneIDs, flows: program.flows,
            cycle: program.cycle, period: program.period, stageBounds: program.stageBounds,
            limits: program.limits
          ).largestReserve()
        ).value
      }
      let gain = try (value(step) - solution.value) / step
      let loss = try (solution.value - value(-step)) / step
      // Where the optimum has a kink, the price lies between the slopes on its sides.
      #expect(solution.lanePrices[lane] >= gain - 1e-4 && solution.lanePrices[lane] <= loss + 1e-4)
    }
  }

  @Test("The price of a minimum green is what one second less of it gains")
  func minimumPrice() throws {
    func reserve(_ minimum: Double) throws -> SplitSolution {
      let junction = try StageNetwork(
        stages: [[0.5], [0.5], [0.5]], cycle: 90, minimumGreens: [5, 5, minimum])
      return try #require(
        try junction.splitProgram(flows: [0.15, 0.2, 0.01], cycle: 90).largestReserve())
    }
    let solution = try reserve(20)
    let prices = zip(
      try StageNetwork(stages: [[0.5], [0.5], [0.5]], cycle: 90, minimumGreens: [5, 5, 20])
        .splits(flows: [0.15, 0.2, 0.01]).structure.minimums.map(\.cause), solution.minimumPrices)
    let binding = prices.filter { abs($0.1) > 1e-9 }
    #expect(binding.map(\.0) == [.minimumGreen(2)])
    let gain = try reserve(19).value - solution.value
    #expect(isClose(try #require(binding.first).1, gain))
    #expect(gain > 0)
  }

  @Test("Flows and saturation flows scaled alike change no reserve and no green", arguments: [0.5, 2])
  func scaling(factor: Double) throws {
    let stages = [[0.4, 0.5], [0.45], [0.6]]
    let flows = [0.1, 0.12, 0.11, 0.16]
    func solution(_ factor: Double) throws -> SplitSolution {
      let junction = try StageNetwork(stages: stages.map { $0.map { $0 * factor } }, cycle: 90)
      let program = junction.splitProgram(flows: flows.map { $0 * factor }, cycle: 90)
      return try #require(try program.largestReserve())
    }
    let (plain, scaled) = (try solution(1), try solution(factor))
    #expect(isClose(plain.value, scaled.value))
    #expect(zip(plain.stages, scaled.stages).allSatisfy { isClose($0, $1) })
  }

  @Test("Stages in another order get the same greens", arguments: Objective.allCases)
  func permutation(_ objective: Objective) throws {
    let saturationFlows = [0.4, 0.5, 0.45, 0.6]
    let flows = [0.08, 0.07, 0.11, 0.12]
    let order = [2, 0, 3, 1]
    let plain = try StageNetwork(stages: saturationFlows.map { [$0] }, cycle: 100)
    let mixed = try StageNetwork(stages: order.map { [saturationFlows[$0]] }, cycle: 100)
    let a = try #require(try plain.splitProgram(flows: flows, cycle: 100).solve(objective))
    let b = try #require(try mixed.splitProgram(flows: order.map { flows[$0] }, cycle: 100).solve(objective))
    #expect(isClose(a.value, b.value, SplitProgram.gap))
    // Near its least, delay is flat: a gap of 0.1 % leaves seconds open.
    let slack = objective == .delay ? 0.05 : Tolerance.simplex
    #expect(order.indices.allSatisfy { isClose(b.stages[$0], a.stages[order[$0]], slack) })
  }
}
