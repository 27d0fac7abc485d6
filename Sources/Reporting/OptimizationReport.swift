public import SignalOptimization
public import TrafficModel
internal import TrafficSimulation

/// What `optimize` tells about one period: existing against proposed plan, and the proof.
public struct OptimizationReport: Sendable {
  let scenario: String
  let period: String
  let network: Network
  let demand: Demand
  let result: OptimizationResult
  let bandwidth: BandwidthReport?
  let disruption: DisruptionReport?
  let robust: RobustResult?
  let presentControl: PresentControlReport
  let isStopped: Bool

  /// - Parameters:
  ///   - scenario: the scenario's name.
  ///   - period: the period's name.
  ///   - result: made for this network and demand.
  ///   - bandwidth: the green waves of the result's plan, where they are what was asked for.
  ///   - disruption: what incidents did to the period, where there are some.
  ///   - robust: the plan for several days, where there are several.
  ///   - presentControl: what runs today, where that is not the existing plan.
  ///   - isStopped: whether the search was ended before it was done.
  public init(
    scenario: String, period: String, network: Network, demand: Demand, result: OptimizationResult,
    bandwidth: BandwidthReport? = nil, disruption: DisruptionReport? = nil, robust: RobustResult? = nil,
    presentControl: PresentControlReport? = nil, isStopped: Bool = false
  ) {
    self.scenario = scenario
    self.period = period
    self.network = network
    self.demand = demand
    self.result = result
    self.bandwidth = bandwidth
    self.disruption = disruption
    self.robust = robust
    self.presentControl = presentControl ?? PresentControlReport(network: network, accepted: [])
    self.isStopped = isStopped
  }

  /// Hours of the period.
  var hours: Double { demand.duration / Quantities.secondsPerHour }

