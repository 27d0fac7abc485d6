internal import HighwayCapacity
internal import TrafficModel

/// Which of the manual's four directions each approach of a junction has.
enum LegDirections {
  /// The cosine of how far a direction may lie from where vehicles are heading: 67.5°, half-way to the next but one.
  private static let least = 0.38

  /// By approach: its direction; nil for those that four directions do not hold.
  ///
  /// No two have the same, and all together are as near as can be to where vehicles are heading.
  static func directions(of headings: [Point]) -> [Direction?] {
    var best: (score: Double, places: [Int?]) = (-1, [])
    search(headings, [], 0, &best)
    return headings.indices.map { approach in
      zip(Direction.allCases, best.places).first { $0.1 == approach }?.0
    }
  }

  /// Gives each direction an approach, or none.
  private static func search(
    _ headings: [Point], _ places: [Int?], _ score: Double, _ best: inout (score: Double, places: [Int?])
  ) {
    guard places.count < Direction.allCases.count else {
      // Sums of the same terms in another order differ in their last digits: the first of equals stays.
      if score > best.score + 1e-9 { best = (score, places) }
      return
    }
    let towards = Direction.allCases[places.count].vector
    for (approach, heading) in headings.enumerated() where !places.contains(approach) {
      let likeness = heading.x * towards.x + heading.y * towards.y
      if likeness >= least { search(headings, places + [approach], score + likeness, &best) }
    }
    search(headings, places + [nil], score, &best)
  }
}

extension Direction {
  /// x east, y north.
  fileprivate var vector: Point {
    switch self {
    case .northbound: Point(x: 0, y: 1)
    case .southbound: Point(x: 0, y: -1)
    case .eastbound: Point(x: 1, y: 0)
    case .westbound: Point(x: -1, y: 0)
    }
  }

  /// What it is called where traffic keeps to this side: east and west change places in the mirror image.
  func name(on side: TrafficSide) -> String {
    guard side == .left, self == .eastbound || self == .westbound else { return rawValue }
    return opposite.rawValue
  }
}

extension LaneUse {
  /// Letters as painted on the road, from left to right: left and right change places in the mirror image.
  func letters(on side: TrafficSide) -> String {
    guard side == .left else { return letters }
    return (contains(.right) ? "L" : "") + (contains(.through) ? "T" : "") + (contains(.left) ? "R" : "")
  }
}
