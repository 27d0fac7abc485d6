extension Demand {
  /// Demands of different times as one, with nobody on the way between them.
  ///
  /// - Parameters:
  ///   - demands: at least one, in any order.
  ///   - slice: s of the empty slices that stand between counts; the last one of a gap may be shorter.
  /// - Returns: nil where two of them overlap, or their vehicle types differ.
  public static func joined(_ demands: [Demand], slice: Double) -> Demand? {
    let ordered = demands.enumerated().sorted {
      ($0.element.begin, $0.offset) < ($1.element.begin, $1.offset)
    }
    .map(\.element)
    var joined = ordered[0]
    for demand in ordered.dropFirst() {
      guard demand.begin >= joined.end, demand.vehicleTypes == joined.vehicleTypes else { return nil }
      if let last = joined.counts.last, let next = demand.counts.first {
        var begin = last.end
        while begin < next.begin {
          let end = min(begin + slice, next.begin)
          joined.counts.append(
            CountSlice(
              begin: begin, end: end, vehicles: last.vehicles.map { $0.map { _ in 0 } },
              pedestrians: last.pedestrians.map { _ in 0 }))
          begin = end
        }
      }
      joined.counts += demand.counts
      joined.walks += demand.walks
      let first = joined.routes.count
      joined.routes += demand.routes
      joined.departures += demand.departures.map { departure in
        var moved = departure
        moved.route += first
        return moved
      }
      joined.flows += demand.flows.map { flow in
        var moved = flow
        moved.route += first
        return moved
      }
      joined.end = demand.end
    }
    return joined
  }
}
