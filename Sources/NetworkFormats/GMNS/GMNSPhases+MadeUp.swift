internal import NetworkBuilding
internal import TrafficModel

/// Plans of our making for signals that the tables of roads tell of, and no table has times for.
extension GMNSPhases {
  /// s of green that the phases of such a plan share, each its part of the traffic, and the least of one.
  private static let sharedGreen = 60.0
  private static let leastGreen = 12.0

  /// The phases of a signal: approaches from opposite sides are green together, and left turns wait for gaps; others are green alone.
  struct MadeUp {
    var junction: Int
    /// By phase: the movements that it serves, and whether each waits for gaps.
    var phases: [[(movement: Int, isPermitted: Bool)]]
    /// By phase: s.
    var greens: [Double]
  }

  /// What such signals would show.
  ///
  /// - Parameter isServed: by junction: whether some phase of a table serves it.
  static func madeUp(
    _ movements: [GMNSMovements.Movement], _ roads: GMNSRoads, isServed: [Bool]
  ) -> [MadeUp] {
    var signalled = roads.controls.map(isSignal)
    for movement in movements where isSignal(movement.control) { signalled[movement.junction.index] = true }
    guard signalled.indices.contains(where: { signalled[$0] && !isServed[$0] }) else { return [] }
    let legs = JunctionLegs(
      links: roads.roads.map(\.link), junctions: roads.junctions,
      given: roads.roads.map { ($0.fromLeg, $0.toLeg) })
    var movementsOfJunction = roads.junctions.map { _ in [Int]() }
    for (index, movement) in movements.enumerated() {
      movementsOfJunction[movement.junction.index].append(index)
    }
    return signalled.indices.compactMap { junction in
      guard signalled[junction], !isServed[junction] else { return nil }
      let here = movementsOfJunction[junction]
      let approaches = Set(here.map { legs.ofEnd[movements[$0].from] }).sorted()
      // Who comes alone meets nobody.
      guard approaches.count > 1 else { return nil }
      var phases: [[(movement: Int, isPermitted: Bool)]] = []
      var flows: [Double] = []
      for leg in approaches where !approaches.contains(leg.opposite) || leg < leg.opposite {
        let both = approaches.contains(leg.opposite)
        let served = here.filter { [leg, leg.opposite].contains(legs.ofEnd[movements[$0].from]) }
        phases.append(
          served.map { ($0, both && [.left, .uTurn].contains(movements[$0].turn)) })
        let ofLink = Dictionary(grouping: served) { movements[$0].from }
        flows.append(
          ofLink.map { road, turns in
            turns.reduce(0) { $0 + (movements[$1].volume ?? 0) }
              / Double(max(1, roads.roads[road].lanes.count))
          }.max() ?? 0)
      }
      let total = flows.reduce(0, +)
      let greens = flows.map { flow in
        let share = total > 0 ? flow / total : 1 / Double(flows.count)
        return max(leastGreen, (sharedGreen * share).rounded())
      }
      return MadeUp(junction: junction, phases: phases, greens: greens)
    }
  }

  /// Whether a word of a control type says that there is a signal; some sets have numbers for words.
  private static func isSignal(_ word: String) -> Bool {
    let word = word.lowercased().filter { $0.isLetter || $0.isNumber }
    return ["signal", "signals", "signalized", "signalised", "signalcontrolled", "trafficsignal", "1"]
      .contains(word)
  }
}
