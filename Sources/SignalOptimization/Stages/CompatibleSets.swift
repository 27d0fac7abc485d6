internal import TrafficModel

/// Maximal sets of groups that may be green together.
///
/// They are the maximal cliques of the compatibility graph, found with the algorithm of C. Bron and J. Kerbosch
/// (1973), "Finding all cliques of an undirected graph", with pivoting. Groups that are alike to everybody, as the
/// lanes of one movement are, count as one.
struct CompatibleSets {
  /// Each ascending; the sets in lexicographic order.
  private(set) var sets: [[Int]] = []

  /// More sets than this are not listed: a junction that has them is no junction that stages could describe.
  static let most = 400

  /// All maximal sets; nil when there are more than `most`.
  init?(_ compatibility: GroupCompatibility) {
    let units = Self.units(compatibility)
    let neighbours = units.indices.map { a in
      units.indices.map { b in
        a != b && units[a].allSatisfy { one in units[b].allSatisfy { compatibility.areCompatible(one, $0) } }
      }
    }
    var search = CliqueSearch(neighbours: neighbours, most: Self.most)
    guard search.run() else { return nil }
    sets = search.cliques.map { clique in clique.flatMap { units[$0] }.sorted() }
    sets.sort { $0.lexicographicallyPrecedes($1) }
  }

  /// Groups that are green together or not at all: those of a lane that the existing programme never shows without each
  /// other, and those that are compatible with the same others in the same way, and with each other.
  private static func units(_ compatibility: GroupCompatibility) -> [[Int]] {
    let groups = compatibility.controller.groups.indices
    var units: [[Int]] = []
    for group in groups where compatibility.isUsed[group] {
      let twin = units.firstIndex { unit in
        unit.contains { compatibility.areInseparable($0, group) }
          || compatibility.areCompatible(unit[0], group)
            && groups.allSatisfy { other in
              other == group || other == unit[0]
                || compatibility.areCompatible(unit[0], other) == compatibility.areCompatible(group, other)
                  && compatibility.mayYield[unit[0]][other] == compatibility.mayYield[group][other]
                  && compatibility.mayYield[other][unit[0]] == compatibility.mayYield[other][group]
            }
      }
      if let twin { units[twin].append(group) } else { units.append([group]) }
    }
    return units
  }
}

/// The maximal cliques of a graph.
struct CliqueSearch {
  /// By vertex, for each other one, whether an edge joins the two.
  let neighbours: [[Bool]]
  /// The search ends when there are more.
  let most: Int
  /// Found so far; each ascending.
  private(set) var cliques: [[Int]] = []

  init(neighbours: [[Bool]], most: Int) {
    self.neighbours = neighbours
    self.most = most
  }

  /// Whether all cliques were found.
  mutating func run() -> Bool {
    guard !neighbours.isEmpty else { return true }
    extend([], candidates: Array(neighbours.indices), excluded: [])
    return cliques.count <= most
  }

  private mutating func extend(_ clique: [Int], candidates: [Int], excluded: [Int]) {
    guard cliques.count <= most else { return }
    guard let pivot = (candidates + excluded).max(by: { degree($0, candidates) < degree($1, candidates) })
    else {
      cliques.append(clique.sorted())
      return
    }
    var (candidates, excluded) = (candidates, excluded)
    for vertex in candidates where !neighbours[pivot][vertex] {
      extend(
        clique + [vertex], candidates: candidates.filter { neighbours[vertex][$0] },
        excluded: excluded.filter { neighbours[vertex][$0] })
      candidates.removeAll { $0 == vertex }
      excluded.append(vertex)
    }
  }

  private func degree(_ vertex: Int, _ candidates: [Int]) -> Int {
    candidates.reduce(0) { $0 + (neighbours[vertex][$1] ? 1 : 0) }
  }
}
