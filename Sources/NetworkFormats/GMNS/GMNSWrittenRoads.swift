internal import NetworkBuilding
internal import TrafficModel

/// Nodes, links, lanes, movements and crosswalks of a network as GMNS tables.
struct GMNSWrittenRoads {
  /// One row of `movement.csv`: connections of one movement in lanes side by side.
  struct Row {
    var movement: MovementID
    var connections: [ConnectionID]
  }
  private(set) var rows: [Row] = []
  /// By movement: its first row.
  private(set) var firstRow: [Int]
  private(set) var losses: [String] = []

  private let network: Network
  private let legs: LegNames
  /// By lane: its number, counted from the left.
  private var laneNumbers: [Int]
  /// By crossing: the name of its link.
  private let crosswalkNames: [String]

  init(_ network: Network) {
    self.network = network
    legs = LegNames(network)
    firstRow = network.movements.map { _ in 0 }
    laneNumbers = network.lanes.map { _ in 0 }
    var taken = Set(network.links.map(\.name))
    crosswalkNames = network.crossings.map { crossing in
      var name = crossing.name
      while !taken.insert(name).inserted { name += " crosswalk" }
      return name
    }
    for link in network.links.indices { numberLanes(of: LinkID(link)) }
    for index in network.movements.indices {
      firstRow[index] = rows.count
      addRows(MovementID(index))
    }
    findLosses()
  }

  /// Names of rows, as other tables refer to them.
  static func id(ofRow row: Int) -> String { String(row + 1) }
  func crosswalk(_ id: CrossingID) -> String { crosswalkNames[id.index] }

  private func isPocket(_ lane: LaneID) -> Bool { network[lane].length < network[network[lane].link].length }

  private mutating func numberLanes(of link: LinkID) {
    let fromLeft = Array(network.lanes(of: link).reversed())
    let isAllPockets = fromLeft.allSatisfy(isPocket)
    let left = isAllPockets ? 0 : fromLeft.prefix(while: isPocket).count
    for (index, lane) in fromLeft.enumerated() {
      laneNumbers[lane.index] = index < left ? index - left : index - left + 1
    }
  }

  private mutating func addRows(_ id: MovementID) {
    let movement = network[id]
    for connection in movement.connections {
      let new = network[connection]
      if let last = rows.last, last.movement == id, let before = last.connections.last.map({ network[$0] }),
        new.from.index == before.from.index + 1, new.to.index == before.to.index + 1, alike(new, before)
      {
        rows[rows.count - 1].connections.append(connection)
      } else {
        rows.append(Row(movement: id, connections: [connection]))
      }
    }
  }

  private func alike(_ a: LaneConnection, _ b: LaneConnection) -> Bool {
    var moved = a
    (moved.from, moved.to) = (b.from, b.to)
    (moved.partingPosition, moved.waitingPosition) = (b.partingPosition, b.waitingPosition)
    return moved == b
  }

  private mutating func findLosses() {
    if network.conflicts.contains(where: { $0.contains { $0.meeting != nil || $0.extent != nil } }) {
      losses.append(
        "where ways meet inside junctions is left out, and worked out anew from the links' directions")
    }
    let lanes = network.lanes.count { $0.speed != network[$0.link].speed }
    if lanes > 0 {
      losses.append(
        "\(counted(lanes, "lane")) with a speed unlike the link's \(lanes == 1 ? "has" : "have") the link's")
    }
  }

  // MARK: Tables

  /// - Parameter volumes: by movement, veh/h.
  func sheets(volumes: [Double?]) -> [GMNSSheet] {
    let (nodes, links) = nodesAndLinks()
    return [nodes, links, lanes()] + segments() + [movements(volumes)]
  }

