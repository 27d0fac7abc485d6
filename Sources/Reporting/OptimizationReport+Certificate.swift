public import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// More junctions, and more constraints of one, nobody reads.
  private static let mostJunctions = 5
  private static let mostConstraints = 2
  private static let mostIdleMovements = 6

  /// The proof in words: how far from the bound, what binds, and what a second of it is worth.
  var certificateLines: [String] {
    let certificate = result.certificate
    let splits = certificate.splits
    guard let worst = splits.max(by: { $0.gap < $1.gap }) else {
      guard bandwidth == nil else { return [] }
      let reason =
        result.comparison.proposed.plan == result.comparison.existing.plan
        ? "No plan that was tried did better than the existing one, so there is nothing to prove."
        : "The greens of the \(planName) come from scaling the existing ones, so no bound is known for them."
      return [reason.wrapped(to: ReportLayout.current.sentenceWidth)]
    }
    var lines = [
      "The green times of the \(planName) are \(Self.quality(worst.gap)) for \(Self.words(certificate.objective)), proven at each junction for its cycle and stages\(worst.gap < Self.negligible ? "" : " (largest gap: \(network[worst.controller].name.truncated(to: ReportLayout.current.width / 2)))"). What binds:"
        .wrapped(to: ReportLayout.current.sentenceWidth)
    ]
    let bound = splits.filter { !$0.binding.isEmpty }
    let dearest = bound.enumerated()
      .sorted { (-Self.price($0.element), $0.offset) < (-Self.price($1.element), $1.offset) }
      .prefix(Self.mostJunctions).map(\.element)
    for split in dearest {
      let name = network[split.controller].name.truncated(to: ReportLayout.current.width / 2)
      lines.append("  \(name), cycle \(NumberText.seconds(split.cycle)) s")
      for constraint in split.binding.prefix(Self.mostConstraints) {
        lines.append(("    " + words(constraint)).wrapped(to: ReportLayout.current.sentenceWidth, indent: 6))
      }
    }
    if bound.count > dearest.count {
      lines.append(
        "  and \(bound.count - dearest.count) more; these have the dearest seconds, --json has all")
    }
    if bound.isEmpty { lines.append("  nothing: more green would not help any movement") }
    return lines
  }

  /// Whether the proposed plan is the one to use: better, or what was asked for.
  var isProposed: Bool {
    guard presentControl.isPlayed else {
      let (existing, proposed) = (result.comparison.existing.plan, result.comparison.proposed.plan)
      return presentControl.isImprovement != false && result.plan == proposed && existing != proposed
    }
    return result.isImprovement || bandwidth != nil
  }

  /// What the proposed plan is called.
  var planName: String { isProposed ? "proposed plan" : "best plan found" }

  /// A gap below this share is the solver's tolerance.
  private static let negligible = 1e-5

  private static func quality(_ gap: Double) -> String {
    gap < negligible
      ? "the best possible" : "within \(NumberText.significant(100 * gap)) % of the best possible"
  }

  private static func price(_ split: SplitCertificate) -> Double {
    split.binding.map { abs($0.pricePerSecond) }.max() ?? 0
  }

  private static func words(_ objective: Objective) -> String {
    switch objective {
    case .delay: "delay"
    case .throughput: "throughput"
    case .reserve: "reserve capacity"
    }
  }

  private func words(_ constraint: BindingConstraint) -> String {
    let second =
      switch constraint.kind {
      case .lane: "one more second of green"
      case .minimum: "one second less of it"
      case .cycle: "one more second, all of it green,"
      }
    let saturation =
      constraint.degreeOfSaturation.map { ", v/c \(NumberText.fixed($0, decimals: 2))" } ?? ""
    return "\(constraint.what)\(saturation): \(second) \(effect(constraint.pricePerSecond))"
  }

  private func effect(_ price: Double) -> String {
    switch result.certificate.objective {
    case .delay:
      // Vehicle-seconds of delay per second are vehicle-hours per hour.
      "\(price <= 0 ? "saves" : "adds") \(NumberText.significant(abs(price))) veh·h of delay per hour"
    case .throughput:
      "serves \(NumberText.significant(abs(Quantities.perHour(vehiclesPerSecond: price)))) \(price >= 0 ? "more" : "fewer") veh/h"
    case .reserve: "\(price >= 0 ? "raises" : "lowers") μ by \(NumberText.significant(abs(price)))"
    }
  }

  /// The movements that nobody wants to make, by reason.
  var idleLines: [String] {
    let idle = result.certificate.movementsWithoutDemand
    var reasons: [IdleMovement.Reason] = []
    for movement in idle where !reasons.contains(movement.reason) { reasons.append(movement.reason) }
    return reasons.map { reason in
      let names = idle.filter { $0.reason == reason }.map { network.name(of: $0.movement) }
      let shown = names.prefix(Self.mostIdleMovements).joined(separator: ", ")
      let rest = names.count - Self.mostIdleMovements
      let more = rest > 0 ? " and \(rest) more" : ""
      let count = names.count == 1 ? "1 movement has" : "\(names.count) movements have"
      return "\(count) no demand (\(reason.words)): \(shown)\(more)".wrapped(
        to: ReportLayout.current.sentenceWidth, indent: 2)
    }
  }
}

extension IdleMovement.Reason {
  /// For people.
  public var words: String {
    switch self {
    case .noRoute: "no vehicle's route uses it"
    case .countedZero: "the count is zero in every slice"
    case .notCounted: "nobody counted it"
    }
  }
}
