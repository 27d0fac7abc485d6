internal import NetworkBuilding
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
    func note(_ lanes: ClosedRange<Int>?, of road: Int) {
      guard let lanes else { return }
      if lanes.lowerBound != 0 { used[road].append(lanes.lowerBound) }
      if lanes.upperBound != 0 { used[road].append(lanes.upperBound) }
    }
    for movement in all {
      note(movement.fromLanes, of: movement.from)
      note(movement.toLanes, of: movement.to)
    }
    return used
  }

  /// Rows that a task reads.
  private static let chunk = 256

  private mutating func read(_ table: GMNSTable, _ roads: GMNSRoads) {
    guard let rows = GMNSMovementRows(table, roads) else { return }
    hasVolumes = rows.hasVolumes
    var named: [(row: Int, id: String)] = []
    positions.reserveCapacity(table.count)
    for row in table.rows {
      guard let id = rows.id(row) else { continue }
      guard positions[id] == nil else {
        rows.noteSecond(id, row)
        continue
      }
      positions[id] = .some(nil)
      named.append((row, id))
    }
    let chunks = stride(from: 0, to: named.count, by: Self.chunk).map {
      Array(named[$0..<min($0 + Self.chunk, named.count)])
    }
    let found = concurrentMap(chunks.count, inChunksOf: 1) { chunk in
      let part = rows.part
      return (movements: chunks[chunk].map { part.movement($0.id, $0.row) }, table: part.table)
    }
    for part in found { table.take(part.table) }
    all.reserveCapacity(named.count)
    for ((row, id), movement) in zip(named, found.flatMap(\.movements)) {
      guard let movement else {
        rows.noteUnknownEnds(row)
        continue
      }
      positions[id] = all.count
      all.append(movement)
    }
  }

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
