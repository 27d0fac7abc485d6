import TestSupport
import Testing

@testable import TrafficModel

/// A controller with random conflicts and times, and two stages of it that are free of conflicts.
private struct RandomPair: CustomTestStringConvertible {
  let controller: SignalController
  let last: [SignalState]
  let next: [SignalState]

  var testDescription: String {
    "\((last + [.off] + next).map(\.rawValue).joined()), intergreens \(controller.intergreens)"
  }

  /// - Parameter step: s; all times are multiples of it.
  init(_ numbers: inout LinearCongruential, step: Double) {
    let count = numbers.whole(in: 2...8)
    let all = 0..<count
    var conflicts = all.map { _ in all.map { _ in GroupConflict.none } }
    var intergreens = all.map { _ in all.map { _ in 0.0 } }
    var duringYellow = all.map { _ in all.map { _ in false } }
    let yellows = all.map { _ in Double(numbers.below(6)) * step }
    for a in all {
      for b in a + 1..<count where numbers.once(in: 2) {
        (conflicts[a][b], conflicts[b][a]) = (.exclusive, .exclusive)
        for (one, other) in [(a, b), (b, a)] {
          intergreens[one][other] = Double(numbers.below(12)) * step
          duringYellow[one][other] = numbers.once(in: 5)
        }
      }
    }
    controller = SignalController(
      name: "", groups: all.map { SignalGroup(name: "\($0)", minimumGreen: 5, yellow: yellows[$0]) },
      conflicts: conflicts, intergreens: intergreens, startsDuringYellow: duringYellow)
    func stage() -> [SignalState] {
      var green: [Int] = []
      for _ in 0..<count {
        let group = numbers.below(count)
        if green.allSatisfy({ conflicts[$0][group] == .none }) { green.append(group) }
      }
      return all.map { group in
        guard green.contains(group) else { return .red }
        return numbers.once(in: 3) ? .permissiveGreen : .protectedGreen
      }
    }
    (last, next) = (stage(), stage())
  }

  func change(_ starts: StageChange.Starts) -> StageChange {
    StageChange(from: last, to: next, of: controller, starts: starts)
  }

  /// s from the end of the first stage until a group is green again; the change's duration where it is green in the
  /// second stage alone.
  func start(of group: Int, in change: StageChange) -> Double {
    change.intervals.prefix { !$0.states[group].isGreen }.reduce(0) { $0 + $1.duration }
  }

  /// What is broken between the stages.
  func faults(of change: StageChange) -> [String] {
    var faults: [String] = []
    let groups = controller.groups.indices
    for interval in change.intervals {
      if interval.duration <= 0 { faults.append("an interval without time") }
      for a in groups {
        for b in groups where controller.conflicts[a][b] != .none {
          if interval.states[a].isGreen, interval.states[b].isGreen {
            faults.append("\(a) and \(b) are green")
          }
          if interval.states[a] == .yellow, interval.states[b].isGreen, !controller.startsDuringYellow[a][b] {
            faults.append("\(b) is green during the yellow of \(a)")
          }
        }
      }
    }
    for a in groups where last[a].isGreen && !next[a].isGreen {
      let yellow = change.intervals.prefix { $0.states[a] == .yellow }.reduce(0) { $0 + $1.duration }
      if abs(yellow - controller.groups[a].yellow) > rounding { faults.append("yellow \(yellow) of \(a)") }
      for b in groups where !last[b].isGreen && next[b].isGreen && controller.conflicts[a][b] != .none {
        if start(of: b, in: change) < controller.intergreens[a][b] - rounding {
          faults.append("\(b) starts too early after \(a)")
        }
      }
    }
    for group in groups where last[group].isGreen && next[group].isGreen {
      if !change.intervals.allSatisfy({ $0.states[group].isGreen }) {
        faults.append("\(group) is interrupted")
      }
    }
    for group in groups where !last[group].isGreen && !next[group].isGreen {
      if !change.intervals.allSatisfy({ $0.states[group] == .red }) { faults.append("\(group) is not red") }
    }
    return faults
  }
}

/// Sums of quarters of seconds are exact; this is for the others, s.
private let rounding = 1e-9

