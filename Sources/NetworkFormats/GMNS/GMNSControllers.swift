internal import NetworkBuilding
internal import TrafficModel

/// The model's controllers of a GMNS network, and the programmes that its plans give them.
struct GMNSControllers {
  /// A time of day with the plans that run in it.
  struct Period {
    var name: String
    var begin: Double
    var end: Double
    var days: String?
    /// By controller.
    var programs: [SignalProgram?] = []
  }
  private(set) var controllers: [SignalController] = []
  private(set) var periods: [Period] = []

  let roads: GMNSRoads
  let movements: [GMNSMovements.Movement]
  let phases: GMNSPhases
  let groups: GMNSGroups
  /// By plan: its phases.
  private(set) var phasesOfPlan: [[Int]]
  /// By controller: the plans that serve it.
  private(set) var plansOfController: [[Int]] = []

  init(
    _ roads: GMNSRoads, _ movements: [GMNSMovements.Movement], _ phases: GMNSPhases, _ groups: GMNSGroups,
    _ paths: GMNSPaths, keepsRings: Bool
  ) {
    self.roads = roads
    self.movements = movements
    self.phases = phases
    self.groups = groups
    phasesOfPlan = phases.plans.map { _ in [] }
    for (index, phase) in phases.phases.enumerated() { phasesOfPlan[phase.plan].append(index) }
    findPlans()
    findPeriods()
    let reading = self
    let built = concurrentMap(groups.members.count) { reading.build($0, paths, keepsRings: keepsRings) }
    for found in built {
      for warning in found.warnings { phases.phaseTable?.warning(warning) }
      for (period, program) in found.programs.enumerated() { periods[period].programs.append(program) }
      controllers.append(found.controller)
    }
  }

  /// A controller, what it runs in each period, and what is to be said of it as a whole.
  private struct Built {
    var controller: SignalController
    var programs: [SignalProgram?]
    var warnings: [String]
  }

  private func build(_ index: Int, _ paths: GMNSPaths, keepsRings: Bool) -> Built {
    let conflicts = conflicts(of: index, paths)
    let plans = plansOfController[index].map { planned($0, of: index) }
    // By plan: a programme that several periods run is made once, and its warnings are given once.
    var shown: [Int: SignalProgram] = [:]
    let inPeriods = periods.indices.map { period -> SignalProgram? in
      guard let number = plan(of: index, in: period), let plan = plans.first(where: { $0.plan == number })
      else { return nil }
      let program = shown[number] ?? program(plan, of: index, conflicts)
      shown[number] = program
      return program
    }
    let programs = shown.sorted { $0.key < $1.key }.map(\.value)
    // What is accepted as it is depends on what the plans show.
    var (controller, accepted) = controller(index, conflicts, plans, programs)
    var warnings = [
      accepted.sentence(names: controller.groups.map(\.name), controller: controller.name)
    ]
    if keepsRings, !phases.madeUp.contains(controller.name) {
      let kept = keptRings(index, controller, plans, programs)
      controller.rings = kept?.rings
      warnings.append(
        kept?.problem.map {
          "controller '\(controller.name)': its plans do not keep to its rings (\($0)): the rings are forgotten"
        })
    }
    return Built(controller: controller, programs: inPeriods, warnings: warnings.compactMap(\.self))
  }

  // MARK: Plans and periods

  func controller(of service: GMNSPhases.Service) -> Int? {
    switch service.subject {
    case .movement(let index): groups.signals[index]?.controller.index
    case .crosswalk(let index): groups.crossingSignals[index]?.controller.index
    }
  }

  private mutating func findPlans() {
    plansOfController = groups.members.map { _ in [] }
    for plan in phases.plans.indices {
      var found: Set<Int> = []
      for phase in phasesOfPlan[plan] {
        for service in phases.phases[phase].services {
          if let controller = controller(of: service) { found.insert(controller) }
        }
      }
      for controller in found.sorted() { plansOfController[controller].append(plan) }
    }
  }

  func name(of plan: GMNSPhases.Plan) -> String? { plan.period ?? plan.time?.name }

  private mutating func findPeriods() {
    var seen: Set<String> = []
    for plan in phases.plans {
      guard let time = plan.time, let name = name(of: plan), seen.insert(name).inserted else { continue }
      periods.append(Period(name: name, begin: time.begin, end: time.end, days: time.days))
    }
    if periods.isEmpty {
      periods = [Period(name: "all day", begin: 0, end: Quantities.secondsPerHour, days: nil)]
    }
  }

  /// Gives the only period, which no plan tells the time of, the time that its volumes have.
  mutating func setTime(_ time: Range<Double>, name: String?) {
    periods[0].begin = time.lowerBound
    periods[0].end = time.upperBound
    if let name { periods[0].name = name }
  }

  /// Periods of volumes alone, in a network without plans of their own for them.
  mutating func addPeriods(_ others: [Period]) {
    let programs = periods[0].programs
    periods = others.map { period in
      var complete = period
      complete.programs = programs
      return complete
    }
  }

  /// Whether plans tell when they run.
  var hasTimes: Bool { periods.count > 1 || periods[0].days != nil }

  /// The plan that a controller runs in a period: the one for it, or the one for any other time.
  private func plan(of controller: Int, in period: Int) -> Int? {
    let known = plansOfController[controller]
    let name = periods[period].name
    let planned =
      known.first { self.name(of: phases.plans[$0]) == name } ?? known.first { phases.plans[$0].time == nil }
    if let planned { return planned }
    guard let first = known.first else { return nil }
    phases.planTable?.warning(
      "controller '\(groups.members[controller].name)' has no plan for '\(name)': plan '\(phases.plans[first].id)' is taken",
      phases.plans[first].row)
    return first
  }
}
