public import SignalOptimization
internal import TrafficModel

extension PageWords {
  /// A lane as an engineer names it: its link, its place, and where it leads.
  func name(of id: LaneID, in network: Network) -> String {
    let lane = network[id]
    var turns: [String] = []
    for connection in network.connectionsFromLane[id.index] {
      let word = junctions.turn(network[connection].turn)
      if !turns.contains(word) { turns.append(word) }
    }
    return certificate.lane(
      network[lane.link].name, lane.position + 1, turns.joined(separator: say(", ", "、")))
  }

  /// What needs a minimum.
  func name(of cause: IntervalMinimum.Cause, at controller: SignalController) -> String {
    func group(_ index: Int) -> String { controller.groups[index].name }
    return switch cause {
    case .minimumGreen(let index): certificate.minimumGreen(group(index))
    case .walk(let index): certificate.walk(group(index))
    case .intergreen(let from, let to): certificate.intergreen(group(from), group(to))
    case .split(let phase): certificate.split(phase)
    case .lead(let walker, let vehicles): certificate.lead(group(walker), group(vehicles))
    case .stage: certificate.shortestStage
    }
  }

  /// What a constraint is about.
  func name(of constraint: BindingConstraint, at controller: ControllerID, in network: Network) -> String {
    switch constraint.subject {
    case .lane(let lane, _): name(of: lane, in: network)
    case .minimum(let cause): name(of: cause, at: network[controller])
    case .cycle: certificate.cycleLength
    }
  }
}

extension BindingConstraint {
  /// In summaries for programs: which second its price is of.
  var key: String {
    switch subject {
    case .lane: "lane"
    case .minimum: "minimum"
    case .cycle: "cycle"
    }
  }

  /// Of the lane; nil for other constraints.
  var degreeOfSaturation: Double? {
    if case .lane(_, let degreeOfSaturation) = subject { degreeOfSaturation } else { nil }
  }

  /// nil where it is about something else.
  var lane: LaneID? { if case .lane(let lane, _) = subject { lane } else { nil } }
}

extension IdleMovement.Reason {
  /// For people.
  public var words: String {
    switch self {
    case .noRoute: "no vehicle's route uses it"
    case .countedZero: "the count is zero in every slice"
    case .notCounted: "nobody counted it"
    }
  }
}

extension [IdleMovement] {
  /// For programs.
  func json(in network: Network) -> [JSONObject] {
    map { ["movement": network.name(of: $0.movement), "reason": $0.reason.words] }
  }
}
