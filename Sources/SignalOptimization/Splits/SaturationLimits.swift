internal import TrafficModel

/// How saturated the lanes of a controller may be under a plan.
struct SaturationLimits: Sendable {
  /// Degree of saturation of a lane, where the existing plan's is no higher.
  private let usual: Double
  /// Lanes that the existing plan saturates more, and how much it saturates the worst of them.
  private let saturated: Set<LaneID>
  private let worst: Double
  /// Degree of saturation of turns that wait for gaps inside the junction and have no green of their own.
  let turns: Double

  /// Turns that wait for gaps inside the junction shall be at most so saturated, unless they are more so now.
  static let highestTurnSaturation = 0.9
  /// Degrees of saturation that differ by less are the same.
  private static let slack = 1e-6

  /// - Parameters:
  ///   - highest: of lanes where the existing plan has no more.
  ///   - existing: the loads of the existing plan.
  init(highest: Double, existing loads: ControllerLoads) {
    usual = highest
    let over = loads.lanes.filter { loads.saturation($0) > highest }
    saturated = Set(over.map(\.id))
    worst = over.map { loads.saturation($0) }.max() ?? highest
    turns = max(Self.highestTurnSaturation, loads.turnSaturation)
  }

  /// The highest degree of saturation of a lane.
  func highest(_ lane: LaneID) -> Double { (saturated.contains(lane) ? worst : usual) + Self.slack }

  /// Whether they hold.
  func hold(_ loads: ControllerLoads) -> Bool {
    loads.turnSaturation <= turns && loads.lanes.allSatisfy { loads.saturation($0) <= highest($0.id) }
  }
}

/// What a controller's lanes have to carry, and can, with certain greens.
struct ControllerLoads {
  struct Lane {
    var id: LaneID
    /// Vehicles that want to leave it in a cycle, and that can.
    var demand: Double
    var capacity: Double
  }
  /// Those with traffic.
  var lanes: [Lane]
  /// Largest degree of saturation of the turns that wait for gaps inside the junction and are never protected.
  var turnSaturation: Double

  /// Flow over capacity.
  func saturation(_ lane: Lane) -> Double { lane.demand / lane.capacity }
}

extension ControllerSplits {
  /// The loads of a structure of this controller with these stage durations.
  func loads(of structure: ProgramStructure, stages: [Double]) -> ControllerLoads {
    let durations = structure.durations(stages: stages)
    let (demand, model) = with(structure).shared(stages: stages)
    let cycle = durations.reduce(0, +)
    let lanes = zip(demand.lanes.indices, model.lanes()).compactMap {
      lane, capacity -> ControllerLoads.Lane? in
      let flow = demand.flow(ofLane: lane)
      guard flow > 0 else { return nil }
      return ControllerLoads.Lane(
        id: demand.lanes[lane].id, demand: flow * cycle, capacity: capacity.vehicles(durations: durations))
    }
    return ControllerLoads(lanes: lanes, turnSaturation: model.turnSaturation())
  }
}
