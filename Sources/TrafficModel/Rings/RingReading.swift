/// When the phases of a controller's rings run in a programme, found from what its groups show, and what no
/// ring-barrier controller could run.
///
/// It knows nothing of how programmes are made.
public struct RingReading {
  /// A phase's green, s from the begin of the programme; it may last beyond the cycle's end.
  public struct Run: Hashable, Sendable {
    /// In 0 ..< cycle.
    public var begin: Double
    /// s.
    public var green: Double
  }
  /// By phase; nil where it never runs.
  public private(set) var runs: [Run?]
  /// What the rings cannot run, each in a sentence without a full stop.
  public private(set) var problems: [String] = []

  let program: SignalProgram
  let controller: SignalController
  let rings: PhaseRings
  let cycle: Double
  /// s from the programme's begin to each interval's, and to the end of the last one.
  let starts: [Double]
  /// By phase: what tells that it runs.
  private let keys: [PhaseRings.Keys]
  /// By barrier and ring: the phases in the order in which they run, where that is one.
  private var order: [[[Int]]] = []
  /// By barrier: when the rings cross into it; nil where no phase runs before it.
  private var crossings: [Double?] = []

  /// - Parameters:
  ///   - program: with states for each group of the controller.
  ///   - rings: the controller's, without problems.
  public init(_ program: SignalProgram, _ controller: SignalController, rings: PhaseRings) {
    self.program = program
    self.controller = controller
    self.rings = rings
    cycle = program.cycle
    starts = program.intervals.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.duration) }
    runs = rings.phases.map { _ in nil }
    keys = rings.phases.indices.map { rings.keys(of: $0, in: controller) }
    for phase in rings.phases.indices { findRun(phase) }
    guard problems.isEmpty else { return }
    clip()
    findOrder()
    guard problems.isEmpty else { return }
    checkRings()
    checkBarriers()
    checkPlaces()
    checkGroups()
    checkMinimums()
  }

  /// The order of the phases and their splits; nil where the programme has problems.
  public var timing: RingTiming? {
    guard problems.isEmpty else { return nil }
    return RingTiming(
      order: order,
      splits: runs.indices.map { index in
        runs[index].map { $0.green + rings.phases[index].clearance } ?? rings.phases[index].minimumSplit
      })
  }

  /// s from the programme's begin to the begin of the first barrier's phases.
  public var origin: Double { crossings.compactMap { $0 }.first ?? 0 }

  /// Positions of the intervals whose lengthening lengthens phases alone: no ring is in the clearance of one.
  public var adjustableIntervals: [Int] {
    program.intervals.indices.filter { row in
      rings.phases.indices.allSatisfy { index in
        guard let run = runs[index] else { return true }
        let clearance = min(rings.phases[index].clearance, cycle - run.green)
        let since = (starts[row] - run.begin - run.green + SignalProgram.slack).positiveRemainder(cycle)
        let until = cycle - since + SignalProgram.slack
        return since >= clearance && until >= program.intervals[row].duration - SignalProgram.slack
      }
    }
  }

  /// The greens of the phases as minimums of sums of intervals.
  public var minimums: [IntervalMinimum] {
    rings.phases.indices.compactMap { index in
      let phase = rings.phases[index]
      guard phase.shortestGreen > 0, let run = runs[index], run.green < cycle - SignalProgram.slack else {
        return nil
      }
      let held = program.intervals.indices.filter { holds(run, row: $0) }
      return IntervalMinimum(
        intervals: held, seconds: phase.shortestGreen, cause: .split(phase: phase.number))
    }
  }

  private func middle(_ row: Int) -> Double { (starts[row] + starts[row + 1]) / 2 }

  private func holds(_ run: Run, row: Int) -> Bool {
    (middle(row) - run.begin).positiveRemainder(cycle) < run.green
  }

  private func number(_ phase: Int) -> Int { rings.phases[phase].number }
  private func name(_ group: Int) -> String { "'\(controller.groups[group].name)'" }

  // MARK: Phases

  private mutating func findRun(_ index: Int) {
    let phase = rings.phases[index]
    let keys = keys[index]
    let shows: (SignalState) -> Bool = keys.onlyProtected ? { $0 == .protectedGreen } : \.isGreen
    var found: [(group: Int, run: Run)] = []
    for group in keys.groups {
      let greens = program.runs(ofGroup: group, where: shows)
      if greens.count > 1 {
        problems.append("phase \(phase.number) runs \(greens.count) times a cycle: \(name(group)) does")
        return
      }
      if let green = greens.first {
        found.append((group, Run(begin: starts[green.first], green: program.duration(of: green))))
      }
    }
    guard let first = found.first else {
      let mayRest = phase.isOptional || keys.groups.allSatisfy { !controller.groups[$0].mustBeServed }
      if !mayRest { problems.append("phase \(phase.number) is left out") }
      return
    }
    if let other = found.first(where: { !isSame($0.run, first.run) }), !keys.onlyProtected {
      problems.append(
        "phase \(phase.number) is green for \(name(first.group)) from second \(seconds(first.run.begin)) for \(seconds(first.run.green)) s, for \(name(other.group)) from second \(seconds(other.run.begin)) for \(seconds(other.run.green)) s"
      )
      return
    }
    runs[index] = first.run
    let isWalk = controller.groups[first.group].kind == .pedestrian
    if isWalk { runs[index]?.green += phase.flashingDontWalk }
  }

  private func isSame(_ one: Run, _ other: Run) -> Bool {
    let apart = (one.begin - other.begin + SignalProgram.slack).positiveRemainder(cycle)
    return apart < 2 * SignalProgram.slack && abs(one.green - other.green) < 2 * SignalProgram.slack
  }

  /// Where only the protected green of a group tells that a phase runs it may last a moment longer, for lack of
  /// anybody to yield to: no longer than its ring lets it.
  private mutating func clip() {
    for ring in rings.rings {
      let members = running(ring: ring)
      guard members.count > 1 else { continue }
      for (place, index) in members.enumerated() {
        guard var run = runs[index], keys[index].onlyProtected else { continue }
        let (before, next) = (
          members[(place + members.count - 1) % members.count], members[(place + 1) % members.count]
        )
        if let last = runs[before] {
          let late = (last.begin + last.green + rings.phases[before].clearance - run.begin)
            .positiveRemainder(cycle)
          if late < min(rings.phases[before].clearance + SignalProgram.slack, run.green) {
            run.begin = (run.begin + late).positiveRemainder(cycle)
            run.green -= late
          }
        }
        if let following = runs[next] {
          let until = (following.begin - run.begin).positiveRemainder(cycle)
          run.green = min(run.green, max(0, until - rings.phases[index].clearance))
        }
        runs[index] = run
      }
    }
  }

  /// The phases of a ring that run, by begin.
  private func running(ring: Int) -> [Int] {
    rings.phases.indices.filter { rings.phases[$0].ring == ring && runs[$0] != nil }
      .sorted { (runs[$0]?.begin ?? 0) < (runs[$1]?.begin ?? 0) }
  }

  // MARK: Order

  private mutating func findOrder() {
    order = rings.barriers.map { _ in rings.rings.map { _ in [] } }
    for (place, ring) in rings.rings.enumerated() {
      let members = running(ring: ring)
      let barriers = members.map { rings.phases[$0].barrier }
      let falls = members.indices.filter { barriers[$0] < barriers[($0 + members.count - 1) % members.count] }
      if falls.count > 1 {
        let listed = members.map { String(number($0)) }.joined(separator: ", ")
        problems.append("ring \(ring) runs its phases in the order \(listed), across the barriers")
        continue
      }
      let first = falls.first ?? firstOfOneBarrier(members)
      for step in members.indices {
        let index = members[(first + step) % members.count]
        guard let barrier = rings.barriers.firstIndex(of: rings.phases[index].barrier) else { continue }
        order[barrier][place].append(index)
      }
    }
    crossings = order.map { barrier in barrier.compactMap { $0.first.flatMap { runs[$0]?.begin } }.first }
  }

  /// Where all phases lie before one barrier: the place of the phase with which this ring goes on together with all
  /// others, the one that now stands first if several do.
  private func firstOfOneBarrier(_ members: [Int]) -> Int {
    let common = members.indices.filter { place in
      rings.rings.allSatisfy { ring in
        let others = running(ring: ring)
        return others.isEmpty || others.contains { isSameBegin($0, members[place]) }
      }
    }
    return (common.isEmpty ? Array(members.indices) : common)
      .min { rings.phases[members[$0]].position < rings.phases[members[$1]].position } ?? 0
  }

  private func isSameBegin(_ one: Int, _ other: Int) -> Bool {
    guard let first = runs[one], let second = runs[other] else { return false }
    return (first.begin - second.begin + SignalProgram.slack).positiveRemainder(cycle) < 2
      * SignalProgram.slack
  }

  /// s from the end of a phase's green to the next begin of another's.
  private func gap(after phase: Int, to next: Int) -> Double {
    guard let run = runs[phase], let following = runs[next] else { return 0 }
    let gap =
      (following.begin - run.begin + SignalProgram.slack).positiveRemainder(cycle) - SignalProgram.slack
    return (phase == next ? cycle : gap) - run.green
  }

  // MARK: Rules

  private mutating func checkRings() {
    for (place, ring) in rings.rings.enumerated() {
      let members = order.flatMap { $0[place] }
      for (step, index) in members.enumerated() {
        let next = members[(step + 1) % members.count]
        let gap = gap(after: index, to: next)
        let needed = rings.phases[index].clearance
        if members.count == 1, gap < SignalProgram.slack { continue }
        if gap < -SignalProgram.slack {
          problems.append("phases \(number(index)) and \(number(next)) of ring \(ring) run together")
        } else if gap < needed - SignalProgram.slack {
          problems.append(
            "phase \(number(next)) begins \(seconds(gap)) s after the green of phase \(number(index)) of ring \(ring), whose yellow and all-red last \(seconds(needed)) s"
          )
        }
        let isWithin = step + 1 < members.count && rings.phases[index].barrier == rings.phases[next].barrier
        if isWithin, gap > needed + SignalProgram.slack {
          problems.append(
            "ring \(ring) waits \(seconds(gap - needed)) s between phases \(number(index)) and \(number(next)), which no barrier parts"
          )
        }
      }
    }
  }

  private mutating func checkBarriers() {
    for (barrier, segments) in order.enumerated() {
      guard let crossing = crossings[barrier] else { continue }
      let firsts = segments.compactMap(\.first)
      for (place, segment) in segments.enumerated() {
        if let first = segment.first, let begin = runs[first]?.begin, let other = firsts.first {
          let apart = (begin - crossing + SignalProgram.slack).positiveRemainder(cycle) - SignalProgram.slack
          if apart > SignalProgram.slack {
            problems.append(
              "ring \(rings.rings[place]) crosses the barrier with phase \(number(first)) at second \(seconds(begin)), ring \(rings.phases[other].ring) with phase \(number(other)) at second \(seconds(crossing))"
            )
          }
        }
      }
      checkEnds(before: crossing, barrier)
    }
  }

  /// Whoever runs before a barrier has been cleared when it is crossed.
  private mutating func checkEnds(before crossing: Double, _ barrier: Int) {
    let count = order.count
    let previous = (1...count).map { (barrier + count - $0) % count }.first { crossings[$0] != nil }
    guard count > 1, let previous, previous != barrier, let from = crossings[previous] else { return }
    let length = (crossing - from + SignalProgram.slack).positiveRemainder(cycle) - SignalProgram.slack
    var shortestWait = Double.infinity
    for segment in order[previous] {
      for index in segment {
        guard let run = runs[index] else { continue }
        let since = (run.begin - from + SignalProgram.slack).positiveRemainder(cycle) - SignalProgram.slack
        let late = since + run.green + rings.phases[index].clearance - length
        if index == segment.last { shortestWait = min(shortestWait, -late) }
        if late > SignalProgram.slack {
          problems.append(
            "phase \(number(index)) and its yellow and all-red last until \(seconds(late)) s after the other rings have crossed the barrier"
          )
        }
      }
    }
    if shortestWait.isFinite, shortestWait > SignalProgram.slack {
      problems.append(
        "all rings wait \(seconds(shortestWait)) s at the barrier before second \(seconds(crossing)), though none of them is busy"
      )
    }
  }

  private mutating func checkPlaces() {
    for barrier in order {
      for segment in barrier {
        for (step, index) in segment.enumerated() where rings.phases[index].keepsPlace {
          let phase = rings.phases[index]
          let before = segment[..<step].first { rings.phases[$0].position > phase.position }
          let after = segment[(step + 1)...].first { rings.phases[$0].position < phase.position }
          if let other = before ?? after {
            problems.append(
              "phase \(phase.number) must keep its place in ring \(phase.ring), it has changed places with phase \(number(other))"
            )
          }
        }
      }
    }
  }

  /// Every green is some phase's.
  private mutating func checkGroups() {
    for group in controller.groups.indices {
      let serving = rings.phases(serving: group).filter { runs[$0] != nil }
      for row in program.intervals.indices {
        let isGreen = program.intervals[row].states[group].isGreen
        let owner = serving.first { runs[$0].map { holds($0, row: row) } ?? false }
        if isGreen, owner == nil, !isCarried(group, row: row, serving) {
          let phases = rings.phases(serving: group).map { String(number($0)) }.joined(separator: ", ")
          problems.append(
            phases.isEmpty
              ? "\(name(group)) is green, but no phase serves it"
              : "\(name(group)) is green at second \(seconds(starts[row])), when none of its phases (\(phases)) runs"
          )
          break
        }
        let due = serving.first { index in
          rings.phases[index].groups.contains(group) && runs[index].map { holds($0, row: row) } ?? false
        }
        if !isGreen, let owner = due, controller.groups[group].kind == .vehicle {
          problems.append(
            "\(name(group)) is not green at second \(seconds(starts[row])), when its phase \(number(owner)) runs"
          )
          break
        }
      }
    }
  }

  /// Whether a group may stay green in the clearance of one of its phases because another of them runs at its end.
  private func isCarried(_ group: Int, row: Int, _ serving: [Int]) -> Bool {
    serving.contains { index in
      guard let run = runs[index] else { return false }
      let clearance = rings.phases[index].clearance
      let since = (middle(row) - run.begin - run.green).positiveRemainder(cycle)
      guard since < clearance else { return false }
      let end = run.begin + run.green + clearance
      return serving.contains { other in
        guard other != index, let next = runs[other] else { return false }
        return (end - next.begin + SignalProgram.slack).positiveRemainder(cycle) < next.green
      }
    }
  }

  private mutating func checkMinimums() {
    for (index, phase) in rings.phases.enumerated() {
      guard let run = runs[index], run.green < phase.shortestGreen - SignalProgram.slack else { continue }
      let why =
        phase.walk + phase.flashingDontWalk > phase.minimumGreen
        ? "walk \(seconds(phase.walk)) s, flashing don't walk \(seconds(phase.flashingDontWalk)) s"
        : "minimum green \(seconds(phase.minimumGreen)) s"
      problems.append(
        "phase \(phase.number) has a split of \(seconds(run.green + phase.clearance)) s, its minimum is \(seconds(phase.minimumSplit)) s (\(why), yellow \(seconds(phase.yellow)) s, all-red \(seconds(phase.allRed)) s)"
      )
    }
  }
}
