public import HighwayCapacity
internal import SignalOptimization
public import TrafficModel

/// The Highway Capacity Manual's worksheets of all signalled junctions of a network, under one plan and one demand.
///
/// How networks are put into the manual's terms is told in Documentation/HighwayCapacity.md.
public struct CapacityStudy: Hashable, Sendable {
  /// By signalled junction, in the network's order.
  public let worksheets: [JunctionWorksheet]

  /// - Parameters:
  ///   - plan: a programme for each controller; lanes of those without are not covered.
  ///   - demand: of the period; flows are its means.
  ///   - detectorsDecide: whether controllers whose phases have ``PhaseActuation`` run by it rather than by the plan; true for what runs
  ///     at present, false for a plan of fixed times.
  public init(network: Network, plan: TimingPlan, demand: Demand, detectorsDecide: Bool = false) {
    let flows = MovementFlows(network: network, demand: demand)
    worksheets = network.junctions.indices.compactMap { index in
      guard case .signalled = network.junctions[index].control else { return nil }
      return JunctionMaking(
        JunctionID(index), network: network, plan: plan, demand: demand, flows: flows,
        detectorsDecide: detectorsDecide
      ).worksheet
    }
  }

  /// Of one junction.
  public subscript(junction: JunctionID) -> JunctionWorksheet? {
    worksheets.first { $0.junction == junction }
  }

  /// By level of service, from A: how many junctions have it, and how many vehicles per hour pass these.
  public var levels: [(level: HighwayCapacity.LevelOfService, junctions: Int, flow: Double)] {
    HighwayCapacity.LevelOfService.allCases.map { level in
      let own = worksheets.filter { $0.levelOfService == level }
      return (level, own.count, own.reduce(0) { $0 + $1.flow })
    }
  }

  /// Control delay of all junctions by flow, s/veh; nil without flow.
  public var delay: Double? {
    let served = worksheets.filter { $0.delay != nil }
    let flow = served.reduce(0) { $0 + $1.flow }
    return flow > 0 ? served.reduce(0) { $0 + ($1.delay ?? 0) * $1.flow } / flow : nil
  }
}
