import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// Hand-made problems of one or two links, whose answers are known.
struct ShortPeakFlow {
  /// s.
  static let slice = 300.0
  /// s.
  static let cycle = 60.0

  /// A junction without lost time whose stages serve one entry link each, with 2 s headway.
  static func junction(arrivals: [[Double]], least: Double = 0, objective: PeakFlowObjective = .timeSpent)
    -> PeakFlowProblem
  {
    let count = arrivals.count
    return PeakFlowProblem(
      objective: objective, sliceCount: arrivals[0].count, sliceLength: slice,
      links: (0..<count).map { .init(id: LinkID($0), storage: .infinity, travelTime: 0) },
      queues: (0..<count).map { .init(movement: nil, link: $0, next: nil, share: 0, arrivals: arrivals[$0]) },
      servers: (0..<count).map { link in
        .init(
          queues: [link], headways: [2], controller: 0, constant: 0,
          greenShares: (0..<count).map { $0 == link ? 1 : 0 }, lanes: 1)
      },
      controllers: [
        .init(
          id: ControllerID(0), cycle: cycle, green: cycle, least: arrivals.map { _ in least },
          needs: arrivals.map { _ in .shortestStage })
      ])
  }

  /// An entry link that feeds a link of `storage` vehicles behind which `second` vehicles can leave in each slice.
  static func series(
    arrivals: [Double], first: Double, second: Double, storage: Double, travelTime: Double = 0
  ) -> PeakFlowProblem {
    func server(_ queue: Int, _ vehicles: Double) -> PeakFlowProblem.Server {
      .init(
        queues: [queue], headways: [slice / vehicles], controller: nil, constant: 1, greenShares: [], lanes: 1
      )
    }
    return PeakFlowProblem(
      sliceCount: arrivals.count, sliceLength: slice,
      links: [
        .init(id: LinkID(0), storage: .infinity, travelTime: 0),
        .init(id: LinkID(1), storage: storage, travelTime: travelTime),
      ],
      queues: [
        .init(movement: nil, link: 0, next: 1, share: 0, arrivals: arrivals),
        .init(movement: nil, link: 1, next: nil, share: 1, arrivals: arrivals.map { _ in 0 }),
      ], servers: [server(0, first), server(1, second)], controllers: [])
  }
}

@Suite("Peak flow, closed forms")
struct PeakFlowProblemTests {
  /// The rounds' results hold to their gap.
  static let gap = 0.001
  private let rounds = PeakFlowSolveOptions(gap: Self.gap, roundLimit: 20_000)

  @Test("A queue that grows for two slices and clears in the third has the area of a D/D/1 queue")
  func deterministicQueue() throws {
    // 150 a slice can leave; 200, 200, 50, 0 come: the queue at the slices' ends is 50, 100, 0, 0.
    let problem = ShortPeakFlow.junction(arrivals: [[200, 200, 50, 0]])
    let whole = try #require(try problem.solveWhole())
    #expect(isClose(whole.value, (50 + 100) * ShortPeakFlow.slice))
    #expect(zip(whole.queues[0], [50, 100, 0, 0]).allSatisfy { isClose($0, $1, 1e-6) })
    let plan = problem.solve(rounds)
    #expect(isClose(plan.value, whole.value, 1e-3))
  }

  @Test(
    "Throughput of one overloaded junction fills the stages in order of their saturation flow: a knapsack")
  func knapsack() throws {
    var problem = ShortPeakFlow.junction(arrivals: [[90], [90], [90]], objective: .throughput)
    // 100, 150 and 300 vehicles a slice at full green: 90 need 18 and 36 s of the fastest two, 6 s are left.
    for (server, headway) in [3.0, 2, 1].enumerated() { problem.servers[server].headways = [headway] }
    let served = 90.0 + 90 + 100 * 6 / 60
    let whole = try #require(try problem.solveWhole())
    #expect(isClose(270 - whole.value, served))
    let greens = try #require(whole.greens.first)
    #expect(zip(greens, [6, 36, 18]).allSatisfy { isClose($0, $1) })
    #expect(isClose(problem.solve(rounds).value, whole.value, 2 * Self.gap))
  }

  @Test("Two links in series: what the second cannot store waits before the first")
  func seriesWithStorage() throws {
    let problem = ShortPeakFlow.series(arrivals: [100, 100, 0, 0], first: 150, second: 40, storage: 30)
    let whole = try #require(try problem.solveWhole())
    // Entered by then 70, 110, 150, 190: 40 more than the slice before, and 30 stay on the link.
    #expect(zip(whole.queues[1], [30, 30, 30, 30]).allSatisfy { $0 <= $1 + 1e-6 })
    #expect(
      zip(zip(whole.queues[0], whole.queues[1]).map(+), [60, 120, 80, 40]).allSatisfy { isClose($0, $1) })
    #expect(whole.queues[0][1] >= 90 - 1e-6)
    #expect(isClose(problem.solve(rounds).value, whole.value, 2 * Self.gap))
  }

  @Test("A link that holds two vehicles lets a hundred pass in a slice")
  func shortLink() throws {
    let problem = ShortPeakFlow.series(arrivals: [100, 100, 0, 0], first: 150, second: 150, storage: 2)
    let whole = try #require(try problem.solveWhole())
    #expect(isClose(whole.value, 0))
    #expect(problem.solve(rounds).value < 1)
  }

  @Test("A travel time puts its share of a slice's vehicles into later slices", arguments: [75.0, 300, 420])
  func travelLag(travelTime: Double) throws {
    let problem = ShortPeakFlow.series(
      arrivals: [100, 0, 0, 0, 0], first: 1000, second: 1000, storage: 1000, travelTime: travelTime)
    let plan = problem.solve(rounds)
    var expected = [Double](repeating: 0, count: 5)
    let lag = Int(travelTime / 300)
    let late = travelTime / 300 - Double(lag)
    expected[lag] = 100 * (1 - late)
    expected[lag + 1] = 100 * late
    #expect(zip(plan.leaving[1], expected).allSatisfy { isClose($0, $1, 1e-3) })
    let whole = try #require(try problem.solveWhole())
    #expect(isClose(whole.value, 0))
  }

  @Test("Nothing hides at the end: what is held back before the last slices costs more than what is let go")
  func finalQueuesCount() throws {
    let problem = ShortPeakFlow.series(arrivals: [100], first: 150, second: 40, storage: 1000)
    let whole = try #require(try problem.solveWhole())
    #expect(isClose(whole.leaving[0][0], 100))
    // 60 stand at the second stop line: half a slice in the period, one after it.
    #expect(isClose(whole.value, 60 * 1.5 * ShortPeakFlow.slice))
  }
}
