/// A controller's groups, each with the ones that it conflicts with.
struct ConflictingGroups {
  let controller: SignalController
  /// By group.
  let foes: [[Int]]

  init(_ controller: SignalController) {
    self.controller = controller
    foes = controller.groups.indices.map { group in
      controller.groups.indices.filter { $0 != group && controller.conflicts[$0][group] != .none }
    }
  }
}

/// Intervals that a controller shows one after the other, once.
struct SignalSequence {
  var intervals: [SignalInterval]

  /// Consecutive intervals that last too short for some group.
  struct Lack {
    var intervals: Range<Int>
    /// s.
    var seconds: Double
  }

  /// What is too short: minimum greens of the greens that begin and end in the sequence, and intergreens.
  ///
  /// - Returns: nil where no seconds would help: conflicting greens, a start during a yellow, a yellow cut short.
  func lacks(for groups: ConflictingGroups) -> [Lack]? {
    guard isFreeOfConflicts(groups) else { return nil }
    let controller = groups.controller
    var lacks: [Lack] = []
    for group in controller.groups.indices {
      let greens = greens(ofGroup: group)
      for green in greens where green.lowerBound > 0 && green.upperBound < intervals.count {
        note(green, needs: controller.groups[group].minimumGreen, in: &lacks)
      }
      for green in greens {
        guard hasYellow(after: green, ofGroup: group, needed: controller.groups[group].yellow) else {
          return nil
        }
        guard green.lowerBound > 0 else { continue }
        for other in groups.foes[group] {
          guard let last = lastGreen(ofGroup: other, before: green.lowerBound) else { continue }
          // A green that goes on is a matter of conflicts, not of clearing.
          if last == green.lowerBound - 1, intervals[green.lowerBound].states[other].isGreen { continue }
          note(
            last + 1..<green.lowerBound, needs: controller.intergreens[other][group], in: &lacks)
        }
      }
    }
    return lacks
  }

  /// The longest time, s, that a group which must be served has to wait for its green within the sequence.
  func longestWait(_ controller: SignalController) -> Double {
    var longest = 0.0
    for group in controller.groups.indices where controller.groups[group].mustBeServed {
      var wait = 0.0
      for interval in intervals {
        wait = interval.states[group].mayGo ? 0 : wait + interval.duration
        longest = max(longest, wait)
      }
    }
    return longest
  }

  private func note(_ range: Range<Int>, needs seconds: Double, in lacks: inout [Lack]) {
    let lack = seconds - range.reduce(0) { $0 + intervals[$1].duration }
    if lack > SignalProgram.slack { lacks.append(Lack(intervals: range, seconds: lack)) }
  }

  private func isFreeOfConflicts(_ groups: ConflictingGroups) -> Bool {
    let controller = groups.controller
    for (row, interval) in intervals.enumerated() {
      for b in groups.foes.indices where interval.states[b].isGreen {
        let starts = row > 0 && !intervals[row - 1].states[b].isGreen
        for a in groups.foes[b] {
          let first = interval.states[a]
          if !controller.conflicts[a][b].permits(first, interval.states[b]) { return false }
          if starts, first == .yellow, !controller.startsDuringYellow[a][b] { return false }
        }
      }
    }
    return true
  }

  private func greens(ofGroup group: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var begin: Int?
    for row in 0...intervals.count {
      let isGreen = row < intervals.count && intervals[row].states[group].isGreen
      if isGreen, begin == nil { begin = row }
      if !isGreen, let first = begin {
        found.append(first..<row)
        begin = nil
      }
    }
    return found
  }

  private func lastGreen(ofGroup group: Int, before row: Int) -> Int? {
    intervals[..<row].lastIndex { $0.states[group].isGreen }
  }

  private func hasYellow(after green: Range<Int>, ofGroup group: Int, needed: Double) -> Bool {
    var row = green.upperBound
    var yellow = 0.0
    while row < intervals.count, intervals[row].states[group] == .yellow {
      yellow += intervals[row].duration
      row += 1
    }
    // What comes after the sequence is not known; yellow that leads back to green takes no right of way.
    guard row < intervals.count, !intervals[row].states[group].isGreen else { return true }
    return yellow >= needed - SignalProgram.slack
  }
}
