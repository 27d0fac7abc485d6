internal import SignalOptimization
internal import TrafficModel

/// How old the running greens look under the fresh counts, in words of traffic.
extension RetimingReport {
  /// More junctions nobody reads.
  private static let mostJunctions = 6
  private static let mostGroups = 4

  var ageLines: [String] {
    let order = result.junctions.indices.sorted {
      (-lost(result.junctions[$0]), $0) < (-lost(result.junctions[$1]), $1)
    }
    let old = order.map { result.junctions[$0] }.filter { $0.age != .upToDate }
    var lines: [String] = []
    if !old.isEmpty {
      lines.append("What the counts do to the running greens:")
      lines += old.prefix(Self.mostJunctions).map { "  " + words($0) }
      if old.count > Self.mostJunctions { lines.append("  and \(old.count - Self.mostJunctions) more") }
    }
    lines += limitLines
    return lines
  }

  /// Delay that the running greens cost against the best, veh·s per second.
  private func lost(_ junction: JunctionRetiming) -> Double { junction.now.delay - junction.best.delay }

  private func words(_ junction: JunctionRetiming) -> String {
    var words = "\(network[junction.controller].name): "
    if let lane = junction.worstLane {
      let share = percent(junction.now.saturation)
      let verb = junction.now.saturation > 1 ? "wants" : "uses"
      words += "\(PageWords.english.name(of: lane, in: network)) \(verb) \(share) of its capacity; "
    }
    words += "the best greens at \(NumberText.seconds(junction.best.cycle)) s save "
    words +=
      "\(percent(junction.possibleGain)) of the delay and leave at most \(percent(junction.best.saturation))"
    return words + "."
  }

  private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 0) + " %" }

  private var limitLines: [String] {
    var lines: [String] = []
    let held = result.junctions.filter(\.isHeldBack)
    if let limit = options.maximumChange, !held.isEmpty {
      let rest = held.reduce(0) { $0 + $1.after.delay - $1.best.delay }
      lines.append(
        "* Changes of at most \(NumberText.seconds(limit)) s hold back \(counted(held.count, "signal")): \(Self.hours(rest)) veh·h/h more could be saved."
      )
    }
    let full = result.junctions.filter { $0.best.saturation > 1 }
    if !full.isEmpty {
      let names = full.map { network[$0.controller].name }.listed(atMost: Self.mostJunctions)
      lines.append(
        "No greens of these stages and this cycle serve all at \(names): other cycles or stages may, 'greenwave optimize' looks for them."
      )
    }
    return lines
  }

  var groupLines: [String] {
    let groups = result.groups.enumerated().sorted {
      ($0.element.costAfter - $0.element.costBefore, $0.offset)
        < ($1.element.costAfter - $1.element.costBefore, $1.offset)
    }.map(\.element)
    guard !groups.isEmpty else { return [] }
    var lines = ["Offsets, by the platoon model (delay and stops, veh·h/h):"]
    for group in groups.prefix(Self.mostGroups) {
      let names = group.controllers.map { network[$0].name }.listed(atMost: 3) { _ in ", …" }
      let change =
        group.costAfter < group.costBefore
        ? "\(Self.hours(group.costBefore)) with the running offsets, \(Self.hours(group.costAfter)) with new ones"
        : "the running ones stay: others would gain less than 1 %"
      lines.append(
        "  \(counted(group.controllers.count, "signal")) at \(NumberText.seconds(group.cycle)) s (\(names)): \(change)."
      )
    }
    if groups.count > Self.mostGroups {
      lines.append("  and \(counted(groups.count - Self.mostGroups, "group")) more")
    }
    return lines
  }

}