  private func nodesAndLinks() -> (GMNSSheet, GMNSSheet) {
    var nodes = GMNSSheet(
      "node", ["node_id", "name", "x_coord", "y_coord", "node_type", "ctrl_type", "parent_node_id"])
    let passed = Set(network.movements.map(\.junction))
    for (index, junction) in network.junctions.enumerated() {
      let isEnd = !passed.contains(JunctionID(index))
      nodes.add([
        junction.name, "", plainNumber(junction.position.x), plainNumber(junction.position.y),
        isEnd ? "external" : "intersection", Self.control(junction.control), "",
      ])
    }
    var links = GMNSSheet(
      "link",
      [
        "link_id", "name", "from_node_id", "to_node_id", "directed", "geometry", "dir_flag", "length",
        "facility_type", "free_speed", "lanes", "allowed_uses", "opt_from_leg", "opt_to_leg",
        "opt_queue_limit", "opt_signal_group", "opt_minimum_green", "opt_walking_speed",
      ])
    for (index, link) in network.links.enumerated() {
      let shape = link.shape.map { "\(plainNumber($0.x)) \(plainNumber($0.y))" }.joined(separator: ", ")
      let full = network.lanes(of: LinkID(index)).count { !isPocket($0) }
      links.add([
        link.name, link.street, network[link.from].name, network[link.to].name, "1",
        shape.isEmpty ? "" : "LINESTRING (\(shape))", shape.isEmpty ? "" : "1", plainNumber(link.length), "",
        Self.speed(link.speed), String(full), "", legs.from[index]?.name ?? "", legs.to[index]?.name ?? "",
        link.queueLimit.map(plainNumber) ?? "", "", "", "",
      ])
    }
    for index in network.crossings.indices { addCrosswalk(index, &nodes, &links) }
    return (nodes, links)
  }

  private static func control(_ control: JunctionControl) -> String {
    switch control {
    case .signalled: "signal"
    case .priority: "yield"
    case .rightBeforeLeft: "right before left"
    case .allWayStop: "4-way stop"
    case .uncontrolled: "none"
    }
  }

  private static func speed(_ speed: Double) -> String {
    let perHour = Quantities.kilometresPerHour(metresPerSecond: speed)
    // 50 km/h, whatever rounding makes of it on its way through m/s.
    return plainNumber((perHour * 1e9).rounded() / 1e9)
  }

  /// Where a crosswalk lies: a few metres out on its leg.
  private static let distance = 10.0

  private func addCrosswalk(_ index: Int, _ nodes: inout GMNSSheet, _ links: inout GMNSSheet) {
    let crossing = network.crossings[index]
    let leg = legs.leg(of: crossing, network)
    let along = (leg ?? .n).direction
    let junction = network[crossing.junction]
    let name = crosswalkNames[index]
    for (end, side) in [("a", -0.5), ("b", 0.5)] {
      let x = junction.position.x + Self.distance * along.x + side * crossing.length * along.y
      let y = junction.position.y + Self.distance * along.y - side * crossing.length * along.x
      nodes.add([
        "\(name) \(end)", "", plainNumber(x), plainNumber(y), "walk_intersection", "", junction.name,
      ])
    }
    let group = crossing.signal.map { network[$0.controller].groups[$0.group] }
    links.add([
      name, crossing.name, "\(name) a", "\(name) b", "0", "", "", plainNumber(crossing.length), "CROSSWALK",
      "",
      "", "WALK", "", leg?.name ?? "", "", group?.name ?? "",
      group.map { plainNumber($0.minimumGreen) } ?? "",
      plainNumber(crossing.walkingSpeed),
    ])
  }

  private func lanes() -> GMNSSheet {
    var sheet = GMNSSheet("lane", ["lane_id", "link_id", "lane_num"])
    for (index, lane) in network.lanes.enumerated() where !isPocket(LaneID(index)) {
      sheet.add([String(index + 1), network[lane.link].name, String(laneNumbers[index])])
    }
    return sheet
  }

