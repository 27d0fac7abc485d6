internal import NetworkBuilding
internal import TrafficModel

/// The signal tables of a GMNS folder.
struct GMNSPhases {
  struct Plan {
    var id: String
    /// The controllers that run it, the owner first.
    var controllers: [String]
    /// s.
    var cycle: Double?
    var time: GMNSTime?
    /// The period that it is for, where it has a name.
    var period: String?
    var row: Int
  }
  /// What a phase serves.
  struct Service {
    enum Subject: Hashable {
      case movement(Int)
      case crosswalk(Int)
    }
    var subject: Subject
    var isPermitted: Bool
  }
  struct Phase {
    var plan: Int
    var number: Int
    var minimumGreen: Double
    var maximumGreen: Double
    var clearance: Double
    var walk: Double?
    var pedestrianClearance: Double?
    /// s; nil where only the whole clearance is known.
    var yellow: Double?
    var ring: Int
    var barrier: Int
    var position: Int
    var keepsPlace: Bool
    var isOptional: Bool
    var services: [Service] = []
    var row: Int
  }
  struct Coordination {
    enum Reference {
      case beginOfGreen, beginOfYellow, beginOfRed
    }
    var plan: Int
    var controller: String
    var master: String?
    var phase: Int?
    var reference: Reference
    /// s.
    var offset: Double
    var row: Int
  }
  private struct CoordinationKey: Hashable {
    var plan: Int
    var controller: String
  }
  struct Controller {
    var name: String
    var leastCycle: Double?
    var longestCycle: Double?
    /// Whether it runs stages, whose phases stand in rings only because the tables have no other place.
    var runsStages: Bool
  }
  private(set) var controllers: [Controller] = []
  /// Controllers whose plans are of our making, as no table has them.
  private(set) var madeUp: Set<String> = []
  private(set) var plans: [Plan] = []
  private(set) var phases: [Phase] = []
  private var coordinations: [CoordinationKey: Coordination] = [:]
  private(set) var planTable: GMNSTable?
  private(set) var phaseTable: GMNSTable?
  private(set) var coordinationTable: GMNSTable?

  private var planOfID: [String: Int] = [:]
  private var phaseOfID: [String: Int] = [:]
  private var isController: Set<String> = []

  init(_ folder: GMNSFolder, times: GMNSTimes, movements: GMNSMovements, roads: GMNSRoads) {
    readControllers(folder.table("signal_controller"))
    let plans = folder.table("signal_timing_plan")
    phaseTable = folder.table("signal_timing_phase")
    // Where no table has the plans, what is wrong with them is told of the phases that name them.
    planTable = plans ?? phaseTable
    coordinationTable = folder.table("signal_coordination")
    if let plans { readPlans(plans, times) }
    if let phaseTable { readPhases(phaseTable, movements, derivesPlans: plans == nil) }
    if let table = folder.table("signal_phase_mvmt") { readServices(table, movements, roads) }
    if let coordinationTable { readCoordination(coordinationTable) }
    if let table = folder.table("signal_detector") { checkDetectors(table, roads) }
    makeUp(folder, movements.all, roads)
  }

  /// Gives signals whose times no table tells a plan.
  private mutating func makeUp(
    _ folder: GMNSFolder, _ movements: [GMNSMovements.Movement], _ roads: GMNSRoads
  ) {
    var isServed = roads.junctions.map { _ in false }
    for service in phases.flatMap(\.services) {
      switch service.subject {
      case .movement(let index): isServed[movements[index].junction.index] = true
      case .crosswalk(let index): isServed[roads.crosswalks[index].junction.index] = true
      }
    }
    let found = Self.madeUp(movements, roads, isServed: isServed)
    guard !found.isEmpty else { return }
    for signal in found {
      let name = roads.junctions[signal.junction].name
      madeUp.insert(name)
      plans.append(Plan(id: "made up", controllers: [name], cycle: nil, row: 0))
      for (number, (services, green)) in zip(signal.phases, signal.greens).enumerated() {
        phases.append(
          Phase(
            plan: plans.count - 1, number: number + 1, minimumGreen: green, maximumGreen: green,
            clearance: UsualFigures.yellow + UsualFigures.allRed, ring: 1, barrier: number + 1,
            position: number + 1, keepsPlace: false, isOptional: false,
            services: services.map { Service(subject: .movement($0.movement), isPermitted: $0.isPermitted) },
            row: 0))
      }
      plans[plans.count - 1].cycle = signal.greens.reduce(0) {
        $0 + $1 + UsualFigures.yellow + UsualFigures.allRed
      }
    }
    let names = found.prefix(10).map { "'\(roads.junctions[$0.junction].name)'" }.joined(separator: ", ")
    folder.note(
      .warning,
      "no table has the times of \(counted(found.count, "signal")): plans of our making stand for what runs at \(names)\(found.count > 10 ? " and others" : "")"
    )
  }

  /// The offset of a controller in a plan; nil where it has none.
  func coordination(_ plan: Int, _ controller: String) -> Coordination? {
    coordinations[CoordinationKey(plan: plan, controller: controller)]
  }

