internal import TrafficModel
internal import TrafficSimulation

/// Pedestrians at one crossing, as the objective counts them.
struct WeightedPedestrians: Hashable, Sendable {
  var signal: SignalGroupReference
  /// Pedestrians per second, times the weight of their delay against vehicles'.
  var flow: Double

  /// The crossings of a demand; none where `weight` is 0.
  static func all(network: Network, demand: Demand, weight: Double) -> [WeightedPedestrians] {
    guard weight > 0, demand.duration > 0 else { return [] }
    return PedestrianDelay(network: network, demand: demand).crossings.map {
      WeightedPedestrians(signal: $0.signal, flow: weight * $0.pedestrians / demand.duration)
    }
  }
}
