public import TrafficModel

/// How much demand the signals of a plan can carry.
public struct ReserveCapacity: Hashable, Sendable {
  /// By controller: the largest factor by which all demand can grow before some lane is oversaturated; infinite
  /// where nobody wants to pass.
  public let factors: [Double]

  /// The reserve capacity of any plan that has a programme for each controller, from the split programs' model of lanes
  /// at the plan's own greens; see Documentation/Splits.md.
  public init(of plan: TimingPlan, network: Network, demand: Demand) {
    let flows = MovementFlows(network: network, demand: demand)
    let options = OptimizationOptions()
    factors = network.controllers.indices.map { index in
      let id = ControllerID(index)
      guard let program = plan[id] else { return .infinity }
      let setting = ControllerSetting(program, controller: network[id])
      let splits = ControllerSplits(
        network: network, id: id, structure: setting.structure,
        demand: ControllerDemand(controller: id, network: network, flows: flows.mean),
        period: demand.duration, options: options)
      return splits.program(cycle: setting.cycle, stages: setting.stages)
        .reserveCapacity(stages: setting.stages)
    }
  }

  /// Of the network: the least of all controllers; infinite where nothing limits it.
  public var network: Double { factors.min() ?? .infinity }

  /// The controller that limits it; nil where none does.
  public var limitingController: ControllerID? {
    guard let least = factors.indices.min(by: { factors[$0] < factors[$1] }), factors[least].isFinite else {
      return nil
    }
    return ControllerID(least)
  }
}
