internal import SignalOptimization
internal import TrafficModel

extension OptimizationReport {
  /// More groups nobody reads.
  private static let mostGroups = 4
  /// A smaller share is the tolerance of sums.
  private static let provenGap = 1e-6

  /// Which signals of the plan run together and why, and how good their offsets are.
  var coordinationLines: [String] {
    let coordination = result.certificate.coordination
    guard !coordination.isEmpty else { return [] }
    let together = coordination.filter { $0.offsets != nil }
    let dearest = together.enumerated()
      .sorted { (-$0.element.group.gain, $0.offset) < (-$1.element.group.gain, $1.offset) }
      .prefix(Self.mostGroups).map(\.element)
    var lines = [
      "Coordination in the \(planName) (\(Self.count(together.count, "group")), \(Self.count(coordination.count - together.count, "signal")) alone):"
    ]
    for certificate in dearest {
      lines.append(
        ("  " + certificate.group.reason(in: network) + ".").wrapped(
          to: ReportLayout.current.sentenceWidth, indent: 4))
      if let offsets = certificate.offsets {
        lines.append(("    " + words(offsets)).wrapped(to: ReportLayout.current.sentenceWidth, indent: 4))
      }
    }
    let alone = coordination.filter { $0.offsets == nil }
    for certificate in alone.prefix(Self.mostGroups) {
      lines.append(
        ("  " + certificate.group.reason(in: network) + ".").wrapped(
          to: ReportLayout.current.sentenceWidth, indent: 4))
    }
    let hidden = coordination.count - dearest.count - min(alone.count, Self.mostGroups)
    if hidden > 0 { lines.append("  and \(hidden) more; --json has all") }
    return lines
  }

  private func words(_ offsets: OffsetCertificate) -> String {
    let saved = 100 * (1 - offsets.cost / max(offsets.costAtRandom, 1e-9))
    let against =
      saved >= 0
      ? "cost \(NumberText.fixed(saved, decimals: 0)) % less than random ones"
      : "cost \(NumberText.fixed(-saved, decimals: 0)) % more than random ones"
    let proof =
      offsets.gap < Self.provenGap
      ? "no others would do better"
      : "others could save another \(NumberText.significant(100 * offsets.gap)) % at most"
    return
      "Cycle \(NumberText.seconds(offsets.cycle)) s. By the platoon model the offsets \(against); \(proof)."
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
