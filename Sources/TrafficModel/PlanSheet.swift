/// A controller's programme as the people who key it in need it: for each green of each group when it begins, how long
/// it lasts and when it must end.
public struct PlanSheet: Hashable, Sendable {
  /// One green of a group.
  public struct Row: Hashable, Sendable {
    /// The group's position in the controller's groups.
    public var group: Int
    /// s of the cycle at which the green begins, from the reference point; nil where it is always or never green.
    public var begin: Double?
    /// s.
    public var green: Double
    /// s of yellow after it.
    public var yellow: Double
    /// s of red after the yellow before what conflicts may start; no more than the intergreens ask for.
    public var allRed: Double
    /// s of the cycle at which the green ends at the latest, from the reference point; nil where it never ends.
    public var forceOff: Double?
    /// s that pedestrians who step off at the end of the green need; nil for vehicles.
    public var clearance: Double?

    /// s of green, yellow and all-red together.
    public var split: Double { green + yellow + allRed }
  }
  /// The controller.
  public let controller: ControllerID
  /// The programme's name.
  public let program: String
  /// s.
  public let cycle: Double
  /// s from midnight, in 0 ..< cycle: when the reference point comes.
  public let offset: Double
  /// The vehicle groups whose green begins at the reference point, the pedestrians' where no vehicles' does; empty
  /// where none does, and it is the begin of the first interval.
  public let referenceGroups: [Int]
  /// By group, then by begin.
  public let rows: [Row]

  /// The sheet of a programme.
  ///
  /// - Precondition: the programme has an interval, and a state for each group of its controller in each.
  public init(_ program: SignalProgram, network: Network) {
    let description = network[program.controller]
    let cycle = program.cycle
    controller = program.controller
    self.program = program.name
    self.cycle = cycle
    let offset = program.offset.truncatingRemainder(dividingBy: cycle)
    self.offset = offset < 0 ? offset + cycle : offset
    let starting = description.groups.indices.filter { group in
      program.intervals[0].states[group].isGreen
        && !program.intervals[program.intervals.count - 1].states[group].isGreen
    }
    let vehicles = starting.filter { description.groups[$0].kind == .vehicle }
    referenceGroups = vehicles.isEmpty ? starting : vehicles
    let starts = description.groups.indices.map { group in
      program.runs(ofGroup: group, where: \.isGreen).filter { $0.count < program.intervals.count }.map {
        Self.time(of: $0.first, program)
      }
    }
    rows = description.groups.indices.flatMap { group in
      Self.rows(
        of: group, program, description, starts: starts,
        clearance: Self.clearance(of: group, program, network))
    }
  }

  /// What happens at the reference point, in words: `begin of green of N.T + S.T`.
  public func reference(in network: Network) -> String {
    guard !referenceGroups.isEmpty else { return "begin of interval 1" }
    let names = referenceGroups.map { network[controller].groups[$0].name }
    return "begin of green of " + names.joined(separator: " + ")
  }

  /// s to clear the longest crossing of a pedestrian group; the longest intergreen where the network has no crossing.
  private static func clearance(of group: Int, _ program: SignalProgram, _ network: Network) -> Double? {
    let controller = network[program.controller]
    guard controller.groups[group].kind == .pedestrian else { return nil }
    return network.crossingsOfGroup[program.controller.index][group].map { network[$0].clearanceTime }.max()
      ?? controller.intergreens[group].max()
  }

  /// - Parameter starts: by group: the seconds at which its greens begin; none for those that are always or never green.
  private static func rows(
    of group: Int, _ program: SignalProgram, _ controller: SignalController, starts: [[Double]],
    clearance: Double?
  ) -> [Row] {
    let runs = program.runs(ofGroup: group, where: \.isGreen)
    guard let first = runs.first, first.count < program.intervals.count else {
      let green = runs.isEmpty ? 0 : program.cycle
      return [
        Row(
          group: group, begin: nil, green: green, yellow: 0, allRed: 0, forceOff: nil, clearance: clearance)
      ]
    }
    return runs.map { run in
      let green = program.duration(of: run)
      let yellow = yellow(after: run, ofGroup: group, program)
      let begin = time(of: run.first, program)
      let end = begin + green
      return Row(
        group: group, begin: begin, green: green, yellow: yellow,
        allRed: allRed(
          after: end + yellow, yellow: yellow, ofGroup: group, cycle: program.cycle, controller,
          starts: starts),
        forceOff: end >= program.cycle ? end - program.cycle : end, clearance: clearance)
    }
  }

  private static func time(of interval: Int, _ program: SignalProgram) -> Double {
    program.intervals[..<interval].reduce(0) { $0 + $1.duration }
  }

  private static func yellow(after run: IntervalRun, ofGroup group: Int, _ program: SignalProgram) -> Double {
    var yellow = 0.0
    var next = (run.first + run.count) % program.intervals.count
    while program.intervals[next].states[group] == .yellow {
      yellow += program.intervals[next].duration
      next = (next + 1) % program.intervals.count
    }
    return yellow
  }

  private static func allRed(
    after time: Double, yellow: Double, ofGroup group: Int, cycle: Double, _ controller: SignalController,
    starts: [[Double]]
  ) -> Double {
    var needed = 0.0
    var gap: Double?
    for other in controller.groups.indices where controller.conflicts[group][other] != .none {
      needed = max(needed, controller.intergreens[group][other] - yellow)
      for start in starts[other] {
        var since = (start - time).truncatingRemainder(dividingBy: cycle)
        // A negative remainder of rounding is no gap, not a whole cycle.
        if since < 0 { since = since > -1e-9 ? 0 : since + cycle }
        gap = min(gap ?? since, since)
      }
    }
    // No -0, which would be written so.
    return gap.map { max(0, min($0, needed)) + 0 } ?? 0
  }
}
