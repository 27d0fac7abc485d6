internal import TrafficModel

/// How right of way is decided at each junction of a GMNS network.
struct GMNSControls {
  /// By junction, as the model has it.
  private(set) var controls: [JunctionControl] = []
  /// By junction, as right of way is worked out.
  private(set) var rules: [NativeJunction.Control] = []

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
        Set(here.map { paths.ways[$0].from.leg }).count < 2
          || words != ""
            && here.allSatisfy({ one in
              here.allSatisfy { RightOfWay.meeting(paths.ways[one], paths.ways[$0]) == nil }
            })
      {
        controls.append(.uncontrolled)
        rules.append(.rightBeforeLeft)
      } else if ["none", "nocontrol", "uncontrolled"].contains(words) {
        controls.append(.rightBeforeLeft)
        rules.append(.rightBeforeLeft)
      } else {
        controls.append(.priority)
        rules.append(.priority(Self.major(here, movements, roads, paths)))
      }
    }
  }

  /// The legs that have priority: where some movements stop or yield, the others; or else the widest and fastest.
  private static func major(
    _ here: [Int], _ movements: [GMNSMovements.Movement], _ roads: GMNSRoads, _ paths: GMNSPaths
  ) -> [Compass] {
    func isMinor(_ movement: Int) -> Bool {
      ["stop", "yield", "stop_2_way"].contains(movements[movement].control)
    }
    let minor = Set(here.filter(isMinor).map { paths.ways[$0].from.leg })
    let all = Set(here.map { paths.ways[$0].from.leg })
    if !minor.isEmpty { return all.subtracting(minor).sorted() }
    func rank(_ leg: Compass) -> Double {
      here.filter { paths.ways[$0].from.leg == leg }.map { movement in
        let road = roads.roads[movements[movement].from]
        return Double(road.lanes.count) * road.link.speed
      }.max() ?? 0
    }
    let highest = all.map(rank).max() ?? 0
    return all.filter { rank($0) >= highest - 1e-9 }.sorted()
  }
}
