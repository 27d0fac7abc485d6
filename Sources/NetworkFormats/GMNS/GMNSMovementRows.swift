internal import NetworkBuilding
internal import TrafficModel

/// The rows of `movement.csv`, read one by one.
struct GMNSMovementRows {
  private struct Columns {
    let id, name, node, from, to, turn, code, capacity, control, volume: Int?
    let startFrom, endFrom, startTo, endTo: Int?
    let group, minimumGreen, permissive, pathLength, pathSpeed, startUp, yellowUsed: Int?

    init(_ table: GMNSTable) {
      id = table.required("mvmt_id")
      node = table.required("node_id")
      from = table.required("ib_link_id")
      to = table.required("ob_link_id")
      name = table.column("name", "movement_name")
      turn = table.column("type")
      code = table.column("mvmt_code", "mvmt_txt_id", "movement_str", "movement_name")
      capacity = table.column("capacity")
      control = table.column("ctrl_type")
      volume = table.column("volume", "vol", "opt_volume")
      startFrom = table.column("start_ib_lane")
      endFrom = table.column("end_ib_lane")
      startTo = table.column("start_ob_lane")
      endTo = table.column("end_ob_lane")
      group = table.column("opt_signal_group")
      minimumGreen = table.column("opt_minimum_green")
      permissive = table.column("opt_permissive")
      pathLength = table.column("opt_path_length")
      pathSpeed = table.column("opt_path_speed")
      startUp = table.column("opt_start_up_lost_time")
      yellowUsed = table.column("opt_yellow_used")
    }
  }

  private(set) var table: GMNSTable
  private let columns: Columns
  private let roads: GMNSRoads

  /// - Returns: nil, with errors in the table, when a column is missing.
  init?(_ table: GMNSTable, _ roads: GMNSRoads) {
    self.table = table
    self.roads = roads
    columns = Columns(table)
    table.warnOfMisspelt(known: [
      "mvmt_id", "node_id", "name", "ib_link_id", "start_ib_lane", "end_ib_lane", "ob_link_id",
      "start_ob_lane", "end_ob_lane", "type", "penalty", "capacity", "ctrl_type", "mvmt_code", "allowed_uses",
      "geometry", "volume", "mvmt_txt_id", "lanes", "free_speed",
    ])
    guard columns.id != nil, columns.node != nil, columns.from != nil, columns.to != nil else { return nil }
  }

  /// The same rows, for one of several tasks: what is wrong is noted in a table of its own.
  var part: GMNSMovementRows {
    var part = self
    part.table = table.part
    return part
  }

  /// Whether the table has a column of volumes.
  var hasVolumes: Bool { columns.volume != nil }

  /// The row's `mvmt_id`; nil, with an error, where it has none.
  func id(_ row: Int) -> String? {
    if let id = table.text(row, columns.id) { return id }
    table.error("the movement has no 'mvmt_id'", row, columns.id)
    return nil
  }

  func noteSecond(_ id: String, _ row: Int) {
    table.error("there are two movements '\(id)'", row, columns.id)
  }

  // MARK: Ends

  /// Where a movement begins, passes and ends.
  private struct Ends {
    var junction: JunctionID
    /// Positions in the roads.
    var from: Int
    var to: Int
  }

  /// Nil where a name is not known or the links do not meet: `noteUnknownEnds` tells why.
  private func ends(_ row: Int) -> Ends? {
    guard let node = table.text(row, columns.node), let junction = roads.junctionOfNode[node],
      let from = table.text(row, columns.from).flatMap({ roads.roadsOfLink[$0] })?
        .first(where: { roads.roads[$0].link.to == junction }),
      let to = table.text(row, columns.to).flatMap({ roads.roadsOfLink[$0] })?
        .first(where: { roads.roads[$0].link.from == junction })
    else { return nil }
    return Ends(junction: junction, from: from, to: to)
  }

