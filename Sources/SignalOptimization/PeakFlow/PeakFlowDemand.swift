internal import TrafficModel

/// Vehicles by movement and slice of equal length, from whatever slices the demand comes in.
struct PeakFlowDemand {
  /// s.
  let sliceLength: Double
  /// Vehicles: slices × movements.
  let vehicles: [[Double]]
  /// Vehicles of the whole period, by movement.
  let totals: [Double]

  /// - Parameter sliceLength: wanted; the period is cut into the whole number of slices that comes nearest, s.
  init(network: Network, demand: Demand, sliceLength wanted: Double) {
    let count = max(1, Int((demand.duration / wanted).rounded()))
    let length = demand.duration / Double(count)
    let flows = MovementFlows(network: network, demand: demand, sliceLength: length)
    var vehicles = [[Double]](
      repeating: [Double](repeating: 0, count: network.movements.count), count: count)
    for (index, flow) in flows.bySlice.enumerated() {
      let (begin, end) = (flows.sliceBounds[index], flows.sliceBounds[index + 1])
      for slice in 0..<count {
        let first = demand.begin + Double(slice) * length
        let overlap = min(end, first + length) - max(begin, first)
        guard overlap > 0 else { continue }
        for movement in flow.indices { vehicles[slice][movement] += flow[movement] * overlap }
      }
    }
    sliceLength = length
    self.vehicles = vehicles
    totals = network.movements.indices.map { movement in vehicles.reduce(0) { $0 + $1[movement] } }
  }
}
