internal import Foundation
internal import NetworkBuilding
internal import TrafficModel

/// Nodes, links and lanes of a GMNS folder, as far as motor vehicles may use them.
struct GMNSRoads {
  /// A lane with its number in the file, counted from the left: pockets left of lane 1 are −1, −2 …
  struct FileLane {
    var number: Int
    /// Of a turn pocket, m; nil for a lane of full length.
    var pocket: Double?
    var isOpen: Bool
  }
  /// One direction of a link.
  struct Road {
    var link: Link
    /// From the left, open to motor vehicles.
    var lanes: [FileLane] = []
    /// Whether the lanes are told one by one.
    var isExplicit = false
    /// Permanent lanes, as the link says.
    var laneCount: Int?
    /// Saturation flow, veh/s and lane.
    var saturationFlow: Double?
    var fromLeg: Compass?
    var toLeg: Compass?
    var row: Int
  }
  /// A link for people on foot that crosses a road.
  struct Crosswalk {
    var id: String
    var name: String
    var junction: JunctionID
    var length: Double
    var walkingSpeed: Double?
    var middle: Point
    var leg: Compass?
    var groupName: String?
    var minimumGreen: Double?
    var pedestriansPerHour: Double?
    var row: Int
  }

  private(set) var junctions: [Junction] = []
  /// By junction: the words of its control.
  private(set) var controls: [String] = []
  private(set) var junctionOfNode: [String: JunctionID] = [:]
  var roads: [Road] = []
  /// By link name: the direction in which it is drawn, and the opposite one of a two-way link.
  private(set) var roadsOfLink: [String: [Int]] = [:]
  private(set) var crosswalks: [Crosswalk] = []
  private(set) var crosswalkOfLink: [String: Int] = [:]
  /// By link name: whether it is known at all, such as a path for bicycles.
  private(set) var linkNames: Set<String> = []
  private(set) var nodeNames: Set<String> = []

  private struct Node {
    var position: Point
    var control: String
    var parent: String?
    var row: Int
  }
  private var nodes: [String: Node] = [:]
  private var nodeOrder: [String] = []
  private(set) var units: GMNSUnits
  private var origin: (x: Double, y: Double, scale: Double)?

  /// - Returns: nil, with errors in the folder, when a table is missing.
  init?(_ folder: GMNSFolder, units: GMNSUnits) {
    self.units = units
    let nodeTable = folder.table("node")
    let linkTable = folder.table("link")
    guard let nodeTable, let linkTable else { return nil }
    readNodes(nodeTable)
    readLinks(linkTable)
    readLanes(folder.table("lane"))
    readSegments(folder.table("segment"), lanes: folder.table("segment_lane"))
  }

  // MARK: Nodes

  private mutating func readNodes(_ table: GMNSTable) {
    let id = table.required("node_id")
    let (x, y) = (table.required("x_coord"), table.required("y_coord"))
    let (control, parent) = (table.column("ctrl_type"), table.column("parent_node_id"))
    table.warnOfMisspelt(known: [
      "node_id", "name", "x_coord", "y_coord", "z_coord", "node_type", "ctrl_type", "zone_id",
      "parent_node_id",
    ])
    guard id != nil, x != nil, y != nil else { return }
    var points: [Point] = []
    nodeOrder.reserveCapacity(table.count)
    for row in table.rows {
      guard let name = table.text(row, id) else {
        table.error("the node has no 'node_id'", row, id)
        continue
      }
      guard nodes[name] == nil else {
        table.error("there are two nodes '\(name)'", row, id)
        continue
      }
      let position = Point(
        x: table.number(row, x, .mapCoordinate) ?? 0, y: table.number(row, y, .mapCoordinate) ?? 0)
      points.append(position)
      nodes[name] = Node(
        position: position, control: table.text(row, control) ?? "", parent: table.text(row, parent), row: row
      )
      nodeOrder.append(name)
    }
    nodeNames = Set(nodeOrder)
    setOrigin(points)
    guard origin != nil else { return }
    nodes = nodes.mapValues { node in
      var moved = node
      moved.position = metres(node.position)
      return moved
    }
  }

