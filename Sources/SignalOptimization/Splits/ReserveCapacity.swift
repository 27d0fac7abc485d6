public import TrafficModel

/// How much demand the signals of a plan can carry.
public struct ReserveCapacity: Hashable, Sendable {
  /// By controller: the largest factor by which all demand can grow before some lane is oversaturated; infinite
  /// where nobody wants to pass.
  public let factors: [Double]

  /// The reserve capacity of any plan that has a programme for each controller, from the split programs' model of lanes
  /// at the plan's own greens; see Documentation/Splits.md.
  ///
  /// - Parameter flows: the demand's; worked out where nobody has them yet.
  public init(of plan: TimingPlan, network: Network, demand: Demand, flows: MovementFlows? = nil) {
    let problem = PlanningProblem.asItIs(network: network, demand: demand, flows: flows, plan: plan)
    factors = problem.controllers.map { id in
      plan[id].map { problem.reserveCapacity(of: ControllerSetting($0, controller: network[id]), at: id) }
        ?? .infinity
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

extension PlanningProblem {
  /// The factor by which all demand can grow before some lane of a controller with these greens is oversaturated.
  func reserveCapacity(of setting: ControllerSetting, at id: ControllerID) -> Double {
    ControllerSplits(self, id, structure: setting.structure)
      .program(cycle: setting.cycle, stages: setting.stages).reserveCapacity(stages: setting.stages)
  }
}
