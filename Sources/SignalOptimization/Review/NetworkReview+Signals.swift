internal import TrafficModel

/// What a programme shows, worked out once for all that is asked of it.
struct SheetOfProgram {
  let controller: ControllerID
  let rows: [PlanSheet.Row]
  let clearances: ProgramClearances

  init(_ program: SignalProgram, network: Network) {
    controller = program.controller
    rows = PlanSheet(program, network: network).rows
    clearances = program.clearances
  }
}

extension NetworkReview {
  /// A group that vehicles obey, with what they drive.
  private struct VehicleGroup {
    var name: String
    /// m/s, of its fastest approach.
    var speed: Double
    /// m, of its longest way through the junction.
    var width: Double
    /// Lanes that it lets go on its widest approach.
    var lanes: Int
    /// Whether all it lets go turns.
    var isTurn: Bool
  }

  private func vehicleGroup(_ group: Int, of controller: ControllerID) -> VehicleGroup? {
    let description = network[controller].groups[group]
    let connections = network.connectionsOfGroup[controller.index][group].map { network[$0] }
    guard description.kind == .vehicle, !connections.isEmpty else { return nil }
    let lanes = Set(connections.map(\.from))
    let links = Set(lanes.map { network[$0].link }).sorted()
    return VehicleGroup(
      name: description.name, speed: links.map { network[$0].speed }.max() ?? 0,
      width: connections.map(\.length).max() ?? 0,
      lanes: links.map { link in lanes.count { network[$0].link == link } }.max() ?? 0,
      isTurn: connections.allSatisfy { $0.turn != .through })
  }

  /// Times are compared to a tenth of a second, as they are told.
  private static let slack = 0.05

  private func kilometresPerHour(_ speed: Double) -> Double {
    Quantities.kilometresPerHour(metresPerSecond: speed).toTenth
  }

  /// Ways that meet and are both green, though neither has to wait for the other.
  func conflictsGreenTogether(_ program: SignalProgram) -> [ReviewFinding] {
    let controller = network[program.controller]
    var findings: [ReviewFinding] = []
    var seen: Set<[Int]> = []
    for id in network.connectionsOfGroup[program.controller.index].joined().sorted() {
      guard let signal = network[id].signal else { continue }
      for conflict in network.conflicts[id.index] where conflict.other > id {
        guard let other = network[conflict.other].signal, other.controller == signal.controller,
          other.group != signal.group, controller.conflicts[signal.group][other.group] != .exclusive
        else { continue }
        let row = program.intervals.firstIndex {
          $0.states[signal.group] == .protectedGreen && $0.states[other.group] == .protectedGreen
        }
        let movements = [
          network.movementOfConnection[id.index], network.movementOfConnection[conflict.other.index],
        ]
        guard let row, seen.insert(movements.map(\.index).sorted()).inserted else { continue }
        findings.append(
          ReviewFinding(
            place: controller.name,
            matter: .conflictGreenTogether(
              network.name(of: movements[0]), network.name(of: movements[1]), interval: row + 1)))
      }
    }
    return findings
  }

  func yellows(_ sheets: [SheetOfProgram]) -> [ReviewFinding] {
    var groups = FindingGroups()
    for sheet in sheets {
      for row in sheet.rows where row.forceOff != nil {
        guard let group = vehicleGroup(row.group, of: sheet.controller) else { continue }
        let needed = rules.yellow(speed: group.speed, isTurn: group.isTurn)
        guard row.yellow < needed - Self.slack else { continue }
        groups.add(
          group.name, place: network[sheet.controller].name,
          .yellow(row.yellow.toTenth, needed: needed.toTenth, speed: kilometresPerHour(group.speed)))
      }
    }
    return groups.findings
  }

  func allReds(_ sheets: [SheetOfProgram]) -> [ReviewFinding] {
    var groups = FindingGroups()
    for sheet in sheets {
      let controller = network[sheet.controller]
      for index in controller.groups.indices {
        guard let group = vehicleGroup(index, of: sheet.controller) else { continue }
        let needed = rules.allRed(width: group.width, speed: group.speed, isTurn: group.isTurn)
        let gaps = controller.groups.indices.compactMap { other -> Double? in
          guard controller.conflicts[index][other] != .none, controller.groups[other].kind == .vehicle
          else { return nil }
          return sheet.clearances.shortest(from: index, to: other)
        }
        let yellow = sheet.rows.filter { $0.group == index }.map(\.yellow).max() ?? 0
        guard let gap = gaps.min(), gap - yellow < needed - Self.slack else { continue }
        groups.add(
          group.name, place: controller.name,
          .allRed(
            max(0, gap - yellow).toTenth, needed: needed.toTenth, width: group.width.toTenth,
            speed: kilometresPerHour(group.speed)))
      }
    }
    return groups.findings
  }

  func minimumGreens(_ sheets: [SheetOfProgram]) -> [ReviewFinding] {
    var groups = FindingGroups()
    for sheet in sheets {
      let controller = network[sheet.controller]
      for index in controller.groups.indices {
        guard let group = vehicleGroup(index, of: sheet.controller) else { continue }
        let needed = rules.minimumGreen(speed: group.speed, lanes: group.lanes, isTurn: group.isTurn)
        let minimum = controller.groups[index].minimumGreen
        let green = sheet.rows.filter { $0.group == index && $0.forceOff != nil }.map(\.green).min()
        if let green, green < needed - Self.slack {
          groups.add(
            group.name, place: controller.name, .green(green.toTenth, expected: needed.toTenth))
        } else if minimum < needed - Self.slack {
          groups.add(
            group.name, place: controller.name, .minimumGreen(minimum.toTenth, expected: needed.toTenth))
        }
      }
    }
    return groups.findings
  }

  func crossings(_ sheet: SheetOfProgram) -> [ReviewFinding] {
    let controller = network[sheet.controller]
    var findings: [ReviewFinding] = []
    for crossing in crossingsOfController[sheet.controller.index] {
      guard let signal = crossing.signal else { continue }
      let rows = sheet.rows.filter { $0.group == signal.group }
      guard let walk = rows.filter({ $0.forceOff != nil }).map(\.green).min() else { continue }
      func add(_ matter: ReviewFinding.Matter) {
        findings.append(ReviewFinding(place: crossing.name, matter: matter))
      }
      let length = crossing.length.toTenth
      if let needed = rules.walk, walk < needed - Self.slack {
        add(.walk(walk.toTenth, needed: needed.toTenth, length: length))
      }
      let gaps = controller.groups.indices.compactMap { other -> Double? in
        guard controller.conflicts[signal.group][other] != .none else { return nil }
        return sheet.clearances.shortest(from: signal.group, to: other)
      }
      guard let clear = gaps.min() else { continue }
      let needed = crossing.length / rules.walkingSpeed
      if clear < needed - Self.slack {
        add(
          .clearance(
            clear.toTenth, needed: needed.toTenth, walkingSpeed: rules.walkingSpeed, length: length))
      }
      if let total = rules.walkAndClearance(length: crossing.length), walk + clear < total - Self.slack {
        add(.walkAndClearance((walk + clear).toTenth, needed: total.toTenth, length: length))
      }
    }
    return findings
  }
}