  /// Degrees become metres east and north of the network's middle (equirectangular projection).
  private mutating func setOrigin(_ points: [Point]) {
    let looksGeographic = points.allSatisfy { abs($0.x) <= 180 && abs($0.y) <= 90 }
    let widest = (points.map(\.x).max() ?? 0) - (points.map(\.x).min() ?? 0)
    guard !points.isEmpty, units.isGeographic ?? (looksGeographic && widest > 0 && widest < 5) else { return }
    let count = Double(points.count)
    let middle = points.reduce(Point(x: 0, y: 0)) { Point(x: $0.x + $1.x / count, y: $0.y + $1.y / count) }
    origin = (middle.x, middle.y, cos(middle.y * .pi / 180))
  }

  private func metres(_ point: Point) -> Point {
    guard let origin else { return point }
    return Point(
      x: (point.x - origin.x) * origin.scale * Self.metresPerDegree,
      y: (point.y - origin.y) * Self.metresPerDegree)
  }

  private static let metresPerDegree = 111_194.9

  private mutating func junction(_ name: String) -> JunctionID? {
    if let known = junctionOfNode[name] { return known }
    guard let node = nodes[name] else { return nil }
    let id = JunctionID(junctions.count)
    junctionOfNode[name] = id
    junctions.append(Junction(name: name, position: node.position, control: .uncontrolled))
    controls.append(node.control.lowercased())
    return id
  }

  // MARK: Links

  private struct LinkColumns {
    let id, name, from, to, directed, geometry, direction, length, facility, capacity, speed, lanes,
      uses: Int?
    let fromLeg, toLeg, queueLimit, group, minimumGreen, walkingSpeed, pedestrians: Int?

    init(_ table: GMNSTable) {
      id = table.required("link_id")
      from = table.required("from_node_id")
      to = table.required("to_node_id")
      name = table.column("name")
      directed = table.column("directed")
      geometry = table.column("geometry")
      direction = table.column("dir_flag")
      length = table.column("length")
      facility = table.column("facility_type", "link_type_name")
      capacity = table.column("capacity")
      speed = table.column("free_speed")
      lanes = table.column("lanes")
      uses = table.column("allowed_uses")
      fromLeg = table.column("opt_from_leg")
      toLeg = table.column("opt_to_leg")
      queueLimit = table.column("opt_queue_limit")
      group = table.column("opt_signal_group")
      minimumGreen = table.column("opt_minimum_green")
      walkingSpeed = table.column("opt_walking_speed")
      pedestrians = table.column("opt_volume", "volume")
    }
  }

  private mutating func readLinks(_ table: GMNSTable) {
    let columns = LinkColumns(table)
    table.warnOfMisspelt(known: [
      "link_id", "name", "from_node_id", "to_node_id", "directed", "geometry_id", "geometry",
      "parent_link_id", "dir_flag", "length", "grade", "facility_type", "capacity", "free_speed", "lanes",
      "bike_facility", "ped_facility", "parking", "allowed_uses", "toll", "jurisdiction", "row_width",
    ])
    guard columns.id != nil, columns.from != nil, columns.to != nil else { return }
    if columns.speed == nil {
      table.warning("link.csv has no column 'free_speed': 50 km/h are assumed")
    }
    fitUnit(table, columns)
    // Junctions keep the order of the nodes.
    let touched = touchedNodes(table, columns)
    for name in nodeOrder where touched.motor.contains(name) || !touched.other.contains(name) {
      if nodes[name]?.parent == nil || touched.motor.contains(name) { _ = junction(name) }
    }
    linkNames.reserveCapacity(table.count)
    for row in table.rows {
      guard let id = table.text(row, columns.id) else {
        table.error("the link has no 'link_id'", row, columns.id)
        continue
      }
      guard linkNames.insert(id).inserted else {
        table.error("there are two links '\(id)'", row, columns.id)
        continue
      }
      addLink(id, row, table, columns)
    }
  }

