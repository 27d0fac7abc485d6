public import SignalOptimization
public import TrafficModel
public import TrafficSimulation

/// What `benchmark --demand-scale` tells: what plans serve as demand grows, and where they break down.
public struct ThroughputReport: Sendable {
  let scenario: String
  let period: String
  let network: Network
  let demand: Demand
  let labels: [String]
  let curve: ThroughputCurve
  let reserves: [ReserveCapacity]
  let disruption: DisruptionReport?

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - period: the period's name.
  ///   - demand: as it is, at scale 1.
  ///   - labels: what to call the plans, in the curve's order.
  ///   - reserves: of the plans.
  ///   - disruption: what incidents did to the period, where there are some.
  public init(
    scenario: String, period: String, network: Network, demand: Demand, labels: [String],
    curve: ThroughputCurve, reserves: [ReserveCapacity], disruption: DisruptionReport? = nil
  ) {
    precondition(labels.count == reserves.count, "each plan needs a label and a reserve capacity")
    self.scenario = scenario
    self.period = period
    self.network = network
    self.demand = demand
    self.labels = labels
    self.curve = curve
    self.reserves = reserves
    self.disruption = disruption
  }

  /// The report for people: at most 80 columns where labels allow, the same bytes for the same curve.
  public var text: String {
    let present = PresentControlReport(network: network, accepted: [])
    var sections =
      [[title], present.note, disruption?.lines ?? []] + servedTables + [breakdownTable, [explanation]]
    sections.removeAll(where: \.isEmpty)
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    let seeds = curve.points.first?.comparison.seeds.count ?? 0
    let (low, high) = (curve.points.first?.scale ?? 1, curve.points.last?.scale ?? 1)
    return
      "\(scenario), \(period): \(scaleText(low)) to \(scaleText(high)) times the demand from \(ClockTime.text(demand.begin)) to \(ClockTime.text(demand.end)), mean of \(seeds) \(seeds == 1 ? "seed" : "seeds")"
      .wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)
  }

  func scaleText(_ scale: Double) -> String { NumberText.fixed(scale, decimals: 2) }

  /// So many plans fit on a line.
  private static let plansPerTable = 4
  private static let longestLabel = 13

  /// Served against demand, some plans at a time.
  private var servedTables: [[String]] {
    stride(from: 0, to: labels.count, by: Self.plansPerTable).map { first in
      let plans = Array(first..<min(labels.count, first + Self.plansPerTable))
      var table = TextTable(
        [.right(), .right()] + plans.flatMap { _ in [.right(), .left(gap: 1), .left(gap: 1)] },
        headings: [TextTable.Heading(title: "", columns: 1), TextTable.Heading(title: "demand", columns: 1)]
          + plans.map { TextTable.Heading(title: labels[$0].truncated(to: Self.longestLabel), columns: 3) })
      table.add(["scale", "veh/h"] + plans.flatMap { _ in ["served", "", ""] })
      for point in curve.points.indices {
        table.add(
          [
            scaleText(curve.points[point].scale),
            NumberText.fixed(curve.demandPerHour(at: point), decimals: 0),
          ]
            + plans.flatMap { plan -> [String] in
              let served = curve.servedPerHour(plan, at: point)
              return [
                NumberText.fixed(served.mean, decimals: 0),
                NumberText.plusMinus(served.halfWidth, decimals: 0),
                curve.keepsUp(plan, at: point) ? "" : "*",
              ]
            })
      }
      return table.lines
    }
  }

  private var breakdownTable: [String] {
    var table = TextTable([.left(), .right(), .right(), .right(gap: 1), .right(), .left()])
    table.add(["plan", "breaks down at", "serves most, veh/h", "at", "reserve μ", "set by"])
    for plan in labels.indices {
      let best = curve.bestPoint(of: plan)
      table.add([
        labels[plan].truncated(to: 24), breakdownText(plan),
        NumberText.fixed(curve.servedPerHour(plan, at: best).mean, decimals: 0),
        scaleText(curve.points[best].scale),
        NumberText.fixed(reserves[plan].network, decimals: 3),
        (reserves[plan].limitingController.map { network[$0].name } ?? "nothing").truncated(to: 16),
      ])
    }
    return table.lines
  }

  func breakdownText(_ plan: Int) -> String {
    guard let breakdown = curve.breakdown(of: plan) else {
      return "above " + scaleText(curve.points.last?.scale ?? 1)
    }
    return breakdown.isBelow ? "below " + scaleText(breakdown.scale) : scaleText(breakdown.scale)
  }

  private var explanation: String {
    "Every plan met the same vehicles. A plan breaks down (*) where more than \(NumberText.fixed(100 * ThroughputCurve.tolerance, decimals: 0)) % of the demand, and more than chance, is unserved at the end beyond those who are on the road in a steady state. Reserve μ is the factor at which, by the linear program, some signalled lane is saturated; ± is the half-width of the 95 % confidence interval."
      .wrapped(to: ReportLayout.current.sentenceWidth)
  }

  // MARK: Files

  /// Served against demand.
  public func picture(_ language: ReportLanguage = .english) -> Picture {
    let words = language.pictureWords
    let base = curve.points.indices.map { (curve.points[$0].scale, curve.demandPerHour(at: $0)) }
    let perScale = base.reduce(0) { $0 + $1.1 } / max(1e-9, base.reduce(0) { $0 + $1.0 })
    return LinePlot(
      title: words.mapTitle(scenario, period), xLabel: words.demandPerHour, yLabel: words.servedPerHour,
      series: labels.indices.map { plan in
        let points = curve.points.indices.map {
          LinePlot.Point(x: curve.demandPerHour(at: $0), y: curve.servedPerHour(plan, at: $0).mean)
        }
        let reserve = reserves[plan].network
        return LinePlot.Series(
          name:
            "\(labels[plan]): \(breakdownWords(plan, words)), μ \(NumberText.fixed(reserve, decimals: 3))",
          points: points, mark: mark(plan, points),
          upright: reserve.isFinite ? (reserve * perScale, "μ") : nil)
      },
      diagonal: words.allServed, note: words.throughputNote
    ).picture
  }

  private func breakdownWords(_ plan: Int, _ words: PictureWords) -> String {
    guard let breakdown = curve.breakdown(of: plan) else {
      return words.keepsUp(scaleText(curve.points.last?.scale ?? 1))
    }
    return (breakdown.isBelow ? words.breaksDownBelow : words.breaksDownAt)(scaleText(breakdown.scale))
  }

  /// The place on the line at which a plan breaks down.
  private func mark(_ plan: Int, _ points: [LinePlot.Point]) -> LinePlot.Point? {
    guard let breakdown = curve.breakdown(of: plan), !breakdown.isBelow,
      let next = curve.points.firstIndex(where: { $0.scale >= breakdown.scale }), next > 0
    else { return nil }
    let (low, high) = (curve.points[next - 1].scale, curve.points[next].scale)
    let share = (breakdown.scale - low) / (high - low)
    return LinePlot.Point(
      x: points[next - 1].x + share * (points[next].x - points[next - 1].x),
      y: points[next - 1].y + share * (points[next].y - points[next - 1].y))
  }

  /// The curve for programs; Documentation/CommandLine.md has the keys.
  public func json() throws -> String {
    try JSONText.text(
      Summary(
        scenario: scenario, period: period, seeds: curve.points.first?.comparison.seeds ?? [],
        disruption: disruption?.summary, plans: labels.indices.map(plan)))
  }

  private func plan(_ plan: Int) -> Summary.Plan {
    let breakdown = curve.breakdown(of: plan)
    let best = curve.bestPoint(of: plan)
    return Summary.Plan(
      plan: labels[plan], breakdownScale: breakdown?.scale, isBelowBreakdownScale: breakdown?.isBelow,
      mostServedPerHour: curve.servedPerHour(plan, at: best).mean, mostServedScale: curve.points[best].scale,
      reserveCapacity: reserves[plan].network.finite,
      reserveSetBy: reserves[plan].limitingController.map { network[$0].name },
      points: curve.points.indices.map { index in
        let comparison = curve.points[index].comparison
        let served = curve.servedPerHour(plan, at: index)
        return Summary.Point(
          scale: curve.points[index].scale, demandPerHour: curve.demandPerHour(at: index),
          servedPerHour: served.mean, confidence: served.halfWidth.finite,
          unserved: comparison.estimate(plan) { Double($0.unserved) }.mean,
          shortfall: curve.shortfall(plan, at: index), keepsUp: curve.keepsUp(plan, at: index),
          totalDelayHours: comparison.estimate(plan) { $0.totalDelay }.mean / Quantities.secondsPerHour,
          spillbackTime: comparison.estimate(plan) { $0.spillbackTime }.mean)
      })
  }

  private struct Summary: Encodable {
    struct Point: Encodable {
      var scale: Double
      var demandPerHour: Double
      var servedPerHour: Double
      /// Of `servedPerHour`: half the width of the 95 % confidence interval.
      var confidence: Double?
      var unserved: Double
      /// Share of the demand, see `ThroughputCurve`.
      var shortfall: Double
      var keepsUp: Bool
      var totalDelayHours: Double
      var spillbackTime: Double
    }
    struct Plan: Encodable {
      var plan: String
      /// Absent where the plan keeps up at every scale.
      var breakdownScale: Double?
      var isBelowBreakdownScale: Bool?
      var mostServedPerHour: Double
      var mostServedScale: Double
      var reserveCapacity: Double?
      var reserveSetBy: String?
      var points: [Point]
    }
    var scenario: String
    var period: String
    var seeds: [UInt64]
    var disruption: DisruptionReport.Summary?
    var plans: [Plan]
  }
}
