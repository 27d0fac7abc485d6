import TestSupport
import TrafficModel

@testable import SignalOptimization
@testable import TrafficSimulation

/// A small network with made-up measures, so that reports can be read against known numbers.
struct ReportFixtures {
  let star: StarNetwork
  let demand = Demand(begin: 27_000, end: 30_600)
  var network: Network { star.network }

  init() throws {
    star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
  }

  /// What a run measured; `delay` is in veh·h and all on the first approach.
  func measures(demand: Int, served: Int, delay: Double, stops: Int, onTheRoad: Double) -> Measures {
    var measures = Measures()
    measures.demand = demand
    measures.served = served
    measures.totalDelay = delay * 3600
    measures.travelTime = onTheRoad * 3600
    measures.stops = stops
    measures.links = network.links.map { _ in LinkMeasures() }
    measures.links[0].left = served / 2
    measures.links[1].left = served / 2
    measures.links[0].delay = delay * 3600
    measures.links[0].fullestLane = 0.5
    return measures
  }

  /// Two plans over two seeds.
  func comparison(existing: [Measures], proposed: [Measures]) async -> PlanPair {
    PlanPair(
      PlanComparison(
        seeds: existing.indices.map { UInt64($0 + 1) },
        entries: [
          .init(plan: star.plan(greens: [30, 30]), runs: existing),
          .init(plan: star.plan(greens: [20, 22]), runs: proposed),
        ]))
  }

  /// An outcome with a certificate that binds in every way.
  func result(
    _ comparison: PlanPair, isImprovement: Bool, objective: Objective = .delay,
    existingReserve: Double = 0.9,
    idle: [IdleMovement] = [], coordination: [CoordinationCertificate] = []
  ) -> OptimizationResult {
    OptimizationResult(
      plan: (isImprovement ? comparison.proposed : comparison.existing).plan, isImprovement: isImprovement,
      comparison: comparison,
      steps: zip([.existing, .refinement], comparison.both).map { kind, plan in
        OptimizationStep(
          kind: kind, seeds: comparison.seeds.count, totalDelay: plan.estimate(\.totalDelay),
          difference: plan.difference(to: comparison.existing, \.totalDelay))
      },
      certificate: Certificate(
        objective: objective,
        splits: [
          SplitCertificate(
            controller: ControllerID(0), cycle: 48, value: 10, bound: 9.99, reserveCapacity: 1.25,
            binding: [
              BindingConstraint(
                subject: .lane(LaneID(0), degreeOfSaturation: 0.8), pricePerSecond: -0.5),
              BindingConstraint(subject: .minimum(.walk(0)), pricePerSecond: -0.04),
              BindingConstraint(subject: .cycle, pricePerSecond: 0.01),
            ])
        ],
        reserves: [
          ControllerReserve(controller: ControllerID(0), existing: existingReserve, proposed: 1.25)
        ],
        coordination: coordination, movementsWithoutDemand: idle))
  }

  /// The proposed plan halves delay and serves everybody.
  func better() async -> PlanPair {
    await comparison(
      existing: [
        measures(demand: 1200, served: 1000, delay: 40, stops: 2000, onTheRoad: 100),
        measures(demand: 1200, served: 1010, delay: 42, stops: 2100, onTheRoad: 100),
      ],
      proposed: [
        measures(demand: 1200, served: 1180, delay: 10, stops: 900, onTheRoad: 20),
        measures(demand: 1200, served: 1190, delay: 11, stops: 1000, onTheRoad: 20),
      ])
  }
}
