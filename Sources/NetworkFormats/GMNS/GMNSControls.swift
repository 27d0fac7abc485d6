internal import NetworkBuilding
internal import TrafficModel

/// How right of way is decided at each junction of a GMNS network.
struct GMNSControls {
  /// By junction, as the model has it.
  private(set) var controls: [JunctionControl] = []
  /// By junction, as right of way is worked out.
  private(set) var rules: [RightOfWayRule] = []

  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], _ groups: GMNSGroups, _ paths: GMNSPaths
  ) {
    for (junction, word) in roads.controls.enumerated() {
      if let controller = groups.controllerOfJunction[junction] {
        controls.append(.signalled(ControllerID(controller)))
        rules.append(.signals)
        continue
      }
      let here = paths.movementsOfJunction[junction]
      let words = word.filter { $0.isLetter || $0.isNumber }
      if ["stop4way", "4waystop", "allwaystop", "allway"].contains(words) {
        controls.append(.allWayStop)
        rules.append(.allWayStop)
      } else if words == "rightbeforeleft" {
        controls.append(.rightBeforeLeft)
        rules.append(.rightBeforeLeft)
      } else if ["none", "nocontrol", "uncontrolled", ""].contains(words),
        Set(here.map { paths.turns[$0].from.leg }).count < 2
          || words != ""
            && here.allSatisfy({ one in
              here.allSatisfy { RightOfWay.meeting(paths.turns[one].way, paths.turns[$0].way) == nil }
            })
      {
        controls.append(.uncontrolled)
        rules.append(.rightBeforeLeft)
      } else if ["none", "nocontrol", "uncontrolled"].contains(words) {
        controls.append(.rightBeforeLeft)
        rules.append(.rightBeforeLeft)
      } else {
        controls.append(.priority)
        rules.append(Self.priority(here, movements, roads, paths))
      }
    }
  }

  /// Priority for the legs where nobody stops or yields, where some do; or else for the widest and fastest.
  private static func priority(
    _ here: [Int], _ movements: [GMNSMovements.Movement], _ roads: GMNSRoads, _ paths: GMNSPaths
  ) -> RightOfWayRule {
    func isMinor(_ movement: Int) -> Bool {
      ["stop", "yield", "stop_2_way"].contains(movements[movement].control)
    }
    let minor = Set(here.filter(isMinor).map { paths.turns[$0].from.leg })
    if !minor.isEmpty {
      return .priority(Set(here.map { paths.turns[$0].from.leg }).subtracting(minor).sorted())
    }
    return .widestFirst(here.map { paths.turns[$0] }, links: paths.links) {
      roads.roads[$0.index].lanes.count
    }
  }
}
