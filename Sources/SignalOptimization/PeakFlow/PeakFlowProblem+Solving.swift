public import LinearProgramming

/// How far the rounds go.
public struct PeakFlowSolveOptions: Hashable, Sendable {
  /// They end when (value − bound) / value is not larger.
  public var gap: Double
  /// They end after so many rounds.
  public var roundLimit: Int
  /// Rounds between two looks at value and bound.
  public var roundsPerLook: Int

  /// Within 1 %, if 4,000 rounds do it.
  public init(gap: Double = 0.01, roundLimit: Int = 4000, roundsPerLook: Int = 100) {
    self.gap = gap
    self.roundLimit = roundLimit
    self.roundsPerLook = roundsPerLook
  }
}

extension PeakFlowProblem {
  private var unit: Double { objective == .timeSpent ? sliceLength : 1 }

  /// Solves the problem junction by junction, with flows and prices exchanged round by round, until value and bound are near
  /// each other. The least durations of every controller must fit into its green.
  ///
  /// - Complexity: O(slices × (queues + servers + links)) for each round.
  public func solve(_ options: PeakFlowSolveOptions = PeakFlowSolveOptions()) -> PeakFlowPlan {
    let layout = PeakFlowLayout(self)
    var rounds = PeakFlowRounds(layout)
    let outcome = PeakFlowPoint(layout)
    var best: (loading: PeakFlowLoading, greens: [Double])?
    var proof: PeakFlowBound?
    var made = 0
    var lastLoading = 0
    while made < options.roundLimit {
      let count = min(max(1, options.roundsPerLook), options.roundLimit - made)
      rounds.run(count)
      made += count
      rounds.outcome(into: outcome)
      let bound = PeakFlowBound(layout, point: outcome)
      if bound.bound > proof?.bound ?? -1 { proof = bound }
      // While the bound alone keeps the two far apart, a better plan would not end the rounds; one is looked for now and
      // then, so that the two can come near.
      if let best, let proof, made < min(2 * lastLoading, options.roundLimit),
        best.loading.cost - proof.bound > Self.farApart * options.gap * best.loading.cost
      {
        continue
      }
      lastLoading = made
      let greens = exactGreens(outcome, layout)
      for goesOn in [true, false] {
        let loading = PeakFlowLoading(layout, greens: greens, target: outcome.leaving, goesOn: goesOn)
        guard loading.cost < best?.loading.cost ?? .infinity else { continue }
        best = (loading, greens)
        break
      }
      if let best, let proof, best.loading.cost - proof.bound <= options.gap * best.loading.cost { break }
    }
    guard let best, let proof else { preconditionFailure("at least one round is made") }
    return PeakFlowPlan(
      greens: layout.controllers.map { Array(best.greens[$0.stages]) },
      queues: bySlice(best.loading.standing), leaving: bySlice(best.loading.leaving),
      value: best.loading.cost * unit, bound: proof.bound * unit,
      prices: PeakFlowPrices(self, layout, proof))
  }

  private func bySlice(_ values: [Double]) -> [[Double]] {
    queues.indices.map { Array(values[($0 * sliceCount)..<(($0 + 1) * sliceCount)]) }
  }

  /// So many times the gap asked for is far.
  private static let farApart = 1.25

  /// The outcome's greens with exact sums and least durations, and with minimums over several stages kept.
  private func exactGreens(_ outcome: borrowing PeakFlowPoint, _ layout: PeakFlowLayout) -> [Double] {
    var greens: [Double] = []
    for (index, controller) in layout.controllers.enumerated() {
      let least = controllers[index].least
      var wanted = zip(controller.stages, least).map { max($1, Double(outcome.greens[$0])) }
      if !controllers[index].minimums.isEmpty { wanted = controllers[index].nearest(to: wanted) }
      // What single precision left of the sum goes to, or comes from, the stage that has most to spare.
      if let widest = least.indices.max(by: { wanted[$0] - least[$0] < wanted[$1] - least[$1] }) {
        wanted[widest] += controller.green - wanted.reduce(0, +)
      }
      greens += wanted
    }
    return greens
  }

  /// The whole linear program in the CPLEX LP format, for reading and for other solvers; its objective is in
  /// vehicles × slices, or vehicles.
  public func writeLP() -> String { PeakFlowProgram(self).program.writeLP() }

  /// Solves the whole linear program at once: exact, for small networks.
  ///
  /// - Throws: `LinearProgramError.invalid` where numbers are not finite.
  /// - Returns: nil when the minimums of some controller do not fit into its green.
  public func solveWhole() throws(LinearProgramError) -> PeakFlowPlan? {
    let whole = PeakFlowProgram(self)
    guard let optimum = try whole.program.solve().optimum else { return nil }
    let layout = PeakFlowLayout(self)
    let proof = PeakFlowBound(
      layout, balance: whole.balanceRows.flatMap { $0.map(optimum.dual) },
      service: layout.serverOrder.enumerated().flatMap { position, index in
        whole.serviceRows[index].map { max(0, -optimum.dual(of: $0)) * layout.servers[position].scale }
      },
      storage: whole.storageRows.flatMap { rows in
        rows.isEmpty
          ? [Double](repeating: 0, count: sliceCount) : rows.map { max(0, -optimum.dual(of: $0)) }
      },
      minimums: whole.minimumRows.flatMap { $0.map { max(0, optimum.dual(of: $0)) } })
    return PeakFlowPlan(
      greens: whole.greens.map { $0.map { optimum[$0] } },
      queues: whole.standing.map { $0.map { optimum[$0] } },
      leaving: whole.leaving.map { $0.map { optimum[$0] } }, value: optimum.objective * unit,
      bound: proof.bound * unit, prices: PeakFlowPrices(self, layout, proof))
  }
}

extension PeakFlowProblem.Controller {
  /// Greens with the least sum of differences to `wanted` that keep all minimums.
  func nearest(to wanted: [Double]) -> [Double] {
    var program = LinearProgram(.minimize, name: "nearest greens")
    let greens = least.enumerated().map { program.addVariable("green_\($0 + 1)", in: $1...(.infinity)) }
    for (index, target) in wanted.enumerated() {
      let distance = program.addVariable("distance_\(index + 1)", in: 0...(.infinity), objective: 1)
      program.addRow(
        "above_\(index + 1)", [Term(distance, 1), Term(greens[index], -1)], in: (-target)...(.infinity))
      program.addRow(
        "below_\(index + 1)", [Term(distance, 1), Term(greens[index], 1)], in: target...(.infinity))
    }
    program.addRow("cycle", greens.map { Term($0, 1) }, in: green...green)
    for (index, minimum) in minimums.enumerated() {
      program.addRow(
        "minimum_\(index + 1)", minimum.stages.map { Term(greens[$0], 1) }, in: minimum.seconds...(.infinity))
    }
    // What the solver refuses has no nearest greens.
    guard let optimum = try? program.solve().optimum else { return wanted }
    return greens.map { optimum[$0] }
  }
}

extension PeakFlowProblem.Controller {
  /// Whether some greens keep all its minimums.
  var isFeasible: Bool {
    guard least.reduce(0, +) <= green else { return false }
    guard !minimums.isEmpty else { return true }
    let greens = nearest(to: least)
    return minimums.allSatisfy { minimum in
      minimum.stages.reduce(0) { $0 + greens[$1] } >= minimum.seconds - 1e-6
    }
  }
}
