internal import NetworkBuilding
internal import TrafficModel

/// The signal groups of a file's controllers: one for each movement, one for each crossing.
struct UTDFSignals {
  struct Group {
    enum Subject {
      /// Positions of the node and of its way.
      case way(node: Int, index: Int)
      /// Over a leg.
      case crossing(node: Int, leg: Compass)
    }
    var subject: Subject
    var name: String
    /// Numbers of the phases that serve it.
    var phases: [Int]
  }
  /// A controller under construction.
  struct Member {
    var timing: UTDFTiming
    var name: String
    var groups: [Group] = []
  }
  private(set) var members: [Member] = []
  /// By node and way: its group.
  private(set) var groupOfWay: [[SignalGroupReference?]]
  /// By position of the node: its controller.
  private(set) var controllerOfNode: [Int: ControllerID] = [:]

  let file: UTDFFile
  let settings: UTDFSettings
  let nodes: [UTDFNode]

  init(
    _ file: UTDFFile, settings: UTDFSettings, nodes read: UTDFNodes, roads: inout UTDFRoads,
    _ log: inout DiagnosticLog
  ) {
    self.file = file
    self.settings = settings
    nodes = read.nodes
    groupOfWay = roads.ways.map { [SignalGroupReference?](repeating: nil, count: $0.count) }
    var owner: [UTDFNodeID: Int] = [:]
    let signalled = nodes.filter { $0.kind == .signalled }
    let ordered = file[.timeplans].nodes + file[.phases].nodes
    var seen: Set<UTDFNodeID> = []
    for id in ordered where seen.insert(id).inserted {
      guard read.indexOfID[id] != nil || signalled.isEmpty else {
        log.warning(
          "node \(id) has a timing plan but no links, it is not read",
          at: file[.timeplans].row("cyclelength", id)?.place ?? TextPlace(line: 1, column: 1))
        continue
      }
      guard let timing = UTDFTiming(node: id, file, settings: settings, &log) else { continue }
      let name = read.indexOfID[id].map { nodes[$0].name } ?? id.description
      for member in timing.members {
        if owner[member] == nil { owner[member] = members.count }
      }
      members.append(Member(timing: timing, name: name))
    }
    for (index, node) in nodes.enumerated() where node.kind == .signalled {
      guard let member = owner[node.id] else {
        log.warning(
          "node \(node.id) has signals but no phases with a green: it is taken as one without signals",
          at: node.place)
        continue
      }
      controllerOfNode[index] = ControllerID(member)
      addVehicleGroups(at: index, to: member, roads: &roads, &log)
      addCrossings(at: index, to: member, roads: roads, &log)
    }
    dropUnused()
  }

  /// Controllers of nodes that are not in the file have nothing to control.
  private mutating func dropUnused() {
    let used = members.indices.filter { !members[$0].groups.isEmpty }
    guard used.count < members.count else { return }
    let new = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    members = used.map { members[$0] }
    groupOfWay = groupOfWay.map { ways in
      ways.map { reference in
        guard let reference, let member = new[reference.controller.index] else { return nil }
        return SignalGroupReference(controller: ControllerID(member), group: reference.group)
      }
    }
    controllerOfNode = controllerOfNode.compactMapValues { new[$0.index].map { ControllerID($0) } }
  }

  private func name(_ short: String, at node: Int, of member: Int) -> String {
    members[member].timing.members.count > 1 ? "\(nodes[node].name).\(short)" : short
  }

  // MARK: Vehicles

  private mutating func addVehicleGroups(
    at node: Int, to member: Int, roads: inout UTDFRoads, _ log: inout DiagnosticLog
  ) {
    let known = Set(members[member].timing.phases.map(\.number))
    for (index, way) in roads.ways[node].enumerated() {
      let approach = nodes[node].approaches[way.approach]
      let movement = approach.movements[way.movement]
      let given = movement.phases + movement.permitted
      if movement.isChannelled || given.contains(-1) { continue }
      for phase in given where !known.contains(phase) {
        log.warning(
          "phase \(phase) of \(movement.column) is none of controller \(members[member].timing.node)",
          at: movement.place)
      }
      var phases = given.filter(known.contains)
      if phases.isEmpty {
        phases = neighbours(of: way.movement, in: approach).filter(known.contains)
        let isShared = !approach.lanes.contains { $0.movements == [way.movement] }
        // Left turns beside straight-on traffic without a phase of their own wait for gaps.
        if movement.turn == .left || movement.turn == .uTurn {
          roads.permit(way: index, at: node)
        }
        if !isShared, movement.turn == .left {
          log.warning(
            "\(movement.column) has no phase, it goes with the traffic beside it", at: movement.place)
        }
      }
      if phases.isEmpty {
        log.warning("\(movement.column) has no phase, it is never green", at: movement.place)
      }
      groupOfWay[node][index] = SignalGroupReference(
        controller: ControllerID(member), group: members[member].groups.count)
      members[member].groups.append(
        Group(
          subject: .way(node: node, index: index), name: name(movement.column, at: node, of: member),
          phases: phases.sorted()))
    }
  }

