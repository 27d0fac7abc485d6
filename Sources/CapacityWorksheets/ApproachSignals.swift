internal import HighwayCapacity
internal import TrafficModel

/// How the signals of a programme serve an approach: its main green, its left turns, and the lanes that neither fits.
struct ApproachSignals {
  /// How left turns are served.
  enum LeftTurns: Hashable {
    /// By the main green, in which nobody opposes them.
    case unopposed
    /// Through gaps, in the main green.
    case permitted
    /// By an arrow only.
    case arrow(GreenSpan, group: Int)
    /// By an arrow, and through gaps before or after it.
    case arrowAndGaps(GreenSpan, group: Int)
  }
  /// Lanes with greens of their own, in which they wait for nobody.
  struct OwnGreens {
    var lanes: [Int]
    /// In the order of the cycle.
    let greens: [GreenSpan]
    let group: Int
  }

  let controller: ControllerID
  /// Of vehicles that go straight on, with its yellow; where nobody does, of left or of right turns.
  private(set) var main: GreenSpan?
  private(set) var mainGroup = 0
  private(set) var leftTurns: LeftTurns?
  /// Positions of the lanes that the main green and the left turns' arrow serve.
  private(set) var regular: [Int] = []
  private(set) var own: [OwnGreens] = []
  /// Positions of lanes for right turns that have another green besides the main one.
  private(set) var secondGreens: [(greens: OwnGreens, second: GreenSpan)] = []
  private(set) var notCovered: [(lane: Int, reason: NotCovered)] = []

  private let times: WayTimes
  private let cycle: Double

  /// - Parameters:
  ///   - opposing: the approach that faces this one; nil where none does.
  ///   - program: of the controller.
  init(
    _ approach: SurveyedApproach, opposing: LinkID?, controller: ControllerID, program: SignalProgram,
    network: Network
  ) {
    self.controller = controller
    times = WayTimes(network: network, controller: controller, program: program)
    cycle = program.cycle
    findMain(approach)
    findLeftTurns(approach, opposing)
    for (index, lane) in approach.lanes.enumerated() { place(lane, index, approach, opposing) }
  }

  // MARK: Greens

  private mutating func findMain(_ approach: SurveyedApproach) {
    for use in [LaneUse.through, .left, .right] {
      guard let (group, greens) = firstGreens(approach, use) else { continue }
      mainGroup = group
      if greens.count == 1 { main = greens[0] }
      return
    }
  }

  /// Of the first lane that serves a use and may go.
  private func firstGreens(_ approach: SurveyedApproach, _ use: LaneUse) -> (group: Int, greens: [GreenSpan])?
  {
    let groups = approach.ways(use, of: approach.lanes).compactMap(group)
    let served = groups.map { (group: $0, greens: times.greens(ofGroup: $0)) }
    return served.first { !$0.greens.isEmpty } ?? served.first
  }

  private func group(_ way: SurveyedApproach.Way) -> Int? {
    way.signal?.controller == controller ? way.signal?.group : nil
  }

  private mutating func findLeftTurns(_ approach: SurveyedApproach, _ opposing: LinkID?) {
    let lanes = approach.lanes.filter { $0.use.contains(.left) }
    // A lane of its own says more than a shared one.
    guard let lane = lanes.first(where: { $0.use == .left }) ?? lanes.first else { return }
    if case .left(let found) = left(lane, opposing) { leftTurns = found }
  }

  private enum Left {
    case left(LeftTurns)
    case not(NotCovered)
  }

  /// How the left turns of a lane are served.
  private func left(_ lane: SurveyedApproach.Lane, _ opposing: LinkID?) -> Left {
    let all = lane.ways.filter { $0.use == .left && group($0) != nil }
    // Who turns round goes along with who turns left.
    let lefts = all.filter { !$0.isUTurn }
    let ways = lefts.isEmpty ? all : lefts
    guard let way = ways.first, let group = group(way) else { return .not(.neverGreen) }
    guard let main else { return .not(reasonWithoutMain) }
    guard ways.allSatisfy({ self.group($0).map { areAlike($0, group) } ?? false }) else {
      return .not(.differentGreens)
    }
    guard !times.waitsForOthers(ways.map(\.connection), group: group) else { return .not(.otherController) }
    if let other = times.opponents(of: ways.map(\.connection)).first(where: { $0 != opposing }) {
      return .not(.givesWay(other))
    }
    let greens = times.greens(ofGroup: group)
    let waiting = times.waiting(ways.map(\.connection), group: group)
    var free = times.free(ways.map(\.connection), group: group)
    // What is shorter helps nobody: the opposing green only starts or ends a little sooner or later.
    if !waiting.isEmpty { free.removeAll { $0.length < Self.shortestArrow } }
    switch (waiting.count, free.count) {
    case (0, 0): return .not(.neverGreen)
    case (0, 1):
      guard let green = greens.first, greens.count == 1 else { return .not(.severalGreens) }
      return .left(green.isSame(as: main, in: cycle) ? .unopposed : .arrow(green, group: group))
    case (1, 0):
      return waiting[0].overlaps(main, in: cycle) ? .left(.permitted) : .not(.differentGreens)
    case (1, 1):
      guard waiting[0].overlaps(main, in: cycle) else { return .not(.differentGreens) }
      var arrow = free[0]
      // What ends with the green has its yellow.
      arrow.yellow = greens.first { $0.end.distance(to: arrow.end, in: cycle) < 0.01 }?.yellow ?? 0
      return .left(.arrowAndGaps(arrow, group: group))
    default: return .not(.severalGreens)
    }
  }

