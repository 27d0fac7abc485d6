/// How a controller comes from one programme into step with another.
///
/// It leaves the old programme at the end of a stage, clears whoever has to stop, enters the new programme at the
/// begin of a stage, and then runs the new stages longer or shorter until they come when the new offset says.
/// Of all these ways it takes the one that is in step first. Minimum greens, walks, yellows and intergreens hold
/// throughout. The method is the "shortway" of signal controllers (Signal Timing Manual, 2nd edition, 2015, chapter
/// 7), with a free choice of the stages between which to change.
public struct PlanTransition: Hashable, Sendable {
  /// How far stages may be changed to get into step.
  public struct Limits: Hashable, Sendable {
    /// Largest lengthening of a stage, as a share of it.
    public var lengthening = 0.5
    /// Largest shortening of a stage, as a share of it.
    public var shortening = 0.2

    /// The usual limits: half longer, a fifth shorter.
    public init() {}
  }

  /// Absolute s; until then the old programme runs. The end of one of its stages.
  public let begin: Double
  /// What is shown from then on, once; empty where the new programme can follow the old one at once.
  public let intervals: [SignalInterval]
  /// Absolute s; from then on the new programme runs, in step.
  public var end: Double { begin + intervals.reduce(0) { $0 + $1.duration } }

  /// The quickest legal way from `old` to `new`, both of them legal, begun at `time` or as soon after it as a stage
  /// ends.
  ///
  /// No group waits longer for its green than a cycle of the longer programme, lengthened, unless there is no other
  /// way.
  /// - Returns: nil where no way keeps the controller's rules.
  public init?(
    from old: SignalProgram, to new: SignalProgram, of controller: SignalController, at time: Double,
    limits: Limits = Limits()
  ) {
    guard !old.runs(like: new) else {
      (begin, intervals) = (time, [])
      return
    }
    let groups = ConflictingGroups(controller)
    let minimums = new.minimums(of: controller)
    var ways: [Way] = []
    for leaving in old.changePoints {
      for entering in new.changePoints {
        let entry = Entry(
          old: old, leaving: leaving, new: new, entering: entering, groups: groups, time: time)
        guard let entry else { continue }
        ways += [Way.Direction.lengthen, .shorten].compactMap {
          Way(entry, new: new, $0, minimums: minimums, limits: limits)
        }
      }
    }
    let longest = max(old.cycle, new.cycle) * (1 + limits.lengthening)
    // The first in step that is legal; of those that keep somebody waiting too long, the one with the shortest wait.
    var best: (way: Way, wait: Double)?
    for way in ways.sorted(by: { $0.end < $1.end }) {
      let sequence = SignalSequence(intervals: way.history + way.intervals + way.after)
      let wait = sequence.longestWait(controller)
      guard wait <= longest || wait < best?.wait ?? .infinity, sequence.lacks(for: groups)?.isEmpty == true
      else { continue }
      best = (way, wait)
      if wait <= longest { break }
    }
    guard let best else { return nil }
    (begin, intervals) = (best.way.begin, best.way.intervals)
  }
}

extension SignalProgram {
  /// Whether it shows the same as `other` at all times.
  func runs(like other: SignalProgram) -> Bool {
    guard intervals == other.intervals else { return false }
    let shift = (offset - other.offset).truncatingRemainder(dividingBy: cycle)
    return min(abs(shift), cycle - abs(shift)) < PlanTransition.precision
  }

  /// Intervals between which programmes may be changed: stages, or all where there is none.
  fileprivate var changePoints: [Int] { stages.isEmpty ? Array(intervals.indices) : stages }

  /// s from the cycle's begin to the begin of an interval.
  fileprivate func begin(of interval: Int) -> Double {
    intervals[..<interval].reduce(0) { $0 + $1.duration }
  }

  /// The intervals of a cycle, from number `first` on.
  fileprivate func cycle(from first: Int) -> [SignalInterval] {
    Array(intervals[first...] + intervals[..<first])
  }

  /// The first absolute time, not before `time`, at which the cycle stands at `position`.
  fileprivate func time(of position: Double, from time: Double) -> Double {
    let wait = (position - positionInCycle(at: time)).truncatingRemainder(dividingBy: cycle)
    if wait < -PlanTransition.precision { return time + wait + cycle }
    return time + max(0, wait)
  }
}

extension PlanTransition {
  /// Smaller differences of times are rounding, s.
  static let precision = 1e-6