  /// Phases of the movement that a movement without its own goes with: straight on before left before right.
  private func neighbours(of movement: Int, in approach: UTDFApproach) -> [Int] {
    let others = approach.movements.indices.filter { $0 != movement }.map { approach.movements[$0] }
    for turn in [Turn.through, .left, .right] {
      for other in others where other.turn == turn && !(other.phases + other.permitted).isEmpty {
        let phases = turn == .left && !other.phases.isEmpty ? other.phases : other.phases + other.permitted
        return phases.filter { $0 > 0 }
      }
    }
    return []
  }

  // MARK: Pedestrians

  private mutating func addCrossings(
    at node: Int, to member: Int, roads: UTDFRoads, _ log: inout DiagnosticLog
  ) {
    let ways = roads.ways[node]
    let legs = Set(ways.flatMap { [$0.way.from.leg, $0.way.to] }).sorted()
    let exclusive = (1...4).compactMap { number in
      UTDFNumber.whole(
        file[.lanes]["phase\(number)", nodes[node].id, "PED"], "Phase\(number)", UTDFNumber.phases, &log)
    }
    let walks = members[member].timing.phases.filter { $0.walk != nil }
    var phasesOfLeg: [Compass: [Int]] = [:]
    // To the right of what drives straight on, as drivers see it; then to the left, where no phase has the crossing
    // yet and there is none on the right.
    for side in [5...7, 1...3] {
      let earlier = phasesOfLeg
      for phase in walks {
        if exclusive.contains(phase.number) {
          for leg in legs where earlier[leg] == nil { phasesOfLeg[leg, default: []].append(phase.number) }
          continue
        }
        let beside = ways.indices.filter { serves(phase.number, way: $0, at: node) }.map { ways[$0] }
        for leg in crossings(beside: beside, in: phase.number, legs: legs, side: side)
        where earlier[leg] == nil {
          phasesOfLeg[leg, default: []].append(phase.number)
        }
      }
    }
    for leg in legs {
      guard let phases = phasesOfLeg[leg] else { continue }
      members[member].groups.append(
        Group(
          subject: .crossing(node: node, leg: leg), name: name("\(leg.name).P", at: node, of: member),
          phases: phases))
    }
  }

  private func serves(_ phase: Int, way: Int, at node: Int) -> Bool {
    guard let reference = groupOfWay[node][way] else { return false }
    return members[reference.controller.index].groups[reference.group].phases.contains(phase)
  }

  /// The crossings on one side of what drives straight on in a phase, or of what else has its green, where its traffic
  /// waits for pedestrians.
  ///
  /// - Parameter side: eighths of a turn from where traffic comes from.
  private func crossings(
    beside served: [UTDFWay], in phase: Int, legs: [Compass], side: ClosedRange<Int>
  ) -> [Compass] {
    let isProtected = served.filter { way in
      let movement = nodes[way.node].approaches[way.approach].movements[way.movement]
      return movement.phases.contains(phase)
    }
    let straight = isProtected.filter { $0.way.turn == .through }
    var found: Set<Compass> = []
    for way in straight.isEmpty ? isProtected : straight {
      let from = way.way.from.leg
      let hasRight = legs.contains { (5...7).contains(from.eighths(to: $0)) }
      if hasRight, side.lowerBound == 1 { continue }
      let leg = legs.filter { side.contains(from.eighths(to: $0)) }
        .min {
          abs(from.eighths(to: $0) - side.lowerBound - 1) < abs(from.eighths(to: $1) - side.lowerBound - 1)
        }
      let isFree = leg.map { leg in
        served.allSatisfy { RightOfWay.meeting($0.way.way, crossingOver: leg)?.mayShareGreen ?? true }
      }
      if let leg, isFree == true { found.insert(leg) }
    }
    return found.sorted()
  }
}
