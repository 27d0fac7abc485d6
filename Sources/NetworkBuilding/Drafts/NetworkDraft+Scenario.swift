public import TrafficModel

extension NetworkDraft {
  /// The network that is described, and its periods.
  ///
  /// - Throws: everything that is wrong.
  public func scenario() throws(InvalidDraft) -> Scenario {
    var problems = DraftProblems()
    if periods.isEmpty {
      problems.error("there is no period: a network is described with one at least", notes: [])
    }
    guard let scenario = scenario(&problems), !problems.hasErrors else {
      throw InvalidDraft(problems: problems.errors)
    }
    return scenario
  }

  /// The network that is described, and its periods, as far as errors let it be made.
  ///
  /// - Parameter log: takes everything that is wrong, with its place; some more than once.
  /// - Returns: nil where there is no network.
  public func scenario(_ log: inout some ProblemLog) -> Scenario? {
    let references = LegReferences(junctions)
    var roads = DraftRoads(self, references: references, &log)
    let groups = DraftGroups(self, roads: roads, &log)
    for (index, controller) in groups.controllers(ofJunctions: junctions.count).enumerated() {
      roads.setControl(junctions[index].control.model(controller), at: index)
    }
    roads.setSignals(groups)
    let phases = RingPhases(draft: self, roads: roads, groups: groups, references: references)
    let controllers = phases.controllers(
      groups.members.indices.map { groups.controller(ControllerID($0), draft: self, roads: roads) }, &log)
    let plans = DraftPlans(
      draft: self, roads: roads, groups: groups, references: references, controllers: controllers)
    plans.checkStages(&log)
    let times = periods + days
    let existing = times.map { plans.plan(for: $0, &log) }
    let paths = JunctionPaths(
      links: roads.links, lanes: roads.lanes, turns: roads.turns, rules: junctions.map(\.control),
      crossings: roads.crossings)
    let network: Network
    do {
      network = try Network(
        junctions: roads.junctions, links: roads.links, lanes: roads.lanes, connections: paths.connections,
        conflicts: paths.conflicts, crossings: paths.crossings, controllers: controllers,
        side: side)
    } catch {
      // Names that come out alike are all that earlier checks leave; other problems have their errors already.
      if !log.hasErrors { for problem in error.problems { log.error(problem.message, notes: []) } }
      return nil
    }
    for case (let period, let plan?) in zip(times, existing) {
      plans.check(plan, of: period, on: network, &log)
    }
    let demand = DraftDemand(draft: self, roads: roads, references: references, network: network)
    let complete = zip(periods, existing).compactMap { period, plan -> Period? in
      let demand = demand.demand(of: period, &log)
      return plan.map { Period(name: period.name.value, demand: demand, existingPlan: $0) }
    }
    let wholeDays = zip(days, existing.dropFirst(periods.count)).compactMap { day, plan -> Period? in
      let demand = demand.demand(ofDay: day, periods: complete, &log)
      return plan.map { Period(name: day.name.value, demand: demand, existingPlan: $0) }
    }
    guard complete.count == periods.count, wholeDays.count == days.count, !complete.isEmpty else {
      return nil
    }
    return Scenario(name: name, network: network, periods: complete, days: wholeDays)
  }
}

extension RightOfWayRule {
  fileprivate func model(_ controller: ControllerID?) -> JunctionControl {
    switch self {
    case .signals: controller.map { .signalled($0) } ?? .uncontrolled
    case .priority: .priority
    case .rightBeforeLeft: .rightBeforeLeft
    case .allWayStop: .allWayStop
    }
  }
}

extension NetworkDraft {
  /// Letters of the turns across opposing traffic.
  var across: [Character] { [side == .left ? "R" : "L", "U"] }

  /// The lanes of an approach, which are told from the driver's left, from the kerb.
  func fromKerb(_ lanes: [LaneDraft]) -> [LaneDraft] { side == .left ? lanes : lanes.reversed() }
}
