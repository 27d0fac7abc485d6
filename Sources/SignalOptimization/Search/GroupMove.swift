internal import TrafficModel
internal import TrafficSimulation

/// Moves of several neighbouring controllers at once, which no step of one of them alone could make: the offsets of a
/// whole arterial, or the cycle of all that share one.
extension MoveMaker {
  /// Another setting of the network; nil when the move drawn is not possible.
  func groupMove(
    from setting: PlanSetting, movable: [Int], neighbourhoods: Neighbourhoods, _ random: inout SplitMix64
  ) -> PlanSetting? {
    guard movable.count > 1 else { return nil }
    let start = movable[random.nextIndex(below: movable.count)]
    let size = 2 + random.nextIndex(below: movable.count - 1)
    let group = neighbourhoods.connected(to: start, among: Set(movable), most: size)
    let mayChangeCycles = options.cycle == .best || options.cycle == .common
    let moved =
      mayChangeCycles && random.nextIndex(below: 2) == 0
      // A cycle that all must share changes for all.
      ? changeCycles(setting, options.cycle == .common ? movable : group, &random)
      : shiftOffsets(setting, group, &random)
    guard let moved, moved != setting else { return nil }
    return movable.allSatisfy {
      moved.controllers[$0] == setting.controllers[$0] || isAllowed(moved.controllers[$0], $0)
    } ? moved : nil
  }

  private func shiftOffsets(
    _ setting: PlanSetting, _ group: [Int], _ random: inout SplitMix64
  ) -> PlanSetting? {
    let longest = group.map { setting.controllers[$0].cycle }.max() ?? 0
    guard longest >= 2 else { return nil }
    var moved = setting
    let seconds = 1 + Double(random.nextIndex(below: Int(longest) - 1))
    for index in group {
      let cycle = setting.controllers[index].cycle
      moved.controllers[index].offset = (setting.controllers[index].offset + seconds).positiveRemainder(cycle)
    }
    return moved
  }

  /// A longer or shorter cycle for those of the group that share the first one's.
  private func changeCycles(
    _ setting: PlanSetting, _ group: [Int], _ random: inout SplitMix64
  ) -> PlanSetting? {
    let old = setting.controllers[group[0]].cycle
    let change = Double(1 + random.nextIndex(below: 6)) * (random.nextIndex(below: 2) == 0 ? 1 : -1)
    var moved = setting
    for index in group where setting.controllers[index].cycle == old {
      moved.controllers[index] = setting.controllers[index].withCycle(old + change)
    }
    return moved
  }
}

extension ControllerSetting {
  /// The same shares of another cycle, in whole seconds; the offset keeps its share, too.
  func withCycle(_ cycle: Double) -> ControllerSetting {
    var changed = self
    let green = stages.reduce(0, +)
    let factor = (cycle - structure.lostTime) / green
    changed.stages = stages.map { max(ProgramStructure.shortestStage, ($0 * factor).rounded()) }
    if let longest = changed.stages.indices.max(by: { changed.stages[$0] < changed.stages[$1] }) {
      changed.stages[longest] += cycle - changed.cycle
    }
    changed.offset = (offset * cycle / self.cycle).rounded().positiveRemainder(cycle)
    return changed
  }
}

extension Neighbourhoods {
  /// Controllers reached from `start` over shared links, nearest first; at most `most`.
  func connected(to start: Int, among allowed: Set<Int>, most: Int) -> [Int] {
    var found = [start]
    var next = 0
    while next < found.count, found.count < most {
      for other in adjacent[found[next]].sorted()
      where allowed.contains(other) && !found.contains(other) && found.count < most { found.append(other) }
      next += 1
    }
    return found
  }
}
