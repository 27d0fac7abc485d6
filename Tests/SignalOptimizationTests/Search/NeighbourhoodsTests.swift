import NetworkFormats
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

@Suite("Neighbourhoods")
struct NeighbourhoodsTests {
  let network: Network
  let neighbourhoods: Neighbourhoods

  init() throws {
    network = try NativeReader.read(text: GridNetwork.yaml(rows: 3, columns: 4, seed: 2), file: "grid")
      .scenario
      .network
    neighbourhoods = Neighbourhoods(network: network)
  }

  /// Names of the junctions at both ends of every link: signals that are neighbours on the map.
  private var neighbours: [Set<Int>] {
    var found = network.controllers.map { _ in Set<Int>() }
    for link in network.links {
      let ends = [link.from, link.to].map { junction -> Int? in
        if case .signalled(let controller) = network[junction].control { controller.index } else { nil }
      }
      if let from = ends[0], let to = ends[1], from != to {
        found[from].insert(to)
        found[to].insert(from)
      }
    }
    return found
  }

  @Test("Signals share a link when a road joins them")
  func adjacency() {
    #expect(neighbourhoods.adjacent == neighbours)
    for (controller, links) in neighbourhoods.links.enumerated() {
      #expect(links == links.sorted() && Set(links).count == links.count)
      for link in links {
        let ends = [network.links[link].from, network.links[link].to].map { network[$0].control }
        #expect(ends.contains(.signalled(ControllerID(controller))))
      }
    }
  }

  @Test("No two of an independent set share a link", arguments: 0..<50)
  func independent(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let most = 1 + Int(seed) % 7
    let allowed = network.controllers.indices.filter { ($0 + Int(seed)) % 3 > 0 }
    let set = neighbourhoods.independent(among: allowed, most: most, &random)
    #expect(set == set.sorted() && Set(set).count == set.count && Set(set).isSubset(of: allowed))
    #expect(!set.isEmpty && set.count <= most)
    for a in set {
      for b in set where a != b {
        #expect(Set(neighbourhoods.links[a]).isDisjoint(with: neighbourhoods.links[b]))
      }
    }
    // Smaller than asked for only where nobody else could join.
    if set.count < most {
      for other in allowed where !set.contains(other) {
        #expect(!neighbourhoods.adjacent[other].isDisjoint(with: set))
      }
    }
  }

  @Test("Every controller comes to be chosen")
  func fairness() {
    var random = SplitMix64(seed: 9)
    var chosen: Set<Int> = []
    for _ in 0..<200 {
      chosen.formUnion(
        neighbourhoods.independent(among: Array(network.controllers.indices), most: 2, &random))
    }
    #expect(chosen == Set(network.controllers.indices))
  }

  @Test("A connected set hangs together, within what is allowed, nearest first", arguments: 0..<40)
  func connected(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let allowed = Set(network.controllers.indices.filter { _ in !numbers.once(in: 4) }).union([0])
    let start = allowed.sorted()[numbers.below(allowed.count)]
    // What can be reached at all.
    var reachable: Set<Int> = [start]
    while true {
      let next = reachable.union(reachable.flatMap { neighbourhoods.adjacent[$0] }).intersection(allowed)
      if next == reachable { break }
      reachable = next
    }
    let most = numbers.whole(in: 1...12)
    let set = neighbourhoods.connected(to: start, among: allowed, most: most)
    #expect(set.first == start && Set(set).count == set.count)
    #expect(set.count == min(most, reachable.count) && Set(set).isSubset(of: reachable))
    for place in set.indices.dropFirst() {
      #expect(!neighbourhoods.adjacent[set[place]].isDisjoint(with: set[..<place]))
    }
  }

  @Test("Delay near a controller is that of its links")
  func delay() {
    var measures = Measures()
    measures.links = network.links.indices.map { index in
      var link = LinkMeasures()
      link.delay = Double(1 << (index % 20))
      return link
    }
    for (controller, links) in neighbourhoods.links.enumerated() {
      #expect(
        neighbourhoods.delay(measures, near: controller)
          == links.reduce(0) { $0 + Double(1 << ($1 % 20)) })
    }
  }

  @Test("Random positions are even, and inside")
  func positions() {
    var random = SplitMix64(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7000 { counts[random.nextIndex(below: 7)] += 1 }
    // Four standard deviations of a binomial count of 1000.
    #expect(counts.allSatisfy { abs($0 - 1000) < 4 * 30 })
    #expect(random.nextIndex(below: 1) == 0)
  }
}
