internal import TrafficModel

/// Turns the stages and green times of a file into programmes.
struct DraftPlans {
  let draft: NetworkDraft
  let roads: DraftRoads
  let groups: DraftGroups
  let references: LegReferences
  let controllers: [SignalController]

  /// The plan in force in a period: a programme for each controller; nil where one has errors, which are then in
  /// the log.
  func plan(for period: PeriodDraft, _ log: inout some ProblemLog) -> TimingPlan? {
    var own: [String: PlanDraft] = [:]
    let known = groups.members.map(\.name.value)
    for (name, plan) in period.plans {
      if known.contains(name.value) {
        own[name.value] = plan
      } else {
        log.unknown("controller", name, known: known)
      }
    }
    let programs = groups.members.indices.map { index in
      let member = groups.members[index]
      return program(of: index, plan: own[member.name.value] ?? member.signals.plan, &log)
    }
    return programs.contains { $0 == nil } ? nil : TimingPlan(name: period.name.value, programs: programs)
  }

  /// Checks stages that no plan may have looked at.
  func checkStages(_ log: inout some ProblemLog) {
    for (index, member) in groups.members.enumerated() {
      if let stages = member.signals.stages { _ = resolve(stages, of: index, at: member.name.place, &log) }
    }
  }

  private func program(
    of index: Int, plan: PlanDraft?, _ log: inout some ProblemLog
  ) -> SignalProgram? {
    let member = groups.members[index]
    if member.signals.rings != nil {
      guard let rings = controllers[index].rings, member.signals.isSound else { return nil }
      guard let plan else { return assumed(index, rings: rings, usualCycle: Self.usualCycle, &log) }
      return program(of: index, rings: rings, plan: plan, &log)
    }
    guard let plan else { return assumed(index, &log) }
    if plan.splits != nil {
      // Rings that could not be read have their errors already.
      if member.signals.isSound {
        log.error(
          "controller '\(member.name.value)' has no 'rings' whose splits these could be", at: plan.place)
      }
      return nil
    }
    guard let written = plan.stages ?? member.signals.stages else {
      log.error("controller '\(member.name.value)' has a plan but no 'stages'", at: plan.place)
      return nil
    }
    let isComplete = written.count == plan.greens.count
    if !isComplete {
      log.error(
        "the plan has \(counted(plan.greens.count, "green")), controller '\(member.name.value)' has \(counted(written.count, "stage"))",
        at: plan.place)
    }
    guard let stages = resolve(written, of: index, at: member.name.place, &log), isComplete else {
      return nil
    }
    let builder = StageProgram(controller: controllers[index], stages: stages)
    guard check(plan, builder, &log) else { return nil }
    return finished(builder, index, greens: plan.greens.map(\.value), offset: plan.offset)
  }

  private func resolve(
    _ written: [StageDraft], of index: Int, at place: TextPlace, _ log: inout some ProblemLog
  ) -> [[Int]]? {
    let items = StageItems(
      draft: draft, roads: roads, groups: groups, references: references, member: groups.members[index])
    let conflicts = controllers[index].conflicts
    let stages = written.compactMap { items.groups(of: $0, conflicts: conflicts, &log) }
    guard stages.count == written.count else { return nil }
    let unserved = controllers[index].groups.indices.filter { group in
      !stages.contains { $0.contains(group) }
    }
    for group in unserved {
      log.error(
        "no stage of controller '\(controllers[index].name)' has '\(controllers[index].groups[group].name)', it is never green",
        at: written.first?.place ?? place)
    }
    return unserved.isEmpty ? stages : nil
  }

  private func check(_ plan: PlanDraft, _ builder: StageProgram, _ log: inout some ProblemLog) -> Bool {
    let minimums = builder.minimums()
    let cycle = plan.greens.reduce(builder.lostTime) { $0 + $1.value }
    let least = minimums.reduce(0) { $0 + $1.seconds }
    let bounds = builder.controller.cycleBounds
    let name = builder.controller.name
    if let written = plan.cycle, abs(written.value - cycle) > SignalProgram.slack {
      log.error(
        "the greens and the \(plainNumber(builder.lostTime)) s of changes add up to \(plainNumber(cycle)) s, the cycle is \(plainNumber(written.value)) s",
        at: written.place)
      return false
    }
    if cycle < least + builder.lostTime - SignalProgram.slack {
      log.error(
        "minimum greens and changes of controller '\(name)' need \(plainNumber(least + builder.lostTime)) s, the cycle is \(plainNumber(cycle)) s",
        at: plan.place,
        notes: minimums.enumerated().filter { !$1.reason.isEmpty }
          .map { "stage \($0 + 1): \(plainNumber($1.seconds)) s, \($1.reason)" })
      return false
    }
    var isSound = true
    for (stage, green) in plan.greens.enumerated()
    where green.value < minimums[stage].seconds - SignalProgram.slack {
      log.error(
        "stage \(stage + 1) needs \(plainNumber(minimums[stage].seconds)) s, it has \(plainNumber(green.value)) s",
        at: green.place, notes: [minimums[stage].reason].filter { !$0.isEmpty })
      isSound = false
    }
    if !(bounds.lowerBound - SignalProgram.slack...bounds.upperBound + SignalProgram.slack).contains(cycle) {
      log.error(
        "the cycle of \(plainNumber(cycle)) s is not in the cycle range \(plainNumber(bounds.lowerBound)) … \(plainNumber(bounds.upperBound)) s of controller '\(name)'",
        at: plan.place)
      isSound = false
    }
    return isSound
  }