  private mutating func readControllers(_ table: GMNSTable?) {
    guard let table, let id = table.required("controller_id") else { return }
    let (least, longest) = (table.column("opt_least_cycle"), table.column("opt_longest_cycle"))
    let stages = table.column("opt_runs_stages")
    for row in table.rows {
      guard let name = table.text(row, id) else { continue }
      guard isController.insert(name).inserted else {
        table.error("there are two controllers '\(name)'", row, id)
        continue
      }
      controllers.append(
        Controller(
          name: name, leastCycle: table.number(row, least, .detailedTime),
          longestCycle: table.number(row, longest, .detailedTime),
          runsStages: table.flag(row, stages) ?? false))
    }
  }

  private func checkController(_ table: GMNSTable, _ row: Int, _ column: Int?) {
    guard let name = table.text(row, column), !controllers.isEmpty, !isController.contains(name) else {
      return
    }
    table.unknown("controller", row, column, known: controllers.map(\.name))
  }

  private mutating func readPlans(_ table: GMNSTable, _ times: GMNSTimes) {
    guard let id = table.required("timing_plan_id"), let controller = table.required("controller_id") else {
      return
    }
    let (time, set) = (table.column("time_day"), table.column("timeday_id", "time_day_id"))
    let (cycle, period) = (table.column("cycle_length"), table.column("opt_period"))
    for row in table.rows {
      guard let name = table.text(row, id) else {
        table.error("the plan has no 'timing_plan_id'", row, id)
        continue
      }
      checkController(table, row, controller)
      let owner = table.text(row, controller)
      if let known = planOfID[name] {
        // A plan may be shared: one row for each of its controllers.
        if let owner, !plans[known].controllers.contains(owner) { plans[known].controllers.append(owner) }
        continue
      }
      planOfID[name] = plans.count
      let length = table.number(row, cycle, .gmnsCycle)
      plans.append(
        Plan(
          id: name, controllers: owner.map { [$0] } ?? [], cycle: length.flatMap { $0 > 0 ? $0 : nil },
          time: times.time(table, row, text: time, set: set), period: table.text(row, period), row: row))
    }
  }

  /// 0 is a pause.
  private static let phaseNumbers = 0...9999
  /// Rings, barriers, and positions in them; positions may be counted over a whole table.
  private static let places = 0...1_000_000

  private mutating func readPhases(_ table: GMNSTable, _ movements: GMNSMovements, derivesPlans: Bool) {
    guard let id = table.required("timing_phase_id"), let plan = table.required("timing_plan_id"),
      let number = table.required("signal_phase_num")
    else { return }
    let (minimum, maximum) = (table.column("min_green"), table.column("max_green"))
    let (clearance, yellow) = (table.column("clearance"), table.column("opt_yellow"))
    let (walk, pedestrian) = (table.column("walk_time"), table.column("ped_clearance"))
    let (ring, barrier) = (table.column("ring"), table.column("barrier"))
    let (position, passage) = (table.column("position"), table.column("extension"))
    let (movement, protection) = (table.column("mvmt_id"), table.column("protection"))
    let (cycle, controller) = (table.column("cycle_time", "cycle_length"), table.column("controller_id"))
    let (keeps, optional) = (table.column("opt_keeps_place"), table.column("opt_optional"))
    table.warnOfMisspelt(known: [
      "timing_phase_id", "timing_plan_id", "signal_phase_num", "min_green", "max_green", "extension",
      "clearance", "walk_time", "ped_clearance", "ring", "barrier", "position",
    ])
    for row in table.rows {
      guard let name = table.text(row, id) else {
        table.error("the phase has no 'timing_phase_id'", row, id)
        continue
      }
      if let known = phaseOfID[name] {
        if table.text(row, movement) == nil {
          table.error("there are two phases '\(name)'", row, id)
        } else {
          addService(table, row, movement, protection, to: known, movements)
        }
        continue
      }
      if derivesPlans, let name = table.text(row, plan), planOfID[name] == nil {
        planOfID[name] = plans.count
        plans.append(
          Plan(
            id: name, controllers: table.text(row, controller).map { [$0] } ?? [],
            cycle: table.number(row, cycle, .gmnsCycle).flatMap { $0 > 0 ? $0 : nil }, row: row))
      }
      guard let planName = table.text(row, plan), let planIndex = planOfID[planName] else {
        table.unknown("timing plan", row, plan, known: plans.map(\.id))
        continue
      }
      _ = table.number(row, passage, .phaseTime)
      let least = table.number(row, minimum, .phaseTime)
      let longest = table.number(row, maximum, .phaseTime)
      let green = least ?? longest ?? 0
      phaseOfID[name] = phases.count
      phases.append(
        Phase(
          plan: planIndex, number: table.integer(row, number, Self.phaseNumbers) ?? 0, minimumGreen: green,
          maximumGreen: max(green, longest ?? green),
          clearance: table.number(row, clearance, .phaseTime) ?? 0,
          walk: table.number(row, walk, .phaseTime),
          pedestrianClearance: table.number(row, pedestrian, .phaseTime),
          yellow: table.number(row, yellow, .phaseTime), ring: table.integer(row, ring, Self.places) ?? 1,
          barrier: table.integer(row, barrier, Self.places) ?? 1,
          position: table.integer(row, position, Self.places) ?? row + 1,
          keepsPlace: table.flag(row, keeps) ?? false, isOptional: table.flag(row, optional) ?? false,
          row: row))
      if table.text(row, movement) != nil {
        addService(table, row, movement, protection, to: phases.count - 1, movements)
      }
    }
  }

