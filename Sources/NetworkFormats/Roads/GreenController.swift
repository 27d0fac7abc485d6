internal import TrafficModel

/// A controller of a format that tells when signal groups are green, and nothing of what lies between.
///
/// Where a green ends, the time until something that conflicts with it begins is yellow, at most the usual one, then red.
/// What the programmes of the file never have, such as longer yellow or clearance, is not asked of new plans either.
struct GreenController {
  /// A green within the cycle, s; it may wrap past the cycle's end.
  struct Green: Hashable {
    /// 0 ..< cycle.
    var begin: Double
    /// Above 0 and at most the cycle.
    var length: Double
  }
  /// One programme, as the file has it.
  struct Program {
    var name: String
    var cycle: Double
    /// Absolute time of second 0 of the cycle, s.
    var offset: Double
    /// By group; the greens of a group do not touch each other.
    var greens: [[Green]]
  }

  var name: String
  var id: ControllerID
  var groupNames: [String]
  /// By group: the connections that it controls.
  var connections: [[Int]]
  var programs: [Program]

  /// Times closer together are the same, s.
  private static let slack = 1e-6

  /// The greens of a group, of what each row of a cycle shows it.
  static func greens(_ rows: [(duration: Double, isGreen: Bool)]) -> [Green] {
    var greens: [Green] = []
    var time = 0.0
    for row in rows {
      if row.isGreen {
        if let last = greens.last, abs(last.begin + last.length - time) < slack {
          greens[greens.count - 1].length += row.duration
        } else {
          greens.append(Green(begin: time, length: row.duration))
        }
      }
      time += row.duration
    }
    // One that lasts beyond the last row goes on in the first.
    if greens.count > 1, rows.last?.isGreen == true, rows.first?.isGreen == true {
      let first = greens.removeFirst()
      greens[greens.count - 1].length += first.length
    }
    return greens
  }

  // MARK: Conflicts

  /// Left turns that are never green together with what they would wait for need not wait.
  func protectLeftTurns(_ roads: inout ConnectedRoads) {
    var waits: Set<Int> = []
    for (group, first) in pairs() {
      for one in connections[group] where roads.ways[roads.wayOfConnection[one]].turn == .left {
        for other in connections[first] {
          guard let meeting = roads.meeting(one, other), meeting.firstYields, meeting.mayShareGreen,
            roads.ways[roads.wayOfConnection[other]].turn != .right
          else { continue }
          waits.insert(roads.wayOfConnection[one])
        }
      }
    }
    for way in connections.joined().map({ roads.wayOfConnection[$0] })
    where roads.ways[way].turn == .left && !waits.contains(way) { roads.protect(way: way) }
  }

  /// Pairs of groups that are green together at some time.
  private func pairs() -> [(Int, Int)] {
    groupNames.indices.flatMap { a in
      groupNames.indices.filter { b in
        a != b
          && programs.contains { program in
            program.greens[a].contains { one in
              program.greens[b].contains { other in
                (other.begin - one.begin).wrapped(in: program.cycle) < one.length - Self.slack
                  || (one.begin - other.begin).wrapped(in: program.cycle) < other.length - Self.slack
              }
            }
          }
      }.map { (a, $0) }
    }
  }

  private func conflicts(_ roads: ConnectedRoads) -> [[GroupConflict]] {
    var conflicts = groupNames.map { _ in groupNames.map { _ in GroupConflict.none } }
    for a in groupNames.indices {
      for b in groupNames.indices where b > a {
        var met: [PathMeeting] = []
        for one in connections[a] {
          for other in connections[b]
          where roads.links[roads.connections[one].from.index].to
            == roads.links[roads.connections[other].from.index].to
          {
            if let meeting = roads.meeting(one, other) { met.append(meeting) }
          }
        }
        guard !met.isEmpty else { continue }
        let all = PathMeeting(
          firstYields: met.contains(where: \.firstYields), secondYields: met.contains(where: \.secondYields),
          mayShareGreen: met.allSatisfy(\.mayShareGreen))
        conflicts[a][b] = GroupConflict(all)
        conflicts[b][a] = GroupConflict(all.mirrored)
      }
    }
    return conflicts
  }

  // MARK: The model's controller

