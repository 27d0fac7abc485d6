public import TrafficModel

/// A leg of a junction, by where it lies as seen from the junction; traffic on approach N comes from the north.
public enum Compass: Int, CaseIterable, Hashable, Comparable, Sendable {
  case n, ne, e, se, s, sw, w, nw

  /// Its letters: N for the leg in the north.
  public var name: String { Self.names[rawValue] }
  /// The letters of all legs, clockwise from north.
  public static let names = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

  /// The leg of its letters; nil for others.
  public init?(name: String) {
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: index)
  }

  /// In order of `allCases`.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// Eighths of a turn, clockwise as seen from above, from this leg to another: 0 ... 7.
  public func eighths(to other: Compass) -> Int { (other.rawValue - rawValue + 8) % 8 }

  /// Unit vector from the junction along the leg, x east, y north.
  public var direction: Point {
    let diagonal = 0.5.squareRoot()
    return switch self {
    case .n: Point(x: 0, y: 1)
    case .ne: Point(x: diagonal, y: diagonal)
    case .e: Point(x: 1, y: 0)
    case .se: Point(x: diagonal, y: -diagonal)
    case .s: Point(x: 0, y: -1)
    case .sw: Point(x: -diagonal, y: -diagonal)
    case .w: Point(x: -1, y: 0)
    case .nw: Point(x: -diagonal, y: diagonal)
    }
  }

  /// The leg in its mirror image, with east for west.
  public var mirrored: Compass { Self.allCases[(8 - rawValue) % 8] }

  /// The leg straight across.
  public var opposite: Compass { Self.allCases[(rawValue + 4) % 8] }
}

extension Turn {
  /// Its letter in names of movements: L, T, R, U.
  public var letter: Character {
    switch self {
    case .uTurn: "U"
    case .left: "L"
    case .through: "T"
    case .right: "R"
    }
  }

  /// The turn of a letter; nil for others.
  public init?(letter: Character) {
    guard let turn = Self.fromLeft.first(where: { $0.letter == letter }) else { return nil }
    self = turn
  }

  /// The turns from the driver's left to the right.
  public static let fromLeft: [Turn] = [.uTurn, .left, .through, .right]

  /// Position from the driver's left.
  public var rank: Int { Self.fromLeft.firstIndex(of: self) ?? 0 }

  /// The word in messages.
  public var words: String {
    switch self {
    case .uTurn: "turn round"
    case .left: "turn left"
    case .through: "go straight on"
    case .right: "turn right"
    }
  }
}

/// Which leg each turn from a leg leads to.
public struct TurnTargets: Sendable {
  private var legs: [Turn: Compass] = [:]

  /// The leg that a turn leads to; nil where there is none.
  public subscript(turn: Turn) -> Compass? {
    get { legs[turn] }
    set { legs[turn] = newValue }
  }

  /// Straight on is the leg nearest to straight across, left the one nearest to a quarter turn left, right the
  /// one nearest to a quarter turn right. Where two legs lie equally far from straight across, as at a Y, one is
  /// left and one right.
  ///
  /// - Parameter exits: the legs that traffic may leave by.
  public init(from leg: Compass, exits: [Compass]) {
    func nearest(_ eighths: ClosedRange<Int>, to ideal: Int, but taken: Compass?) -> [Compass] {
      let candidates = exits.filter { eighths.contains(leg.eighths(to: $0)) && $0 != taken }
      let best = candidates.map { abs(leg.eighths(to: $0) - ideal) }.min()
      return candidates.filter { abs(leg.eighths(to: $0) - ideal) == best }
    }
    let straight = nearest(3...5, to: 4, but: nil)
    let through = straight.count == 1 ? straight[0] : nil
    legs[.through] = through
    legs[.left] = nearest(1...3, to: 2, but: through).first
    legs[.right] = nearest(5...7, to: 6, but: through).last
    if exits.contains(leg) { legs[.uTurn] = leg }
  }
}

extension Compass {
  /// The leg nearest to a direction, x east, y north; nil for no direction.
  public init?(nearestTo direction: Point) {
    guard direction.x != 0 || direction.y != 0 else { return nil }
    func likeness(_ leg: Compass) -> Double {
      leg.direction.x * direction.x + leg.direction.y * direction.y
    }
    guard let leg = Self.allCases.max(by: { likeness($0) < likeness($1) }) else { return nil }
    self = leg
  }
}

/// A leg of a junction.
public struct LegID: Hashable, Sendable {
  /// Position of the junction.
  public var junction: Int
  /// Where the leg lies.
  public var leg: Compass

  /// A leg of a junction.
  public init(junction: Int, leg: Compass) {
    self.junction = junction
    self.leg = leg
  }
}

extension Point {
  /// The point so many metres away, in the direction of a leg.
  public func moved(_ distance: Double, towards leg: Compass) -> Point {
    Point(x: x + distance * leg.direction.x, y: y + distance * leg.direction.y)
  }
}
