internal import NetworkBuilding
internal import TrafficModel

/// The vehicles of a demand, each on a route of its own, for formats that have no turning counts.
///
/// Counts become vehicles without chance: they start evenly spread over their slice, and at each stop line the next one
/// takes the movement that is furthest below its share. So every movement has its count to within a vehicle or so, and
/// the same input gives the same vehicles.
struct RoutedVehicles {
  /// The demand's own routes, then the ones that counts were spread over.
  private(set) var routes: [[LinkID]]
  /// Vehicles with known times and counted ones, by time; streams are not among them.
  private(set) var departures: [Departure]
  /// Counted vehicles that take one route in one slice.
  struct Counted {
    /// Absolute s.
    var begin: Double
    var end: Double
    var route: Int
    var vehicles: Int
  }
  /// The counted ones among `departures`, by slice and then by route.
  private(set) var counted: [Counted] = []
  /// The others, by time.
  let timed: [Departure]
  /// Random streams.
  let flows: [RouteFlow]

  private let network: Network
  private let slices: [TurningShares]
  private var known: [[LinkID]: Int] = [:]
  /// By slice and link: what deals its vehicles to the ways on; the last share is of those that end there.
  private var dealers: [[LargestShare?]]

  init(_ demand: Demand, network: Network) {
    self.network = network
    routes = demand.routes
    timed = demand.departures.filter { $0.time >= demand.begin && $0.time < demand.end }
    departures = timed
    flows = demand.flows
    slices = demand.counts.map { TurningShares($0, network: network) }
    dealers = slices.map { _ in [LargestShare?](repeating: nil, count: network.links.count) }
    // Parts of vehicles are kept for the next slice.
    var rest = [Double](repeating: 0.5, count: network.links.count)
    for slice in slices {
      let first = departures.count
      for link in network.links.indices {
        let wanted = slice.starts[link] + rest[link]
        let number = wanted.rounded(.down)
        rest[link] = wanted - number
        for index in 0..<Self.count(number) {
          let time = slice.begin + (Double(index) + 0.5) / number * (slice.end - slice.begin)
          departures.append(Departure(time: time, route: route(from: LinkID(link), at: time)))
        }
      }
      let taken = departures[first...].map(\.route).sorted()
      for route in taken {
        if counted.last?.route == route, counted.last?.begin == slice.begin {
          counted[counted.count - 1].vehicles += 1
        } else {
          counted.append(Counted(begin: slice.begin, end: slice.end, route: route, vehicles: 1))
        }
      }
    }
    let order = departures.indices.sorted { (departures[$0].time, $0) < (departures[$1].time, $1) }
    departures = order.map { departures[$0] }
  }

  private mutating func route(from start: LinkID, at departure: Double) -> Int {
    var way = [start]
    var time = departure
    // Nobody drives through more links than there are.
    while way.count <= network.links.count {
      let link = way[way.count - 1]
      time += network[link].freeFlowTime
      let slice = slices.firstIndex { time < $0.end } ?? slices.count - 1
      guard let movement = deal(link, slice) else { break }
      way.append(network[movement].to)
    }
    if let index = known[way] { return index }
    known[way] = routes.count
    routes.append(way)
    return routes.count - 1
  }

  /// The movement by which the next vehicle leaves a link; nil where it ends there.
  private mutating func deal(_ link: LinkID, _ slice: Int) -> MovementID? {
    let movements = network.movementsFromLink[link.index]
    guard !movements.isEmpty else { return nil }
    let ends = slices[slice].ends[link.index]
    var dealer =
      dealers[slice][link.index]
      ?? LargestShare(movements.map { slices[slice].turns[$0.index] * (1 - ends) } + [ends])
    let next = dealer.next()
    dealers[slice][link.index] = dealer
    return next < movements.count ? movements[next] : nil
  }

  /// How many vehicles a number of them is.
  ///
  /// - Precondition: there is an `Int` for it: readers refuse what is beyond all counting.
  private static func count(_ vehicles: Double) -> Int {
    guard let count = Int(rounding: vehicles, in: 0...Int.max) else {
      preconditionFailure("\(vehicles) vehicles are none that a reader lets through")
    }
    return count
  }

  /// The vehicles of a stream at even intervals instead of random ones.
  static func even(_ flow: RouteFlow, within period: Range<Double>) -> [Departure] {
    guard flow.rate > 0 else { return [] }
    return (0..<count((flow.end - flow.begin) * flow.rate)).map { index in
      Departure(
        time: flow.begin + (Double(index) + 0.5) / flow.rate, route: flow.route, type: flow.type,
        insertion: flow.insertion)
    }.filter { period.contains($0.time) }
  }
}
