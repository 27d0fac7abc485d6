internal import TrafficModel
internal import TrafficSimulation

/// Random changes of one controller's setting, from a second of green to other stages.
struct MoveMaker {
  let assembly: PlanAssembly

  var options: OptimizationOptions { assembly.problem.options }
  var network: Network { assembly.problem.network }
  var choices: [ControllerChoices?] { assembly.choices }
  private var existing: PlanSetting { assembly.existing }

  init(_ assembly: PlanAssembly) { self.assembly = assembly }

  /// Seconds that a move shifts, small ones more often.
  private static let seconds = [1.0, 1, 2, 2, 3, 4, 6, 9]

  private enum Kind: CaseIterable {
    case shiftGreen, changeCycle, shiftOffset, otherStages, swapStages, dropStage

    /// How often it is tried, relative to the others.
    var weight: Int {
      switch self {
      case .shiftGreen: 8
      case .changeCycle: 3
      case .shiftOffset: 5
      case .otherStages: 2
      case .swapStages, .dropStage: 1
      }
    }
  }

  /// Another setting for controller `index`; nil when the move drawn is not possible there.
  func move(_ index: Int, from setting: ControllerSetting, _ random: inout SplitMix64) -> ControllerSetting? {
    guard let choice = choices[index], let kind = draw(&random) else { return nil }
    let moved: ControllerSetting? =
      switch kind {
      case .shiftGreen: shiftGreen(index, setting, &random)
      case .changeCycle: changeCycle(setting, &random)
      case .shiftOffset: shiftOffset(setting, &random)
      case .otherStages: otherStages(choice, setting, &random)
      case .swapStages: swapStages(index, setting, &random)
      case .dropStage: dropStage(index, setting, &random)
      }
    guard let moved, moved != setting, isAllowed(moved, index) else { return nil }
    return moved
  }

  /// Whether a setting keeps the controller's limits, and the largest change that was asked for.
  func isAllowed(_ setting: ControllerSetting, _ index: Int) -> Bool {
    guard setting.isWithinLimits(network.controllers[index]), assembly.keepsSaturationLimits(setting, index)
    else { return false }
    guard let most = options.maximumChange else { return true }
    return zip(setting.stages, existing.controllers[index].stages).allSatisfy { abs($0 - $1) <= most }
  }

  private func draw(_ random: inout SplitMix64) -> Kind? {
    let kinds = Kind.allCases.filter(isAllowed)
    var rest = random.nextIndex(below: max(1, kinds.reduce(0) { $0 + $1.weight }))
    for kind in kinds {
      if rest < kind.weight { return kind }
      rest -= kind.weight
    }
    return nil
  }

  private func isAllowed(_ kind: Kind) -> Bool {
    switch kind {
    case .shiftGreen: true
    case .changeCycle: options.cycle == .best || options.cycle == .perJunction
    case .shiftOffset: network.controllers.count > 1
    case .otherStages, .swapStages, .dropStage: options.stages != .existing && options.maximumChange == nil
    }
  }

  private func step(_ random: inout SplitMix64) -> Double {
    Self.seconds[random.nextIndex(below: Self.seconds.count)]
  }

  private func shiftGreen(
    _ index: Int, _ setting: ControllerSetting, _ random: inout SplitMix64
  ) -> ControllerSetting? {
    if let rings = network.controllers[index].rings, options.stages != .existing,
      options.maximumChange == nil,
      random.nextIndex(below: 2) == 0
    {
      return shiftSplit(index, rings, setting, seconds: step(&random), &random)
    }
    guard setting.stages.count > 1 else { return nil }
    var moved = setting
    let giver = random.nextIndex(below: setting.stages.count)
    let taker = (giver + 1 + random.nextIndex(below: setting.stages.count - 1)) % setting.stages.count
    let seconds = step(&random)
    moved.stages[giver] -= seconds
    moved.stages[taker] += seconds
    return moved
  }

  private func changeCycle(_ setting: ControllerSetting, _ random: inout SplitMix64) -> ControllerSetting? {
    guard !setting.stages.isEmpty else { return nil }
    var moved = setting
    let seconds = random.nextIndex(below: 2) == 0 ? step(&random) : -step(&random)
    moved.stages[random.nextIndex(below: setting.stages.count)] += seconds
    return moved
  }

  private func shiftOffset(_ setting: ControllerSetting, _ random: inout SplitMix64) -> ControllerSetting? {
    let cycle = setting.cycle
    guard cycle >= 2 else { return nil }
    var moved = setting
    // Half of the time anywhere in the cycle.
    let seconds =
      random.nextIndex(below: 2) == 0
      ? step(&random) * (random.nextIndex(below: 2) == 0 ? 1 : -1)
      : Double(random.nextIndex(below: Int(cycle)))
    moved.offset = (setting.offset + seconds).positiveRemainder(cycle)
    return moved
  }

  /// Another of the controller's structures, at the splits that its linear program finds best for the cycle.
  private func otherStages(
    _ choice: ControllerChoices, _ setting: ControllerSetting, _ random: inout SplitMix64
  ) -> ControllerSetting? {
    let others = choice.structures.filter {
      $0.structure.program.intervals.map(\.states) != setting.structure.program.intervals.map(\.states)
    }
    guard !others.isEmpty else { return nil }
    let other = others[random.nextIndex(below: others.count)]
    // What the solver refuses is no move.
    guard let splits = try? other.splits(cycle: setting.cycle) else { return nil }
    return ControllerSetting(splits, offset: setting.offset)
  }

  private func swapStages(
    _ index: Int, _ setting: ControllerSetting, _ random: inout SplitMix64
  ) -> ControllerSetting? {
    if let rings = network.controllers[index].rings { return swapPhases(index, rings, setting, &random) }
    guard setting.stages.count > 2 else { return nil }
    let first = random.nextIndex(below: setting.stages.count)
    let second = (first + 1) % setting.stages.count
    var order = Array(setting.stages.indices)
    order.swapAt(first, second)
    return rebuilt(index, setting, order: order)
  }

  private func dropStage(
    _ index: Int, _ setting: ControllerSetting, _ random: inout SplitMix64
  ) -> ControllerSetting? {
    // Phases of rings are no stages that could be dropped.
    guard setting.stages.count > 2, network.controllers[index].rings == nil else { return nil }
    var order = Array(setting.stages.indices)
    order.remove(at: random.nextIndex(below: order.count))
    return rebuilt(index, setting, order: order)
  }

  /// The setting with only the stages `order`, in that order and with new changes between them, at the same cycle.
  private func rebuilt(_ index: Int, _ setting: ControllerSetting, order: [Int]) -> ControllerSetting? {
    let controller = network.controllers[index]
    let states = order.map { setting.structure.program.intervals[setting.structure.stages[$0]].states }
    for (group, description) in controller.groups.enumerated() where description.mustBeServed {
      guard states.contains(where: { $0[group].isGreen }) else { return nil }
    }
    let structure = StageSequence(stages: states).structure(
      of: ControllerID(index), controller)
    var kept = ControllerSetting(structure: structure, offset: 0)
    kept.stages = order.map { setting.stages[$0] }
    guard setting.cycle > structure.lostTime else { return nil }
    var moved = kept.withCycle(setting.cycle)
    moved.offset = setting.offset
    let plan = TimingPlan(
      name: "", programs: network.controllers.indices.map { $0 == index ? moved.program : nil })
    return plan.check(against: network).isEmpty ? moved : nil
  }
}
