import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("What signals that respond show over long times")
struct ActuatedTraceTests {
  private static let yellow = 3
  private static let allRed = 1

  /// Random stages of three groups that all conflict, each with yellow and all-red behind it, least and greatest greens,
  /// successors, coordination and loops.
  private func actuation(_ random: inout LinearCongruential) -> StageActuation {
    let stages = 2 + random.below(2)
    var intervals: [ActuatedInterval] = []
    let mayChoose = random.once(in: 2)
    let isCoordinated = random.once(in: 3)
    for stage in 0..<stages {
      func states(_ state: SignalState) -> [SignalState] {
        (0..<3).map { $0 == stage ? state : .red }
      }
      let minimum = Double(4 + random.below(8))
      let next = 3 * ((stage + 1) % stages)
      var green = ActuatedInterval(
        states: states(.protectedGreen), minimum: minimum, maximum: minimum + Double(random.below(30)),
        usual: 20, successors: [3 * stage + 1], detectors: [stage])
      if isCoordinated { green.earliestEnd = Double(random.below(60)) }
      if isCoordinated, random.once(in: 2) { green.latestEnd = Double(random.below(60)) }
      intervals.append(green)
      intervals.append(
        ActuatedInterval(
          states: states(.yellow), minimum: Double(Self.yellow), maximum: Double(Self.yellow),
          successors: [3 * stage + 2]))
      let others = (0..<stages).filter { $0 != stage }.map { 3 * $0 }
      intervals.append(
        ActuatedInterval(
          states: states(.red), minimum: Double(Self.allRed), maximum: Double(Self.allRed),
          successors: mayChoose ? [next] + others.filter { $0 != next } : [next]))
    }
    let loop = LoopDetector(
      lane: LaneID(0), distanceToEnd: 20, largestGap: 1 + Double(random.below(4)),
      jamThreshold: random.once(in: 3) ? 15 : nil)
    return StageActuation(
      intervals: intervals, detectors: (0..<stages).map { _ in loop },
      passageTime: Double(random.below(5)), starvation: 60, cycle: 60, isCoordinated: isCoordinated)
  }

  @Test(
    "no yellow is cut, no least or greatest green broken, and nothing that conflicts is green together",
    arguments: 0..<40)
  func trace(seed: Int) {
    var random = LinearCongruential(seed: seed)
    let actuation = actuation(&random)
    var loops = FlatArray(actuation.detectors.map { _ in Loop(lane: 0, begin: 0, length: 0) })
    var controller = ActuatedController(actuation, firstLoop: 0, at: 0)
    let business = actuation.detectors.map { _ in 2 + random.below(12) }
    var runs: [(states: [SignalState], interval: Int, seconds: Int)] = []
    for second in 0..<4000 {
      let now = Double(second)
      _ = controller.advance(to: now, loops)
      if let last = runs.last, last.interval == controller.interval {
        runs[runs.count - 1].seconds += 1
      } else {
        runs.append((controller.states, controller.interval, 1))
      }
      for index in 0..<loops.count where random.once(in: business[index]) {
        if loops[index].occupant >= 0 {
          loops[index].left = now + 0.5
          loops[index].occupant = -1
        } else {
          (loops[index].entered, loops[index].occupant) = (now + 0.5, 0)
        }
      }
    }
    #expect(runs.count > 20)
    // The last one is cut off by the end, the first begins with the simulation.
    for (before, run) in zip(runs, runs.dropFirst().dropLast()) {
      #expect(run.states.count(where: \.isGreen) <= 1)
      let interval = actuation.intervals[run.interval]
      #expect(Double(run.seconds) >= interval.minimum && Double(run.seconds) <= interval.maximum)
      for group in run.states.indices where before.states[group].isGreen {
        #expect(run.states[group] == .yellow && run.seconds == Self.yellow)
      }
      if run.states.contains(where: \.isGreen) {
        // All-red before every green.
        #expect(!before.states.contains { $0.isGreen || $0 == .yellow })
      }
    }
  }
}
