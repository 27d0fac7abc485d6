import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Peak flow, prices")
struct PeakFlowPricesTests {
  private func value(_ problem: PeakFlowProblem) throws -> Double {
    try #require(try problem.solveWhole()).value
  }

  @Test("More green, room or lanes never hurts, and saves no more than its price says", arguments: 1...10)
  func monotonicity(seed: Int) throws {
    let problem = PeakFlowSolvingTests.random(seed)
    let whole = try #require(try problem.solveWhole())
    func expectSaving(_ price: Double, _ change: (inout PeakFlowProblem) -> Void) throws {
      var changed = problem
      change(&changed)
      let saving = whole.value - (try value(changed))
      let slack = Tolerance.simplex * (1 + whole.value)
      #expect(saving >= -slack)
      #expect(saving <= price + slack)
    }
    for index in problem.servers.indices {
      try expectSaving(whole.prices.servers[index]) { $0.servers[index].constant += 1 }
      let lane = problem.servers[index].greenShares.enumerated().reduce(problem.servers[index].constant) {
        $0 + $1.element * whole.greens[problem.servers[index].controller ?? 0][$1.offset]
      }
      // Twice the lanes: the price is of the seconds that they would bring at these greens; others may use them better.
      try expectSaving(.infinity) { problem in
        problem.servers[index].constant *= 2
        problem.servers[index].greenShares = problem.servers[index].greenShares.map { 2 * $0 }
      }
      #expect(lane >= 0)
    }
    for index in problem.links.indices where problem.links[index].storage.isFinite {
      try expectSaving(whole.prices.links[index]) { $0.links[index].storage += 1 }
    }
    for index in problem.controllers.indices {
      try expectSaving(whole.prices.cycles[index]) { $0.controllers[index].green += 1 }
      for stage in problem.controllers[index].least.indices {
        try expectSaving(whole.prices.leastGreens[index][stage]) { $0.controllers[index].least[stage] -= 1 }
      }
    }
  }

  @Test("A second of green is worth what a small change of it brings")
  func greenPrice() throws {
    let problem = ShortPeakFlow.junction(arrivals: [[200, 200, 50, 0]])
    let whole = try #require(try problem.solveWhole())
    var more = problem
    let second = 1e-3
    more.servers[0].constant += second
    let saving = (whole.value - (try value(more))) / second
    // A second of green serves 2.5 vehicles a slice: 2.5 fewer wait for one slice, 5 fewer for the next.
    #expect(isClose(saving, (2.5 + 5) * ShortPeakFlow.slice, 1e-6))
    #expect(isClose(whole.prices.servers[0], saving, 1e-6))
    let rounds = problem.solve(PeakFlowSolveOptions(gap: 1e-4, roundLimit: 20_000))
    // Prices come nearer than values do; here they are within a twentieth.
    #expect(isClose(rounds.prices.servers[0], saving, 0.05))
  }

  @Test("Room is worth nothing where the bottleneck is never without vehicles")
  func storagePrice() throws {
    let problem = ShortPeakFlow.series(arrivals: [100, 100, 0, 0], first: 150, second: 40, storage: 30)
    let whole = try #require(try problem.solveWhole())
    // What waits before the first stop line has one more ahead: of the 40 that are left at the end, 30 stand on the link.
    #expect(isClose(whole.prices.links[1], ShortPeakFlow.slice))
  }
}
