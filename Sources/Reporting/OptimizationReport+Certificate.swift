internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension OptimizationReport {
  /// More junctions, and more constraints of one, nobody reads.
  private static let mostJunctions = 5
  private static let mostConstraints = 2
  private static let mostIdleMovements = 6
  /// A gap below this share is the solver's tolerance.
  static let solverTolerance = 1e-5

  /// The proof in words: how far from the bound, what binds, and what a second of it is worth.
  var certificateLines: [String] {
    let splits = result.certificate.splits
    guard let worst = splits.max(by: { $0.gap < $1.gap }) else {
      guard bandwidth == nil else { return [] }
      let reason =
        plans.proposed.plan == plans.existing.plan
        ? "No plan that was tried did better than the existing one, so there is nothing to prove."
        : "The greens of the \(planName) come from scaling the existing ones, so no bound is known for them."
      return [reason.sentence()]
    }
    let largest = worst.gap < Self.solverTolerance ? "" : " (largest gap: \(shortName(of: worst.controller)))"
    var lines = [
      "The green times of the \(planName) are \(quality(worst.gap, .english)) for \(Self.words(result.certificate.objective)), proven at each junction for its cycle and stages\(largest). What binds:"
        .sentence()
    ]
    let bound = splits.filter { !$0.binding.isEmpty }
    let dearest = bound.enumerated()
      .sorted { (-Self.price($0.element), $0.offset) < (-Self.price($1.element), $1.offset) }
      .prefix(Self.mostJunctions).map(\.element)
    for split in dearest {
      lines.append("  \(shortName(of: split.controller)), cycle \(NumberText.seconds(split.cycle)) s")
      lines += split.binding.prefix(Self.mostConstraints).map {
        ("    " + words($0, at: split.controller)).sentence(indent: 6)
      }
    }
    if bound.count > dearest.count {
      lines.append(
        "  and \(bound.count - dearest.count) more; these have the dearest seconds, --json has all")
    }
    if bound.isEmpty { lines.append("  nothing: more green would not help any movement") }
    return lines
  }

  private func shortName(of controller: ControllerID) -> String {
    network[controller].name.truncated(to: ReportLayout.current.width / 2)
  }

  /// How far greens are from the best.
  func quality(_ gap: Double, _ words: PageWords) -> String {
    gap < Self.solverTolerance
      ? words.certificate.best : words.certificate.near("\(NumberText.significant(100 * gap)) %")
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

  private func words(_ constraint: BindingConstraint, at controller: ControllerID) -> String {
    let second =
      switch constraint.subject {
      case .lane: "one more second of green"
      case .minimum: "one second less of it"
      case .cycle: "one more second, all of it green,"
      }
    let name = PageWords.english.name(of: constraint, at: controller, in: network)
    let saturation =
      constraint.degreeOfSaturation.map { ", v/c \(NumberText.fixed($0, decimals: 2))" } ?? ""
    return "\(name)\(saturation): \(second) \(effect(constraint.pricePerSecond))"
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
      return
        "\(counted(names.count, "movement")) \(names.count == 1 ? "has" : "have") no demand (\(reason.words)): \(names.listed(atMost: Self.mostIdleMovements))"
        .sentence(indent: 2)
    }
  }

  /// The certificate for programs.
  var certificateJSON: JSONObject {
    let certificate = result.certificate
    return [
      "objective": certificate.objective.rawValue,
      "splits": certificate.splits.map { split -> JSONObject in
        [
          "junction": network[split.controller].name, "cycle": split.cycle, "value": split.value,
          "bound": split.bound, "gap": split.gap, "reserveCapacity": split.reserveCapacity,
          "binding": split.binding.map { constraint -> JSONObject in
            [
              "kind": constraint.key,
              "what": PageWords.english.name(of: constraint, at: split.controller, in: network),
              "degreeOfSaturation": constraint.degreeOfSaturation,
              "pricePerSecond": constraint.pricePerSecond,
            ]
          },
        ]
      },
      "coordination": certificate.coordination.map { coordination -> JSONObject in
        let offsets = coordination.offsets
        return [
          "junctions": coordination.group.controllers.map { network[$0].name },
          "reason": reason(coordination.group), "cycle": offsets?.cycle, "cost": offsets?.cost,
          "costAtRandom": offsets?.costAtRandom, "bound": offsets?.bound, "gap": offsets?.gap,
        ]
      }, "movementsWithoutDemand": certificate.movementsWithoutDemand.json(in: network),
    ]
  }
}
