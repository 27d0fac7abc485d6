/// A controller's programme as it is keyed in: by ring its phases, or its stages where it has no rings, with the time that
/// each ends at the latest, and the offset for each reference that controllers count it to.
///
/// Splits of a ring, and those of all stages, add up to the cycle. Force-offs are fixed: what a phase does not use the next
/// one may, but none ends later.
public struct ControllerSheet: Hashable, Sendable {
  /// Where a left turn stands beside the through traffic of its ring before the same barrier.
  public enum Order: Hashable, Sendable {
    case lead, lag
  }
  /// A phase, or a stage.
  public struct Row: Hashable, Sendable {
    /// In the controller, from 1.
    public var number: Int
    /// From 1; nil for stages.
    public var ring: Int?
    /// The barrier before which a phase runs; 1 for stages.
    public var barrier: Int
    /// Positions of the groups that have the right of way, and of the crossings walked.
    public var protected: [Int]
    /// Positions of the groups that wait for gaps.
    public var permitted: [Int]
    /// Shortest green, s.
    public var minimumGreen: Double
    /// Shortest walk that people need, s; 0 without pedestrians.
    public var minimumWalk: Double
    /// s of walk from the begin of the green, of those who have least; 0 without pedestrians.
    public var walk: Double
    /// s from the end of the walk to the end of the green; 0 without pedestrians.
    public var flashingDontWalk: Double
    /// s.
    public var yellow: Double
    /// s.
    public var allRed: Double
    /// s of green, yellow and all-red together; 0 for a phase that is left out.
    public var split: Double
    /// s of the cycle at which the green begins, from the reference point; nil for a phase that is left out.
    public var begin: Double?
    /// s of the cycle at which the green ends, from the reference point; nil for a phase that is left out.
    public var forceOff: Double?
    /// Whether the offset refers to it.
    public var isCoordinated: Bool
    /// Of a left turn; nil for others.
    public var order: Order?

    /// s.
    public var green: Double { max(0, split - yellow - allRed) }
  }
  /// The controller.
  public let controller: ControllerID
  /// The programme's name.
  public let program: String
  /// s.
  public private(set) var cycle: Double
  /// By ring, then as they run; phases that are left out come last.
  public private(set) var rows: [Row]
  /// Positions of groups whose greens begin or end otherwise than those of the phases or stages that serve them.
  public let differing: [Int]
  /// Numbers of phases whose splits are longer than the plan's: their ring waits for the others at the barrier behind them, in
  /// green, where the plan has red.
  public private(set) var waiting: [Int] = []
  /// s from midnight, in 0 ..< cycle, to the reference point: the begin of green of the first coordinated phase.
  public private(set) var offset: Double
  /// Whether all that is keyed in is in whole seconds, yellow and all-red in tenths.
  public var isWhole: Bool {
    ([cycle, offset]
      + rows.flatMap {
        [
          $0.split, $0.minimumGreen, $0.walk, $0.minimumWalk, $0.flashingDontWalk, 10 * $0.yellow,
          10 * $0.allRed,
        ]
      }).allSatisfy { abs($0 - $0.rounded()) < SignalProgram.slack }
  }

  /// The sheet of a programme, with the plan's own times.
  ///
  /// - Precondition: the programme has an interval, and a state for each group of its controller in each.
  public init(_ program: SignalProgram, network: Network) {
    let description = network[program.controller]
    let phases = ControllerPhases(program, description)
    controller = program.controller
    self.program = program.name
    let cycle = program.cycle
    self.cycle = cycle
    differing = phases.differing(from: program, description)
    let turns = Turns(network, program.controller)
    let coordinated = Self.coordinated(phases, turns)
    let reference =
      coordinated.compactMap { number in
        phases.phases.first { $0.number == number }?.begin.map {
          ($0 - phases.origin + SignalProgram.slack).positiveRemainder(cycle)
        }
      }.min().map { $0 - SignalProgram.slack + phases.origin } ?? phases.origin
    offset = (program.offset + reference).wrapped(in: cycle)
    let ran = phases.sequence.flatMap(\.phases)
    let ordered =
      ran.compactMap { number in phases.phases.first { $0.number == number } }
      + phases.phases.filter { !ran.contains($0.number) }
    rows = ordered.map { phase in
      func groups(isPermissive: Bool) -> [Int] {
        phase.services.filter { $0.isPermissive == isPermissive }.map(\.group)
      }
      let begin = phase.begin.map { ($0 - reference).wrapped(in: cycle) }
      return Row(
        number: phase.number, ring: phases.areOfRings ? phase.ring : nil, barrier: phase.barrier,
        protected: groups(isPermissive: false), permitted: groups(isPermissive: true),
        minimumGreen: phase.minimumGreen, minimumWalk: Self.minimumWalk(phase, phases, description),
        walk: Self.walk(phase, program, description), flashingDontWalk: phase.pedestrianClear,
        yellow: phase.yellow, allRed: phase.allRed, split: begin == nil ? 0 : phase.split, begin: begin,
        forceOff: begin.map { ($0 + phase.green).wrapped(in: cycle) },
        isCoordinated: coordinated.contains(phase.number),
        order: phases.areOfRings ? Self.order(of: phase, phases, turns) : nil)
    }
    waitAtBarriers()
  }

