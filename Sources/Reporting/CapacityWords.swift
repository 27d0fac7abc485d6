public import CapacityWorksheets
internal import HighwayCapacity
public import TrafficModel

extension NotCovered {
  /// Why the manual says nothing of lanes, in a sentence without a full stop.
  public func words(in network: Network) -> String {
    switch self {
    case .noSignal: "no signal holds it"
    case .otherController: "another controller signals some of it, or of what its left turns give way to"
    case .noProgram: "the plan has no programme for its signals"
    case .signalsOff: "its signals are off or blink"
    case .neverGreen: "it never has a green"
    case .alwaysGreen: "it never has a red"
    case .severalGreens: "it has several greens in a cycle, and left turns that wait for gaps"
    case .differentGreens: "what its lanes serve has greens that do not belong together"
    case .givesWay(let link): "its left turns give way to '\(network[link].name)', which does not face them"
    case .opposingNotCovered(let link):
      "its left turns give way to '\(network[link].name)', of which not all is covered"
    case .problems(let problems):
      "it makes no junction of the manual"
        + (problems.first.map { ": " + $0.words } ?? "")
    }
  }
}

extension IntersectionProblem {
  fileprivate var words: String {
    switch self {
    case .noApproach: "there is no approach"
    case .twoApproaches(let direction): "two approaches are \(direction.rawValue)"
    case .noLane(let direction, let use): "\(direction.rawValue) has no lane for \(use.letters)"
    case .idleLane(let direction): "a lane of \(direction.rawValue) serves nothing"
    case .number(let direction): "a figure of \(direction.rawValue) is out of its range"
    case .junctionNumber: "a figure of the junction is out of its range"
    case .phaseNumber(let phase): "a time of phase \(phase) is out of its range"
    case .sharedLaneBehindArrow(let direction):
      "left turns of \(direction.rawValue) have an arrow only, and share their lane"
    case .noDuration(let phase): "phase \(phase) has no duration"
    case .cycle(let cycle): "its phases together are longer than the cycle of \(NumberText.seconds(cycle)) s"
    }
  }
}