  /// Reads lengths in the unit that the nodes' places ask for, where the one that is told is wrong by far.
  private mutating func fitUnit(_ table: GMNSTable, _ columns: LinkColumns) {
    let ratios = table.rows.compactMap { row -> Double? in
      guard let length = table.text(row, columns.length).flatMap({ Double(plain: $0) }), length > 0,
        let from = table.text(row, columns.from).flatMap({ nodes[$0]?.position }),
        let to = table.text(row, columns.to).flatMap({ nodes[$0]?.position })
      else { return nil }
      let distance = CrossingPoint.length(of: [from, to])
      return distance > 1 ? length / distance : nil
    }
    if let problem = units.fitLength(ratios: ratios) { table.warning(problem) }
  }

  private func touchedNodes(
    _ table: GMNSTable, _ columns: LinkColumns
  ) -> (motor: Set<String>, other: Set<String>) {
    var (motor, other): (Set<String>, Set<String>) = ([], [])
    for row in table.rows {
      guard let from = table.text(row, columns.from), let to = table.text(row, columns.to) else { continue }
      if isMotorRoad(row, table, columns) {
        motor.insert(from)
        motor.insert(to)
      } else {
        other.insert(from)
        other.insert(to)
      }
    }
    return (motor, other)
  }

  private func isMotorRoad(_ row: Int, _ table: GMNSTable, _ columns: LinkColumns) -> Bool {
    if let uses = table.text(row, columns.uses), !Self.isOpen(uses) { return false }
    let facility = table.text(row, columns.facility)?.lowercased() ?? ""
    return !["crosswalk", "sidewalk", "bikeway", "footway", "cycleway", "path", "steps", "pedestrian"]
      .contains(facility)
  }

