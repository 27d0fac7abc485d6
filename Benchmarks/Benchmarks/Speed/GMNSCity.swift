import Foundation

/// A square grid of signalled junctions as a folder of GMNS tables, for reading.
struct GMNSCity {
  /// Of the tables.
  let folder: URL
  let junctions: Int
  private let size: Int

  /// Writes the tables of `size` × `size` junctions into a new folder.
  init(size: Int) throws {
    self.size = size
    junctions = size * size
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "gmns-\(size)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("config", "dataset_name,short_length,long_length,speed,crs", "Grid,meter,meter,kph,local\n")
    try writeRoads()
    try writeMovementsAndSignals()
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private func write(_ table: String, _ header: String, _ rows: String) throws {
    try (header + "\n" + rows).write(
      to: folder.appendingPathComponent("\(table).csv"), atomically: false, encoding: .utf8)
  }

  /// North, east, south and west.
  private static let sides = [(0, -1), (1, 0), (0, 1), (-1, 0)]
  private static let letters = ["SB", "WB", "NB", "EB"]

  private func isInside(_ column: Int, _ row: Int) -> Bool {
    (0..<size).contains(column) && (0..<size).contains(row)
  }

  private func node(_ column: Int, _ row: Int) -> String { "n\(column)_\(row)" }

  private func link(_ column: Int, _ row: Int, to other: (Int, Int)) -> String {
    "\(node(column, row))-\(node(other.0, other.1))"
  }

  private func writeRoads() throws {
    var (nodes, links, lanes) = ("", "", "")
    func addLink(_ from: (Int, Int), _ to: (Int, Int)) {
      let name = link(from.0, from.1, to: to)
      links += "\(name),,\(node(from.0, from.1)),\(node(to.0, to.1)),1,250,50,2\n"
      lanes += "\(name).1,\(name),1\n\(name).2,\(name),2\n"
    }
    for row in 0..<size {
      for column in 0..<size {
        nodes += "\(node(column, row)),\(column * 250),\(-row * 250),signal\n"
        for side in Self.sides {
          let other = (column + side.0, row + side.1)
          addLink((column, row), other)
          guard !isInside(other.0, other.1) else { continue }
          nodes += "\(node(other.0, other.1)),\(other.0 * 250),\(-other.1 * 250),\n"
          addLink(other, (column, row))
        }
      }
    }
    try write("node", "node_id,x_coord,y_coord,ctrl_type", nodes)
    try write("link", "link_id,name,from_node_id,to_node_id,directed,length,free_speed,lanes", links)
    try write("lane", "lane_id,link_id,lane_num", lanes)
  }

  private func writeMovementsAndSignals() throws {
    var (movements, controllers, plans, phases, services, offsets) = ("", "", "", "", "", "")
    for row in 0..<size {
      for column in 0..<size {
        let here = node(column, row)
        controllers += "\(here)\n"
        plans += "\(here),\(here),90\n"
        offsets += "\(here),\(here),\(here),\(here),2,begin_of_green,\((column * 18 + row * 7) % 90)\n"
        for (number, green) in [(2, 40), (4, 40), (6, 40), (8, 40)] {
          phases +=
            "\(here).\(number),\(here),\(number),\(green),\(green),5,\(number < 5 ? 1 : 2),\(number % 4 == 2 ? 1 : 2),1\n"
        }
        for side in 0..<4 {
          let from = (column + Self.sides[side].0, row + Self.sides[side].1)
          let phase = [4, 2, 8, 6][side]
          for (turn, name) in [(1, "left"), (2, "thru"), (3, "right")] {
            // Traffic from the north drives south: its left is the east.
            let exit = Self.sides[(side + turn) % 4]
            let id = "\(here).\(side)\(turn)"
            let lane = turn == 1 ? "1,1" : turn == 2 ? "1,2" : "2,2"
            movements +=
              "\(id),\(here),\(link(from.0, from.1, to: (column, row))),\(lane),\(link(column, row, to: (column + exit.0, row + exit.1))),\(lane),\(name),\(Self.letters[side])\(name.uppercased().prefix(1)),\(turn == 2 ? 400 : 80)\n"
            services += "\(id),\(here).\(phase),\(id),\(turn == 1 ? "permitted" : "protected")\n"
          }
        }
      }
    }
    try write(
      "movement",
      "mvmt_id,node_id,ib_link_id,start_ib_lane,end_ib_lane,ob_link_id,start_ob_lane,end_ob_lane,type,mvmt_code,volume",
      movements)
    try write("signal_controller", "controller_id", controllers)
    try write("signal_timing_plan", "timing_plan_id,controller_id,cycle_length", plans)
    try write(
      "signal_timing_phase",
      "timing_phase_id,timing_plan_id,signal_phase_num,min_green,max_green,clearance,ring,barrier,position",
      phases)
    try write("signal_phase_mvmt", "signal_phase_mvmt_id,timing_phase_id,mvmt_id,protection", services)
    try write(
      "signal_coordination",
      "coordination_id,timing_plan_id,controller_id,coord_contr_id,coord_phase,coord_ref_to,offset", offsets)
  }
}
