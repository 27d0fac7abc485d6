public import TrafficModel

/// Plays timing plans on a network, lane by lane and vehicle by vehicle.
public struct Simulator: Sendable {
  private let network: Network
  private let demand: Demand

  /// Prepares a network and a demand for any number of runs.
  public init(network: Network, demand: Demand) {
    self.network = network
    self.demand = demand
  }

  /// Plays `plan`, which must hold a programme for each controller.
  public func run(_ plan: TimingPlan, seed: UInt64) -> Measures {
    Measures()
  }
}
