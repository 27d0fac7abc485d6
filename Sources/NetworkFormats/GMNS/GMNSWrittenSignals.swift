internal import NetworkBuilding
internal import TrafficModel

/// Controllers, plans and phases of a scenario as GMNS tables.
struct GMNSWrittenSignals {
  private(set) var losses: [String] = []
  private var controllers = GMNSSheet(
    "signal_controller", ["controller_id", "opt_least_cycle", "opt_longest_cycle", "opt_runs_stages"])
  private var plans = GMNSSheet(
    "signal_timing_plan", ["timing_plan_id", "controller_id", "time_day", "cycle_length", "opt_period"])
  private var phases = GMNSSheet(
    "signal_timing_phase",
    [
      "timing_phase_id", "timing_plan_id", "signal_phase_num", "min_green", "max_green", "extension",
      "clearance", "walk_time", "ped_clearance", "ring", "barrier", "position", "opt_yellow",
      "opt_keeps_place", "opt_optional",
    ])
  private var services = GMNSSheet(
    "signal_phase_mvmt", ["signal_phase_mvmt_id", "timing_phase_id", "mvmt_id", "link_id", "protection"])
  private var coordination = GMNSSheet(
    "signal_coordination",
    [
      "coordination_id", "timing_plan_id", "controller_id", "coord_contr_id", "coord_phase", "coord_ref_to",
      "offset",
    ])
  private var counts = (plans: 0, phases: 0, services: 0)
  /// By controller: the numbers of its phases.
  private var writtenNumbers: [Set<Int>]
  private let subjects: GMNSSubjects

  var sheets: [GMNSSheet] { [controllers, plans, phases, services, coordination] }

  init(_ scenario: Scenario, _ subjects: GMNSSubjects) {
    let network = scenario.network
    self.subjects = subjects
    writtenNumbers = network.controllers.map { _ in [] }
    for controller in network.controllers {
      controllers.add([
        controller.name, plainSeconds(controller.cycleBounds.lowerBound),
        plainSeconds(controller.cycleBounds.upperBound), controller.rings == nil ? "1" : "",
      ])
    }
    for period in scenario.periods {
      for program in period.existingPlan.programs {
        if let program { add(program, period, network) }
      }
    }
    findLosses(scenario)
  }

  private mutating func add(_ program: SignalProgram, _ period: Period, _ network: Network) {
    let controller = network[program.controller]
    let rings =
      controller.rings.flatMap { GMNSRingAllocation(program, controller, rings: $0) }
      ?? GMNSRingAllocation(program, controller)
    counts.plans += 1
    let plan = String(counts.plans)
    plans.add([
      plan, controller.name, GMNSTime(of: period.demand.begin..<period.demand.end).text,
      plainSeconds(program.cycle), period.name,
    ])
    for phase in rings.phases {
      counts.phases += 1
      let id = String(counts.phases)
      let green = plainSeconds(phase.green)
      phases.add([
        id, plan, String(phase.number), green, green, "", plainSeconds(phase.clearance),
        phase.walk.map(plainSeconds) ?? "", phase.pedestrianClearance.map(plainSeconds) ?? "",
        String(phase.ring), String(phase.barrier), String(phase.position), plainSeconds(phase.yellow),
        phase.keepsPlace ? "1" : "", phase.isOptional ? "1" : "",
      ])
      writtenNumbers[program.controller.index].insert(phase.number)
      for service in phase.services {
        let protection = service.isPermitted ? "permitted" : "protected"
        let controller = program.controller.index
        for movement in subjects.movements[controller][service.group] {
          addService(id, movement, "", protection)
        }
        for crosswalk in subjects.crosswalks[controller][service.group] {
          addService(id, "", crosswalk, protection)
        }
      }
    }
    guard let reference = rings.phases.first(where: { $0.number > 0 }) else { return }
    let offset = (program.offset + reference.start).positiveRemainder(program.cycle)
    coordination.add([
      plan, plan, controller.name, controller.name, String(reference.number), "begin_of_green",
      plainSeconds(offset),
    ])
  }

  private mutating func addService(_ phase: String, _ movement: String, _ link: String, _ protection: String)
  {
    counts.services += 1
    services.add([String(counts.services), phase, movement, link, protection])
  }

  private mutating func findLosses(_ scenario: Scenario) {
    let programs = scenario.periods.flatMap { $0.existingPlan.programs.compactMap { $0 } }
    let states = Set(programs.flatMap { $0.intervals.flatMap(\.states) })
    if states.contains(.redYellow) { losses.append("red and yellow before green is left out: it is red") }
    if !states.isDisjoint(with: [.blinking, .off, .stopThenGo]) {
      losses.append("turn on red, blinking and switched-off signals are left out: they are red")
    }
    let uneven = scenario.network.controllers.filter { controller in
      controller.intergreens.contains { Set($0.filter { $0 > 0 }).count > 1 }
    }
    if !uneven.isEmpty {
      losses.append(
        "intergreens that depend on what comes next, at \(counted(uneven.count, "controller")): a GMNS phase has one clearance"
      )
    }
    let shortened = zip(scenario.network.controllers, writtenNumbers).filter { controller, written in
      controller.rings?.phases.contains { !written.contains($0.number) } ?? false
    }
    if !shortened.isEmpty {
      losses.append(
        "phases that no plan runs are left out, at \(counted(shortened.count, "controller"))")
    }
    let empty = scenario.network.controllers.indices.filter { index in
      zip(subjects.movements[index], subjects.crosswalks[index]).contains { $0.isEmpty && $1.isEmpty }
    }
    if !empty.isEmpty {
      losses.append("signal groups that control nothing, at \(counted(empty.count, "controller"))")
    }
  }
}

extension GMNSTime {
  /// On every type of day.
  init(of time: Range<Double>) {
    self.init(days: "11111111", begin: time.lowerBound, end: time.upperBound)
  }
}
