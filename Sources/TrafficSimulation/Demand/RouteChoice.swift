internal import TrafficModel

/// How drivers who choose their route choose it: the alternative that is the quickest by the speeds of the last minutes.
struct RouteChoice: ~Copyable {
  private let alternatives: RouteAlternatives
  private var speeds: LinkSpeeds
  /// Where nobody chooses a route, nobody asks for speeds.
  private let isAsked: Bool

  init(_ alternatives: RouteAlternatives, network: Network) {
    self.alternatives = alternatives
    isAsked = !alternatives.isEmpty
    let known = isAsked ? network.links : []
    speeds = LinkSpeeds(lengths: known.map(\.length), limits: known.map(\.speed))
  }

  /// Notes vehicles of the present second.
  @inline(__always)
  mutating func add(speeds sum: Double, vehicles: Int32, link: Int32) {
    if isAsked { speeds.add(speeds: sum, vehicles: vehicles, link: link) }
  }

  /// Ends the second.
  @inline(__always)
  mutating func advance() {
    if isAsked { speeds.advance() }
  }

  /// The alternative to a route that is the quickest at present.
  @inline(__always)
  func quickest(_ route: Int, _ routes: borrowing Routes) -> Int {
    let first = Int(alternatives.first[route])
    var best = (time: Double.infinity, route: route)
    for alternative in alternatives.routes[first..<(first + Int(alternatives.count[route]))] {
      var time = alternatives.passageTime[Int(alternative)]
      for place in routes.starts[alternative]..<routes.starts[alternative + 1] {
        time += speeds.time(routes.links[place])
      }
      if time < best.time { best = (time, Int(alternative)) }
    }
    return best.route
  }
}
