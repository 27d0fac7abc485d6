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

  /// Seeds of the smallest demand.
  var seeds: [UInt64] { curve.points.first?.comparison.seeds ?? [] }
  private var largestScale: Double { curve.points.last?.scale ?? 1 }

  private func scaleText(_ scale: Double) -> String { NumberText.fixed(scale, decimals: 2) }

  /// The report for people: at most 80 columns where labels allow, the same bytes for the same curve.
  public var text: String {
    let scales = "\(scaleText(curve.points.first?.scale ?? 1)) to \(scaleText(largestScale))"
    let title = ReportTitle(scenario, period).text(
      "\(scales) times the demand from \(ClockTime.text(demand.times))", seeds: seeds.count)
    let present = PresentControlReport(network: network, accepted: [])
    let tables = stride(from: 0, to: labels.count, by: Self.plansPerTable).map { first in
      servedTable(.english, plans: first..<min(labels.count, first + Self.plansPerTable)).lines
    }
    return ([[title], present.note, disruption?.lines ?? []] + tables + [breakdownTable, [explanation]])
      .asText
  }

  /// So many plans fit on a line.
  private static let plansPerTable = 4
  private static let longestLabel = 13

  /// Served against demand by point, for some of the plans.
  func servedTable(_ words: PageWords, plans: Range<Int>? = nil) -> Table {
    let names = words.throughput
    let demand = TableGroup<Int>(
      Title("demand", ""),
      [.number(Title("veh/h", names.demand)) { .number(curve.demandPerHour(at: $0), decimals: 0) }])
    return Table(
      names.table,
      [TableGroup(.number(Title("scale", names.scale)) { Cell(scaleText(curve.points[$0].scale)) }), demand]
        + (plans ?? labels.indices).map { plan in
          TableGroup(
            Title(labels[plan].truncated(to: Self.longestLabel), ""),
            [
              .estimate(Title("served", names.served(labels[plan]))) {
                var cell = Cell.estimate(curve.servedPerHour(plan, at: $0), decimals: 0)
                if !curve.keepsUp(plan, at: $0) { cell.page = "* " + cell.text }
                return cell
              },
              TableColumn(title: "", isText: true, isClose: true, isOnPages: false) {
                curve.keepsUp(plan, at: $0) ? "" : "*"
              },
            ])
        }, rows: Array(curve.points.indices))
  }

  private var breakdownTable: [String] {
    Table(
      columns: [
        .text("plan", room: .atMost(24)) { Cell(labels[$0]) },
        .number("breaks down at") { Cell(breakdown($0)) },
        .number("serves most, veh/h") {
          .number(curve.servedPerHour($0, at: curve.bestPoint(of: $0)).mean, decimals: 0)
        },
        .number("at", isClose: true) { Cell(scaleText(curve.points[curve.bestPoint(of: $0)].scale)) },
        .number("reserve μ") { .number(reserves[$0].network, decimals: 3) },
        .text("set by", room: .atMost(16)) { Cell(limitingJunction($0) ?? "nothing") },
      ], rows: Array(labels.indices)
    ).lines
  }

  private func limitingJunction(_ plan: Int) -> String? {
    reserves[plan].limitingController.map { network[$0].name }
  }

  private func breakdown(_ plan: Int) -> String {
    guard let breakdown = curve.breakdown(of: plan) else { return "above " + scaleText(largestScale) }
    return (breakdown.isBelow ? "below " : "") + scaleText(breakdown.scale)
  }

  private var explanation: String {
    "Every plan met the same vehicles. A plan breaks down (*) where more than \(NumberText.fixed(100 * ThroughputCurve.tolerance, decimals: 0)) % of the demand, and more than chance, is unserved at the end beyond those who are on the road in a steady state. Reserve μ is the factor at which, by the linear program, some signalled lane is saturated; ± is the half-width of the 95 % confidence interval."
      .sentence()
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
    guard let breakdown = curve.breakdown(of: plan) else { return words.keepsUp(scaleText(largestScale)) }
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
      [
        "scenario": scenario, "period": period, "seeds": seeds, "disruption": disruption?.json,
        "plans": labels.indices.map(json),
      ] as JSONObject)
  }

  private func json(of plan: Int) -> JSONObject {
    let breakdown = curve.breakdown(of: plan)
    let best = curve.bestPoint(of: plan)
    return [
      "plan": labels[plan], "breakdownScale": breakdown?.scale, "isBelowBreakdownScale": breakdown?.isBelow,
      "mostServedPerHour": curve.servedPerHour(plan, at: best).mean,
      "mostServedScale": curve.points[best].scale, "reserveCapacity": reserves[plan].network,
      "reserveSetBy": limitingJunction(plan),
      "points": curve.points.indices.map { index -> JSONObject in
        let comparison = curve.points[index].comparison
        let served = curve.servedPerHour(plan, at: index)
        return [
          "scale": curve.points[index].scale, "demandPerHour": curve.demandPerHour(at: index),
          "servedPerHour": served.mean, "confidence": served.halfWidth,
          "unserved": comparison.estimate(plan) { Double($0.unserved) }.mean,
          "shortfall": curve.shortfall(plan, at: index), "keepsUp": curve.keepsUp(plan, at: index),
          "totalDelayHours": comparison.estimate(plan) { $0.totalDelay }.mean / Quantities.secondsPerHour,
          "spillbackTime": comparison.estimate(plan) { $0.spillbackTime }.mean,
        ]
      },
    ]
  }
}