  /// Notes what is wrong with the node and the links of a row, if anything is.
  func noteUnknownEnds(_ row: Int) {
    let node = table.text(row, columns.node) ?? ""
    guard roads.nodeNames.contains(node) else {
      table.unknown("node", row, columns.node, known: roads.nodeNames.sorted())
      return
    }
    var names: [String] = []
    for (column, what) in [(columns.from, "ib_link_id"), (columns.to, "ob_link_id")] {
      let name = table.text(row, column) ?? ""
      if name.isEmpty {
        table.error("the movement has no '\(what)'", row, column)
      } else if !roads.linkNames.contains(name) {
        table.unknown("link", row, column, known: roads.linkNames.sorted())
      } else {
        names.append(name)
      }
    }
    guard names.count == 2, let from = roads.roadsOfLink[names[0]], let to = roads.roadsOfLink[names[1]],
      let junction = roads.junctionOfNode[node]
    else { return }
    if !from.contains(where: { roads.roads[$0].link.to == junction }) {
      table.error("link '\(names[0])' does not lead to node '\(node)'", row, columns.from)
    } else if !to.contains(where: { roads.roads[$0].link.from == junction }) {
      table.error("link '\(names[1])' does not begin at node '\(node)'", row, columns.to)
    }
  }

  // MARK: Movements

  /// The movement of a row, with errors for values that it cannot have; nil where its ends are not known or it is not
  /// of motor vehicles.
  func movement(_ id: String, _ row: Int) -> GMNSMovements.Movement? {
    guard let ends = ends(row) else { return nil }
    let (from, to) = (ends.from, ends.to)
    let fromLanes = lanes(row, columns.startFrom, columns.endFrom)
    let toLanes = lanes(row, columns.startTo, columns.endTo)
    // Movements from or to lanes for bicycles only are not of motor vehicles.
    if !isOpen(fromLanes, of: roads.roads[from], row, columns.startFrom)
      || !isOpen(toLanes, of: roads.roads[to], row, columns.startTo)
    {
      return nil
    }
    let name = table.text(row, columns.code) ?? table.text(row, columns.name) ?? id
    return GMNSMovements.Movement(
      id: id, name: name, junction: ends.junction, from: from, to: to,
      turn: turn(row)
        ?? JunctionLegs.turn(from: roads.roads[from].link, to: roads.roads[to].link, roads.junctions),
      fromLanes: fromLanes, toLanes: toLanes,
      saturationFlow: table.number(row, columns.capacity, .capacity).flatMap {
        $0 > 0 ? Quantities.perSecond(vehiclesPerHour: $0) : nil
      },
      control: table.text(row, columns.control)?.lowercased() ?? "",
      volume: table.number(row, columns.volume, .volume), groupName: table.text(row, columns.group),
      minimumGreen: table.number(row, columns.minimumGreen, .phaseTime),
      isPermissive: table.flag(row, columns.permissive),
      pathLength: table.number(row, columns.pathLength, .detailedLength),
      pathSpeed: table.number(row, columns.pathSpeed, .pathSpeed),
      startUpLostTime: table.number(row, columns.startUp, .lostTime),
      yellowUsed: table.number(row, columns.yellowUsed, .lostTime), row: row)
  }

  private func lanes(_ row: Int, _ start: Int?, _ end: Int?) -> ClosedRange<Int>? {
    guard let first = table.integer(row, start, GMNSRoads.laneNumbers) else { return nil }
    let last = table.integer(row, end, GMNSRoads.laneNumbers) ?? first
    return min(first, last)...max(first, last)
  }

  /// Whether one of the lanes is open to motor vehicles; notes an error where the link has none of them.
  private func isOpen(
    _ numbers: ClosedRange<Int>?, of road: GMNSRoads.Road, _ row: Int, _ column: Int?
  ) -> Bool {
    guard let numbers, road.isExplicit else { return true }
    let lanes = road.lanes.filter { numbers.contains($0.number) }
    if lanes.isEmpty {
      let known = road.lanes.map { String($0.number) }.joined(separator: ", ")
      table.error(
        "link '\(road.link.name)' has no lane \(numbers.lowerBound)", row, column, notes: ["it has \(known)"])
    }
    return lanes.contains(where: \.isOpen)
  }

  private func turn(_ row: Int) -> Turn? {
    if let word = table.text(row, columns.turn)?.lowercased() {
      if let turn = Self.turns[word] { return turn }
      table.warning("the type '\(word)' is not known, the links' directions tell the turn", row, columns.turn)
    }
    // `SBL2`: a direction, a turn, and perhaps a number.
    guard let code = table.text(row, columns.code)?.uppercased(), code.count >= 3 else { return nil }
    return Turn(letter: code[code.index(code.startIndex, offsetBy: 2)])
  }

  private static let turns: [String: Turn] = [
    "left": .left, "right": .right, "thru": .through, "through": .through, "uturn": .uTurn, "u-turn": .uTurn,
    "merge": .through, "diverge": .through, "l": .left, "r": .right, "t": .through, "u": .uTurn,
  ]
}
