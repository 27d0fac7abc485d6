internal import TrafficModel

/// Cycle and zones: which signals run together, and at what cycle.
///
/// Signals that gain by coordination are joined to groups; each group gets the common cycle at which its junctions
/// have the least delay together, those that do better at half of it running two cycles in one. Signals that gain
/// nothing keep their own best cycle.
struct CoordinationZones {
  private let assembly: PlanAssembly
  private let planner: OffsetPlanner

  private var options: OptimizationOptions { assembly.problem.options }
  private var controllers: [ControllerID] { assembly.problem.controllers }
  /// Common cycles, as the controllers' choices have them, s.
  private var cycles: [Double] { assembly.problem.commonCycles }

  init(_ assembly: PlanAssembly) {
    self.assembly = assembly
    planner = OffsetPlanner(assembly.problem)
  }

  /// Pairs that gain less are left alone, veh·s per second of delay: a tenth of a vehicle that waits all the time.
  static let leastGain = 0.1

  /// The finalists with good offsets, and the best plan with a common cycle cut into groups with their own cycles.
  ///
  /// - Parameters:
  ///   - field: all plans so far, the best first.
  ///   - chosen: those of them in which every controller runs its best stages.
  func plans(
    from finalists: [PlanSetting], in field: [PlanSetting], withChosenStages chosen: [PlanSetting]
  ) -> [PlanSetting] {
    var found = finalists.map { coordinated($0) }
    let common = Set(chosen.filter { Set($0.controllers.map(\.cycle)).count == 1 })
    if options.cycle == .best, let best = field.first(where: { common.contains($0) }) {
      found.append(setting(groupedLike: best))
    }
    return assembly.proposable(found)
  }

  /// The setting with each group at its own cycle and with good offsets.
  ///
  /// - Parameter setting: where all signals run one cycle, so that every pair's gain shows.
  func setting(groupedLike setting: PlanSetting) -> PlanSetting {
    let groups = planner.pairs(for: setting.plan(named: "")).groups(
      of: controllers, leastGain: Self.leastGain)
    var found = setting
    for group in groups {
      let splits = group.count == 1 ? [ownBest(group[0])] : atBestCycle(group)
      for (id, splits) in zip(group, splits) {
        guard let splits else { continue }
        found.controllers[id.index] = ControllerSetting(
          splits, offset: setting.controllers[id.index].offset)
      }
    }
    return coordinated(found, groups: groups)
  }

  /// The setting with good offsets for the signals that share a cycle and gain by it.
  func coordinated(_ setting: PlanSetting) -> PlanSetting {
    let pairs = planner.pairs(for: setting.plan(named: "")).filter(\.hasCommonCycle)
    return coordinated(setting, groups: pairs.groups(of: controllers, leastGain: Self.leastGain))
  }

  private func coordinated(_ setting: PlanSetting, groups: [[ControllerID]]) -> PlanSetting {
    let plan = planner.offsets(for: setting.plan(named: ""), groups: groups, frozen: options.frozen).plan
    var found = setting
    for index in found.controllers.indices {
      found.controllers[index].offset = plan.programs[index]?.offset ?? found.controllers[index].offset
    }
    return found
  }

  private func ownBest(_ id: ControllerID) -> CycleSplits? {
    assembly.choices[id.index].flatMap { $0.best(of: $0.sweep, options.objective) }
  }

  /// By member: its splits at the group's best cycle or half of it; nil where nothing can be chosen.
  private func atBestCycle(_ group: [ControllerID]) -> [CycleSplits?] {
    var best: (splits: [CycleSplits?], delay: Double)?
    for index in cycles.indices {
      let tried = group.map { splits(of: $0, at: index) }
      let delay = tried.reduce(0) { $0 + ($1?.delay ?? 0) }
      // Only cycles that all members can run.
      let fits = zip(group, tried).allSatisfy {
        assembly.choices[$0.index] == nil || $1?.isWithinLimits == true
      }
      if fits, delay < best?.delay ?? .infinity { best = (tried, delay) }
    }
    return best?.splits ?? group.map { _ in nil }
  }

  private func splits(of id: ControllerID, at index: Int) -> CycleSplits? {
    guard let choice = assembly.choices[id.index] else { return nil }
    let whole = choice.best(of: choice.atCommonCycles[index], options.objective)
    let half = cycles[index] / 2
    guard half == half.rounded() else { return whole }
    let halves = choice.sweep.filter { $0.cycle == half }
    return choice.best(of: [whole].compactMap { $0 } + halves, options.objective)
  }
}
