public import TrafficModel

/// Demand to flows: how many vehicles want to make each movement, by time slice.
///
/// Routed vehicles are counted at the time at which they would reach the stop line at free flow; the ones
/// that would reach it after the period count in its last slice, so that no vehicle is lost. Turning counts
/// are taken as they stand. Mean flows are over the whole period.
public struct MovementFlows: Sendable {
  /// Begin of each slice, absolute s, then the end of the last.
  public let sliceBounds: [Double]
  /// Flow, veh/s: slices × movements.
  public let bySlice: [[Double]]
  /// Mean flow over the period, veh/s, by movement.
  public let mean: [Double]
  /// People who cross, mean per second over the period, by crossing.
  public let people: [Double]
  /// Movements without demand, and why.
  public let idle: [IdleMovement]

  /// Length of the slices that routed demand is cut into, s: the usual counting interval.
  public static let sliceLength = 900.0

  /// The flows of a demand on its network.
  ///
  /// - Parameter sliceLength: of the slices that routed demand is cut into, s; counts keep their own.
  public init(network: Network, demand: Demand, sliceLength: Double = Self.sliceLength) {
    let count = network.movements.count
    var bounds: [Double]
    if let last = demand.counts.last {
      bounds = demand.counts.map(\.begin) + [last.end]
    } else {
      let slices = max(1, Int((demand.duration / sliceLength - 1e-9).rounded(.up)))
      bounds = (0..<slices).map { demand.begin + Double($0) * sliceLength } + [demand.end]
    }
    var vehicles = [[Double]](
      repeating: [Double](repeating: 0, count: count), count: bounds.count - 1)
    var isCounted = [Bool](repeating: demand.counts.isEmpty, count: count)
    for (slice, counts) in demand.counts.enumerated() {
      for (movement, counted) in counts.vehicles.enumerated() {
        guard let counted else { continue }
        vehicles[slice][movement] += counted
        isCounted[movement] = true
      }
    }
    let routes = demand.routes.map { RouteTimes(route: $0, network: network) }
    for departure in demand.departures {
      routes[departure.route].add(1, at: departure.time, bounds: bounds, to: &vehicles)
    }
    for flow in demand.flows {
      // A stream is spread over its time in steps of a minute at most.
      let steps = max(1, Int(((flow.end - flow.begin) / 60).rounded(.up)))
      let step = (flow.end - flow.begin) / Double(steps)
      for index in 0..<steps {
        let time = flow.begin + (Double(index) + 0.5) * step
        routes[flow.route].add(flow.rate * step, at: time, bounds: bounds, to: &vehicles)
      }
    }
    sliceBounds = bounds
    bySlice = vehicles.indices.map { slice in
      vehicles[slice].map { $0 / (bounds[slice + 1] - bounds[slice]) }
    }
    let duration = bounds[bounds.count - 1] - bounds[0]
    let mean = (0..<count).map { movement in vehicles.reduce(0) { $0 + $1[movement] } / duration }
    self.mean = mean
    var people = [Double](repeating: 0, count: network.crossings.count)
    for flow in demand.pedestrianFlows { people[flow.crossing.index] += flow.people / duration }
    self.people = people
    idle = mean.indices.filter { mean[$0] <= 0 }.map { movement in
      IdleMovement(
        movement: MovementID(movement),
        reason: demand.counts.isEmpty ? .noRoute : isCounted[movement] ? .countedZero : .notCounted)
    }
  }
}

extension Array where Element == MovementFlows {
  /// Mean flow over several days, veh/s, by movement.
  var mean: [Double] {
    self[0].mean.indices.map { movement in reduce(0) { $0 + $1.mean[movement] } / Double(count) }
  }
}

/// A movement that nobody wants to make.
public struct IdleMovement: Hashable, Sendable {
  /// Why nobody wants to make it.
  public enum Reason: Hashable, Sendable {
    /// No vehicle's route uses it.
    case noRoute
    /// The count is zero in every slice.
    case countedZero
    /// Nobody counted it.
    case notCounted
  }
  /// The movement.
  public var movement: MovementID
  /// Why nobody does.
  public var reason: Reason
}

/// A route's movements and the free-flow times, from departure, at which they are reached.
private struct RouteTimes {
  var passages: [(movement: Int, time: Double)] = []

  init(route: [LinkID], network: Network) {
    var time = 0.0
    for (from, to) in zip(route, route.dropFirst()) {
      time += network[from].freeFlowTime
      if let movement = network.movement(from: from, to: to) {
        passages.append((movement.index, time))
      }
    }
  }

  func add(_ amount: Double, at departure: Double, bounds: [Double], to vehicles: inout [[Double]]) {
    var slice = 0
    for passage in passages {
      let time = departure + passage.time
      while slice + 2 < bounds.count, time >= bounds[slice + 1] { slice += 1 }
      vehicles[slice][passage.movement] += amount
    }
  }
}
