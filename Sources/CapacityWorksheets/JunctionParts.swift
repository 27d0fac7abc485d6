internal import HighwayCapacity
internal import TrafficModel

/// The evaluations that a junction takes: of the approaches of a controller together, where four directions and two rings hold
/// them; of those that face each other, where they do not; of single approaches and lanes.
struct JunctionParts {
  /// Lanes of a member, by position, with what is said of them.
  struct Row {
    var lanes: [Int]
    var evaluation: Int?
    var service: LaneGroup?
    var reason: NotCovered?
  }

  let making: JunctionMaking
  private(set) var evaluations: [IntersectionEvaluation] = []
  /// By member.
  private(set) var rows: [[Row]]
  /// Of the evaluations, those of main greens, which follow one another.
  private var inTurn: [Int] = []
  /// Whether the main greens are all that takes time of the cycle.
  private var isComplete = true
  /// By member: effective green of its main phase, s.
  private(set) var mainGreens: [Double?]

  init(_ making: JunctionMaking) {
    self.making = making
    rows = making.members.map { _ in [] }
    mainGreens = making.members.map { _ in nil }
  }

  var network: Network { making.network }

  mutating func evaluate() {
    for (index, member) in making.members.enumerated() {
      if let reason = member.reason {
        for lane in member.approach.lanes.indices { refuse([lane], of: index, reason) }
      }
      for (lane, reason) in member.signals?.notCovered ?? [] { refuse([lane], of: index, reason) }
    }
    let signalled = making.members.indices.filter { making.members[$0].signals != nil }
    var controllers: [ControllerID] = []
    for index in signalled {
      guard let controller = making.members[index].signals?.controller, !controllers.contains(controller)
      else { continue }
      controllers.append(controller)
    }
    for controller in controllers {
      let own = signalled.filter { making.members[$0].signals?.controller == controller }
      evaluateTogether(own.filter { making.members[$0].direction != nil }, controller)
      for index in own where making.members[index].direction == nil { evaluate([index], withArrows: false) }
    }
    for index in signalled { evaluateOwnGreens(index) }
  }

  /// X_c of the main greens, one after the other.
  ///
  /// Nil where other greens than those take part of the cycle, or something is not covered.
  var criticalSaturation: Double? {
    guard isComplete else { return nil }
    let paths = inTurn.map { evaluations[$0].criticalPath }
    guard let first = paths.first else { return nil }
    guard paths.count > 1, let cycle = inTurn.first.map({ evaluations[$0].timing.cycle }) else {
      return first.saturation
    }
    return PretimedDesign.criticalSaturation(
      cycle: cycle, lostTime: paths.reduce(0) { $0 + $1.lostTime },
      flowRatios: paths.reduce(0) { $0 + $1.flowRatios })
  }

  // MARK: Evaluating

  /// Approaches of different directions, as one junction where that can be.
  private mutating func evaluateTogether(_ members: [Int], _ controller: ControllerID) {
    guard !members.isEmpty else { return }
    let isActuated =
      making.detectorsDecide && members.count == making.members.count { $0.signals != nil }
      && network[controller].rings?.phases.allSatisfy { $0.actuation != nil } == true
    if isActuated, take(members, withArrows: true, actuated: true) { return }
    if take(members, withArrows: true, actuated: false) { return }
    var left = members
    while let first = left.first {
      let direction = making.members[first].direction
      let pair = left.filter {
        $0 == first || making.members[$0].direction == direction?.opposite
      }
      left.removeAll(where: pair.contains)
      evaluate(pair, withArrows: false)
    }
  }

  /// Approaches as one junction, or, where that cannot be, as not covered.
  private mutating func evaluate(_ members: [Int], withArrows: Bool) {
    if take(members, withArrows: withArrows, actuated: false) { return }
    let found = intersection(members, withArrows: withArrows, actuated: false)
    guard let problems = found?.intersection.problems else { return }
    for (index, lanes) in found?.lanes ?? [] {
      for lane in lanes { refuse([lane], of: index, .problems(problems)) }
    }
  }

  /// Evaluates approaches as one junction; false, and nothing done, where that cannot be.
  private mutating func take(_ members: [Int], withArrows: Bool, actuated: Bool) -> Bool {
    guard let made = intersection(members, withArrows: withArrows, actuated: actuated),
      made.intersection.problems.isEmpty
    else { return false }
    let evaluation = IntersectionEvaluation(made.intersection)
    inTurn.append(evaluations.count)
    add(evaluation, made.lanes)
    for index in members {
      let taken = made.lanes.first { $0.member == index }?.lanes ?? []
      for lane in making.members[index].signals?.regular ?? [] where !taken.contains(lane) {
        refuse([lane], of: index, opposing(index).map { .opposingNotCovered($0) } ?? .differentGreens)
      }
    }
    return true
  }

  private mutating func evaluateOwnGreens(_ index: Int) {
    guard let approach = approachMaking(index) else { return }
    let signals = making.members[index].signals
    // Second greens of lanes for right turns that lie beside no left turns of the cross street.
    let placed = rows[index].flatMap(\.lanes)
    let seconds = signals?.secondGreens.map(\.greens).filter { $0.lanes.allSatisfy { !placed.contains($0) } }
    for own in (signals?.own ?? []) + (seconds ?? []) {
      let intersection = junction([approach.own(own)], [index], approach.times.program.cycle)
      let problems = intersection.problems
      if problems.isEmpty {
        add(IntersectionEvaluation(intersection), [(index, own.lanes)])
        // Right turns go beside other greens.
        if intersection.approaches[0].lanes.contains(where: { $0 != .right }) { isComplete = false }
      } else {
        for lane in own.lanes { refuse([lane], of: index, .problems(problems)) }
      }
    }
  }

  /// Takes the lane groups of an evaluation whose approaches are these members' lanes.
  private mutating func add(_ evaluation: IntersectionEvaluation, _ lanes: [(member: Int, lanes: [Int])]) {
    var groups = evaluation.laneGroups[...]
    for (member, own) in lanes {
      var left = own[...]
      while !left.isEmpty, let group = groups.popFirst() {
        let taken = Array(left.prefix(group.lanes))
        left = left.dropFirst(group.lanes)
        rows[member].append(Row(lanes: taken, evaluation: evaluations.count, service: group, reason: nil))
        if group.use != .left || mainGreens[member] == nil { mainGreens[member] = group.green }
      }
    }
    evaluations.append(evaluation)
  }

  /// Neighbouring lanes that serve the same are one row.
  private mutating func refuse(_ lanes: [Int], of index: Int, _ reason: NotCovered) {
    if reason != .noSignal { isComplete = false }
    let approach = making.members[index].approach
    if let last = rows[index].indices.last, rows[index][last].reason == reason,
      let before = rows[index][last].lanes.last, let lane = lanes.first, lane == before + 1,
      approach.lanes[before].use == approach.lanes[lane].use
    {
      rows[index][last].lanes += lanes
    } else {
      rows[index].append(Row(lanes: lanes, evaluation: nil, service: nil, reason: reason))
    }
  }
}
