internal import TrafficModel
internal import TrafficSimulation

/// The links on which a controller's greens are felt first: those that lead to its junctions, and away from them.
struct Neighbourhoods {
  /// By controller: link indices, ascending.
  let links: [[Int]]
  /// By controller: others that share a link with it.
  let adjacent: [Set<Int>]

  init(network: Network) {
    var links = [Set<Int>](repeating: [], count: network.controllers.count)
    for connection in network.connections {
      guard let controller = connection.signal?.controller else { continue }
      links[controller.index].insert(network[connection.from].link.index)
      links[controller.index].insert(network[connection.to].link.index)
    }
    self.links = links.map { $0.sorted() }
    var users = [[Int]](repeating: [], count: network.links.count)
    for (controller, near) in self.links.enumerated() {
      for link in near { users[link].append(controller) }
    }
    adjacent = self.links.enumerated().map { controller, near in
      Set(near.flatMap { users[$0] }).subtracting([controller])
    }
  }

  /// Delay near a controller in one run, veh·s.
  func delay(_ measures: Measures, near controller: Int) -> Double {
    links[controller].reduce(0) { $0 + measures.links[$1].delay }
  }

  /// A random set of controllers, no two of which share a link; at most `most`.
  func independent(among controllers: [Int], most: Int, _ random: inout SplitMix64) -> [Int] {
    var chosen: [Int] = []
    var blocked: Set<Int> = []
    var rest = controllers
    while chosen.count < most, !rest.isEmpty {
      let next = rest.remove(at: random.nextIndex(below: rest.count))
      guard !blocked.contains(next) else { continue }
      chosen.append(next)
      blocked.formUnion(adjacent[next])
      blocked.insert(next)
    }
    return chosen.sorted()
  }
}

extension SplitMix64 {
  /// A random number in 0 ..< `count`.
  mutating func nextIndex(below count: Int) -> Int {
    min(count - 1, Int(nextUnit() * Double(count)))
  }
}
