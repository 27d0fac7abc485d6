import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// Subsets of a few vertices as bit patterns, looked through one by one.
private struct BruteForce {
  /// By vertex: the others that it may be with.
  let friends: [Int]

  init(_ count: Int, _ areJoined: (Int, Int) -> Bool) {
    friends = (0..<count).map { a in
      (0..<count).reduce(0) { a != $1 && areJoined(a, $1) ? $0 | 1 << $1 : $0 }
    }
  }

  /// All maximal cliques, each ascending, in lexicographic order.
  var maximalCliques: [[Int]] {
    let all = friends.indices
    var found: [[Int]] = []
    for set in 0..<(1 << friends.count) {
      let members = all.filter { set >> $0 & 1 == 1 }
      guard members.allSatisfy({ (friends[$0] | 1 << $0) & set == set }) else { continue }
      let isMaximal = all.allSatisfy { set >> $0 & 1 == 1 || friends[$0] & set != set }
      if isMaximal { found.append(members) }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

@Suite("Compatible sets")
struct CompatibleSetsTests {
  @Test(
    "The maximal cliques of random graphs are the ones that looking at every subset finds", arguments: 0..<60)
  func cliques(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let count = numbers.whole(in: 1...9)
    let percent = numbers.whole(in: 0...100)
    var edges = [[Bool]](repeating: [Bool](repeating: false, count: count), count: count)
    for a in 0..<count {
      for b in 0..<a where numbers.below(100) < percent {
        edges[a][b] = true
        edges[b][a] = true
      }
    }
    var search = CliqueSearch(neighbours: edges, most: 1000)
    let isComplete = search.run()
    #expect(isComplete)
    let found = search.cliques.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(found == BruteForce(count) { edges[$0][$1] }.maximalCliques)
  }

  @Test("A search with more cliques than are wanted says so")
  func limit() {
    // Six pairs of strangers: two to the sixth cliques.
    let edges = (0..<12).map { a in (0..<12).map { a / 2 != $0 / 2 } }
    for (most, isEnough) in [(64, true), (63, false)] {
      var search = CliqueSearch(neighbours: edges, most: most)
      let isComplete = search.run()
      #expect(isComplete == isEnough && search.cliques.count == 64)
    }
    var empty = CliqueSearch(neighbours: [], most: 5)
    let isComplete = empty.run()
    #expect(isComplete && empty.cliques.isEmpty)
  }

  @Test(
    "The sets of a junction are all maximal sets of groups that are compatible pair by pair, the arrows of a lane together",
    arguments: 0..<8
  )
  func junctions(seed: Int) throws {
    var numbers = LinearCongruential(seed: 70 + seed)
    let lanes = (0..<4).map { _ in ["L, T, R", "LT, TR", "L, TR", "LTR"][numbers.below(4)] }
    let junction = try FourLegJunction(
      leftTurns: numbers.once(in: 2) ? "permissive" : "protected", lanes: lanes)
    let compatibility = junction.compatibility
    let used = junction.controller.groups.indices.filter { compatibility.isUsed[$0] }
    let bundles = used.map { group in
      used.filter { $0 == group || compatibility.areInseparable($0, group) }
    }
    let expected = BruteForce(used.count) { a, b in
      bundles[a].allSatisfy { one in
        bundles[b].allSatisfy { $0 == one || compatibility.areCompatible(one, $0) }
      }
    }.maximalCliques
    let sets = try #require(CompatibleSets(compatibility)).sets
    #expect(sets == expected.map { set in set.map { used[$0] } })
    for set in sets {
      for group in set {
        #expect(used.allSatisfy { !compatibility.areInseparable(group, $0) || set.contains($0) })
      }
    }
    #expect(sets.count > 3)
  }

  @Test("Groups that the present programme never turns green are in no set")
  func unused() throws {
    var junction = try FourLegJunction()
    let left = try junction.group("N.L")
    var controller = junction.controller
    controller.groups[left].mustBeServed = false
    junction = try junction.with(controller)
    let program = SignalProgram(
      controller: ControllerID(0), name: "", offset: 0,
      intervals: junction.program.intervals.map { interval in
        var states = interval.states
        states[left] = .red
        return SignalInterval(duration: interval.duration, states: states)
      })
    let compatibility = GroupCompatibility(network: junction.network, id: ControllerID(0), program: program)
    let sets = try #require(CompatibleSets(compatibility)).sets
    #expect(!sets.isEmpty && sets.allSatisfy { !$0.contains(left) })
  }
}
