internal import SignalOptimization
internal import TrafficModel

extension OptimizationReport {
  /// More groups nobody reads.
  private static let mostGroups = 4
  /// A sentence names no more signals.
  private static let mostNames = 20
  /// A smaller share is the tolerance of sums.
  private static let provenGap = 1e-6

  /// Which signals of the plan run together and why, and how good their offsets are.
  var coordinationLines: [String] {
    let coordination = result.certificate.coordination
    guard !coordination.isEmpty else { return [] }
    let together = coordination.filter { $0.offsets != nil }
    let alone = coordination.filter { $0.offsets == nil }
    let dearest = together.enumerated()
      .sorted { (-$0.element.group.gain, $0.offset) < (-$1.element.group.gain, $1.offset) }
      .prefix(Self.mostGroups).map(\.element)
    var lines = [
      "Coordination in the \(planName) (\(counted(together.count, "group")), \(counted(alone.count, "signal")) alone):"
    ]
    for certificate in dearest + alone.prefix(Self.mostGroups) {
      lines.append("  \(reason(certificate.group)).".sentence(indent: 4))
      if let offsets = certificate.offsets { lines.append("    \(words(offsets))".sentence(indent: 4)) }
    }
    let hidden = coordination.count - dearest.count - min(alone.count, Self.mostGroups)
    if hidden > 0 { lines.append("  and \(hidden) more; --json has all") }
    return lines
  }

  private func words(_ offsets: OffsetCertificate) -> String {
    let saved = 100 * (1 - offsets.cost / max(offsets.costAtRandom, 1e-9))
    let against =
      "cost \(NumberText.fixed(abs(saved), decimals: 0)) % \(saved >= 0 ? "less" : "more") than random ones"
    let proof =
      offsets.gap < Self.provenGap
      ? "no others would do better"
      : "others could save another \(NumberText.significant(100 * offsets.gap)) % at most"
    return
      "Cycle \(NumberText.seconds(offsets.cycle)) s. By the platoon model the offsets \(against); \(proof)."
  }

  /// Why signals run together, or one alone; of a large group, the first signals are named.
  func reason(_ group: CoordinationGroups.Group) -> String {
    let names = group.controllers.map { "'\(network[$0].name)'" }.listed(atMost: Self.mostNames)
    if let best = group.pairs.max(by: { $0.gain < $1.gain }) {
      return
        "\(names) together: good offsets save up to \(NumberText.fixed(group.gain, decimals: 1)) veh·h/h; most \(reason(best))"
    }
    return group.nearest.map { "\(names) alone: too little to gain; most \(reason($0))" }
      ?? "\(names) alone: no traffic comes from or goes to another signal"
  }

  /// Why a pair gains or does not.
  private func reason(_ pair: CoordinationPair) -> String {
    let flow = NumberText.fixed(Quantities.perHour(vehiclesPerSecond: pair.flow), decimals: 0)
    let traffic =
      "'\(network[pair.first].name)' and '\(network[pair.second].name)': \(flow) veh/h, \(NumberText.fixed(pair.time, decimals: 0)) s apart"
    guard pair.hasCommonCycle else { return "\(traffic); their cycles do not fit each other" }
    let share = NumberText.fixed(100 * pair.gain / max(pair.costAtRandom, 1e-9), decimals: 0)
    return
      "\(traffic); the best offset saves \(share) % of the delay and stops between them, \(NumberText.fixed(pair.gain, decimals: 1)) veh·h/h, against a random one"
  }
}
