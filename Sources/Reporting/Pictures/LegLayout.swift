internal import TrafficModel

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The legs of a junction as people see them: clockwise from north, each with the road that comes in and the one that goes out.
struct LegLayout {
  /// A leg.
  struct Leg {
    /// N, NE … by where it lies; no two of a junction have the same.
    var name: String
    /// Radians clockwise from north, as it lies.
    var bearing: Double
    /// The same as it is drawn: not too near to its neighbours.
    var drawn: Double
    var into: LinkID?
    var out: LinkID?
    var crossings: [CrossingID] = []
  }
  let junction: JunctionID
  /// Clockwise from north.
  private(set) var legs: [Leg] = []
  private let network: Network

  /// Roads in and out whose bearings differ by no more are one leg, radians.
  private static let widest = Double.pi / 3
  /// Of different neighbours: carriageways that part before the next junction.
  private static let widestApart = Double.pi / 9
  /// Legs are drawn so far apart, radians.
  private static let leastApart = Double.pi / 5
  private static let north = Double.pi / 8

  init(_ junction: JunctionID, _ network: Network) {
    self.junction = junction
    self.network = network
    var found: [Leg] = []
    for (index, link) in network.links.enumerated() where link.to == junction {
      found.append(Self.leg(into: LinkID(index), out: nil, network))
    }
    for (index, link) in network.links.enumerated() where link.from == junction {
      let leg = Self.leg(into: nil, out: LinkID(index), network)
      let partner = found.indices.filter { place in
        guard let into = found[place].into, found[place].out == nil else { return false }
        let apart = Self.apart(found[place].bearing, leg.bearing)
        return apart <= (network[into].from == link.to ? Self.widest : Self.widestApart)
      }.min {
        Self.apart(found[$0].bearing, leg.bearing) < Self.apart(found[$1].bearing, leg.bearing)
      }
      if let partner { found[partner].out = leg.out } else { found.append(leg) }
    }
    func turn(_ leg: Leg) -> Double { Self.wrapped(leg.bearing + Self.north) }
    legs = found.enumerated().sorted { (turn($0.element), $0.offset) < (turn($1.element), $1.offset) }
      .map(\.element)
    name()
    spread()
    for (index, crossing) in network.crossings.enumerated() where crossing.junction == junction {
      let leg = network.leg(of: crossing)
      let place = legs.firstIndex {
        $0.into != nil && $0.into == leg.into || $0.out != nil && $0.out == leg.out
      }
      if let place { legs[place].crossings.append(CrossingID(index)) }
    }
  }

  /// The leg that a link comes in or goes out by.
  func place(of link: LinkID) -> Int? { legs.firstIndex { $0.into == link || $0.out == link } }

  // MARK: Bearings

  private static func wrapped(_ angle: Double) -> Double {
    let rest = angle.truncatingRemainder(dividingBy: 2 * .pi)
    return rest < 0 ? rest + 2 * .pi : rest
  }

  private static func apart(_ a: Double, _ b: Double) -> Double {
    let turn = wrapped(a - b)
    return min(turn, 2 * .pi - turn)
  }

  private static func leg(into: LinkID?, out: LinkID?, _ network: Network) -> Leg {
    let link = network[into ?? out ?? LinkID(0)]
    var points = (into == nil ? link.shape : link.shape.reversed())
    if points.count < 2 {
      points = [network[link.from].position, network[link.to].position]
      if into != nil { points.reverse() }
    }
    // The first piece that is long enough to have a direction.
    let first = points[0]
    let next =
      points.dropFirst().first { hypot($0.x - first.x, $0.y - first.y) > 1 } ?? points[points.count - 1]
    let bearing = wrapped(atan2(next.x - first.x, next.y - first.y))
    return Leg(name: "", bearing: bearing, drawn: bearing, into: into, out: out)
  }

  // MARK: Names

  private static let points = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

  /// Names of links tell legs in networks of Greenwave's own; others are called after the nearest point of the compass that
  /// is free.
  private mutating func name() {
    let junction = network[junction].name
    for place in legs.indices {
      let said = legs[place].into.map { network[$0].name } ?? ""
      let suffix = said.hasPrefix(junction + ".") ? String(said.dropFirst(junction.count + 1)) : ""
      if Self.points.contains(suffix), !legs.contains(where: { $0.name == suffix }) {
        legs[place].name = suffix
      }
    }
    for place in legs.indices where legs[place].name.isEmpty {
      let nearest = Self.points.indices.filter { point in !legs.contains { $0.name == Self.points[point] } }
        .min {
          Self.apart(legs[place].bearing, Double($0) * .pi / 4)
            < Self.apart(legs[place].bearing, Double($1) * .pi / 4)
        }
      legs[place].name = nearest.map { Self.points[$0] } ?? "\(place + 1)"
    }
  }

  // MARK: Room

  /// Turns legs that lie too near to each other apart, a little at a time.
  private mutating func spread() {
    guard legs.count > 1 else { return }
    let least = min(Self.leastApart, 2 * .pi / Double(legs.count) * 0.9)
    for _ in 0..<60 {
      for place in legs.indices {
        let next = (place + 1) % legs.count
        let gap = Self.wrapped(legs[next].drawn - legs[place].drawn)
        guard gap < least || gap > 2 * .pi - 0.01 else { continue }
        let push = (least - (gap > .pi ? gap - 2 * .pi : gap)) / 2
        legs[place].drawn -= push
        legs[next].drawn += push
      }
    }
  }
}

extension LegLayout.Leg {
  /// Where the leg leads to on the page: x to the right, y down.
  var outward: (x: Double, y: Double) { (sin(drawn), -cos(drawn)) }

  /// The right-hand side, on the page, of who comes in by it.
  var right: (x: Double, y: Double) { (-cos(drawn), -sin(drawn)) }

  /// A point on the page, so far out along the leg and so far to the right of who comes in.
  func point(_ along: Double, _ aside: Double) -> (x: Double, y: Double) {
    (along * outward.x + aside * right.x, along * outward.y + aside * right.y)
  }
}
