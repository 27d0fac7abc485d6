import TestSupport
import Testing

@testable import SignalOptimization

@Suite("PlatoonDispersion")
struct PlatoonDispersionTests {
  /// Sums over a few hundred seconds.
  static let rounding = 1e-9

  @Test("No vehicle is lost or made on the way", arguments: 0..<10)
  func conservation(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let departures = (0..<numbers.whole(in: 20...120)).map { _ in numbers.number(in: 0...1) }
    let dispersion = PlatoonDispersion(
      meanTime: numbers.number(in: 1...90), deviation: numbers.number(in: 0...15))
    let arrivals = dispersion.arrivals(of: departures)
    #expect(isClose(arrivals.reduce(0, +), departures.reduce(0, +), Self.rounding))
    #expect(arrivals.allSatisfy { $0 >= 0 })
  }

  @Test("A single vehicle arrives by lag and geometric distribution (Seddon's form)")
  func seddon() {
    let dispersion = PlatoonDispersion(smoothing: 0.25, lag: 7)
    var departures = [Double](repeating: 0, count: 300)
    departures[10] = 1
    let arrivals = dispersion.arrivals(of: departures)
    for time in 17..<60 {
      let after = Double(time - 17)
      let expected = (0..<Int(after)).reduce(0.25) { product, _ in product * 0.75 }
      #expect(isClose(arrivals[time], expected, Self.rounding))
    }
  }

  @Test(
    "Mean and variance of travel times are the ones asked for",
    arguments: [(30.0, 3.0), (20, 2), (45.5, 4.5), (12.25, 1)])
  func moments(meanTime: Double, deviation: Double) {
    let dispersion = PlatoonDispersion(meanTime: meanTime, deviation: deviation)
    var departures = [Double](repeating: 0, count: 1000)
    departures[0] = 1
    let arrivals = dispersion.arrivals(of: departures)
    let mean = arrivals.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    let variance = arrivals.enumerated().reduce(0) {
      $0 + (Double($1.offset) - mean) * (Double($1.offset) - mean) * $1.element
    }
    #expect(isClose(mean, meanTime))
    // A lag between whole seconds adds at most a quarter.
    #expect(variance >= deviation * deviation - 1e-6 && variance <= deviation * deviation + 0.25 + 1e-6)
  }

  @Test("TRANSYT's form: F = 1 / (1 + αβT), and a mean of T where α = (1 − β) / β")
  func transyt() {
    let dispersion = PlatoonDispersion(travelTime: 40, alpha: 0.35, beta: 0.8)
    #expect(isClose(dispersion.smoothing, 1 / 12.2) && isClose(dispersion.lag, 32))
    let mean = PlatoonDispersion(travelTime: 40, alpha: 0.25, beta: 0.8)
    #expect(isClose(mean.lag + (1 - mean.smoothing) / mean.smoothing, 40))
  }
}

@Suite("CyclicQueue")
struct CyclicQueueTests {
  let room = LaneRoom(storage: 1000, window: 0)

  @Test("Even arrivals have the uniform delay of deterministic queues")
  func uniform() {
    // 500 on 3000 veh/h, 30 of 100 s green: 29.41 s in print, where 14.00 s is rounded to 14.03 s.
    let arrivals = [Double](repeating: 500.0 / 3600, count: 100)
    let capacity = (0..<100).map { $0 < 30 ? 3000.0 / 3600 : 0 }
    let queue = CyclicQueue(arrivals: arrivals, capacity: capacity)
    let delay = QueueCost(stop: 0, blocking: 0).cost(arrivals: arrivals, queue: queue, room: room)
    /// The queue vanishes within a second.
    let step = 0.01
    #expect(abs(delay / (500.0 / 36) - 29.40) < step)
    #expect(isClose(queue.departures.reduce(0, +), arrivals.reduce(0, +)))
  }

  @Test("A queue that no green clears is scaled to what can be served")
  func oversaturated() {
    let queue = CyclicQueue(
      arrivals: [Double](repeating: 0.5, count: 60), capacity: (0..<60).map { $0 < 30 ? 0.5 : 0 })
    #expect(isClose(queue.departures.reduce(0, +), 15 * CyclicQueue.highestSaturation))
    #expect(queue.waiting.min() == 0)
  }

  @Test("Stops are those who arrive while others wait; want of room counts by the second")
  func weights() {
    // Four vehicles in red, which leave in two seconds of green.
    let arrivals = [1.0, 1, 1, 1, 0, 0, 0, 0]
    let capacity = [0.0, 0, 0, 0, 2, 2, 2, 2]
    let queue = CyclicQueue(arrivals: arrivals, capacity: capacity)
    #expect(queue.waiting == [1, 2, 3, 4, 2, 0, 0, 0])
    func cost(_ cost: QueueCost, storage: Double, window: Int = 0) -> Double {
      cost.cost(arrivals: arrivals, queue: queue, room: LaneRoom(storage: storage, window: window))
    }
    #expect(cost(QueueCost(stop: 0, blocking: 0), storage: 3) == 12)
    #expect(cost(QueueCost(stop: 5, blocking: 0), storage: 3) == 32)
    #expect(cost(QueueCost(stop: 0, blocking: 2), storage: 3) == 14)
    // Those on their way within the window fill the lane too: 1 + 2, 2 + 2, 3 + 1, 4, 2, 0, 0 + 1, 0 + 2.
    #expect(cost(QueueCost(stop: 0, blocking: 1), storage: 3, window: 2) == 15)
    // A window of a whole cycle more holds all vehicles once more.
    #expect(cost(QueueCost(stop: 0, blocking: 1), storage: 7, window: 10) == 15)
  }
}
