public import TrafficModel

/// What signalled lanes have to carry, and can carry, under a plan; by the split programs' model of lanes, see
/// Documentation/Capacity.md.
public struct LaneLoads: Sendable {
  /// A movement's part of a lane's traffic.
  public struct Stream: Hashable, Sendable {
    /// The movement.
    public var movement: MovementID
    /// veh/s.
    public var flow: Double
  }
  /// A signalled lane with traffic.
  public struct Lane: Hashable, Sendable {
    /// The lane.
    public var id: LaneID
    /// veh/s that want to leave it.
    public var flow: Double
    /// veh/s that its signals let pass.
    public var capacity: Double
    /// veh/s that its mix of traffic discharges under full green, unopposed.
    public var saturationFlow: Double
    /// What the flow is made of.
    public var streams: [Stream]

    /// Degree of saturation: flow / capacity.
    public var saturation: Double { flow / capacity }
  }
  /// In order of the controllers, then of the lanes.
  public let lanes: [Lane]
  /// By lane of the network: its position in `lanes`; nil without signal or traffic.
  private let places: [Int?]

  /// The loads of a plan that has a programme for each controller, with the demand's mean flows.
  ///
  /// - Parameter flows: the demand's; worked out where nobody has them yet.
  public init(of plan: TimingPlan, network: Network, demand: Demand, flows: MovementFlows? = nil) {
    let problem = PlanningProblem.asItIs(network: network, demand: demand, flows: flows, plan: plan)
    var lanes: [Lane] = []
    for program in plan.programs.compactMap({ $0 }) {
      let setting = ControllerSetting(program, controller: network[program.controller])
      let splits = ControllerSplits(problem, program.controller, structure: setting.structure)
      let (shared, capacities) = splits.lanes(stages: setting.stages)
      let durations = setting.structure.durations(stages: setting.stages)
      for lane in shared.lanes.indices where shared.flow(ofLane: lane) > 0 {
        let vehicles = capacities[lane].vehicles(durations: durations)
        lanes.append(
          Lane(
            id: shared.lanes[lane].id, flow: shared.flow(ofLane: lane), capacity: vehicles / setting.cycle,
            saturationFlow: capacities[lane].saturationFlow,
            streams: shared.lanes[lane].streams.map {
              Stream(movement: shared.streams[$0].movement, flow: shared.flow(ofStream: $0))
            }))
      }
    }
    var places = [Int?](repeating: nil, count: network.lanes.count)
    for (place, lane) in lanes.enumerated() { places[lane.id.index] = place }
    self.lanes = lanes
    self.places = places
  }

  /// The load of a lane; nil without signal or traffic.
  public subscript(lane: LaneID) -> Lane? { places[lane.index].map { lanes[$0] } }

  /// Of a movement, veh/s: its lanes' saturation flows, each by the movement's share of the lane's traffic; 0 without
  /// traffic.
  public func saturationFlow(of movement: MovementID) -> Double {
    lanes.reduce(0) { sum, lane in
      sum
        + lane.streams.reduce(0) {
          $1.movement == movement ? $0 + lane.saturationFlow * $1.flow / lane.flow : $0
        }
    }
  }
}
