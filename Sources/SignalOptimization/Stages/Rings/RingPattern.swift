internal import TrafficModel

/// How the phases before one barrier follow each other: their order in each ring, and which rings change when.
struct RingPattern: Hashable {
  /// By ring: positions of the phases in order.
  let order: [[Int]]
  /// In order of time: the rings that go on to their next phase together.
  let steps: [[Int]]

  /// Of three rings, or many phases, there are many ways to change after each other; so many are looked at.
  private static let most = 40

  /// All ways in which rings may change that have so many changes to make: first all together, then apart.
  private static func steps(_ changes: [Int]) -> [[[Int]]] {
    let open = changes.indices.filter { changes[$0] > 0 }
    guard !open.isEmpty else { return [[]] }
    let sets = (1..<1 << open.count).map { mask in
      open.indices.filter { mask & 1 << $0 != 0 }.map { open[$0] }
    }
    let largestFirst = sets.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
    return largestFirst.flatMap { set -> [[[Int]]] in
      var rest = changes
      for ring in set { rest[ring] -= 1 }
      return steps(rest).map { [set] + $0 }
    }
  }

  /// The patterns of some orders.
  static func all(_ orders: [[[Int]]]) -> [RingPattern] {
    orders.flatMap { order in
      steps(order.map { max(0, $0.count - 1) }).prefix(most).map { RingPattern(order: order, steps: $0) }
    }
  }

  /// Splits by phase with which the rings change in this pattern, all rings being green for `green` s between changes.
  func splits(_ rings: PhaseRings, green: Double) -> [Int: Double] {
    var splits: [Int: Double] = [:]
    var begins = order.map { _ in 0.0 }
    var places = order.map { _ in 0 }
    var time = 0.0
    for step in steps {
      time += green
      for ring in step {
        let phase = order[ring][places[ring]]
        let end = time + rings.phases[phase].clearance
        splits[phase] = end - begins[ring]
        begins[ring] = end
        places[ring] += 1
      }
      time += step.map { begins[$0] - time }.max() ?? 0
    }
    let last = order.indices.compactMap { ring in
      order[ring].isEmpty ? nil : rings.phases[order[ring][places[ring]]].clearance
    }
    let end = time + green + (last.max() ?? 0)
    for ring in order.indices where !order[ring].isEmpty {
      splits[order[ring][places[ring]]] = end - begins[ring]
    }
    return splits
  }
}

extension PhaseRings {
  /// The orders in which the phases of each ring may run before a barrier, by order and ring: first the ones that keep
  /// what stands in `present`.
  ///
  /// - Parameters:
  ///   - barrier: position among the barriers.
  ///   - present: by ring.
  ///   - mayChange: whether phases may change places (lead and lag) or be left out where the controller permits it.
  func orders(barrier: Int, present: [[Int]], mayChange: Bool) -> [[[Int]]] {
    let choices = rings.enumerated().map { place, ring -> [[Int]] in
      let all = segment(ring: ring, barrier: barriers[barrier])
      guard mayChange, all.count <= Self.mostPermuted else { return [present[place]] }
      var orders = [present[place]]
      for kept in subsets(of: all) {
        for order in permutations(of: kept) where !orders.contains(order) { orders.append(order) }
      }
      return orders
    }
    return choices.reduce([[]]) { found, next in found.flatMap { head in next.map { head + [$0] } } }
  }

  /// More phases of a ring before one barrier keep their order.
  private static let mostPermuted = 4

  /// All phases, and those without some that may be left out.
  private func subsets(of all: [Int]) -> [[Int]] {
    all.reduce([[]]) { found, phase in
      found.map { $0 + [phase] } + (phases[phase].isOptional ? found : [])
    }
  }

  /// The orders of some phases in which whoever keeps its place does.
  private func permutations(of phases: [Int]) -> [[Int]] {
    func arrange(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty
        ? [[]] : rest.flatMap { first in arrange(rest.filter { $0 != first }).map { [first] + $0 } }
    }
    return arrange(phases).filter { order in
      order.indices.allSatisfy { place in
        order[(place + 1)...].allSatisfy { later in
          let mayCross = !self.phases[order[place]].keepsPlace && !self.phases[later].keepsPlace
          return mayCross || self.phases[order[place]].position < self.phases[later].position
        }
      }
    }
  }
}
