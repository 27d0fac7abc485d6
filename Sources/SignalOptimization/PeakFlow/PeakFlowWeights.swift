/// What a vehicle costs the objective, and where the travel lag puts it. The unit of cost is one vehicle for one slice, or
/// one vehicle that is not served.
struct PeakFlowWeights {
  /// Cost of a vehicle that stands at the end of any slice but the last.
  let standing: Double
  /// By queue: cost of a vehicle that stands at the end of the last slice, or is on its way then.
  let final: [Double]
  /// By queue: vehicles that would pass in an average slice if nothing held them up.
  let freeFlow: [Double]

  /// Ways round in circles are followed so often.
  private static let rounds = 1000
  private static let accuracy = 1e-10

  init(_ problem: PeakFlowProblem) {
    let stopLines = Self.stopLinesAhead(problem)
    switch problem.objective {
    case .timeSpent:
      // The area under the queue between the ends of slices is a trapezium; after the horizon a vehicle waits
      // once more for a slice at each stop line ahead, so that nothing hides behind the horizon.
      standing = 1
      final = stopLines.map { 0.5 + $0 }
    case .throughput:
      standing = 0
      final = stopLines.map { _ in 1 }
    }
    freeFlow = Self.freeFlow(problem)
  }

  /// Mean number of stop lines that a vehicle still has to pass, the one where it stands included.
  private static func stopLinesAhead(_ problem: PeakFlowProblem) -> [Double] {
    var ahead = [Double](repeating: 1, count: problem.queues.count)
    for _ in 0..<rounds {
      var onLink = [Double](repeating: 0, count: problem.links.count)
      for (queue, count) in zip(problem.queues, ahead) { onLink[queue.link] += queue.share * count }
      var change = 0.0
      for (index, queue) in problem.queues.enumerated() {
        let count = 1 + (queue.next.map { onLink[$0] } ?? 0)
        change = max(change, count - ahead[index])
        ahead[index] = count
      }
      if change < accuracy { break }
    }
    return ahead
  }

  private static func freeFlow(_ problem: PeakFlowProblem) -> [Double] {
    let arrivals = problem.queues.map { $0.arrivals.reduce(0, +) / Double(problem.sliceCount) }
    var passing = arrivals
    for _ in 0..<rounds {
      var entering = [Double](repeating: 0, count: problem.links.count)
      for (queue, flow) in zip(problem.queues, passing) {
        if let next = queue.next { entering[next] += flow }
      }
      var change = 0.0
      for (index, queue) in problem.queues.enumerated() {
        let flow = arrivals[index] + queue.share * entering[queue.link]
        change = max(change, flow - passing[index])
        passing[index] = flow
      }
      if change < accuracy { break }
    }
    return passing
  }
}

/// A link's travel time as whole slices and a rest.
struct TravelLag: Hashable {
  /// Whole slices.
  let slices: Int
  /// Share of the vehicles that arrive one slice later than the others.
  let late: Double

  init(travelTime: Double, sliceLength: Double) {
    let lag = travelTime / sliceLength
    slices = Int(lag)
    late = lag - lag.rounded(.down)
  }
}