  /// The end of an old stage, and the begin of a new one after it.
  fileprivate struct Entry {
    /// What the old programme showed, up to the end of its stage.
    var history: [SignalInterval]
    /// Absolute s.
    var begin: Double
    /// From the old stage's planned end to the new stage's begin.
    var intervals: [SignalInterval]
    /// The new stage.
    var stage: Int
    /// s that it must last longer than planned.
    var hold: Double

    var end: Double { begin + intervals.reduce(0) { $0 + $1.duration } }

    /// nil where no waiting in the two stages makes the change legal.
    init?(
      old: SignalProgram, leaving: Int, new: SignalProgram, entering: Int, groups: ConflictingGroups,
      time: Double
    ) {
      let last = old.intervals[leaving]
      let before = new.intervals[(entering + new.intervals.count - 1) % new.intervals.count]
      let begin = old.time(of: old.begin(of: leaving) + last.duration, from: time)
      let history = old.cycle(from: (leaving + 1) % old.intervals.count)
      var (oldHold, newHold) = (0.0, 0.0)
      for _ in 0..<Self.rounds {
        var held = history
        held[held.count - 1].duration += oldHold
        let change = StageChange(
          after: held, to: new.intervals[entering].states, of: groups.controller, starts: .together,
          redYellows: before.states.map { $0 == .redYellow ? before.duration : 0 })
        var after = new.cycle(from: entering)
        after[0].duration += newHold
        let entry = held.count + change.intervals.count
        let sequence = SignalSequence(intervals: held + change.intervals + after)
        guard let lacks = sequence.lacks(for: groups) else { return nil }
        guard !lacks.isEmpty else {
          self.history = history
          self.begin = begin
          let hold = oldHold > 0 ? [SignalInterval(duration: oldHold, states: last.states)] : []
          intervals = hold + change.intervals
          stage = entering
          self.hold = newHold
          return
        }
        let (oldBefore, newBefore) = (oldHold, newHold)
        for lack in lacks {
          if lack.intervals.contains(entry) {
            newHold = max(newHold, newBefore + lack.seconds)
          } else if lack.intervals.contains(held.count - 1) {
            oldHold = max(oldHold, oldBefore + lack.seconds)
          } else {
            return nil
          }
        }
      }
      return nil
    }

    /// Seconds added for one group can be missing for the next one; a few rounds end that.
    private static let rounds = 5
  }

  /// An entry, and the changed stages that bring the new programme into step.
  fileprivate struct Way {
    enum Direction {
      case lengthen, shorten
    }
    var begin: Double
    var intervals: [SignalInterval]
    /// What the old programme showed before.
    var history: [SignalInterval]
    /// The new programme's next cycle.
    var after: [SignalInterval]

    var end: Double { begin + intervals.reduce(0) { $0 + $1.duration } }

    init?(
      _ entry: Entry, new: SignalProgram, _ direction: Direction, minimums: [IntervalMinimum], limits: Limits
    ) {
      history = entry.history
      begin = entry.begin
      intervals = entry.intervals
      after = []
      let cycle = new.cycle
      let due = new.time(of: new.begin(of: entry.stage), from: entry.end)
      var late = (due - entry.end - entry.hold).truncatingRemainder(dividingBy: cycle)
      if late < 0 { late += cycle }
      if late < precision || cycle - late < precision { late = 0 }
      var stretch = Stretch(
        rest: direction == .lengthen || late == 0 ? late : cycle - late, direction: direction, limits: limits,
        durations: new.intervals.map(\.duration), minimums: minimums)
      // Without a shift to make up there is one way, not two.
      if late == 0, direction == .shorten { return nil }
      var hold = entry.hold
      var position = entry.stage
      var cycles = 0
      while stretch.rest > 0 || hold > 0 {
        let before = stretch.rest
        for _ in new.intervals.indices where stretch.rest > 0 || hold > 0 {
          var interval = new.intervals[position]
          if !interval.isTransition || new.stages.isEmpty { interval.duration = stretch.next(position) }
          interval.duration += hold
          hold = 0
          intervals.append(interval)
          position = (position + 1) % new.intervals.count
        }
        cycles += 1
        guard stretch.rest == 0 || (stretch.rest < before && cycles < Self.mostCycles) else { return nil }
      }
      after = new.cycle(from: position)
    }

    /// A way that takes longer has lost its sense.
    private static let mostCycles = 20
  }

  /// Stage durations, each changed as far as limits and minimums allow until nothing is left to make up.
  private struct Stretch {
    /// s.
    var rest: Double
    let direction: Way.Direction
    let limits: Limits
    /// The latest of each interval, s.
    var durations: [Double]
    let minimums: [IntervalMinimum]
    let planned: [Double]

    init(
      rest: Double, direction: Way.Direction, limits: Limits, durations: [Double], minimums: [IntervalMinimum]
    ) {
      self.rest = rest
      self.direction = direction
      self.limits = limits
      self.durations = durations
      self.minimums = minimums
      planned = durations
    }

    /// The duration of the next stage, s.
    mutating func next(_ stage: Int) -> Double {
      durations[stage] = planned[stage]
      switch direction {
      case .lengthen:
        let most = max(1, (planned[stage] * limits.lengthening).rounded(.down))
        change(stage, by: min(rest, most))
      case .shorten:
        let share = (planned[stage] * limits.shortening).rounded(.down)
        let slack = minimums.filter { $0.intervals.contains(stage) }.reduce(share) { slack, minimum in
          min(slack, minimum.intervals.reduce(-minimum.seconds) { $0 + durations[$1] })
        }
        change(stage, by: -max(0, min(rest, slack)))
      }
      return durations[stage]
    }

    private mutating func change(_ stage: Int, by seconds: Double) {
      durations[stage] += seconds
      rest -= abs(seconds)
      if rest < precision { rest = 0 }
    }
  }
}
