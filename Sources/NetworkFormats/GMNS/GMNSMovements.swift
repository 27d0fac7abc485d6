internal import TrafficModel

/// The movements of a GMNS folder, those of motor vehicles: rows of `movement.csv`, or what the links suggest.
struct GMNSMovements {
  struct Movement {
    /// The row's `mvmt_id`; empty for a movement that no row tells of.
    var id: String
    var name: String
    var junction: JunctionID
    /// Positions in the roads.
    var from: Int
    var to: Int
    var turn: Turn
    /// First and last lane, in any order; nil where the file does not say.
    var fromLanes: ClosedRange<Int>?
    var toLanes: ClosedRange<Int>?
    /// Saturation flow of all its lanes, veh/s.
    var saturationFlow: Double?
    var control: String
    var volume: Double?
    var groupName: String?
    var minimumGreen: Double?
    /// Whether it may wait for gaps while others are green; nil where only its phases tell.
    var isPermissive: Bool?
    var pathLength: Double?
    var pathSpeed: Double?
    var startUpLostTime: Double?
    var yellowUsed: Double?
    var row: Int?
  }
  private(set) var all: [Movement] = []
  /// By `mvmt_id`: its position in `all`; nil for movements that are not of motor vehicles.
  private(set) var positions: [String: Int?] = [:]
  private(set) var table: GMNSTable?
  /// Whether the table has a column of volumes.
  private(set) var hasVolumes = false

  init(_ folder: GMNSFolder, roads: GMNSRoads) {
    table = folder.table("movement")
    if let table { read(table, roads) }
    addMissing(folder, roads)
  }

  /// By road: the numbers of lanes that movements use.
  func usedLanes(roads: Int) -> [[Int]] {
    var used = [[Int]](repeating: [], count: roads)
    for movement in all {
      for (road, lanes) in [(movement.from, movement.fromLanes), (movement.to, movement.toLanes)] {
        if let lanes { used[road] += [lanes.lowerBound, lanes.upperBound].filter { $0 != 0 } }
      }
    }
    return used
  }

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

  private mutating func read(_ table: GMNSTable, _ roads: GMNSRoads) {
    let columns = Columns(table)
    table.warnOfMisspelt(known: [
      "mvmt_id", "node_id", "name", "ib_link_id", "start_ib_lane", "end_ib_lane", "ob_link_id",
      "start_ob_lane", "end_ob_lane", "type", "penalty", "capacity", "ctrl_type", "mvmt_code", "allowed_uses",
      "geometry", "volume", "mvmt_txt_id", "lanes", "free_speed",
    ])
    guard columns.id != nil, columns.node != nil, columns.from != nil, columns.to != nil else { return }
    hasVolumes = columns.volume != nil
    all.reserveCapacity(table.count)
    for row in table.rows {
      guard let id = table.text(row, columns.id) else {
        table.error("the movement has no 'mvmt_id'", row, columns.id)
        continue
      }
      guard positions[id] == nil else {
        table.error("there are two movements '\(id)'", row, columns.id)
        continue
      }
      positions[id] = .some(nil)
      guard let movement = movement(id, row, table, columns, roads) else { continue }
      positions[id] = all.count
      all.append(movement)
    }
  }

