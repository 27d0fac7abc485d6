internal import NetworkBuilding
public import TrafficModel

/// Writes scenarios in UTDF, the text format of Synchro, as one combined file. See Documentation/UTDF.md.
public enum UTDFWriter {
  /// The file of a scenario: its roads, and volumes and plan of its first period.
  ///
  /// What it says is read back and compared, so that `losses` names what is not the same.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    // As a dual ring first; controllers that this does not say exactly are told phase after phase in one ring.
    var best = tables(scenario, singleRings: [])
    if !best.comparison.controllers.isEmpty {
      let single = tables(scenario, singleRings: best.comparison.controllers)
      let worse = single.comparison.controllers.filter { controller in
        single.comparison.count(controller) >= best.comparison.count(controller)
      }
      best =
        worse.isEmpty ? single : tables(scenario, singleRings: best.comparison.controllers.subtracting(worse))
    }
    let text = best.tables.text
    var losses = best.tables.losses
    if let first = scenario.periods.first {
      for period in scenario.periods.dropFirst() {
        losses.append("period '\(period.name)': a file has one period, which is '\(first.name)'")
      }
    }
    for day in scenario.days { losses.append("day '\(day.name)': a file has one period") }
    losses += scenario.network.side.losses(in: "UTDF") + scenario.network.surveyLosses
    losses += best.comparison.differences
    return WrittenScenario(files: [WrittenScenario.File(name: "", text: text)], losses: losses)
  }

  private static func tables(
    _ scenario: Scenario, singleRings: Set<Int>
  ) -> (tables: UTDFTables, comparison: UTDFComparison) {
    var tables = UTDFTables(scenario, singleRings: singleRings)
    tables.fill()
    do {
      let read = try UTDFReader.read(text: tables.text, file: "written.csv")
      return (tables, UTDFComparison(scenario, read.scenario))
    } catch {
      return (tables, UTDFComparison(unreadable: error.diagnostics.first?.message ?? ""))
    }
  }
}

/// The tables of a file being written.
struct UTDFTables {
  private let scenario: Scenario
  private let output: UTDFOutput
  private var network: Network { scenario.network }
  private(set) var losses: [String] = []
  private var sections: [(kind: UTDFFile.Kind, rows: [[String]])] = []
  private var plans: [UTDFOutputPlan?]

  /// - Parameter singleRings: controllers whose phases are not to be arranged in a dual ring.
  init(_ scenario: Scenario, singleRings: Set<Int>) {
    self.scenario = scenario
    let output = UTDFOutput(scenario.network)
    self.output = output
    losses = output.losses
    let programs = scenario.periods.first?.existingPlan.programs ?? []
    plans = scenario.network.controllers.enumerated().map { index, controller in
      let program = programs.indices.contains(index) ? programs[index] : nil
      return program.map { program in
        let junctions = scenario.network.junctionsOfController[index]
        let own = scenario.network.controllers[index].rings.flatMap {
          UTDFOutputPlan(rings: $0, program, of: controller)
        }
        if let own, !singleRings.contains(index) { return own }
        let rings =
          singleRings.contains(index) || junctions.count != 1
          ? nil
          : UTDFOutputPlan(
            dualRing: program, of: ControllerID(index), output: output, junction: junctions[0].index)
        return rings ?? UTDFOutputPlan(singleRing: program, of: controller)
      }
    }
  }

  var text: String {
    sections.map { kind, rows in
      ("[\(kind.heading)]\n\(kind.title)\n") + rows.map { CSVText.line($0) }.joined()
    }.joined(separator: "\n")
  }

  mutating func fill() {
    fillNetwork()
    fillNodes()
    fillLinks()
    fillLanes()
    fillTimeplans()
    fillPhases()
  }

  /// A number with at most three decimals.
  private static func text(_ value: Double) -> String { plainNumber((value * 1000).rounded() / 1000) }

  private var vehicle: VehicleType {
    scenario.periods.first?.demand.vehicleTypes.first ?? VehicleType(name: "car")
  }

  private static let metresPerSecond = 1 / 3.6

