internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A vehicle's wish to travel.
struct Trip: Sendable {
  /// Absolute s.
  var time: Double
  /// Position in the routes.
  var route: Int
  var choosesRoute = false
  var type: Int
  var insertion: Insertion
}

/// All trips of one run, sorted by time, with the routes they take.
struct Trips: Sendable {
  var trips: [Trip]
  var routes: RouteLanes

  /// The trips of a seed: known departures as they are, streams and counts drawn at random.
  ///
  /// - Parameter fixed: the demand's own routes, prepared.
  init(network: Network, demand: Demand, fixed: RouteLanes, turning: TurningChoice?, seed: UInt64) {
    routes = fixed
    trips = demand.departures.filter { $0.time >= demand.begin && $0.time < demand.end }.map {
      Trip(
        time: $0.time, route: $0.route, choosesRoute: $0.choosesRoute, type: $0.type, insertion: $0.insertion)
    }
    for (index, flow) in demand.flows.enumerated() {
      var random = SplitMix64(seed: seed).split(UInt64(index) &+ 1)
      for time in Self.times(of: flow, within: demand.begin..<demand.end, &random) {
        trips.append(
          Trip(
            time: time, route: flow.route, choosesRoute: flow.choosesRoute, type: flow.type,
            insertion: flow.insertion))
      }
    }
    if let turning {
      var random = SplitMix64(seed: seed).split(0)
      turning.draw(network: network, into: &self, &random)
    }
    // A stable order: equal times in order of the input, which mostly is in order itself.
    if trips.indices.dropFirst().allSatisfy({ trips[$0 - 1].time <= trips[$0].time }) { return }
    let order = trips.indices.sorted { (trips[$0].time, $0) < (trips[$1].time, $1) }
    trips = order.map { trips[$0] }
  }

  private static func times(
    of flow: RouteFlow, within period: Range<Double>, _ random: inout SplitMix64
  ) -> [Double] {
    guard flow.rate > 0 else { return [] }
    var times: [Double] = []
    switch flow.process {
    case .poisson:
      var time = flow.begin + random.nextExponential() / flow.rate
      while time < flow.end {
        times.append(time)
        time += random.nextExponential() / flow.rate
      }
    case .bernoulli:
      var second = flow.begin
      while second < flow.end {
        if random.nextUnit() < flow.rate { times.append(second) }
        second += 1
      }
    }
    return times.filter(period.contains)
  }
}

extension SplitMix64 {
  /// Independent generator number `index`.
  func split(_ index: UInt64) -> SplitMix64 {
    var mixer = SplitMix64(state: state ^ (index &* 0xd134_2543_de82_ef95))
    return SplitMix64(state: mixer.next())
  }

  /// An exponentially distributed number with mean 1.
  mutating func nextExponential() -> Double { -log(1 - nextUnit()) }

  /// A normally distributed number with mean 0 and deviation 1 (Box and Muller 1958).
  mutating func nextNormal() -> Double {
    (2 * nextExponential()).squareRoot() * cos(2 * Double.pi * nextUnit())
  }
}
