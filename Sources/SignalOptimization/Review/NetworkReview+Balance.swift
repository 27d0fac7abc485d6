public import TrafficModel

extension NetworkReview {
  /// Links into which another number of vehicles is counted than out of them, in the time in which every movement
  /// into them and out of them was counted.
  ///
  /// The measure is Havers' statistic, GEH = √(2 (a − b)² / (a + b)) of hourly flows: above 5 the two are not the same
  /// traffic (Design Manual for Roads and Bridges, vol. 12).
  public func balance(of counts: TurningCounts) -> [ReviewFinding] {
    var entries = [[TurningCounts.Entry]](repeating: [], count: network.movements.count)
    for entry in counts.entries { entries[entry.movement.index].append(entry) }
    return network.links.indices.compactMap { index in
      let link = LinkID(index)
      guard !network.isEntry(link), !network.isExit(link) else { return nil }
      let common = CommonCounts(
        network.movementsIntoLink[index].map { entries[$0.index] },
        network.movementsFromLink[index].map { entries[$0.index] })
      guard common.seconds > 0 else { return nil }
      let hours = common.seconds / Quantities.secondsPerHour
      let (arriving, leaving) = (common.first / hours, common.second / hours)
      guard arriving + leaving > 0 else { return nil }
      let difference = arriving - leaving
      let geh = (2 * difference * difference / (arriving + leaving)).squareRoot()
      guard geh > Self.highestGEH else { return nil }
      return ReviewFinding(
        place: network[link].name,
        matter: .balance(
          arriving: arriving, from: network[network[link].from].name, leaving: leaving,
          to: network[network[link].to].name, geh: geh.toTenth))
    }
  }

  private static let highestGEH = 5.0
}

/// Vehicles of two sets of movements, in the time in which all of both were counted.
private struct CommonCounts {
  /// s.
  private(set) var seconds = 0.0
  private(set) var first = 0.0
  private(set) var second = 0.0

  /// - Parameters:
  ///   - first: counts of each movement of the first set, by begin.
  ///   - second: those of the second.
  init(_ first: [[TurningCounts.Entry]], _ second: [[TurningCounts.Entry]]) {
    let all = first + second
    guard all.allSatisfy({ !$0.isEmpty }) else { return }
    let bounds = Set(all.joined().flatMap { [$0.begin, $0.end] }).sorted()
    for (begin, end) in zip(bounds, bounds.dropFirst()) {
      func vehicles(_ movements: [[TurningCounts.Entry]]) -> Double? {
        var sum = 0.0
        for entries in movements {
          guard let entry = entries.first(where: { $0.begin <= begin && $0.end >= end }) else { return nil }
          sum += entry.vehicles * (end - begin) / (entry.end - entry.begin)
        }
        return sum
      }
      guard let into = vehicles(first), let out = vehicles(second) else { continue }
      seconds += end - begin
      self.first += into
      self.second += out
    }
  }
}

extension TurningCounts {
  /// What a demand counts, movement by movement.
  init(of demand: Demand) {
    self.init(
      name: "",
      entries: demand.counts.flatMap { slice in
        slice.vehicles.enumerated().compactMap { index, vehicles in
          vehicles.map {
            Entry(movement: MovementID(index), begin: slice.begin, end: slice.end, vehicles: $0)
          }
        }
      })
  }
}
