internal import TrafficModel

/// A time of the cycle in which a group shows one state other than red and yellow, and what surrounds it.
struct GroupTime: Hashable {
  /// s from the begin of the programme; nil where it is shown all the time.
  var begin: Double?
  /// s.
  var length: Double
  /// s of red and yellow before it.
  var redYellow: Double
  /// s of yellow after it.
  var yellow: Double
  /// s of red after the yellow before what conflicts may start; nil where another state follows.
  var allRed: Double?
  /// s from the begin of the programme to its end; nil where it has none.
  var end: Double?
}

/// What a group shows under each of some programmes, as a sheet has it: protected and permissive parts apart.
struct GroupTimes {
  var group: Int
  var state: SignalState
  /// By programme; nil where it has no such part.
  var times: [GroupTime?]

  private static let shown: [SignalState] = [
    .protectedGreen, .permissiveGreen, .stopThenGo, .blinking, .off,
  ]

  /// The rows of some programmes of a controller.
  ///
  /// - Parameter groups: positions, in the order of the rows.
  static func rows(_ programs: [SignalProgram], groups: [Int], network: Network) -> [GroupTimes] {
    let sheets = programs.map { PlanSheet($0, network: network) }
    return groups.flatMap { group in
      shown.flatMap { state -> [GroupTimes] in
        let times = programs.indices.map { Self.times(of: group, state, programs[$0], sheets[$0]) }
        let most = times.map(\.count).max() ?? 0
        return (0..<most).map { index in
          GroupTimes(group: group, state: state, times: times.map { index < $0.count ? $0[index] : nil })
        }
      }
    }
  }

  private static func times(
    of group: Int, _ state: SignalState, _ program: SignalProgram, _ sheet: PlanSheet
  ) -> [GroupTime] {
    let (count, cycle) = (program.intervals.count, program.cycle)
    func shown(_ row: Int) -> SignalState { program.intervals[(row + count) % count].states[group] }
    return program.runs(ofGroup: group) { $0 == state }.map { run in
      let length = program.duration(of: run)
      guard run.count < count else {
        return GroupTime(begin: nil, length: length, redYellow: 0, yellow: 0, allRed: nil, end: nil)
      }
      let begin = program.begin(ofInterval: run.first)
      let end = (begin + length).wrapped(in: cycle)
      var (redYellow, row) = (0.0, run.first - 1)
      while row > run.first - count, shown(row) == .redYellow {
        redYellow += program.intervals[(row + count) % count].duration
        row -= 1
      }
      let ends = sheet.rows.first { row in
        row.group == group
          && row.forceOff.map { $0.distance(to: end, in: cycle) < SignalProgram.slack } ?? false
      }
      return GroupTime(
        begin: begin, length: length, redYellow: redYellow,
        yellow: program.yellow(after: run, ofGroup: group),
        allRed: ends?.allRed, end: end)
    }
  }
}
