import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Peak flow, solved")
struct PeakFlowSolvingTests {
  /// Rounds end when value and bound are this near.
  static let gap = 0.01
  /// Seconds and vehicles: sums of some hundred terms, and the simplex method's tolerance where it is asked.
  static let rounding = 1e-6

  static func random(_ seed: Int) -> PeakFlowProblem {
    RandomPeakFlow(
      seed: seed, junctions: 2 + seed % 4, slices: 2 + seed % 5, load: 0.5 + 0.1 * Double(seed),
      objective: seed % 3 == 0 ? .throughput : .timeSpent
    ).problem
  }

  @Test("In rounds: near the whole program's optimum, with a bound that is never above it", arguments: 1...20)
  func decomposedEqualsWhole(seed: Int) throws {
    let problem = Self.random(seed)
    let whole = try #require(try problem.solveWhole())
    let plan = problem.solve(PeakFlowSolveOptions(gap: Self.gap))
    #expect(plan.bound <= whole.value * (1 + Tolerance.simplex))
    #expect(plan.value >= whole.value * (1 - Tolerance.simplex))
    #expect(plan.bound >= whole.value * (1 - Self.gap))
    #expect(plan.value <= whole.value * (1 + Self.gap))
  }

  @Test(
    "The bound holds after any number of rounds, however far the prices are from right", arguments: 1...20)
  func boundIsValid(seed: Int) throws {
    let problem = Self.random(seed)
    let whole = try #require(try problem.solveWhole())
    for rounds in [1, 7, 30, 150] {
      let plan = problem.solve(PeakFlowSolveOptions(gap: 0, roundLimit: rounds, roundsPerLook: rounds))
      #expect(plan.bound <= whole.value * (1 + Tolerance.simplex))
      #expect(plan.value >= whole.value * (1 - Tolerance.simplex))
    }
  }

  @Test("Duality: the prices of the whole program prove its optimum", arguments: 1...20)
  func duality(seed: Int) throws {
    let whole = try #require(try Self.random(seed).solveWhole())
    #expect(isClose(whole.bound, whole.value, 1e-5))
  }

  @Test("Plans keep the rules: green time, room, least durations and minimums, cycles", arguments: 1...20)
  func planIsFeasible(seed: Int) throws {
    let problem = Self.random(seed)
    let plan = problem.solve(PeakFlowSolveOptions(gap: Self.gap, roundLimit: 400))
    for (index, link) in problem.links.enumerated() where link.storage.isFinite {
      let members = problem.queues.indices.filter { problem.queues[$0].link == index }
      let kept = members.reduce(0) { $0 + problem.queues[$1].share }
      let lag = TravelLag(travelTime: link.travelTime, sliceLength: problem.sliceLength)
      for slice in 0..<problem.sliceCount {
        var vehicles = members.reduce(0) { $0 + plan.queues[$1][slice] }
        for feeder in problem.queues.indices where problem.queues[feeder].next == index {
          for delay in 0...lag.slices where slice >= delay {
            vehicles += kept * (delay < lag.slices ? 1 : lag.late) * plan.leaving[feeder][slice - delay]
          }
        }
        #expect(vehicles <= link.storage + Self.rounding)
      }
    }
    for server in problem.servers {
      let supply = problem.supply(server, greens: plan.greens)
      for slice in 0..<problem.sliceCount {
        let used = zip(server.queues, server.headways).reduce(0) { $0 + $1.1 * plan.leaving[$1.0][slice] }
        #expect(used <= supply + Self.rounding)
      }
    }
    for (controller, greens) in zip(problem.controllers, plan.greens) {
      #expect(isClose(greens.reduce(0, +), controller.green, Tolerance.arithmetic))
      #expect(zip(greens, controller.least).allSatisfy { $0 >= $1 - Self.rounding })
      #expect(
        controller.minimums.allSatisfy { minimum in
          minimum.stages.reduce(0) { $0 + greens[$1] } >= minimum.seconds - Self.rounding
        })
    }
  }

  @Test("Conservation: who came has left, or stands, or is on the way", arguments: 1...20)
  func conservation(seed: Int) throws {
    let problem = Self.random(seed)
    let plan = problem.solve(PeakFlowSolveOptions(gap: Self.gap, roundLimit: 300))
    for slice in 0..<problem.sliceCount {
      for (index, queue) in problem.queues.enumerated() {
        var joined = queue.arrivals[0...slice].reduce(0, +)
        let lag = TravelLag(
          travelTime: problem.links[queue.link].travelTime, sliceLength: problem.sliceLength)
        for (feeder, other) in problem.queues.enumerated() where other.next == queue.link {
          for entry in 0...slice {
            let early = entry + lag.slices <= slice ? 1 - lag.late : 0
            let late = entry + lag.slices + 1 <= slice ? lag.late : 0
            joined += queue.share * (early + late) * plan.leaving[feeder][entry]
          }
        }
        let left = plan.leaving[index][0...slice].reduce(0, +)
        #expect(isClose(joined, left + plan.queues[index][slice], 1e-9))
      }
    }
  }

  @Test("Twice the same bytes")
  func determinism() {
    let problem = Self.random(5)
    #expect(problem.solve() == problem.solve())
  }

  @Test("A problem without traffic, and one without signals")
  func emptyProblems() throws {
    let quiet = ShortPeakFlow.junction(arrivals: [[0, 0], [0, 0]])
    #expect(quiet.solve().value == 0)
    let free = ShortPeakFlow.series(arrivals: [10, 10], first: 100, second: 100, storage: 100)
    #expect(isClose(free.solve().value, 0))
  }
}
