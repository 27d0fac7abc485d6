internal import TrafficModel

/// Where people walk in a net file: along edges with a lane for them, through walking areas and over crossings.
///
/// All of these are walked in both directions.
struct SUMOFootways {
  /// A crossing on somebody's way.
  struct Pass {
    /// Name of the crossing's edge.
    var crossing: String
    /// m from the begin of the way to the kerb.
    var distance: Double
  }
  /// A way on foot.
  struct Way {
    /// m.
    var length = 0.0
    /// In walking order.
    var passes: [Pass] = []

    func followed(by other: Way) -> Way {
      Way(
        length: length + other.length,
        passes: passes + other.passes.map { Pass(crossing: $0.crossing, distance: length + $0.distance) })
    }
  }
  /// A place on an edge: m from its begin.
  struct Place: Hashable {
    var edge: Int
    var position: Double
  }
  /// The way from an end of an edge to an end of another, with no edge between them.
  private struct Join {
    var end: Int
    var way: Way
  }

  /// By edge of the net file: m; nil where nobody may walk.
  private let lengths: [Double?]
  /// By edge of the net file.
  let indexOfEdge: [String: Int]
  /// By vertex: what joins it to others. Vertices 2 k and 2 k + 1 are begin and end of edge k; the others are walking areas,
  /// and junctions that have none.
  private var arcs: [[Join]]
  /// By end of an edge; nil where they have not been looked for yet.
  private var joins: [[Join]?]
  /// By junction: the ends of edges there.
  private(set) var endsAtJunction: [String: [Int]] = [:]

