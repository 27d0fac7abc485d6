public import LinearProgramming

extension BandwidthProblem {
  /// Pairs of bands of which neither direction can be widened without narrowing the other, from the widest
  /// outbound to the widest inbound band: the plans between which weights choose. At most `count`; the balance
  /// asked for does not matter.
  ///
  /// - Throws: `LinearProgramError` for numbers that no arterial has.
  public func paretoBands(
    count: Int, _ options: SolveOptions = SolveOptions()
  ) throws(LinearProgramError) -> [BandwidthSolution] {
    guard count > 0 else { return [] }
    var problem = self
    problem.balance = .weighted(Self.little)
    guard let first = try problem.solve(options) else { return [] }
    problem.balance = .weighted(1 / Self.little)
    guard count > 1, let last = try problem.solve(options) else { return [first] }
    var found = [first]
    let (narrow, wide) = (first.meanInbound, last.meanInbound)
    problem.balance = .weighted(Self.little)
    for index in 1..<count {
      let least = narrow + (wide - narrow) * Double(index) / Double(count - 1)
      guard let next = try problem.solve(leastInbound: least - Self.slack, options) else { continue }
      if next.meanInbound > (found.last?.meanInbound ?? 0) + Self.slack { found.append(next) }
    }
    return found
  }

  /// Weight of the direction that does not matter: so that it is not left narrower than need be.
  private static let little = 1e-3
  /// Bands closer than this are equal: the solver keeps whole numbers within 1e-5.
  static let slack = 1e-4
}

extension BandwidthSolution {
  /// Mean of the inbound bands, fraction of the cycle.
  var meanInbound: Double {
    inboundBands.isEmpty ? 0 : inboundBands.reduce(0, +) / Double(inboundBands.count)
  }
}
