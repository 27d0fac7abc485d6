/// One row of a controller's programme: what every group shows, and for how long.
public struct SignalInterval: Hashable, Sendable {
  /// Seconds.
  public var duration: Double
  /// One state for each group of the controller, in the groups' order.
  public var states: [SignalState]

  /// An interval of `duration` seconds.
  public init(duration: Double, states: [SignalState]) {
    self.duration = duration
    self.states = states
  }

  /// Whether it separates stages: some group shows yellow or red-and-yellow, or no group has a green of
  /// any kind.
  public var isTransition: Bool {
    states.contains { $0 == .yellow || $0 == .redYellow } || !states.contains { $0.isGreen }
  }
}

/// The fixed-time programme of one controller: its intervals, repeated for ever.
public struct SignalProgram: Hashable, Sendable {
  /// The controller that runs it.
  public var controller: ControllerID
  /// Its name among the controller's programmes.
  public var name: String
  /// Seconds: `intervals[0]` begins at the absolute times offset + n × cycle, counted from the plan's
  /// reference time (midnight, or time 0 of the simulation). A larger offset is a later green.
  public var offset: Double
  /// The rows, in order; a programme that readers and optimizers make begins with a stage.
  public var intervals: [SignalInterval]
  /// What traffic decides; nil where the clock decides everything. The intervals of a programme that responds are a picture
  /// of it only: its stages one after the other, each as long as it usually lasts.
  public var actuation: StageActuation?

  /// Sums of whole or decimal seconds that differ by less are the same, s.
  public static let slack = 1e-6

  /// A programme.
  public init(
    controller: ControllerID, name: String, offset: Double, intervals: [SignalInterval],
    actuation: StageActuation? = nil
  ) {
    self.controller = controller
    self.name = name
    self.offset = offset
    self.intervals = intervals
    self.actuation = actuation
  }

  /// The programme that runs by the clock alone: of one that responds, its picture.
  public var fixedTime: SignalProgram {
    var program = self
    program.actuation = nil
    return program
  }

  /// Seconds until the programme repeats: the sum of its intervals.
  public var cycle: Double { intervals.reduce(0) { $0 + $1.duration } }

  /// Positions of the intervals that are stages, in order.
  public var stages: [Int] { intervals.indices.filter { !intervals[$0].isTransition } }

  /// Where the cycle stands at absolute time `time`: seconds since `intervals[0]` last began, in 0 ..< cycle.
  public func positionInCycle(at time: Double) -> Double {
    (time - offset).positiveRemainder(cycle)
  }

  /// The states shown at absolute time `time`.
  public func states(at time: Double) -> [SignalState] {
    var rest = positionInCycle(at: time)
    for interval in intervals {
      if rest < interval.duration { return interval.states }
      rest -= interval.duration
    }
    return intervals[intervals.count - 1].states
  }

  /// The same programme written so that its first interval is a stage; absolute times are unchanged.
  public func beginningWithStage() -> SignalProgram {
    guard let first = stages.first, first > 0 else { return self }
    var rotated = self
    rotated.intervals = Array(intervals[first...] + intervals[..<first])
    let shifted = offset + intervals[..<first].reduce(0) { $0 + $1.duration }
    let cycle = cycle
    rotated.offset = shifted >= cycle ? shifted - cycle : shifted
    return rotated
  }

  /// The maximal runs, over the repeating cycle, in which group `group` shows a state that `shows` accepts:
  /// the position of the first interval and the number of intervals. Empty when it never does; one run of
  /// all intervals, beginning at 0, when it always does.
  public func runs(ofGroup group: Int, where shows: (SignalState) -> Bool) -> [IntervalRun] {
    let on = intervals.map { shows($0.states[group]) }
    guard on.contains(false) else { return on.isEmpty ? [] : [IntervalRun(first: 0, count: on.count)] }
    return on.indices.compactMap { index in
      guard on[index], !on[(index + on.count - 1) % on.count] else { return nil }
      var count = 0
      while on[(index + count) % on.count] { count += 1 }
      return IntervalRun(first: index, count: count)
    }
  }

  /// The runs of group `group`'s protected green that begin or end in its permissive green.
  public func arrows(ofGroup group: Int) -> [IntervalRun] {
    func state(_ row: Int) -> SignalState {
      intervals[(row + intervals.count) % intervals.count].states[group]
    }
    return runs(ofGroup: group) { $0 == .protectedGreen }.filter { run in
      run.count < intervals.count
        && (state(run.first - 1) == .permissiveGreen || state(run.first + run.count) == .permissiveGreen)
    }
  }

  /// Seconds that a run of intervals lasts.
  public func duration(of run: IntervalRun) -> Double {
    (0..<run.count).reduce(0) { $0 + intervals[(run.first + $1) % intervals.count].duration }
  }

  /// Seconds of a cycle in which group `group` shows a green.
  public func green(ofGroup group: Int) -> Double {
    intervals.reduce(0) { $0 + ($1.states[group].isGreen ? $1.duration : 0) }
  }
}

/// Consecutive intervals of a programme; the run may wrap past the cycle's end.
public struct IntervalRun: Hashable, Sendable {
  /// Position of the first interval.
  public var first: Int
  /// How many intervals.
  public var count: Int

  /// A run of `count` intervals from `first`.
  public init(first: Int, count: Int) {
    self.first = first
    self.count = count
  }
}
