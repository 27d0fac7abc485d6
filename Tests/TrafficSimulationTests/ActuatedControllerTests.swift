import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

/// What SUMO 1.28 does in the same second was worked out by hand from its rules: after the least green it looks at its loops, and a
/// vehicle that passed one g s ago, g below the largest gap, prolongs the green until the passage time is over, in whole seconds.
@Suite("A controller that responds")
struct ActuatedControllerTests {
  private static func states(_ text: String) -> [SignalState] {
    text.compactMap { SignalState(rawValue: String($0)) }
  }

  private static func actuation(
    minimum: Double = 5, maximum: Double = 20, jam: Double? = nil,
    _ change: (inout StageActuation) -> Void = { _ in }
  ) -> StageActuation {
    let loop = LoopDetector(lane: LaneID(0), distanceToEnd: 20, largestGap: 3, jamThreshold: jam)
    var actuation = StageActuation(
      intervals: [
        ActuatedInterval(
          states: states("Gr"), minimum: minimum, maximum: maximum, successors: [1], detectors: [0]),
        ActuatedInterval(states: states("yr"), minimum: 3, maximum: 3, successors: [2]),
        ActuatedInterval(
          states: states("rG"), minimum: minimum, maximum: maximum, successors: [3], detectors: [1]),
        ActuatedInterval(states: states("ry"), minimum: 3, maximum: 3, successors: [0]),
      ], detectors: [loop, loop])
    change(&actuation)
    return actuation
  }

  /// What is shown in each second, given when vehicles are above the first and the second loop.
  private func shown(
    _ actuation: StageActuation, seconds: Int, begin: Double = 0, above: (Int, Int) -> Bool
  ) -> [Int] {
    let loops = FlatArray(actuation.detectors.map { _ in Loop(lane: 0, begin: 0, length: 0) })
    var noticed = loops
    var controller = ActuatedController(actuation, firstLoop: 0, at: begin)
    return (0..<seconds).map { second in
      let now = begin + Double(second)
      _ = controller.advance(to: now, noticed)
      for index in 0..<noticed.count {
        let isAbove = above(index, second)
        if noticed[index].occupant >= 0, !isAbove { noticed[index].left = now }
        if noticed[index].occupant < 0, isAbove { noticed[index].entered = now }
        noticed[index].occupant = isAbove ? 0 : -1
      }
      return controller.interval
    }
  }

  /// How long each interval was shown, in turn.
  private func lengths(_ shown: [Int]) -> [Int] {
    var lengths: [Int] = []
    for (index, interval) in shown.enumerated() {
      if index > 0, shown[index - 1] == interval {
        lengths[lengths.count - 1] += 1
      } else {
        lengths.append(1)
      }
    }
    return lengths
  }

  @Test("without traffic every green is as short as it may be")
  func empty() {
    #expect(lengths(shown(Self.actuation(), seconds: 32) { _, _ in false }) == [5, 3, 5, 3, 5, 3, 5, 3])
  }

  @Test("a queue on its loop holds a green to its maximum")
  func maximum() {
    #expect(lengths(shown(Self.actuation(), seconds: 46) { loop, _ in loop == 0 }) == [20, 3, 5, 3, 15])
  }

  @Test("a green goes on until the last vehicle is at the stop line")
  func gap() {
    // It is above the loop until second 9; looked at in 5, 7, 9 (occupied: 2 s more each) and 11: 2 s ago, which a gap of 3 s
    // allows, so 1 s more; in 12 the gap is 3 s.
    let lengths = lengths(shown(Self.actuation(), seconds: 30) { loop, second in loop == 0 && second < 10 })
    #expect(lengths[0] == 13)
  }

  @Test("who has stood on a loop for long asks for nothing any more")
  func jam() {
    #expect(
      lengths(shown(Self.actuation(jam: 8), seconds: 30) { loop, _ in loop == 0 }).first
        // At 5 and 7 it has stood for less than 8 s, at 9 for longer.
        == 9)
  }

  @Test(
    "the interval of the begin follows from offset and usual durations, and has its least duration from then on"
  )
  func begin() {
    let actuation = Self.actuation { actuation in
      for index in actuation.intervals.indices { actuation.intervals[index].usual = [20, 3, 20, 3][index] }
      actuation.offset = -25
    }
    // 25 s into a cycle of 46: two seconds into the third interval.
    #expect(lengths(shown(actuation, seconds: 13) { _, _ in false }) == [5, 3, 5])
    #expect(shown(actuation, seconds: 1) { _, _ in false } == [2])
  }

  @Test("by the clock no green ends before its earliest end, and none goes on after its latest")
  func coordination() {
    let early = Self.actuation { actuation in
      (actuation.cycle, actuation.isCoordinated) = (40, true)
      actuation.intervals[0].maximum = 60
      actuation.intervals[0].earliestEnd = 15
      actuation.intervals[0].latestEnd = 18
    }
    let quiet = shown(early, seconds: 120) { _, _ in false }
    #expect(lengths(quiet)[0] == 15)
    let busy = shown(early, seconds: 120) { _, _ in true }
    #expect(lengths(busy)[0] == 18)
    // In every cycle, though the stages between are shorter than it leaves them.
    for cycle in 0..<3 { #expect(quiet[cycle * 40 + 14] == 0 && quiet[cycle * 40 + 15] == 1) }
  }

  @Test("of several successors the one with calls follows, and stages without any are left out")
  func choice() {
    let choosing = Self.actuation { actuation in
      let third = ActuatedInterval(
        states: Self.states("gr"), minimum: 5, maximum: 20, successors: [1], detectors: [])
      actuation.intervals.append(third)
      // After the first stage's yellow either the second or a third; the second only with a call.
      actuation.intervals[1].successors = [4, 2]
    }
    let none = shown(choosing, seconds: 60) { _, _ in false }
    #expect(!none.contains(2))
    let called = shown(choosing, seconds: 60) { loop, second in loop == 1 && second == 2 }
    #expect(called.contains(2))
  }
}
