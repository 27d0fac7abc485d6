internal import LinearProgramming
internal import TrafficModel

/// The few structures of a ring-barrier controller that are worth playing: the best at some cycles.
struct RingShortlist {
  let model: RingModel

  private var options: OptimizationOptions { model.options }

  /// Cycles for which the best timing is looked for, s, where no single one is asked for.
  private static let cycles = [50.0, 75, 110]

  /// Their splits, those for short cycles first; empty where the existing order and changes must stay.
  func sequences() throws(LinearProgramError) -> [ControllerSplits] {
    guard options.stages != .existing, options.maximumChange == nil else { return [] }
    let search = RingSearch(model: model)
    var found: [ControllerSplits] = []
    for cycle in cycles {
      guard let timing = try search.best(cycle: cycle) else { continue }
      let splits = model.splits(of: timing)
      let isNew = !found.contains { $0.structure.program.hasSameStates(as: splits.structure.program) }
      if isNew { found.append(splits) }
    }
    return found
  }

  /// Raised to what the minimum splits need.
  private var cycles: [Double] {
    switch options.cycle {
    case .fixed(let cycle): return [cycle]
    case .existing: return [model.present.cycle]
    case .best, .common, .perJunction:
      let bounds = model.network[model.id].cycleBounds
      let least = max(bounds.lowerBound, model.rings.shortestCycle).rounded(.up)
      let wanted = Self.cycles.map { max(least, $0) }.filter { $0 <= bounds.upperBound }
      return Set(wanted).sorted()
    }
  }
}

extension SignalProgram {
  /// Whether it shows the same, one after the other, as another programme: durations apart.
  fileprivate func hasSameStates(as other: SignalProgram) -> Bool {
    intervals.map(\.states) == other.intervals.map(\.states)
  }
}
