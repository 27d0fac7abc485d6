internal import TrafficModel

/// One controller that responds stage by stage: which interval it shows, and when it looks again at its detectors.
///
/// It looks when the interval's minimum is over, and then whenever the extension that it granted is; the order of these decisions is
/// that of SUMO's `actuated` logic.
struct ActuatedController {
  private let actuation: StageActuation
  private let successors: ActuatedSuccessors
  /// Position of its first loop among all.
  let firstLoop: Int
  /// The interval that it shows.
  private(set) var interval: Int
  /// Absolute s: when it looks at its detectors next.
  private(set) var nextLook: Double
  /// By interval, absolute s: when it last began, and when it last ended.
  private var begun: [Double]
  private var ended: [Double]
  /// By detector, absolute s: when a stage that it prolongs was last shown.
  private var served: [Double]

  /// - Parameter begin: absolute s.
  init(_ actuation: StageActuation, firstLoop: Int, at begin: Double) {
    self.actuation = actuation
    self.firstLoop = firstLoop
    successors = ActuatedSuccessors(actuation)
    interval = actuation.interval(at: begin)
    begun = actuation.intervals.map { _ in begin }
    ended = actuation.intervals.map { _ in -1 }
    served = actuation.detectors.map { _ in 0 }
    nextLook = begin
    nextLook = begin + max(actuation.intervals[interval].minimum, timeToEarliestEnd(at: begin, since: -1))
  }

  /// By group: what it shows.
  var states: [SignalState] { actuation.intervals[interval].states }

  /// More than roundings make of a time, s.
  static let rounding = 1e-9
  /// s after which it looks again where it stays as it is.
  private static let retry = 1.0

  /// Decides what it shows at absolute time `now`, and tells whether that is something else.
  ///
  /// - Parameter loops: of all controllers.
  mutating func advance(to now: Double, _ loops: borrowing FlatArray<Loop>) -> Bool {
    let before = interval
    // Intervals whose time is over already are passed, but none twice.
    for _ in actuation.intervals where nextLook <= now + Self.rounding { look(at: now, loops) }
    return interval != before
  }

  private mutating func look(at now: Double, _ loops: borrowing FlatArray<Loop>) {
    let current = actuation.intervals[interval]
    let next: Int
    if current.successors.count == 1 {
      if let gap = smallestGap(at: now, loops) {
        nextLook = now + prolongation(after: gap, at: now)
        return
      }
      next = current.successors[0]
    } else {
      next = choice(at: now, loops)
    }
    let lastBegin = begun[next]
    let stays = next == interval
    if !stays {
      (ended[interval], begun[next]) = (now, now)
      interval = next
    }
    if actuation.choosesStages, actuation.intervals[next].isStage {
      for detector in actuation.intervals[next].detectors { served[detector] = now }
    }
    nextLook =
      now
      + max(
        stays ? Self.retry : 0, actuation.intervals[next].minimum - elapsed(at: now),
        timeToEarliestEnd(at: now, since: lastBegin))
  }

  /// s since the present interval began.
  private func elapsed(at now: Double) -> Double { now - begun[interval] }

  // MARK: Extensions

  /// The time since a vehicle passed that may still need the green, s; nil where the interval ends.
  private func smallestGap(at now: Double, _ loops: borrowing FlatArray<Loop>) -> Double? {
    guard actuation.intervals[interval].isStage, mayGoOn(at: now) else { return nil }
    var smallest: Double?
    for detector in actuation.intervals[interval].detectors {
      let loop = loops[firstLoop + detector]
      let gap = loop.gap(at: now)
      guard gap < actuation.detectors[detector].largestGap, !isJammed(detector, loop, at: now) else {
        continue
      }
      smallest = min(smallest ?? gap, gap)
    }
    return smallest
  }

  private func mayGoOn(at now: Double) -> Bool {
    elapsed(at: now) < actuation.intervals[interval].maximum && timeToLatestEnd(at: now) > 0
  }

  private func isJammed(_ detector: Int, _ loop: Loop, at now: Double) -> Bool {
    actuation.detectors[detector].jamThreshold.map { loop.occupied(at: now) >= $0 } ?? false
  }