  /// The report for people in the present `ReportLayout`: as wide as that where names allow, the same bytes for the
  /// same result.
  public var text: String {
    var sections = [
      [ReportLayout.current.painted(title, .strong)], presentControlLines, disruption?.lines ?? [],
      bandwidthLines, bandwidthTable,
      paretoLines, networkTable, verdict,
      dayTable, dayVerdict,
      stepTable, junctionTable, oversaturation.spillbackTable, oversaturation.limitTable, pedestrianTable,
      certificateLines,
      coordinationLines, idleLines,
    ]
    sections.removeAll(where: \.isEmpty)
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var pedestrianTable: [String] {
    PedestrianTable(
      plans: result.comparison.both.map(\.plan), labels: planLabels, network: network, demand: demand
    ).lines
  }

  private var planLabels: [String] {
    [presentControl.isPlayed ? "existing" : "stand-in", isProposed ? "proposed" : "best found"]
  }

  private var presentControlLines: [String] {
    presentControl.sentences.enumerated().map { index, sentence in
      ReportLayout.current.painted(
        sentence.wrapped(to: ReportLayout.current.sentenceWidth), index == 0 ? .strong : nil)
    }
  }

  /// Queues under the existing plan, and under the proposed one.
  var oversaturation: Oversaturation {
    Oversaturation(plans: result.comparison.both, network: network, labels: planLabels)
  }

  private var title: String {
    let seeds = result.comparison.seeds.count
    let controllers = network.controllers.count
    return
      "\(scenario), \(period): \(controllers) \(controllers == 1 ? "signal" : "signals"), \(ClockTime.text(demand.begin)) to \(ClockTime.text(demand.end)), mean of \(seeds) \(seeds == 1 ? "seed" : "seeds")"
      .wrapped(to: ReportLayout.current.sentenceWidth, indent: 2)
  }

  // MARK: Network

  static let networkMeasures: [Measure] = [
    .demand, .servedPerHour, .unserved, .totalDelayHours, .delayPerVehicle, .stopsPerVehicle, .worstQueue,
  ]

  private var networkTable: [String] {
    var table = TextTable([
      .left(), .right(), .left(gap: 1), .right(), .left(gap: 1), .right(), .left(gap: 1),
    ])
    let isPlayed = presentControl.isPlayed
    table.add(["", planLabels[0], "", planLabels[1]] + (isPlayed ? ["", "change"] : []))
    for measure in Self.networkMeasures {
      table.add(row(measure))
      if measure.label == Measure.delayPerVehicle.label {
        let levels = result.comparison.both.map(level)
        table.add(["level of service", levels[0], "", levels[1]])
      }
    }
    let certificate = result.certificate
    let (before, after) = (certificate.existingReserveCapacity, certificate.proposedReserveCapacity)
    table.add(
      [
        "reserve capacity μ", NumberText.fixed(before, decimals: 3), "", NumberText.fixed(after, decimals: 3),
      ] + (isPlayed ? ["", NumberText.percentChange(100 * (after / before - 1))] : []))
    return table.lines
  }

  private func row(_ measure: Measure) -> [String] {
    let change = result.comparison.percentChange(measure, hours: hours)
    var cells = [measure.label]
    for plan in result.comparison.both {
      let estimate = plan.estimate(measure, hours: hours)
      cells.append(NumberText.fixed(estimate.mean, decimals: measure.decimals))
      cells.append(Self.plusMinus(estimate, decimals: measure.decimals))
    }
    guard presentControl.isPlayed else { return cells }
    cells.append(measure.painted(NumberText.percentChange(change.mean), change: change))
    cells.append(Self.plusMinus(change, decimals: 1))
    return cells
  }

  /// Intervals below this are the rounding of sums: what is the same for every seed has none to tell.
  private static let certain = 1e-9

  static func plusMinus(_ estimate: Estimate, decimals: Int) -> String {
    estimate.halfWidth < certain ? "" : NumberText.plusMinus(estimate.halfWidth, decimals: decimals)
  }

  private func level(_ plan: PlanComparison.Entry) -> String {
    LevelOfService(delayPerVehicle: plan.estimate(.delayPerVehicle, hours: hours).mean).rawValue
  }

  // MARK: Verdict

  private var verdict: [String] {
    var lines: [String] = []
    if let verdict = bandwidthVerdict {
      lines.append(verdict)
    } else if !presentControl.isPlayed {
      if !isProposed { lines.append("Keep what runs today: no plan is proposed.") }
    } else if result.isImprovement {
      lines.append("The proposed plan is better than the existing one with 95 % confidence.")
    } else {
      lines.append(
        "Keep your plan: no plan was found that beats the existing one with 95 % confidence.")
    }
    if isStopped { lines.append("The search was stopped: this is the best plan found until then.") }
    lines.append(presentControl.isPlayed ? throughput : room)
    lines.removeAll(where: \.isEmpty)
    return lines.enumerated().map { index, line in
      let wrapped = line.wrapped(to: ReportLayout.current.sentenceWidth)
      return ReportLayout.current.painted(wrapped, index == 0 ? .strong : nil)
    }
  }

  /// Differences below this share of the demand are not a gain in throughput.
  private static let negligible = 0.002
  /// A queue that grows all the time ends at twice its mean, a steady one at its mean; above this factor it grows.
  private static let steady = 1.5

  private var throughput: String {
    let difference = result.comparison.difference { Double($0.served) }
    let demand = result.comparison.existing.estimate(.demand, hours: hours).mean
    if difference.isCertain, abs(difference.mean) > Self.negligible * demand {
      let perHour = hours > 0 ? abs(difference.mean) / hours : 0
      return
        "It serves \(NumberText.fixed(perHour, decimals: 0)) vehicles per hour \(difference.mean > 0 ? "more" : "fewer"). \(room)"
    }
    let (comparison, certificate) = (result.comparison, result.certificate)
    guard servesAll(comparison.existing, reserve: certificate.existingReserveCapacity),
      servesAll(comparison.proposed, reserve: certificate.proposedReserveCapacity)
    else {
      return "The difference in vehicles served is within chance. \(room)"
    }
    let gain = result.isImprovement ? ": the gain is in delay and reserve" : ""
    return
      "Both plans serve all of this demand (whoever is unserved is still on the way), so the gain in throughput is zero\(gain). \(room)"
  }

  /// Whether a plan keeps up with the demand: signals suffice, and no more vehicles are on the road, or wait
  /// outside, at the end than were there on average.
  private func servesAll(_ plan: PlanComparison.Entry, reserve: Double) -> Bool {
    let onTheWay = plan.estimate { $0.travelTime / max(demand.duration, 1) }.mean
    let unserved = plan.estimate(.unserved, hours: hours).mean
    return reserve >= 1 && unserved <= max(1, Self.steady * onTheWay)
  }

  /// What the signals could carry; empty where there are none.
  private var room: String {
    let certificate = result.certificate
    guard !certificate.reserves.isEmpty else { return "" }
    func words(_ factor: Double) -> String {
      guard factor.isFinite else { return "any demand" }
      let percent = NumberText.fixed(100 * abs(factor - 1), decimals: 0)
      return "\(percent) % \(factor >= 1 ? "more" : "less") than this demand"
    }
    return
      "Signals can carry \(words(certificate.existingReserveCapacity)) \(presentControl.isPlayed ? "now" : "with the stand-in"), \(words(certificate.proposedReserveCapacity)) with the \(planName)."
  }
}

/// Times of day in reports.
public enum ClockTime {
  /// Seconds since midnight as `7:30`, or with seconds where they are not zero.
  public static func text(_ time: Double) -> String {
    let seconds = Int(max(-1e9, min(1e9, time.rounded())))
    let (hour, minute, second) = (seconds / 3600, abs(seconds / 60 % 60), abs(seconds % 60))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(hour):\(two(minute))" + (second == 0 ? "" : ":\(two(second))")
  }
}