  private static let shortestArrow = 4.0

  private var reasonWithoutMain: NotCovered {
    times.greens(ofGroup: mainGroup).count > 1 ? .severalGreens : .neverGreen
  }

  /// Whether two groups have the same greens.
  private func areAlike(_ group: Int, _ other: Int) -> Bool {
    let (greens, others) = (times.greens(ofGroup: group), times.greens(ofGroup: other))
    return greens.count == others.count && zip(greens, others).allSatisfy { $0.isSame(as: $1, in: cycle) }
  }

  // MARK: Lanes

  private mutating func place(
    _ lane: SurveyedApproach.Lane, _ index: Int, _ approach: SurveyedApproach, _ opposing: LinkID?
  ) {
    let signalled = lane.ways.filter { $0.signal != nil }
    func refuse(_ reason: NotCovered) { notCovered.append((index, reason)) }
    guard !signalled.isEmpty else { return refuse(.noSignal) }
    guard signalled.allSatisfy({ $0.signal?.controller == controller }) else {
      return refuse(.otherController)
    }
    let groups = signalled.compactMap(group)
    guard !groups.contains(where: times.isOff) else { return refuse(.signalsOff) }
    guard groups.contains(where: { !times.greens(ofGroup: $0).isEmpty }) else { return refuse(.neverGreen) }
    guard groups.allSatisfy({ times.red(ofGroup: $0) > 0 }) else { return refuse(.alwaysGreen) }
    if lane.use.contains(.left) {
      switch left(lane, opposing) {
      case .not(let reason):
        guard main == nil || reason == .severalGreens, waitsForNobody(lane) else { return refuse(reason) }
        return placeAlone(lane.ways.filter { $0.signal != nil && !$0.isUTurn }, index)
      case .left(let found):
        guard isSame(found, leftTurns) else { return refuse(.differentGreens) }
        if lane.use != .left, case .arrow = found { return refuse(.differentGreens) }
      }
      if lane.use == .left { return regular.append(index) }
    }
    placeByMain(lane, index)
  }

  /// Whether left turns of a lane are never green together with somebody whom they give way to.
  private func waitsForNobody(_ lane: SurveyedApproach.Lane) -> Bool {
    times.opponents(of: lane.ways.filter { $0.use == .left }.map(\.connection)).isEmpty
  }

  /// A lane whose greens need neither the main green nor the other lanes.
  private mutating func placeAlone(_ ways: [SurveyedApproach.Way], _ index: Int) {
    let groups = ways.compactMap(group)
    guard let group = groups.first, !times.greens(ofGroup: group).isEmpty else {
      return notCovered.append((index, .neverGreen))
    }
    guard groups.allSatisfy({ areAlike($0, group) }) else {
      return notCovered.append((index, .differentGreens))
    }
    let greens = times.greens(ofGroup: group)
    let isSame = own.last.map { last in
      last.greens.count == greens.count
        && zip(last.greens, greens).allSatisfy { $0.isSame(as: $1, in: cycle) }
    }
    if let last = own.indices.last, isSame == true {
      own[last].lanes.append(index)
    } else {
      own.append(OwnGreens(lanes: [index], greens: greens, group: group))
    }
  }

  /// A lane that serves vehicles that go straight on or turn right.
  private mutating func placeByMain(_ lane: SurveyedApproach.Lane, _ index: Int) {
    // The vehicle at the stop line decides when a shared lane goes: the one that goes straight on.
    let leading: LaneUse = lane.use.contains(.through) ? .through : .right
    let ways = lane.ways.filter { $0.use == leading }
    guard let group = ways.compactMap(group).first else { return notCovered.append((index, .noSignal)) }
    let greens = times.greens(ofGroup: group)
    if let main, greens.contains(where: { $0.isSame(as: main, in: cycle) }),
      ways.compactMap(self.group).allSatisfy({ areAlike($0, group) })
    {
      if greens.count == 1 { return regular.append(index) }
      if greens.count == 2, lane.use == .right,
        let second = greens.first(where: { !$0.isSame(as: main, in: cycle) })
      {
        return secondGreens.append((OwnGreens(lanes: [index], greens: greens, group: group), second))
      }
    }
    guard !lane.use.contains(.left) else { return notCovered.append((index, .differentGreens)) }
    placeAlone(ways, index)
  }

  private func isSame(_ left: LeftTurns, _ other: LeftTurns?) -> Bool {
    switch (left, other) {
    case (.unopposed, .unopposed), (.permitted, .permitted): true
    case (.arrow(let a, _), .arrow(let b, _)), (.arrowAndGaps(let a, _), .arrowAndGaps(let b, _)):
      a.isSame(as: b, in: cycle)
    default: false
    }
  }
}