@Suite("Changes of stage")
struct StageChangeTests {
  @Test(
    "Between any two stages nobody meets, yellows are whole and intergreens hold", arguments: [1, 0.25, 0.7])
  func safe(step: Double) {
    var numbers = LinearCongruential(seed: Int(step * 100))
    for _ in 0..<2000 {
      let pair = RandomPair(&numbers, step: step)
      for starts in [StageChange.Starts.together, .eachAtWholeSecond] {
        let faults = pair.faults(of: pair.change(starts))
        #expect(faults.isEmpty, "\(faults) \(starts) \(pair.testDescription)")
      }
    }
  }

  @Test(
    "No second could be taken away: some yellow or some intergreen lasts to the end", arguments: [1, 0.25])
  func shortest(step: Double) {
    var numbers = LinearCongruential(seed: 3)
    for _ in 0..<2000 {
      let pair = RandomPair(&numbers, step: step)
      let groups = pair.last.indices
      let ending = groups.filter { pair.last[$0].isGreen && !pair.next[$0].isGreen }
      let starting = groups.filter { !pair.last[$0].isGreen && pair.next[$0].isGreen }
      let needed = ending.flatMap { a in
        [pair.controller.groups[a].yellow] + starting.map { pair.controller.intergreens[a][$0] }
      }
      #expect(pair.change(.together).duration == needed.max() ?? 0, "\(pair.testDescription)")
    }
  }

  @Test("Starting each by itself takes no longer than starting together, and nobody starts later")
  func starts() {
    var numbers = LinearCongruential(seed: 4)
    for _ in 0..<2000 {
      let pair = RandomPair(&numbers, step: 1)
      let (together, each) = (pair.change(.together), pair.change(.eachAtWholeSecond))
      #expect(together.duration == each.duration)
      for group in pair.last.indices where pair.next[group].isGreen {
        #expect(pair.start(of: group, in: each) <= pair.start(of: group, in: together))
      }
    }
  }

  @Test("From broken times the optimizer's starts are the next whole seconds")
  func wholeSeconds() {
    var numbers = LinearCongruential(seed: 5)
    for _ in 0..<2000 {
      let pair = RandomPair(&numbers, step: 0.25)
      let (together, each) = (pair.change(.together), pair.change(.eachAtWholeSecond))
      #expect(each.duration == together.duration.rounded(.up))
      for group in pair.last.indices where pair.next[group].isGreen {
        let start = pair.start(of: group, in: each)
        #expect(start == start.rounded())
      }
    }
  }

  @Test("A change between programmes is the change of stage where the old stage has lasted long")
  func afterHistory() {
    var numbers = LinearCongruential(seed: 6)
    for _ in 0..<2000 {
      let pair = RandomPair(&numbers, step: 0.25)
      // Whoever is red in the stage was green before it, and has been cleared in its 60 s.
      let before = pair.last.map { $0.isGreen ? SignalState.red : .protectedGreen }
      let change = StageChange(
        after: [
          SignalInterval(duration: 10, states: before), SignalInterval(duration: 60, states: pair.last),
        ],
        to: pair.next, of: pair.controller, starts: .together, redYellows: pair.last.map { _ in 0 })
      #expect(change == pair.change(.together))
    }
  }

  private let two = SignalController(
    name: "", groups: ["a", "b"].map { SignalGroup(name: $0, minimumGreen: 5, yellow: 3) },
    conflicts: [[.none, .exclusive], [.exclusive, .none]], intergreens: [[0, 6], [6, 0]])

  private func rows(_ change: StageChange) -> [String] {
    change.intervals.map { "\($0.duration) " + $0.states.map(\.rawValue).joined() }
  }

  @Test("What was cleared before counts, and red and yellow lies before the green")
  func running() {
    let history = [
      SignalInterval(duration: 30, states: [.protectedGreen, .red]),
      SignalInterval(duration: 1, states: [.yellow, .red]),
    ]
    let change = StageChange(
      after: history, to: [.red, .protectedGreen], of: two, starts: .together, redYellows: [0, 1])
    #expect(rows(change) == ["2.0 yr", "2.0 rr", "1.0 ru"])
  }

  @Test(
    "Whoever may go after a stop keeps that up to its green and after its yellow, and nobody else gets it")
  func stopThenGo() {
    let change = StageChange(
      from: [.protectedGreen, .stopThenGo], to: [.stopThenGo, .protectedGreen], of: two, starts: .together)
    #expect(rows(change) == ["3.0 ys", "3.0 ss"])
    let withdrawn = StageChange(
      from: [.protectedGreen, .stopThenGo], to: [.red, .red], of: two, starts: .together)
    #expect(rows(withdrawn) == ["3.0 yr"])
  }
}
