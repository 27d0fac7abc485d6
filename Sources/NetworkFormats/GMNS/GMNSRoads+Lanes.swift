internal import TrafficModel

/// Lanes of links, and turn pockets from segments.
extension GMNSRoads {
  mutating func readLanes(_ table: GMNSTable?) {
    guard let table, let id = table.required("link_id"), let number = table.required("lane_num") else {
      return
    }
    let uses = table.column("allowed_uses")
    for row in table.rows {
      guard let roads = road(row, id, table), let lane = laneNumber(row, number, table) else { continue }
      let isOpen = table.text(row, uses).map(Self.isOpen) ?? true
      for road in roads {
        if self.roads[road].lanes.contains(where: { $0.number == lane }) {
          table.error(
            "link '\(self.roads[road].link.name)' has two lanes with number \(lane)", row, number)
        }
        self.roads[road].lanes.append(FileLane(number: lane, isOpen: isOpen))
        self.roads[road].isExplicit = true
      }
    }
  }

  /// What a lane may be called.
  static let laneNumbers = -20...20

  private func laneNumber(_ row: Int, _ column: Int, _ table: GMNSTable) -> Int? {
    guard let number = table.integer(row, column, Self.laneNumbers) else { return nil }
    guard number != 0 else {
      table.error("lanes are numbered 1, 2 … and, left of them, −1, −2 …, not \(number)", row, column)
      return nil
    }
    return number
  }

  /// The directions of a row's link that motor vehicles may use: none for other links, nil for an unknown one.
  private func road(_ row: Int, _ column: Int, _ table: GMNSTable) -> [Int]? {
    guard let name = table.text(row, column) else {
      table.error("the row has no link", row, column)
      return nil
    }
    if let found = roadsOfLink[name] { return found }
    if !linkNames.contains(name) { table.unknown("link", row, column, known: linkNames.sorted()) }
    return nil
  }

  /// A segment's far end may lie so far before the stop line, as a share of the link.
  private static let stopLineShare = 0.2

  mutating func readSegments(_ table: GMNSTable?, lanes laneTable: GMNSTable?) {
    guard let table, let id = table.required("segment_id"), let link = table.required("link_id"),
      let start = table.required("start_lr"), let end = table.required("end_lr")
    else { return }
    let (reference, left, right) = (
      table.column("ref_node_id"), table.column("l_lanes_added"), table.column("r_lanes_added")
    )
    var pockets: [String: (road: Int, length: Double, left: Int, right: Int)?] = [:]
    var order: [String] = []
    for row in table.rows {
      guard let name = table.text(row, id), let road = road(row, link, table)?.first else { continue }
      guard let first = table.number(row, start, units.places),
        let last = table.number(row, end, units.places)
      else {
        // Its lanes may name it all the same.
        pockets[name] = .some(nil)
        continue
      }
      let whole = roads[road].link.length
      let isFromEnd = table.text(row, reference) == junctions[roads[road].link.to.index].name
      let gap =
        isFromEnd ? min(first, last) * units.shortLength : whole - max(first, last) * units.shortLength
      order.append(name)
      guard abs(gap) <= Self.stopLineShare * whole + 10 else {
        table.warning("segment '\(name)' does not reach the stop line, its lanes are left out", row, start)
        pockets[name] = .some(nil)
        continue
      }
      let length = min(whole, abs(last - first) * units.shortLength)
      guard length >= Self.shortestLength else {
        table.warning("segment '\(name)' has no length, its lanes are left out", row, end)
        pockets[name] = .some(nil)
        continue
      }
      // Lanes that end there are less than none.
      pockets[name] = (
        road, length, table.integer(row, left, Self.laneNumbers) ?? 0,
        table.integer(row, right, Self.laneNumbers) ?? 0
      )
    }
    let told = readSegmentLanes(laneTable, pockets)
    for name in order where !told.contains(name) {
      guard case .some(.some(let pocket)) = pockets[name] else { continue }
      fillPermanentLanes(pocket.road)
      let highest = roads[pocket.road].lanes.map(\.number).max() ?? 1
      for lane in 0..<max(0, pocket.left) {
        setLane(FileLane(number: -1 - lane, pocket: pocket.length, isOpen: true), on: pocket.road)
      }
      for lane in 0..<max(0, pocket.right) {
        setLane(FileLane(number: highest + 1 + lane, pocket: pocket.length, isOpen: true), on: pocket.road)
      }
    }
  }

  /// - Returns: the segments whose lanes are told one by one.
  private mutating func readSegmentLanes(
    _ table: GMNSTable?, _ pockets: [String: (road: Int, length: Double, left: Int, right: Int)?]
  ) -> Set<String> {
    guard let table, let id = table.required("segment_id"), let number = table.required("lane_num") else {
      return []
    }
    let uses = table.column("allowed_uses")
    var told: Set<String> = []
    for row in table.rows {
      guard let name = table.text(row, id), let lane = laneNumber(row, number, table) else { continue }
      guard let entry = pockets[name] else {
        table.unknown("segment", row, id, known: pockets.keys.sorted())
        continue
      }
      told.insert(name)
      guard let pocket = entry else { continue }
      fillPermanentLanes(pocket.road)
      // What stands here takes the place of the lane that has the number further back.
      setLane(
        FileLane(
          number: lane, pocket: pocket.length, isOpen: table.text(row, uses).map(Self.isOpen) ?? true),
        on: pocket.road)
    }
    return told
  }

  private mutating func fillPermanentLanes(_ road: Int) {
    guard roads[road].lanes.isEmpty, let count = roads[road].laneCount, count > 0 else { return }
    roads[road].lanes = (1...count).map { FileLane(number: $0, isOpen: true) }
    roads[road].isExplicit = true
  }

  private mutating func setLane(_ lane: FileLane, on road: Int) {
    roads[road].lanes.removeAll { $0.number == lane.number }
    roads[road].lanes.append(lane)
    roads[road].isExplicit = true
  }

  /// Fixes the lanes of all links, each at least one.
  ///
  /// - Parameter used: by road, numbers of lanes that movements use.
  mutating func finishLanes(used: [[Int]]) {
    for index in roads.indices {
      if !roads[index].isExplicit {
        let highest = max(roads[index].laneCount ?? 0, used[index].max() ?? 0, 1)
        roads[index].lanes = (1...highest).map { FileLane(number: $0, isOpen: true) }
        for number in Set(used[index]).sorted() where number < 0 {
          roads[index].lanes.append(FileLane(number: number, isOpen: true))
        }
      }
      roads[index].lanes.removeAll { !$0.isOpen }
      roads[index].lanes.sort { $0.number < $1.number }
      if roads[index].lanes.isEmpty { roads[index].lanes = [FileLane(number: 1, isOpen: true)] }
    }
  }
}