  private func finished(
    _ builder: StageProgram, _ index: Int, greens: [Double], offset: Double
  ) -> SignalProgram {
    SignalProgram(
      controller: ControllerID(index), name: "existing", offset: offset,
      intervals: builder.intervals(greens: greens))
  }

  /// Lets the plan checker have the last word: what it finds, the checks above have overlooked.
  func check(_ plan: TimingPlan, of period: PeriodDraft, on network: Network, _ log: inout some ProblemLog) {
    for violation in plan.check(against: network) {
      let member = groups.members[violation.controller.index]
      let written = period.plans.first { $0.name.value == member.name.value }?.plan ?? member.signals.plan
      log.error("the plan is not safe: \(violation.message)", at: written?.place ?? member.name.place)
    }
  }

  // Where the file has no plan, one that any controller can run: the file's stages, or one approach after the
  // other, each with the same green where its minimum allows.
  private func assumed(_ index: Int, _ log: inout some ProblemLog) -> SignalProgram? {
    let member = groups.members[index]
    let place = member.name.place
    let stages: [[Int]]
    if let written = member.signals.stages {
      guard let resolved = resolve(written, of: index, at: place, &log) else { return nil }
      stages = resolved
    } else {
      stages = approachByApproach(index)
    }
    guard !stages.isEmpty, member.signals.isSound else { return nil }
    let builder = StageProgram(controller: controllers[index], stages: stages)
    let minimums = builder.minimums().map(\.seconds)
    let least = minimums.reduce(builder.lostTime, +)
    let bounds = builder.controller.cycleBounds
    guard least <= bounds.upperBound else {
      log.error(
        "minimum greens and changes of controller '\(member.name.value)' need \(plainNumber(least)) s, the longest cycle is \(plainNumber(bounds.upperBound)) s",
        at: place)
      return nil
    }
    let spare = min(max(bounds.lowerBound, Self.usualCycle), bounds.upperBound) - least
    let greens = minimums.map { $0 + max(0, spare / Double(stages.count)).rounded(.down) }
    let short = max(0, bounds.lowerBound - greens.reduce(builder.lostTime, +))
    log.warning(
      "controller '\(member.name.value)' has no plan: \(counted(stages.count, "stage")) of about equal green assumed",
      at: place)
    return finished(builder, index, greens: [greens[0] + short] + greens.dropFirst(), offset: 0)
  }

  /// s.
  private static let usualCycle = 90.0

  /// A stage for each approach with its turns and the crossings that may run with them; crossings that run with
  /// none have a stage at the end.
  private func approachByApproach(_ index: Int) -> [[Int]] {
    let conflicts = controllers[index].conflicts
    let all = groups.members[index].groups
    var stages: [[Int]] = []
    var legs: [LegID] = []
    for group in all where !legs.contains(group.leg) { legs.append(group.leg) }
    var waiting: [Int] = all.indices.filter { all[$0].letter == "P" }
    for leg in legs {
      var stage: [Int] = []
      for group in all.indices where all[group].leg == leg && all[group].letter != "P" {
        if stage.allSatisfy({ conflicts[group][$0] != .exclusive }) { stage.append(group) }
      }
      guard !stage.isEmpty else { continue }
      let walks = waiting.filter { walk in stage.allSatisfy { conflicts[walk][$0] != .exclusive } }
      waiting.removeAll { walks.contains($0) }
      stages.append((stage + walks).sorted())
    }
    let served = Set(stages.joined())
    let alone = all.indices.filter { !served.contains($0) && !waiting.contains($0) }
    return stages + alone.map { [$0] } + (waiting.isEmpty ? [] : [waiting])
  }
}
