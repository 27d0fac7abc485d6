internal import LinearProgramming

extension BandwidthProblem {
  /// As `solve`; where the directions are to have an exact ratio, what one can have more without taking it from the
  /// other it gets.
  func widest(_ options: SolveOptions = SolveOptions()) throws(LinearProgramError) -> BandwidthSolution? {
    let found = try solve(options)
    guard let first = found, case .exactly = balance else { return found }
    var problem = self
    problem.balance = .weighted(1)
    let wider = try problem.solve(
      leastOutbound: first.meanOutbound - Self.slack, leastInbound: first.meanInbound - Self.slack, options)
    return wider ?? first
  }
}

extension BandwidthSolution {
  /// Mean of the outbound bands, fraction of the cycle.
  var meanOutbound: Double {
    outboundBands.isEmpty ? 0 : outboundBands.reduce(0, +) / Double(outboundBands.count)
  }
}