  private func movement(
    _ id: String, _ row: Int, _ table: GMNSTable, _ columns: Columns, _ roads: GMNSRoads
  ) -> Movement? {
    let node = table.text(row, columns.node) ?? ""
    guard roads.nodeNames.contains(node) else {
      table.unknown("node", row, columns.node, known: roads.nodeNames.sorted())
      return nil
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
    guard names.count == 2, let fromRoads = roads.roadsOfLink[names[0]],
      let toRoads = roads.roadsOfLink[names[1]], let junction = roads.junctionOfNode[node]
    else { return nil }
    guard let from = fromRoads.first(where: { roads.roads[$0].link.to == junction }) else {
      table.error("link '\(names[0])' does not lead to node '\(node)'", row, columns.from)
      return nil
    }
    guard let to = toRoads.first(where: { roads.roads[$0].link.from == junction }) else {
      table.error("link '\(names[1])' does not begin at node '\(node)'", row, columns.to)
      return nil
    }
    let fromLanes = lanes(row, columns.startFrom, columns.endFrom, table)
    let toLanes = lanes(row, columns.startTo, columns.endTo, table)
    // Movements from or to lanes for bicycles only are not of motor vehicles.
    if !isOpen(fromLanes, of: roads.roads[from], row, columns.startFrom, table)
      || !isOpen(toLanes, of: roads.roads[to], row, columns.startTo, table)
    {
      return nil
    }
    let name = table.text(row, columns.code) ?? table.text(row, columns.name) ?? id
    return Movement(
      id: id, name: name, junction: junction, from: from, to: to,
      turn: turn(row, table, columns)
        ?? JunctionLegs.turn(from: roads.roads[from].link, to: roads.roads[to].link, roads.junctions),
      fromLanes: fromLanes, toLanes: toLanes,
      saturationFlow: table.number(row, columns.capacity, atLeast: 0).flatMap {
        $0 > 0 ? Quantities.perSecond(vehiclesPerHour: $0) : nil
      },
      control: table.text(row, columns.control)?.lowercased() ?? "",
      volume: table.number(row, columns.volume, atLeast: 0), groupName: table.text(row, columns.group),
      minimumGreen: table.number(row, columns.minimumGreen, atLeast: 0),
      isPermissive: table.number(row, columns.permissive).map { $0 != 0 },
      pathLength: table.number(row, columns.pathLength, atLeast: 0),
      pathSpeed: table.number(row, columns.pathSpeed, atLeast: 0),
      startUpLostTime: table.number(row, columns.startUp),
      yellowUsed: table.number(row, columns.yellowUsed), row: row)
  }

  private func lanes(_ row: Int, _ start: Int?, _ end: Int?, _ table: GMNSTable) -> ClosedRange<Int>? {
    guard let first = table.integer(row, start) else { return nil }
    let last = table.integer(row, end) ?? first
    return min(first, last)...max(first, last)
  }

  /// Whether one of the lanes is open to motor vehicles; notes an error where the link has none of them.
  private func isOpen(
    _ numbers: ClosedRange<Int>?, of road: GMNSRoads.Road, _ row: Int, _ column: Int?, _ table: GMNSTable
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

  // MARK: Turns

  private func turn(_ row: Int, _ table: GMNSTable, _ columns: Columns) -> Turn? {
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

  // MARK: Movements that no row tells of

  /// Where nobody tells how traffic passes a node, it may go everywhere but back.
  private mutating func addMissing(_ folder: GMNSFolder, _ roads: GMNSRoads) {
    var told = [Bool](repeating: false, count: roads.junctions.count)
    for movement in all { told[movement.junction.index] = true }
    var inbound = [[Int]](repeating: [], count: roads.junctions.count)
    var outbound = inbound
    for (index, road) in roads.roads.enumerated() {
      inbound[road.link.to.index].append(index)
      outbound[road.link.from.index].append(index)
    }
    var untold = 0
    for junction in roads.junctions.indices where !told[junction] {
      let ways = inbound[junction].flatMap { from in
        outbound[junction].filter { roads.roads[$0].link.to != roads.roads[from].link.from }.map {
          (from, $0)
        }
      }
      if ways.count > 2 { untold += 1 }
      for (from, to) in ways {
        all.append(
          Movement(
            id: "", name: "\(roads.roads[from].link.name) to \(roads.roads[to].link.name)",
            junction: JunctionID(junction), from: from, to: to,
            turn: JunctionLegs.turn(from: roads.roads[from].link, to: roads.roads[to].link, roads.junctions),
            control: ""))
      }
    }
    if untold > 0 {
      folder.note(
        .warning,
        "\(counted(untold, "node")) with several links \(untold == 1 ? "has" : "have") no movement: every turn but back is assumed"
      )
    }
  }
}
