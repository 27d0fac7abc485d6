public import TrafficModel

/// A period's demand with fresh counts in the place of what was known before.
public struct SurveyedDemand: Sendable {
  /// The demand: counts only.
  public let demand: Demand
  /// Movements with traffic that the survey leaves out; they keep the flow that they had.
  public let kept: [MovementID]
  /// Share of the period that the survey covers, 0 … 1: the mean over the movements counted. Their flow in what is
  /// counted stands for the rest.
  public let coverage: Double

  /// Nil when nothing was counted within the period.
  ///
  /// Surveys know no dates: where the period runs past midnight, what was counted after midnight is its end.
  public init?(_ survey: TurningCounts, replacing known: Demand, network: Network) {
    let period = known.begin..<known.end
    var entries = [[TurningCounts.Entry]](repeating: [], count: network.movements.count)
    var bounds: Set<Double> = [known.begin, known.end]
    var isCounted = false
    for entry in survey.entries {
      guard let shift = [0, Self.day].first(where: { entry.overlap(with: period, shiftedBy: $0) > 0 }) else {
        continue
      }
      var entry = entry
      entry.begin += shift
      entry.end += shift
      entries[entry.movement.index].append(entry)
      bounds.formUnion([entry.begin, entry.end])
      isCounted = true
    }
    guard isCounted else { return nil }
    let flows = MovementFlows(network: network, demand: known)
    bounds.formUnion(flows.sliceBounds)
    let times = bounds.filter { $0 >= known.begin && $0 <= known.end }.sorted()

    let counted = entries.map { CountedFlow(entries: $0, period: period) }
    let isKnown = network.movements.indices.map { movement in
      known.counts.isEmpty || known.counts.contains { $0.vehicles[movement] != nil }
    }
    let slices = zip(times, times.dropFirst()).map { begin, end -> CountSlice in
      let known = KnownFlow(flows: flows, counts: known.counts, time: begin..<end)
      return CountSlice(
        begin: begin, end: end,
        vehicles: network.movements.indices.map { movement in
          counted[movement].map { $0.vehicles(in: begin..<end) }
            ?? (isKnown[movement] ? known.vehicles(movement) : nil)
        }, pedestrians: network.crossings.indices.map(known.pedestrians))
    }
    demand = Demand(
      begin: known.begin, end: known.end, vehicleTypes: [Self.usualType(of: known)], counts: slices)
    kept = network.movements.indices.filter { counted[$0] == nil && flows.mean[$0] > 0 }.map {
      MovementID($0)
    }
    let covered = counted.compactMap { $0?.coverage }
    coverage = covered.reduce(0, +) / Double(covered.count)
  }

  private static let day = 86_400.0

  /// The kind of vehicle that most are of; counts do not tell kinds apart.
  private static func usualType(of demand: Demand) -> VehicleType {
    var vehicles = [Double](repeating: 0, count: demand.vehicleTypes.count)
    for departure in demand.departures { vehicles[departure.type] += 1 }
    for flow in demand.flows { vehicles[flow.type] += flow.rate * (flow.end - flow.begin) }
    let most = vehicles.indices.max { (vehicles[$0], -$0) < (vehicles[$1], -$1) }
    return demand.vehicleTypes[most ?? 0]
  }
}

extension TurningCounts.Entry {
  /// Seconds of it that fall into a period.
  fileprivate func overlap(with period: Range<Double>, shiftedBy shift: Double) -> Double {
    min(end + shift, period.upperBound) - max(begin + shift, period.lowerBound)
  }
}

/// What a survey says about one movement within a period.
private struct CountedFlow {
  private let entries: [TurningCounts.Entry]
  /// veh/s in what was counted.
  private let mean: Double
  /// Share of the period that was counted.
  let coverage: Double

  /// Nil where nobody counted.
  init?(entries: [TurningCounts.Entry], period: Range<Double>) {
    guard !entries.isEmpty else { return nil }
    self.entries = entries
    var (seconds, vehicles) = (0.0, 0.0)
    for entry in entries {
      let overlap = entry.overlap(with: period, shiftedBy: 0)
      seconds += overlap
      vehicles += entry.vehicles * overlap / (entry.end - entry.begin)
    }
    mean = vehicles / seconds
    coverage = seconds / (period.upperBound - period.lowerBound)
  }

  /// Vehicles in a time; what was not counted of it has the mean flow.
  func vehicles(in time: Range<Double>) -> Double {
    var (rest, vehicles) = (time.upperBound - time.lowerBound, 0.0)
    for entry in entries {
      let overlap = entry.overlap(with: time, shiftedBy: 0)
      guard overlap > 0 else { continue }
      rest -= overlap
      vehicles += entry.vehicles * overlap / (entry.end - entry.begin)
    }
    return vehicles + max(0, rest) * mean
  }
}

/// What was known before about a time.
private struct KnownFlow {
  let flows: MovementFlows
  let counts: [CountSlice]
  let time: Range<Double>

  /// Vehicles of a movement. The time lies within one slice of the flows.
  func vehicles(_ movement: Int) -> Double {
    let slice = flows.sliceBounds.dropLast().lastIndex { $0 <= time.lowerBound } ?? 0
    return flows.bySlice[slice][movement] * (time.upperBound - time.lowerBound)
  }

  func pedestrians(_ crossing: Int) -> Double {
    guard let slice = counts.last(where: { $0.begin <= time.lowerBound }), slice.end > time.lowerBound else {
      return 0
    }
    return slice.pedestrians[crossing] * (time.upperBound - time.lowerBound) / (slice.end - slice.begin)
  }
}