  /// What the vol2timing tool writes: a row for each movement of a phase.
  private mutating func addService(
    _ table: GMNSTable, _ row: Int, _ movement: Int?, _ protection: Int?, to phase: Int,
    _ movements: GMNSMovements
  ) {
    guard let id = table.text(row, movement), let known = movements.positions[id] else {
      table.unknown("movement", row, movement, known: movements.positions.keys.sorted())
      return
    }
    guard let known else { return }
    let isPermitted = table.text(row, protection)?.lowercased().hasPrefix("permi") ?? false
    phases[phase].services.append(Service(subject: .movement(known), isPermitted: isPermitted))
  }

  private mutating func readServices(_ table: GMNSTable, _ movements: GMNSMovements, _ roads: GMNSRoads) {
    guard let phase = table.required("timing_phase_id") else { return }
    let (movement, link) = (table.column("mvmt_id"), table.column("link_id"))
    let protection = table.column("protection")
    for row in table.rows {
      guard let name = table.text(row, phase), let index = phaseOfID[name] else {
        table.unknown("timing phase", row, phase, known: phaseOfID.keys.sorted())
        continue
      }
      let word = table.text(row, protection)?.lowercased() ?? "protected"
      // Turning on red is a matter of law, not of the programme.
      if word == "rtor" { continue }
      let isPermitted = word.hasPrefix("permi") || word.hasPrefix("yield")
      if let id = table.text(row, movement) {
        guard let known = movements.positions[id] else {
          table.unknown("movement", row, movement, known: movements.positions.keys.sorted())
          continue
        }
        if let position = known {
          // Where the phases' own table tells of it, too, it counts once.
          phases[index].services.removeAll { $0.subject == .movement(position) }
          phases[index].services.append(Service(subject: .movement(position), isPermitted: isPermitted))
        }
      } else if let id = table.text(row, link) {
        if let crosswalk = roads.crosswalkOfLink[id] {
          phases[index].services.append(Service(subject: .crosswalk(crosswalk), isPermitted: isPermitted))
        } else if !roads.linkNames.contains(id) {
          table.unknown("link", row, link, known: roads.linkNames.sorted())
        }
      } else {
        table.error("the row names neither a movement nor a link", row)
      }
    }
  }

  private mutating func readCoordination(_ table: GMNSTable) {
    guard let plan = table.required("timing_plan_id"), let controller = table.required("controller_id") else {
      return
    }
    let (master, phase) = (table.column("coord_contr_id"), table.column("coord_phase"))
    let (reference, offset) = (table.column("coord_ref_to"), table.column("offset"))
    for row in table.rows {
      guard let name = table.text(row, plan), let index = planOfID[name] else {
        table.unknown("timing plan", row, plan, known: plans.map(\.id))
        continue
      }
      checkController(table, row, controller)
      checkController(table, row, master)
      guard let owner = table.text(row, controller) else {
        table.error("the row has no controller", row, controller)
        continue
      }
      if !plans[index].controllers.contains(owner) { plans[index].controllers.append(owner) }
      guard let seconds = table.number(row, offset, .absoluteTime) else { continue }
      let key = CoordinationKey(plan: index, controller: owner)
      if coordinations[key] != nil {
        table.error("controller '\(owner)' has two offsets in plan '\(name)'", row, controller)
      }
      coordinations[key] = Coordination(
        plan: index, controller: owner, master: table.text(row, master),
        phase: table.integer(row, phase, Self.phaseNumbers),
        reference: self.reference(table, row, reference), offset: seconds, row: row)
    }
  }

  private func reference(_ table: GMNSTable, _ row: Int, _ column: Int?) -> Coordination.Reference {
    switch table.text(row, column)?.lowercased() {
    case nil, "begin_of_green": return .beginOfGreen
    case "begin_of_yellow": return .beginOfYellow
    case "begin_of_red": return .beginOfRed
    case let word?:
      table.error(
        "an offset is counted to begin_of_green, begin_of_yellow or begin_of_red, not to '\(word)'", row,
        column)
      return .beginOfGreen
    }
  }

  /// Detectors are of no use to fixed times; that they fit the rest is looked at all the same.
  private func checkDetectors(_ table: GMNSTable, _ roads: GMNSRoads) {
    let (controller, link) = (table.column("controller_id"), table.column("link_id"))
    for row in table.rows {
      checkController(table, row, controller)
      if let name = table.text(row, link), !roads.linkNames.contains(name) {
        table.unknown("link", row, link, known: roads.linkNames.sorted())
      }
    }
  }
}