  private mutating func fillNetwork() {
    let minutes = ((scenario.periods.first?.demand.begin ?? 0) / 60).rounded().positiveRemainder(24 * 60)
    let begin = Int(whole: minutes, in: 0...24 * 60 - 1) ?? 0
    let (hour, minute) = (begin / 60, begin % 60)
    let clock =
      "\((hour + 11) % 12 + 1):\(minute < 10 ? "0" : "")\(minute) \(hour < 12 ? "am" : "pm")"
    let speed = network.crossings.first?.walkingSpeed ?? 1.1
    sections.append(
      (
        .network,
        [
          ["RECORDNAME", "DATA"], ["UTDFVERSION", "8"], ["Metric", "1"], ["yellowTime", "3.5"],
          ["allRedTime", "1.0"], ["Walk", "7.0"], ["DontWalk", "11.0"], ["HV", "0"], ["PHF", "1"],
          ["DefFlow", "1900"], ["vehLength", Self.text(vehicle.spacing)], ["growth", "1.00"],
          ["PedSpeed", Self.text(speed)], ["LostTimeAdjust", "0.0"], ["ScenarioTime", clock],
        ]
      ))
  }

  private mutating func fillNodes() {
    var rows = [["INTID", "TYPE", "X", "Y", "Z", "DESCRIPTION"]]
    for (index, junction) in network.junctions.enumerated() {
      let id = String(output.ids[index])
      rows.append([
        id, String(output.kind(of: index).rawValue), Self.text(junction.position.x),
        Self.text(junction.position.y), "0", junction.name == id ? "" : junction.name,
      ])
    }
    sections.append((.nodes, rows))
  }

  private mutating func fillLinks() {
    let used = Set(output.approaches.joined().map(\.direction))
    let directions = UTDFDirection.allCases.filter(used.contains)
    var rows = [["RECORDNAME", "INTID"] + directions.map(\.name)]
    for index in network.junctions.indices {
      func add(_ record: String, _ value: (UTDFOutputApproach) -> String) {
        rows.append(
          [record, String(output.ids[index])]
            + directions.map { direction in
              output.approaches[index].first { $0.direction == direction }.map(value) ?? ""
            })
      }
      guard !output.approaches[index].isEmpty else { continue }
      add("Up ID") { String(output.ids[network[$0.link].from.index]) }
      add("Lanes") { String(network.lanes(of: $0.link).count) }
      add("Name") { network[$0.link].street }
      add("Distance") { Self.text(network[$0.link].length) }
      add("Speed") { Self.text(network[$0.link].speed / Self.metresPerSecond) }
      add("Time") { Self.text((network[$0.link].freeFlowTime * 10).rounded() / 10) }
    }
    sections.append((.links, rows))
  }

  // MARK: Lanes

  private mutating func fillLanes() {
    let used = Set(output.approaches.joined().flatMap(\.columns).map(\.name))
    let columns = UTDFDirection.allCases.flatMap { direction in
      ["U", "L2", "L", "T", "R", "R2"].map { direction.name + $0 }
    }.filter(used.contains)
    var rows = [["RECORDNAME", "INTID"] + columns]
    let volumes = UTDFVolumes(scenario)
    losses += volumes.losses
    for index in network.junctions.indices {
      let kind = output.kind(of: index)
      guard kind == .signalled || kind == .unsignalled else { continue }
      var cells: [String: [String: String]] = [:]
      for approach in output.approaches[index] {
        let groups = output.groups(of: approach)
        if !output.isFaithful(groups, to: approach) {
          losses.append(
            "link '\(network[approach.link].name)': how its lanes are shared, or their lengths, cannot be said exactly"
          )
        }
        for (column, group) in zip(approach.columns, groups) {
          cells[column.name] = self.cells(column, group, approach, at: index, volumes)
        }
      }
      for record in Self.records {
        let values = columns.map { cells[$0]?[record] ?? "" }
        guard values.contains(where: { !$0.isEmpty }) else { continue }
        rows.append([record, String(output.ids[index])] + values)
      }
    }
    sections.append((.lanes, rows))
  }

  private static let records =
    ["Up Node", "Dest Node", "Lanes", "Shared", "Storage", "StLanes"] + (1...4).map { "Phase\($0)" }
    + (1...4).map { "PermPhase\($0)" }
    + [
      "Lost Time Adjust", "IdealFlow", "SatFlow", "Volume", "Peds", "PHF", "Growth", "HeavyVehicles",
      "SignControl", "Right Channeled",
    ]

