internal import CapacityWorksheets
internal import HighwayCapacity
internal import TrafficModel

/// What the Highway Capacity Manual says of a controller's junctions under some plans.
struct ManualFigures {
  /// In the order of the worksheets.
  let groups: [LaneGroupFigures]
  /// By plan: s per vehicle, of the lane groups that are covered; nil where none is.
  let delays: [Double?]
  /// Lane groups of the last plan that the manual says nothing of, and why.
  let notCovered: [(lanes: [LaneID], reason: NotCovered)]

  /// - Parameters:
  ///   - studies: by plan.
  init(_ controller: ControllerID, _ studies: [CapacityStudy], network: Network) {
    let sheets = studies.map { study in
      network.junctionsOfController[controller.index].compactMap { study[$0] }
    }
    let all = sheets.map { $0.flatMap(\.laneGroups) }
    let last = all[all.count - 1]
    groups = last.map { group in
      let sides = all.map { $0.first { $0.lanes == group.lanes } }
      let saturationFlow = sides.reversed().lazy.compactMap { $0?.service?.saturationFlow }.first
      return LaneGroupFigures(
        lanes: group.lanes, volume: group.volume,
        saturationFlow: saturationFlow.map { $0 * Double(group.lanes.count) },
        sides: sides.map { side in
          side.flatMap { group in
            group.service.map {
              LaneGroupFigures.Side(
                saturation: $0.saturation, delay: $0.delay, medianQueue: group.queue50Length,
                longQueue: group.queue95Length)
            }
          }
        })
    }
    delays = sheets.map { sheets in
      let flow = sheets.reduce(0) { $0 + $1.flow }
      return flow > 0 ? sheets.reduce(0) { $0 + ($1.delay ?? 0) * $1.flow } / flow : nil
    }
    notCovered = last.compactMap { group in group.notCovered.map { (group.lanes, $0) } }
  }

  /// Whether there is a figure at all.
  var isCovered: Bool { groups.contains { $0.sides.contains { $0 != nil } } }
}