  /// How long the present interval goes on after a gap, s: until that vehicle is at the stop line, in whole seconds since the
  /// interval's begin.
  private func prolongation(after gap: Double, at now: Double) -> Double {
    let elapsed = elapsed(at: now)
    let current = actuation.intervals[interval]
    // As SUMO counts, in milliseconds.
    let wanted = (max(current.minimum - elapsed, actuation.passageTime - gap, 0.001) * 1000).rounded() / 1000
    let whole = wanted == wanted.rounded() ? wanted : (wanted + elapsed).rounded(.down) + 1 - elapsed
    return min(whole, current.maximum - elapsed, timeToLatestEnd(at: now))
  }

  // MARK: Coordination

  private func timeInCycle(at now: Double) -> Double {
    (now - (actuation.isCoordinated ? actuation.offset : begun[0])).positiveRemainder(actuation.cycle)
  }

  /// s that the present interval may still be prolonged by the cycle; infinite where the cycle does not say.
  private func timeToLatestEnd(at now: Double) -> Double {
    let current = actuation.intervals[interval]
    guard let latest = current.latestEnd else { return .infinity }
    let time = timeInCycle(at: now)
    // It ends in the next cycle, and began in this one.
    if let earliest = current.earliestEnd, latest < earliest, elapsed(at: now) < time { return .infinity }
    if latest == actuation.cycle, time == 0 { return 0 }
    return max(0, latest - time)
  }

  /// s before which the present interval does not end by the cycle; 0 or less where the cycle does not say.
  ///
  /// - Parameter lastBegin: when it began before this time, absolute s.
  private func timeToEarliestEnd(at now: Double, since lastBegin: Double) -> Double {
    let current = actuation.intervals[interval]
    guard var earliest = current.earliestEnd else { return 0 }
    let time = timeInCycle(at: now)
    if lastBegin >= now - time, lastBegin < ended[interval] {
      // It has had its turn in this cycle.
      earliest += actuation.cycle
    } else if let latest = current.latestEnd {
      let shortest = time + current.minimum - elapsed(at: now)
      if latest > earliest, latest < shortest {
        earliest += actuation.cycle
      } else if latest < earliest, latest >= shortest {
        earliest -= actuation.cycle
      }
    }
    return min(earliest - time, current.maximum - elapsed(at: now))
  }

  // MARK: Choosing stages

  /// Which of several successors follows, or that the present interval goes on: where most detectors have calls.
  private func choice(at now: Double, _ loops: borrowing FlatArray<Loop>) -> Int {
    var chosen = actuation.intervals[interval].successors[0]
    var highest = 0
    if mayGoOn(at: now) {
      let own = priority(of: interval, at: now, loops)
      if own > highest { (chosen, highest) = (interval, own) }
    }
    for (next, stages) in successors.stages(from: interval) {
      var sum = 0
      for stage in stages { sum += priority(of: stage, at: now, loops) }
      if sum > highest { (chosen, highest) = (next, sum) }
    }
    return chosen
  }

  private func priority(of stage: Int, at now: Double, _ loops: borrowing FlatArray<Loop>) -> Int {
    var sum = 0
    for detector in actuation.intervals[stage].detectors {
      sum += priority(ofDetector: detector, loops[firstLoop + detector], at: now)
    }
    return sum
  }

  private static let priorityOfThoseServed = 10

  private func priority(ofDetector detector: Int, _ loop: Loop, at now: Double) -> Int {
    let hasVehicle =
      loop.gap(at: now) < actuation.detectors[detector].largestGap && !isJammed(detector, loop, at: now)
    guard hasVehicle || served[detector] < loop.lastDetection(at: now) else { return 0 }
    let waiting = now - served[detector]
    if waiting > actuation.starvation { return Int(min(waiting, 1e9)) }
    guard actuation.intervals[interval].detectors.contains(detector) else { return 1 }
    return mayGoOn(at: now) ? Self.priorityOfThoseServed : 0
  }
}

extension StageActuation {
  /// The interval that a controller begins with at absolute time `begin`, by its usual durations.
  fileprivate func interval(at begin: Double) -> Int {
    var place = (begin - offset).positiveRemainder(intervals.reduce(0) { $0 + $1.usual })
    for (index, interval) in intervals.enumerated() {
      if place < interval.usual { return index }
      place -= interval.usual
    }
    return 0
  }
}
