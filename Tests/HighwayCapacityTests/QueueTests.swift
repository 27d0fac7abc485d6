import HighwayCapacity
import Testing

struct QueueTests {
  /// Sums of a few dozen terms.
  static let rounding = 1e-9

  /// Equations 31-150 and 31-153 by hand: (Q1 + Q2)(1 + 1.64 √(1 ÷ (Q1 + Q2))).
  @Test(arguments: [(7.6, 12.12), (4.8, 8.39)]) func percentile(queue: Double, expected: Double) {
    let found = BackOfQueue.percentile(first: queue, second: 0, third: 0, greenRatio: 0.3, saturation: 0.7)
    #expect(isPrinted(found, expected, decimals: 2))
  }

  /// However large the sum: never beyond 1.8 times the mean.
  @Test func percentileOfFewVehicles() {
    #expect(
      BackOfQueue.percentile(first: 1, second: 0, third: 0.5, greenRatio: 0.3, saturation: 0.7) == 1.8 + 0.5)
  }

  /// Equation 31-142 with figures of exhibits 31-80 and 31-81.
  @Test(.tags(.published)) func secondTerm() {
    #expect(
      isPrinted(BackOfQueue.secondTerm(capacity: 827, lanes: 1, incrementalDelay: 46.0), 10.57, decimals: 2))
  }

  static func polygon(flow: Double, onGreen: Double) -> QueuePolygon {
    let (cycle, green, rate) = (100.0, 40.0, flow / 3600)
    return QueuePolygon([
      .init(duration: cycle - green, arrivals: (1 - onGreen) * rate * cycle / (cycle - green), discharge: 0),
      .init(duration: green, arrivals: onGreen * rate * cycle / green, discharge: 0.5),
    ])
  }

  /// With one green, the area under the queue is equation 19-19 with the progression factor of equation 19-20.
  @Test(arguments: [200.0, 400, 600, 719], [0.15, 0.4, 0.6]) func closedForm(flow: Double, onGreen: Double) {
    let x = flow / 720
    let closed = ControlDelay.uniform(
      cycle: 100, greenRatio: 0.4, saturation: x,
      progression: ControlDelay.progressionFactor(onGreen: onGreen, greenRatio: 0.4, saturation: x))
    #expect(abs(Self.polygon(flow: flow, onGreen: onGreen).uniformDelay - closed) < 1e-6)
  }

  /// And full stops are equations 31-137 to 31-140.
  @Test(arguments: [200.0, 400, 600, 719], [0.15, 0.4, 0.6]) func fullStops(flow: Double, onGreen: Double) {
    let closed = BackOfQueue.firstTerm(
      flow: flow, saturationFlow: 1800, onGreen: onGreen, green: 40, cycle: 100, accelerationDelay: 11)
    let found = Self.polygon(flow: flow, onGreen: onGreen).fullStops(accelerationDelay: 11)
    #expect(abs(found - closed) < 1e-4)
  }

  /// The same queue, counted second by second.
  @Test func againstSmallSteps() {
    let intervals: [QueuePolygon.Interval] = [
      .init(duration: 12, arrivals: 0.05, discharge: 0.45), .init(duration: 30, arrivals: 0.05, discharge: 0),
      .init(duration: 9, arrivals: 0.05, discharge: 0.1, sneakers: 2),
      .init(duration: 49, arrivals: 0.05, discharge: 0),
    ]
    let step = 0.001
    var (queue, area) = (0.0, 0.0)
    for _ in 0..<6 {
      area = 0
      for interval in intervals {
        for _ in 0..<Int((interval.duration / step).rounded()) {
          let next = max(queue + (interval.arrivals - interval.discharge) * step, 0)
          area += 0.5 * (queue + next) * step
          queue = next
        }
        queue = max(queue - interval.sneakers, 0)
      }
    }
    let polygon = QueuePolygon(intervals)
    #expect(abs(polygon.uniformDelay - area / 5) < 0.001)
    #expect(abs(polygon.initialQueue - queue) < 0.001)
  }

  @Test func nothingArrives() {
    let polygon = QueuePolygon([.init(duration: 60, arrivals: 0, discharge: 0)])
    #expect(polygon.uniformDelay == 0)
    #expect(polygon.fullStops(accelerationDelay: 10) == 0)
    #expect(polygon.longestQueue == 0)
  }

  /// A queue of 10 before a group with 100 veh/h to spare lasts 0.1 h; with demand at capacity it stays.
  @Test func initialQueue() {
    let passing = InitialQueue(initial: 10, flow: 400, capacity: 500, period: 0.25)
    #expect(abs(passing.unmetTime - 0.1) < Self.rounding)
    #expect(abs(passing.atEnd) < Self.rounding)
    // Each of the 100 vehicles of the quarter waits for what is left of the ten, and these for themselves: 10² ÷ (2 × 100)
    // vehicle-hours that the same flow without them would not wait.
    #expect(abs(ControlDelay.initialQueue(passing) - 3600 / 100 * (0.5 - 0.1)) < 1e-6)
    let staying = InitialQueue(initial: 10, flow: 500, capacity: 500, period: 0.25)
    #expect(staying.atEnd == 10)
    #expect(abs(BackOfQueue.thirdTerm(staying, lanes: 2) - 5) < Self.rounding)
    #expect(ControlDelay.initialQueue(InitialQueue(initial: 0, flow: 5, capacity: 1, period: 1)) == 0)
  }
}