  /// Turn pockets: segments that reach the stop line, one for each length.
  private func segments() -> [GMNSSheet] {
    var segments = GMNSSheet(
      "segment",
      ["segment_id", "link_id", "ref_node_id", "start_lr", "end_lr", "l_lanes_added", "r_lanes_added"])
    var lanes = GMNSSheet("segment_lane", ["segment_lane_id", "segment_id", "lane_num"])
    var count = 0
    for (index, link) in network.links.enumerated() {
      let pockets = network.lanes(of: LinkID(index)).filter(isPocket)
      for length in Set(pockets.map { network[$0].length }).sorted() {
        count += 1
        let here = pockets.filter { network[$0].length == length }
        let left = here.count { laneNumbers[$0.index] < 0 }
        segments.add([
          String(count), link.name, network[link.to].name, "0", plainNumber(length), String(left),
          String(here.count - left),
        ])
        for lane in here {
          lanes.add([String(lane.index + 1), String(count), String(laneNumbers[lane.index])])
        }
      }
    }
    return [segments, lanes]
  }

  private func movements(_ volumes: [Double?]) -> GMNSSheet {
    var sheet = GMNSSheet(
      "movement",
      [
        "mvmt_id", "node_id", "name", "ib_link_id", "start_ib_lane", "end_ib_lane", "ob_link_id",
        "start_ob_lane", "end_ob_lane", "type", "capacity", "ctrl_type", "mvmt_code", "volume",
        "opt_signal_group", "opt_minimum_green", "opt_permissive", "opt_path_length", "opt_path_speed",
        "opt_start_up_lost_time", "opt_yellow_used",
      ])
    var codes: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      let movement = network[row.movement]
      let connections = row.connections.map { network[$0] }
      let one = connections[0]
      let group = one.signal.map { network[$0.controller].groups[$0.group] }
      let code = legs.code(of: movement, network)
      codes["\(movement.junction.index) \(code)", default: 0] += 1
      let number = codes["\(movement.junction.index) \(code)"] ?? 1
      let isFirst = firstRow[row.movement.index] == index
      sheet.add(
        [
          Self.id(ofRow: index), network[movement.junction].name, "",
          network[movement.from].name,
        ] + range(connections.map(\.from)) + [network[movement.to].name] + range(connections.map(\.to)) + [
          Self.type(movement.turn),
          plainNumber(
            Quantities.perHour(vehiclesPerSecond: one.saturationFlow) * Double(connections.count)),
          control(row), number > 1 ? "\(code)\(number)" : code,
          isFirst ? volumes[row.movement.index].map(plainNumber) ?? "" : "", group?.name ?? "",
          group.map { plainNumber($0.minimumGreen) } ?? "", isPermissive(row) ? "1" : "0",
          plainNumber(one.length), plainNumber(one.speed), plainNumber(one.startUpLostTime),
          plainNumber(one.yellowUsed),
        ])
    }
    return sheet
  }

  private func range(_ lanes: [LaneID]) -> [String] {
    let numbers = lanes.map { laneNumbers[$0.index] }.sorted()
    return [String(numbers[0]), String(numbers[numbers.count - 1])]
  }

  private static func type(_ turn: Turn) -> String {
    switch turn {
    case .uTurn: "uturn"
    case .left: "left"
    case .through: "thru"
    case .right: "right"
    }
  }

  private func control(_ row: Row) -> String {
    if network[row.connections[0]].signal != nil { return "signal" }
    guard case .priority = network[network[row.movement].junction].control else { return "" }
    return legs.isMinor(network[row.movement].from, network) ? "yield" : "no control"
  }

  /// Whether it may wait for gaps in what is green with it, or, without a signal, for right turns across the road.
  private func isPermissive(_ row: Row) -> Bool {
    if let signal = network[row.connections[0]].signal {
      return network[signal.controller].conflicts[signal.group].contains(where: \.makesRowYield)
    }
    return row.connections.contains { connection in
      network.conflicts[connection.index].contains {
        $0.yields && network[$0.other].turn == .right && network[connection].turn == .left
      }
    }
  }
}