  private func cells(
    _ column: UTDFColumn, _ group: UTDFMovement, _ approach: UTDFOutputApproach, at junction: Int,
    _ volumes: UTDFVolumes
  ) -> [String: String] {
    let movement = network[column.movement]
    let connection = network[movement.connections[0]]
    var cells = [
      "Up Node": String(output.ids[network[approach.link].from.index]), "Dest Node": group.target.description,
      "Lanes": String(group.lanes), "Growth": "100", "HeavyVehicles": "0",
      "Lost Time Adjust": Self.text(connection.startUpLostTime - connection.yellowUsed),
    ]
    if group.lanes > 0 {
      cells["Shared"] = String((group.sharesLeft ? 1 : 0) + (group.sharesRight ? 2 : 0))
    }
    if let storage = group.storage {
      cells["Storage"] = Self.text(storage)
      cells["StLanes"] = String(group.pockets)
    }
    let flow = Quantities.perHour(vehiclesPerSecond: connection.saturationFlow)
    let share =
      switch column.turn {
      case .left, .uTurn: 0.95
      case .through: 1.0
      case .right: 0.85
      }
    cells["IdealFlow"] = Self.text(flow / share)
    cells["SatFlow"] = Self.text(flow * Double(group.lanes))
    if let volume = volumes.perHour[column.movement.index] {
      cells["Volume"] = Self.text(volume)
      cells["PHF"] = Self.text(volumes.factor[column.movement.index])
    }
    if column.turn != .through, let walkers = volumes.pedestrians(crossing: movement.to, at: junction) {
      cells["Peds"] = Self.text(walkers)
    }
    guard case .signalled = network.junctions[junction].control else {
      cells["SignControl"] = isMinor(column) ? "0" : "1"
      return cells
    }
    guard let signal = connection.signal, let plan = plans[signal.controller.index] else {
      if column.turn == .right { cells["Right Channeled"] = "1" } else { cells["Phase1"] = "-1" }
      return cells
    }
    for (index, phase) in plan.protected[signal.group].prefix(4).enumerated() {
      cells["Phase\(index + 1)"] = String(phase)
    }
    // A left turn that may wait for gaps is told by a permitted phase, also where it now never has to.
    for (index, phase) in plan.permitted[signal.group].prefix(4).enumerated() {
      cells["PermPhase\(index + 1)"] = String(phase)
    }
    return cells
  }

  /// Whether a movement waits for one that comes from another link.
  private func isMinor(_ column: UTDFColumn) -> Bool {
    if case .allWayStop = network.junctions[network[column.movement].junction.index].control { return true }
    let from = network[column.movement].from
    let straight =
      network.movementsFromLink[from.index].first { network[$0].turn == .through } ?? column.movement
    return network[straight].connections.contains { connection in
      network.conflicts[connection.index].contains { $0.yields }
    }
  }

  // MARK: Signals

  private mutating func fillTimeplans() {
    var rows = [["RECORDNAME", "INTID", "DATA"]]
    for (index, plan) in plans.enumerated() {
      let members = network.junctionsOfController[index].map { output.ids[$0.index] }
      guard let plan, let node = members.first, let first = plan.phases.first else { continue }
      func add(_ record: String, _ value: String) { rows.append([record, String(node), value]) }
      add("Control Type", "0")
      add("Cycle Length", Self.text(plan.cycle))
      add("Lock Timings", "0")
      add("Referenced To", String(UTDFReference.firstGreen.rawValue))
      add("Reference Phase", String(first.number))
      add("Offset", Self.text(first.begin))
      add("Master", "0")
      for (number, member) in members.prefix(7).enumerated() { add("Node \(number)", String(member)) }
      add("Node \(min(members.count, 7))", "0")
    }
    sections.append((.timeplans, rows))
  }

  private mutating func fillPhases() {
    let most = max(8, plans.compactMap { $0?.phases.map(\.number).max() }.max() ?? 0)
    var rows = [["RECORDNAME", "INTID"] + (1...most).map { "D\($0)" }]
    for (index, plan) in plans.enumerated() {
      guard let plan, let node = network.junctionsOfController[index].first?.index else { continue }
      func add(_ record: String, _ value: (UTDFPhase) -> String) {
        rows.append(
          [record, String(output.ids[node])]
            + (1...most).map { number in plan.phases.first { $0.number == number }.map(value) ?? "" })
      }
      func time(_ value: Double) -> String { Self.text(value.wrapped(in: plan.cycle)) }
      add("BRP") { "\($0.barrier)\($0.ring)\($0.position)" }
      add("MinGreen") { Self.text($0.minimumGreen) }
      add("MaxGreen") { Self.text($0.green) }
      add("Yellow") { Self.text($0.yellow) }
      add("AllRed") { Self.text($0.allRed) }
      add("Recall") { _ in "3" }
      add("Walk") { $0.walk.map(Self.text) ?? "" }
      add("DontWalk") { $0.walk == nil ? "" : Self.text($0.dontWalk) }
      add("MinSplit") {
        Self.text(max($0.minimumGreen, ($0.walk ?? 0) + $0.dontWalk) + $0.yellow + $0.allRed)
      }
      add("Start") { time($0.begin) }
      add("End") { time($0.begin + $0.split) }
      add("Yield") { time($0.begin + $0.green) }
    }
    sections.append((.phases, rows))
  }
}