  /// Whether uses of a link or a lane include motor vehicles.
  static func isOpen(_ uses: String) -> Bool {
    let closed = [
      "walk", "bike", "parking", "shoulder", "pedestrian", "ped", "bicycle", "foot", "none", "rail", "w", "b",
      "p",
    ]
    let words = uses.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "+" }
    return words.isEmpty || words.contains { !closed.contains(String($0)) }
  }

  private mutating func addLink(_ id: String, _ row: Int, _ table: GMNSTable, _ columns: LinkColumns) {
    var ends: [String] = []
    for (column, what) in [(columns.from, "from_node_id"), (columns.to, "to_node_id")] {
      guard let name = table.text(row, column) else {
        table.error("the link has no '\(what)'", row, column)
        continue
      }
      if nodes[name] == nil {
        table.unknown("node", row, column, known: nodeOrder)
      } else {
        ends.append(name)
      }
    }
    guard ends.count == 2 else { return }
    let given = table.number(row, columns.length, units.lengths).map { $0 * units.longLength }
    guard isMotorRoad(row, table, columns) else {
      addCrosswalk(id, ends, given, row, table, columns)
      return
    }
    guard let from = junction(ends[0]), let to = junction(ends[1]) else { return }
    var shape = line(row, columns.geometry, table)
    if table.integer(row, columns.direction, -1...1) == -1 { shape.reverse() }
    let drawn = CrossingPoint.length(
      of: shape.count > 1 ? shape : [junctions[from.index].position, junctions[to.index].position])
    var length = given ?? drawn
    if length < Self.shortestLength {
      length = drawn < Self.shortestLength ? 10 : drawn
      if length != drawn || given ?? 0 > 0 {
        table.warning(
          "link '\(id)' has no length, \(plainNumber(length.rounded())) m are taken", row, columns.length)
      }
    }
    if length > Network.longestLength {
      table.error(
        "link '\(id)' is \(plainNumber(length.rounded())) m long by the places of its nodes, more than \(plainNumber(Network.longestLength)) m",
        row, columns.length)
    }
    let told = table.number(row, columns.speed, units.speeds) ?? 0
    // What rounding makes of the highest speed is not above it.
    let speed = told > 0 ? min(told * units.speed, Network.highestSpeed) : 50 / 3.6
    let lanes = table.integer(row, columns.lanes, 0...20)
    var road = Road(
      link: Link(
        name: id, street: table.text(row, columns.name) ?? "", from: from, to: to, length: length,
        speed: speed, shape: shape.count > 1 ? shape : [],
        queueLimit: table.number(row, columns.queueLimit, .queueLimit)),
      laneCount: lanes, row: row)
    if let capacity = table.number(row, columns.capacity, .capacity), Self.saturation.contains(capacity) {
      road.saturationFlow = Quantities.perSecond(vehiclesPerHour: capacity)
    }
    road.fromLeg = leg(row, columns.fromLeg, table)
    road.toLeg = leg(row, columns.toLeg, table)
    roadsOfLink[id] = [roads.count]
    roads.append(road)
    let directed = table.text(row, columns.directed)?.lowercased()
    if directed == "0" || directed == "false" {
      var back = road
      back.link = Link(
        name: id + " back", street: road.link.street, from: to, to: from, length: length, speed: speed,
        shape: road.link.shape.reversed(), queueLimit: road.link.queueLimit)
      (back.fromLeg, back.toLeg) = (road.toLeg, road.fromLeg)
      roadsOfLink[id]?.append(roads.count)
      roads.append(back)
    }
  }

  /// m; a shorter way is none.
  static let shortestLength = 0.01
  /// veh/h and lane: a link's capacity outside of these is not one of saturated flow.
  private static let saturation = 1200.0...2600.0

  private func leg(_ row: Int, _ column: Int?, _ table: GMNSTable) -> Compass? {
    guard let name = table.text(row, column) else { return nil }
    if let leg = Compass(name: name.uppercased()) { return leg }
    table.unknown("leg", row, column, known: Compass.names)
    return nil
  }

  private mutating func addCrosswalk(
    _ id: String, _ ends: [String], _ given: Double?, _ row: Int, _ table: GMNSTable, _ columns: LinkColumns
  ) {
    let points = ends.compactMap { nodes[$0]?.position }
    let parents = ends.compactMap { nodes[$0]?.parent }
    let facility = table.text(row, columns.facility)?.lowercased() ?? ""
    guard facility == "crosswalk", parents.count == 2, parents[0] == parents[1],
      let junction = junctionOfNode[parents[0]]
    else { return }
    let drawn = CrossingPoint.length(of: points)
    let length = given ?? drawn
    guard length > 0 else { return }
    if length > Network.longestLength {
      table.error(
        "crosswalk '\(id)' is \(plainNumber(length.rounded())) m long by the places of its nodes, more than \(plainNumber(Network.longestLength)) m",
        row, columns.length)
    }
    crosswalkOfLink[id] = crosswalks.count
    crosswalks.append(
      Crosswalk(
        id: id, name: table.text(row, columns.name) ?? id, junction: junction, length: length,
        walkingSpeed: table.number(row, columns.walkingSpeed, .crossingSpeed),
        middle: Point(x: (points[0].x + points[1].x) / 2, y: (points[0].y + points[1].y) / 2),
        leg: leg(row, columns.toLeg, table), groupName: table.text(row, columns.group),
        minimumGreen: table.number(row, columns.minimumGreen, .phaseTime),
        pedestriansPerHour: table.number(row, columns.pedestrians, .pedestrians), row: row))
  }

  /// The points of `LINESTRING (x y, x y)`.
  private func line(_ row: Int, _ column: Int?, _ table: GMNSTable) -> [Point] {
    guard let text = table.text(row, column), let open = text.firstIndex(of: "(") else { return [] }
    var points: [Point] = []
    for pair in text[open...].dropFirst().prefix(while: { $0 != ")" }).split(separator: ",") {
      let words = pair.split(separator: " ")
      guard words.count >= 2, let x = Double(words[0]), let y = Double(words[1]) else {
        continue
      }
      for (number, word) in [(x, words[0]), (y, words[1])] {
        let problem = NumberRule.mapCoordinate.problem(
          with: number, of: "a coordinate of 'geometry'", text: String(word))
        if let problem {
          table.error(problem, row, column)
          return []
        }
      }
      points.append(metres(Point(x: x, y: y)))
    }
    return points
  }
}