  /// The controller, and what it shows by each of its programmes.
  ///
  /// - Parameter warn: called with what somebody should look at.
  func build(
    _ roads: ConnectedRoads, warn: (String) -> Void
  ) -> (controller: SignalController, programs: [SignalProgram]) {
    var conflicts = conflicts(roads)
    let programs = programs.map { program($0, conflicts) }
    let together = pairs().filter { $0 < $1 && conflicts[$0][$1] == .exclusive }
    for (a, b) in together { (conflicts[a][b], conflicts[b][a]) = (.accepted, .accepted) }
    if let (a, b) = together.first {
      let more = together.count > 1 ? ", and \(together.count - 1) more such pairs" : ""
      warn(
        "'\(groupNames[a])' and '\(groupNames[b])' of controller '\(name)' are green together though they conflict\(more): accepted as it is"
      )
    }
    let groups = groupNames.indices.map { group in
      let runs = programs.flatMap { program in
        program.runs(ofGroup: group, where: \.isGreen).map(program.duration(of:))
      }
      return SignalGroup(
        name: groupNames[group],
        minimumGreen: min(NativeSettings.usual.minimumGreen, runs.min() ?? .infinity),
        yellow: programs.compactMap { shortestYellow(group, $0) }.min() ?? NativeSettings.usual.yellow,
        mustBeServed: programs.allSatisfy { $0.green(ofGroup: group) > 0 })
    }
    var intergreens = conflicts.map { $0.map { _ in 0.0 } }
    var starts = conflicts.map { $0.map { _ in false } }
    let clearances = programs.map(\.clearances)
    for a in conflicts.indices {
      for b in conflicts.indices where conflicts[a][b] != .none {
        let shown = clearances.compactMap { $0.shortest(from: a, to: b) }.min()
        intergreens[a][b] = min(NativeSettings.usual.yellow + NativeSettings.usual.allRed, shown ?? .infinity)
        starts[a][b] = programs.contains { startsInYellow(of: a, b, in: $0) }
      }
    }
    let cycles = programs.map(\.cycle)
    let usual = NativeSettings.usual.cycleRange
    return (
      SignalController(
        name: name, groups: groups, conflicts: conflicts, intergreens: intergreens,
        startsDuringYellow: starts,
        cycleBounds: min(
          usual.lowerBound, cycles.min() ?? usual.lowerBound)...max(
            usual.upperBound, cycles.max() ?? usual.upperBound)), programs
    )
  }

  private func shortestYellow(_ group: Int, _ program: SignalProgram) -> Double? {
    let runs = program.runs(ofGroup: group) { $0.isGreen }
    guard runs != [IntervalRun(first: 0, count: program.intervals.count)] else { return nil }
    return runs.map { run in
      var (row, yellow) = ((run.first + run.count) % program.intervals.count, 0.0)
      while program.intervals[row].states[group] == .yellow {
        yellow += program.intervals[row].duration
        row = (row + 1) % program.intervals.count
      }
      return yellow
    }.min()
  }

  private func startsInYellow(of a: Int, _ b: Int, in program: SignalProgram) -> Bool {
    let rows = program.intervals
    return rows.indices.contains { row in
      let before = rows[(row + rows.count - 1) % rows.count].states[b]
      return rows[row].states[a] == .yellow && rows[row].states[b].isGreen && !before.isGreen
    }
  }

  // MARK: Programmes

  private func program(_ source: Program, _ conflicts: [[GroupConflict]]) -> SignalProgram {
    let cycle = source.cycle
    let yellows = source.greens.indices.map { group in
      source.greens[group].map { yellow(after: $0, of: group, source, conflicts) }
    }
    var bounds: [Double] = [0]
    for (greens, yellows) in zip(source.greens, yellows) {
      for (green, yellow) in zip(greens, yellows) {
        let end = green.begin + green.length
        bounds += [green.begin, end, end + yellow].map { $0.wrapped(in: cycle) }
      }
    }
    bounds.sort()
    bounds = bounds.reduce(into: []) { kept, bound in
      if kept.last.map({ bound - $0 > Self.slack }) ?? true, bound < cycle - Self.slack { kept.append(bound) }
    }
    var intervals: [SignalInterval] = []
    for (begin, end) in zip(bounds, bounds.dropFirst() + [cycle]) {
      let states = states(at: (begin + end) / 2, source, yellows, conflicts)
      if intervals.last?.states == states {
        intervals[intervals.count - 1].duration += end - begin
      } else {
        intervals.append(SignalInterval(duration: end - begin, states: states))
      }
    }
    var offset = source.offset
    if intervals.count > 1, let last = intervals.last, last.states == intervals[0].states {
      // What is shown over second 0 begins the programme.
      intervals[0].duration += last.duration
      intervals.removeLast()
      offset -= last.duration
    }
    return SignalProgram(
      controller: id, name: source.name, offset: offset.wrapped(in: cycle), intervals: intervals
    ).beginningWithStage()
  }

  /// Seconds from the end of a green that are yellow.
  private func yellow(
    after green: Green, of group: Int, _ source: Program, _ conflicts: [[GroupConflict]]
  ) -> Double {
    let end = green.begin + green.length
    let next = source.greens.indices.flatMap { other -> [Double] in
      guard other == group || conflicts[group][other] != .none else { return [] }
      return source.greens[other].map { ($0.begin - end).wrapped(in: source.cycle) }
    }
    return min(NativeSettings.usual.yellow, next.min() ?? 0)
  }

  private func states(
    at time: Double, _ source: Program, _ yellows: [[Double]], _ conflicts: [[GroupConflict]]
  ) -> [SignalState] {
    var states = source.greens.indices.map { group -> SignalState in
      var state = SignalState.red
      for (green, yellow) in zip(source.greens[group], yellows[group]) {
        let since = (time - green.begin).wrapped(in: source.cycle)
        if since < green.length { return .protectedGreen }
        if since < green.length + yellow { state = .yellow }
      }
      return state
    }
    let isGreen = states.map(\.isGreen)
    for group in states.indices where isGreen[group] {
      let yields = states.indices.contains { isGreen[$0] && conflicts[group][$0].makesRowYield }
      if yields { states[group] = .permissiveGreen }
    }
    return states
  }
}