  /// Has each ring's last phase before a barrier last until the others come there.
  private mutating func waitAtBarriers() {
    let running = rows.indices.filter { rows[$0].begin != nil }
    for barrier in Set(rows.map(\.barrier)).sorted() {
      let members = running.filter { rows[$0].barrier == barrier }
      let rings = Set(members.map { rows[$0].ring ?? 1 }).sorted().map { ring in
        members.filter { (rows[$0].ring ?? 1) == ring }
      }
      let sums = rings.map { $0.reduce(0) { $0 + rows[$1].split } }
      for (ring, sum) in zip(rings, sums) {
        let wait = (sums.max() ?? 0) - sum
        guard wait > SignalProgram.slack, let last = ring.last, let begin = rows[last].begin else { continue }
        rows[last].split += wait
        rows[last].forceOff = (begin + rows[last].green).wrapped(in: cycle)
        waiting.append(rows[last].number)
      }
    }
  }

  /// s from midnight, in 0 ..< cycle, to the begin of yellow of the coordinated phase that ends first.
  public var offsetToYellow: Double {
    let ends = rows.filter { $0.isCoordinated && $0.begin != nil }.map { ($0.begin ?? 0) + $0.green }
    return (offset + (ends.min() ?? 0)).wrapped(in: cycle)
  }

  /// Numbers of the coordinated phases.
  public var coordinated: [Int] { rows.filter(\.isCoordinated).map(\.number).sorted() }

  /// Numbers of the coordinated phases whose green begins at the reference point.
  public var referencePhases: [Int] {
    rows.filter { row in
      row.isCoordinated
        && row.begin.map { ($0 + SignalProgram.slack).wrapped(in: cycle) < 2 * SignalProgram.slack } ?? false
    }.map(\.number).sorted()
  }

  // MARK: Coordinated phases, lead and lag

  /// What the groups of a controller turn.
  private struct Turns {
    private var ofGroup: [Set<Turn>]

    init(_ network: Network, _ controller: ControllerID) {
      ofGroup = network.connectionsOfGroup[controller.index].map { connections in
        Set(connections.map { network.side.equivalent(of: network[$0].turn) })
      }
    }

    /// Whether vehicles that go straight on have the right of way.
    func isThrough(_ phase: ControllerPhases.Phase) -> Bool {
      phase.services.contains { !$0.isPermissive && ofGroup[$0.group].contains(.through) }
    }

    /// Whether nobody but those who cross the oncoming traffic has the right of way.
    func isLeft(_ phase: ControllerPhases.Phase) -> Bool {
      let served = phase.services.filter { !$0.isPermissive && !ofGroup[$0.group].isEmpty }
      return !served.isEmpty && served.allSatisfy { ofGroup[$0.group].isSubset(of: [.left, .uTurn]) }
    }
  }

  /// Numbers: in each ring the longest phase before the first barrier that serves through traffic, or the longest of all
  /// there; of stages the first.
  private static func coordinated(_ phases: ControllerPhases, _ turns: Turns) -> [Int] {
    guard phases.sequence.count > 1 else { return phases.sequence.first?.phases.first.map { [$0] } ?? [] }
    return phases.sequence.compactMap { _, numbers in
      let running = numbers.compactMap { number in phases.phases.first { $0.number == number } }
      guard let barrier = running.first?.barrier else { return nil }
      let first = running.filter { $0.barrier == barrier }
      let through = first.filter(turns.isThrough)
      // Of equals the earlier one: `max` would take the last.
      return (through.isEmpty ? first : through).reversed().max { $0.split < $1.split }?.number
    }
  }

  /// What is shown of the walk in a phase.
  private static func walk(
    _ phase: ControllerPhases.Phase, _ program: SignalProgram, _ controller: SignalController
  ) -> Double {
    guard let begin = phase.begin else { return 0 }
    let walks = phase.services.filter { controller.groups[$0.group].kind == .pedestrian }.compactMap {
      service in
      program.greens(ofGroup: service.group).compactMap { green -> Double? in
        let since =
          (begin - green.begin + SignalProgram.slack).positiveRemainder(program.cycle) - SignalProgram.slack
        return since < green.length - SignalProgram.slack ? green.length - since : nil
      }.max()
    }
    return walks.min().map { min($0, phase.green) } ?? 0
  }

