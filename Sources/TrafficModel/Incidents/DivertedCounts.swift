/// Turning counts as they would be with links closed.
///
/// Where vehicles start, where they end, and in which proportions they turn, is taken from the counts; closed turns
/// leave their share to the others of the same link; and the flows that follow are those at which every link's inflow
/// and outflow agree as before.
struct DivertedCounts {
  let before: Network
  let after: Network
  let closures: Closures
  /// Vehicles that turn elsewhere, that do not start, and that end where there is no way on.
  private(set) var diverted = 0.0
  private(set) var withheld = 0.0
  private(set) var endingEarly = 0.0

  init(before: Network, after: Network, closures: Closures) {
    self.before = before
    self.after = after
    self.closures = closures
  }

  /// The parts that a slice falls into where links close and open, each with its counts, by the movements of the
  /// network left.
  mutating func slices(_ slice: CountSlice) -> [CountSlice] {
    guard closures.areAny else { return [slice] }
    let bounds = closures.temporary.flatMap { [$0.time.lowerBound, $0.time.upperBound] }
      .filter { $0 > slice.begin && $0 < slice.end }
    let times = [slice.begin] + Set(bounds).sorted() + [slice.end]
    return zip(times, times.dropFirst()).map { begin, end in
      let share = (end - begin) / (slice.end - slice.begin)
      var closed = closures.links
      for closure in closures.temporary where closure.time.overlaps(begin..<end) {
        closed[closure.link.index] = true
      }
      return CountSlice(
        begin: begin, end: end,
        vehicles: vehicles(slice.vehicles.map { $0.map { share * $0 } }, closed: closed),
        pedestrians: slice.pedestrians.map { share * $0 })
    }
  }

  private struct Turns {
    /// By movement before: share of those who leave its link.
    var shares: [Double]
    /// By link: vehicles that start there, the share of the arriving ones that end there, and whether somebody
    /// counted there.
    var starts: [Double]
    var ends: [Double]
    var isCounted: [Bool]
  }

  private func turns(_ counts: [Double?]) -> Turns {
    let links = before.links.indices
    var entering = links.map { _ in 0.0 }
    var leaving = entering
    var isCounted = links.map { _ in false }
    for (movement, counted) in zip(before.movements, counts) {
      guard let counted else { continue }
      entering[movement.to.index] += counted
      leaving[movement.from.index] += counted
      isCounted[movement.from.index] = true
    }
    return Turns(
      shares: zip(before.movements, counts).map { movement, counted in
        let total = leaving[movement.from.index]
        return total > 0 ? (counted ?? 0) / total : 0
      },
      starts: links.map { isCounted[$0] ? max(0, leaving[$0] - entering[$0]) : 0 },
      ends: links.map { entering[$0] > 0 && isCounted[$0] ? max(0, 1 - leaving[$0] / entering[$0]) : 0 },
      isCounted: isCounted)
  }

  private mutating func vehicles(_ counts: [Double?], closed: [Bool]) -> [Double?] {
    var turns = turns(counts)
    let isOpen = before.movements.map { movement in
      !closed[movement.from.index] && !closed[movement.to.index]
        && after.movement(from: movement.from, to: movement.to) != nil
    }
    for link in before.links.indices where closed[link] {
      withheld += turns.starts[link]
      turns.starts[link] = 0
    }
    let shares = openShares(turns, isOpen: isOpen)
    let leaving = flows(turns, shares: shares, counts: counts)
    for link in before.links.indices where turns.isCounted[link] {
      let movements = before.movementsFromLink[link]
      let lost = movements.reduce(0) { $0 + (isOpen[$1.index] ? 0 : turns.shares[$1.index]) }
      if movements.contains(where: { shares[$0.index] > 0 }) {
        diverted += leaving[link] * lost
      } else if lost > 0 {
        endingEarly += leaving[link]
      }
    }
    return after.movements.map { movement in
      guard let old = before.movement(from: movement.from, to: movement.to)?.index,
        turns.isCounted[movement.from.index], counts[old] != nil || shares[old] > 0
      else { return nil }
      return leaving[movement.from.index] * shares[old]
    }
  }

  /// By movement: its share once the closed ones have left theirs to the others; equal shares where only closed
  /// ones were counted.
  private func openShares(_ turns: Turns, isOpen: [Bool]) -> [Double] {
    var shares = zip(turns.shares, isOpen).map { $1 ? $0 : 0 }
    for link in before.links.indices where turns.isCounted[link] {
      let movements = before.movementsFromLink[link]
      let total = movements.reduce(0) { $0 + turns.shares[$1.index] }
      let open = movements.filter { isOpen[$0.index] }
      let left = open.reduce(0) { $0 + shares[$1.index] }
      guard total > 0, left < total, !open.isEmpty else { continue }
      for id in open {
        shares[id.index] = left > 0 ? shares[id.index] * total / left : total / Double(open.count)
      }
    }
    return shares
  }

  /// Vehicles that leave each link by its stop line: each link's inflow is what starts there and what its movements
  /// bring. Found by going round the links, from what was counted, until nothing changes.
  private func flows(_ turns: Turns, shares: [Double], counts: [Double?]) -> [Double] {
    var leaving = before.links.indices.map { link in
      before.movementsFromLink[link].reduce(0) { $0 + (counts[$1.index] ?? 0) }
    }
    for _ in 0..<Self.mostRounds {
      var change = 0.0
      for link in before.links.indices where turns.isCounted[link] {
        let entering = before.movementsIntoLink[link].reduce(turns.starts[link]) { sum, id in
          sum + leaving[before[id].from.index] * shares[id.index]
        }
        let next = entering * (1 - turns.ends[link])
        change = max(change, abs(next - leaving[link]))
        leaving[link] = next
      }
      if change < Self.negligible { break }
    }
    return leaving
  }

  /// Traffic that finds no way out of the network for so many turns has long been let go.
  private static let mostRounds = 500
  /// veh.
  private static let negligible = 1e-6
}
