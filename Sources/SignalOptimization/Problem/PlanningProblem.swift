internal import TrafficModel

/// What is to be planned: who wants to travel on which network, what runs there now, and what may become of it.
struct PlanningProblem: Sendable {
  /// With controllers for which only what may be proposed is legal.
  let network: Network
  let demand: Demand
  /// The demand's.
  let flows: MovementFlows
  /// Those whose delay counts; none where it has no weight.
  let pedestrians: [WeightedPedestrians]
  /// Complete: a programme for each controller.
  let existing: TimingPlan
  /// Controllers whose present control was not understood are frozen, but for those that were accepted.
  var options: OptimizationOptions

  /// - Parameters:
  ///   - flows: the demand's; worked out where nobody has them yet.
  ///   - pedestrians: those that count; nil for the demand's, by the weight of the options.
  init(
    network: Network, demand: Demand, flows: MovementFlows? = nil, pedestrians: [WeightedPedestrians]? = nil,
    existing: TimingPlan, options: OptimizationOptions = OptimizationOptions()
  ) {
    var options = options
    // Who asks for a cycle has read what practice says.
    if case .fixed = options.cycle { options.rules.cycles = ProposalRules.none.cycles }
    let strict = options.rules.strict(network, existing: existing, stages: options.stages)
    self.network = strict
    self.demand = demand
    self.flows = flows ?? MovementFlows(network: strict, demand: demand)
    self.pedestrians =
      pedestrians
      ?? WeightedPedestrians.all(network: strict, demand: demand, weight: options.pedestrianWeight)
    self.existing = existing
    options.frozen.formUnion(strict.doubtfulControllers.subtracting(options.acceptedDoubtful))
    self.options = options
  }

  /// A plan to be looked at, not to be changed.
  static func asItIs(
    network: Network, demand: Demand, flows: MovementFlows?, plan: TimingPlan
  ) -> PlanningProblem {
    var options = OptimizationOptions()
    options.rules = .none
    options.stages = .free
    return PlanningProblem(network: network, demand: demand, flows: flows, existing: plan, options: options)
  }

  /// The problem with another demand of vehicles.
  func on(_ demand: Demand) -> PlanningProblem {
    PlanningProblem(
      network: network, demand: demand, pedestrians: pedestrians, existing: existing, options: options)
  }

  /// In order of the network.
  var controllers: [ControllerID] { network.controllers.indices.map { ControllerID($0) } }
}