  init(_ net: NetFile) {
    lengths = net.edges.map { edge in edge.lanes.first { $0.isOpenToPeople }?.length }
    indexOfEdge = Dictionary(
      net.edges.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    arcs = [[Join]](repeating: [], count: 2 * lengths.count)
    joins = [[Join]?](repeating: nil, count: 2 * lengths.count)
    addAreas(net)
    addJunctions(net)
  }

  private mutating func join(_ a: Int, _ b: Int, _ length: Double, _ there: [Pass] = [], _ back: [Pass] = [])
  {
    arcs[a].append(Join(end: b, way: Way(length: length, passes: there)))
    arcs[b].append(Join(end: a, way: Way(length: length, passes: back)))
  }

  private mutating func addAreas(_ net: NetFile) {
    var vertexOfArea: [String: Int] = [:]
    /// Half of the way through an area, m.
    func half(_ area: String) -> Double { max(0, net.walkingAreas[area] ?? 0) / 2 }
    var crossings: [String] = []
    var areasOfCrossing: [String: [String]] = [:]
    for footway in net.footways {
      for area in [footway.from, footway.to] where net.walkingAreas[area] != nil && vertexOfArea[area] == nil
      {
        vertexOfArea[area] = arcs.count
        arcs.append([])
      }
      for (area, other, isExit) in [
        (footway.to, footway.from, true), (footway.from, footway.to, false),
      ] {
        guard let vertex = vertexOfArea[area] else { continue }
        if net.crossings[other] != nil {
          if areasOfCrossing[other] == nil { crossings.append(other) }
          if areasOfCrossing[other]?.contains(area) != true {
            areasOfCrossing[other, default: []].append(area)
          }
        } else if let edge = indexOfEdge[other], lengths[edge] != nil {
          join(2 * edge + (isExit ? 1 : 0), vertex, half(area))
        }
      }
    }
    for crossing in crossings {
      guard let areas = areasOfCrossing[crossing], areas.count == 2, let a = vertexOfArea[areas[0]],
        let b = vertexOfArea[areas[1]]
      else { continue }
      join(
        a, b, half(areas[0]) + max(0, net.crossings[crossing] ?? 0) + half(areas[1]),
        [Pass(crossing: crossing, distance: half(areas[0]))],
        [Pass(crossing: crossing, distance: half(areas[1]))])
    }
  }

  /// Where a junction has no walking areas, people go from any edge to any other.
  private mutating func addJunctions(_ net: NetFile) {
    var vertexOfJunction: [String: Int] = [:]
    for (index, edge) in net.edges.enumerated() where lengths[index] != nil {
      for (end, junction) in [(2 * index, edge.from), (2 * index + 1, edge.to)] {
        endsAtJunction[junction, default: []].append(end)
        guard arcs[end].isEmpty else { continue }
        let vertex = vertexOfJunction[junction] ?? arcs.count
        if vertex == arcs.count {
          vertexOfJunction[junction] = vertex
          arcs.append([])
        }
        join(end, vertex, 0)
      }
    }
  }

  // MARK: Ways

  /// The place on an edge that a position in a file means, m, negative from the end; nil where nobody may walk.
  func place(on edge: Int, at position: Double) -> Place? {
    lengths[edge].map { length in
      Place(edge: edge, position: min(max(0, position < 0 ? length + position : position), length))
    }
  }

  /// The shortest ways from an end of an edge to those of others, with no edge between them.
  private mutating func joins(from start: Int) -> [Join] {
    if let known = joins[start] { return known }
    var found: [Join] = []
    var open = [Join(end: start, way: Way())]
    var done: Set<Int> = []
    while let nearest = open.indices.min(by: {
      (open[$0].way.length, open[$0].end) < (open[$1].way.length, open[$1].end)
    }) {
      let next = open.remove(at: nearest)
      guard done.insert(next.end).inserted else { continue }
      if next.end < joins.count, next.end != start {
        found.append(next)
      } else {
        for arc in arcs[next.end] where !done.contains(arc.end) {
          open.append(Join(end: arc.end, way: next.way.followed(by: arc.way)))
        }
      }
    }
    joins[start] = found
    return found
  }

  /// The ways from a place to begin and end of its edge.
  private func ways(from place: Place) -> [Way?] {
    [Way(length: place.position), Way(length: (lengths[place.edge] ?? 0) - place.position)]
  }

  /// The shorter one of those to begin and end of an edge, and on to a place of it; nil where there is none.
  private func shortest(_ ways: [Way?], to place: Place) -> Way? {
    let rest = self.ways(from: place)
    return zip(ways, rest).compactMap { way, rest in rest.flatMap { way?.followed(by: $0) } }
      .min { $0.length < $1.length }
  }

  /// The shortest walk along edges; nil where there is none.
  ///
  /// - Parameters:
  ///   - edges: at least one; the first and the last are those of the places.
  mutating func walk(along edges: [Int], from: Place, to: Place) -> Way? {
    guard edges.count > 1 else { return Way(length: abs(to.position - from.position)) }
    var current = from.edge
    // By its begin and end: on the way in, and how he may be there on the way out.
    var reached: [Way?] = [nil, nil]
    var leaving = ways(from: from)
    for next in edges.dropFirst() where next != current {
      let before = reached
      reached = joined(leaving, of: current, to: next)
      // Edges between the first and the last are walked as a whole, as in SUMO; but where they only lead on by the end
      // where he came.
      if reached.allSatisfy({ $0 == nil }) { reached = joined(before, of: current, to: next) }
      guard let length = lengths[next], reached.contains(where: { $0 != nil }) else { return nil }
      leaving = [1, 0].map { reached[$0]?.followed(by: Way(length: length)) }
      current = next
    }
    return shortest(reached.allSatisfy { $0 == nil } ? leaving : reached, to: to)
  }

  /// The shortest ways from begin and end of an edge to those of the next.
  private mutating func joined(_ ways: [Way?], of edge: Int, to next: Int) -> [Way?] {
    var found: [Way?] = [nil, nil]
    for side in 0..<2 {
      guard let way = ways[side] else { continue }
      for join in joins(from: 2 * edge + side) where join.end / 2 == next {
        let whole = way.followed(by: join.way)
        if found[join.end % 2].map({ whole.length < $0.length }) ?? true { found[join.end % 2] = whole }
      }
    }
    return found
  }

  /// The shortest walk; nil where there is none.
  ///
  /// - Parameters:
  ///   - starts: where it may begin.
  ///   - goals: where it may end.
  mutating func walk(from starts: [Place], to goals: [Place]) -> Way? {
    var reached = [Way?](repeating: nil, count: joins.count)
    var best: Way?
    func isShorter(_ way: Way, than other: Way?) -> Bool { other.map { way.length < $0.length } ?? true }
    var queue = SUMOFootwayQueue()
    for start in starts {
      for goal in goals where goal.edge == start.edge {
        let way = Way(length: abs(goal.position - start.position))
        if isShorter(way, than: best) { best = way }
      }
      for (side, way) in ways(from: start).enumerated() {
        guard let way, isShorter(way, than: reached[2 * start.edge + side]) else { continue }
        reached[2 * start.edge + side] = way
        queue.insert(2 * start.edge + side, at: way.length)
      }
    }
    let goalEdges = Set(goals.map(\.edge))
    while let (length, end) = queue.removeFirst() {
      if let best, best.length <= length { break }
      guard let way = reached[end], way.length == length else { continue }
      if goalEdges.contains(end / 2) {
        for goal in goals where goal.edge == end / 2 {
          guard let rest = ways(from: goal)[end % 2] else { continue }
          let whole = way.followed(by: rest)
          if isShorter(whole, than: best) { best = whole }
        }
      }
      let along = Join(end: end ^ 1, way: Way(length: lengths[end / 2] ?? 0))
      for join in [along] + joins(from: end) {
        guard isShorter(Way(length: length + join.way.length), than: reached[join.end]) else { continue }
        let whole = way.followed(by: join.way)
        reached[join.end] = whole
        queue.insert(join.end, at: whole.length)
      }
    }
    return best
  }
}

/// Ends of edges by their distance, the nearest first: a binary heap.
private struct SUMOFootwayQueue {
  private var heap: [(distance: Double, end: Int)] = []

  mutating func insert(_ end: Int, at distance: Double) {
    heap.append((distance, end))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> (distance: Double, end: Int)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
      guard let least = children.min(by: { heap[$0] < heap[$1] }), heap[least] < heap[parent] else { break }
      heap.swapAt(parent, least)
      parent = least
    }
    return first
  }
}