  /// Of a stage the pedestrians' own.
  private static func minimumWalk(
    _ phase: ControllerPhases.Phase, _ phases: ControllerPhases, _ controller: SignalController
  ) -> Double {
    guard !phases.areOfRings else { return phase.walk }
    let walks = phase.services.map { controller.groups[$0.group] }.filter { $0.kind == .pedestrian }
    return min(phase.walk, walks.map(\.minimumGreen).max() ?? 0)
  }

  private static func order(
    of phase: ControllerPhases.Phase, _ phases: ControllerPhases, _ turns: Turns
  ) -> Order? {
    guard phase.begin != nil, turns.isLeft(phase) else { return nil }
    let ring = phases.sequence.first { $0.ring == phase.ring }?.phases ?? []
    let segment = ring.filter { number in
      phases.phases.contains { $0.number == number && $0.barrier == phase.barrier }
    }
    guard segment.count > 1 else { return nil }
    return segment.first == phase.number ? .lead : .lag
  }

  // MARK: Whole seconds

  /// The sheet in whole seconds, as controllers take them, rounded to the safe side: minimums, walks, yellow and all-red are
  /// never shorter, no split is shorter than its minimum. Splits still add up to the cycle, which is longer only where the
  /// minimums do not fit otherwise.
  public var inWholeSeconds: ControllerSheet {
    guard !isWhole else { return self }
    var sheet = self
    sheet.rows = rows.map { row in
      var row = row
      row.minimumGreen = row.minimumGreen.roundedUp
      row.minimumWalk = row.minimumWalk.roundedUp
      row.flashingDontWalk = row.flashingDontWalk.roundedUp
      row.yellow = (row.yellow * 10).roundedUp / 10
      row.allRed = (row.allRed * 10).roundedUp / 10
      return row
    }
    sheet.roundSplits()
    return sheet
  }

  private mutating func roundSplits() {
    let barriers = rows.filter { $0.begin != nil }.map(\.barrier).reduce(into: [Int]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let rings = Set(rows.map { $0.ring ?? 1 }).sorted()
    func segment(_ barrier: Int, _ ring: Int) -> [Int] {
      rows.indices.filter {
        rows[$0].begin != nil && rows[$0].barrier == barrier && (rows[$0].ring ?? 1) == ring
      }
    }
    // Where barriers are crossed is rounded, so that the lengths between them add up to the rounded cycle.
    var (exact, crossed, start) = (0.0, 0.0, 0.0)
    for barrier in barriers {
      let segments = rings.map { segment(barrier, $0) }.filter { !$0.isEmpty }
      exact += segments.map { $0.reduce(0) { $0 + rows[$1].split } }.max() ?? 0
      let least = segments.map { $0.reduce(0) { $0 + rows[$1].leastSplit } }.max() ?? 0
      let length = max(exact.rounded() - crossed, least)
      crossed = exact.rounded()
      for members in segments {
        share(length, among: members)
        var begin = start
        for row in members {
          rows[row].begin = begin
          begin += rows[row].split
        }
      }
      start += length
    }
    cycle = start
    let reference = rows.filter(\.isCoordinated).compactMap(\.begin).min() ?? 0
    for row in rows.indices {
      guard let begin = rows[row].begin else { continue }
      rows[row].begin = (begin - reference).wrapped(in: cycle)
      if rows[row].walk > 0 {
        let most = (rows[row].green - rows[row].flashingDontWalk).rounded(.down)
        rows[row].walk = min(max(rows[row].walk.rounded(.down), rows[row].minimumWalk), most)
      }
      rows[row].forceOff = (begin - reference + rows[row].green).wrapped(in: cycle)
    }
    offset = offset.rounded().wrapped(in: cycle)
  }

  /// Gives the phases of a ring before a barrier whole splits of a sum: their own rounded where they run one after the
  /// other, none below its minimum.
  private mutating func share(_ length: Double, among members: [Int]) {
    var (exact, given) = (0.0, 0.0)
    for row in members {
      exact += rows[row].split
      rows[row].split = exact.rounded() - given
      given = exact.rounded()
    }
    func spare(_ row: Int) -> Double { rows[row].split - rows[row].leastSplit }
    for row in members where spare(row) < 0 { rows[row].split = rows[row].leastSplit }
    var missing = length - members.reduce(0) { $0 + rows[$1].split }
    while missing != 0, let most = members.max(by: { spare($0) < spare($1) }) {
      let step = missing > 0 ? missing : max(missing, -max(1, (spare(most) / 2).rounded(.down)))
      rows[most].split += step
      missing -= step
    }
  }
}

extension ControllerSheet.Row {
  /// s that minimum green, walk and clearance ask for, in whole seconds.
  fileprivate var leastSplit: Double {
    (max(minimumGreen, minimumWalk + flashingDontWalk) + yellow + allRed).roundedUp
  }
}

extension Double {
  /// The next whole number, where it is not one but for rounding.
  fileprivate var roundedUp: Double { (self - SignalProgram.slack).rounded(.up) }
}
