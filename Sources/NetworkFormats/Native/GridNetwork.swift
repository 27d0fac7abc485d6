internal import NetworkBuilding

/// Writes grids of signalled junctions as native network files: for tests, benchmarks and demonstrations.
///
/// Every third street is a main street with one lane more. Counts come from vehicles on routes between the grid's
/// edges, so that what leaves one junction arrives at the next; the streets in the middle are busy.
public enum GridNetwork {
  /// The file's text: the same for the same arguments, everywhere.
  ///
  /// - Parameters:
  ///   - rows: junctions from north to south, at least 1.
  ///   - columns: junctions from west to east, at least 1.
  ///   - seed: another seed gives other lengths, flows and offsets.
  ///   - overload: how much more traffic than usual comes in by the streets that lead to the middle, as a share of the
  ///     usual; the streets towards the edges have less of it. With any, flows rise and fall over the hour.
  /// - Complexity: O(n^1.5) in the number of junctions of a square grid.
  public static func yaml(rows: Int, columns: Int, seed: UInt64, overload: Double = 0) -> String {
    precondition(rows >= 1 && columns >= 1, "a grid has at least one row and one column")
    var random = GridRandom(state: seed)
    var text = """
      greenwave: 1
      name: Grid \(rows) × \(columns), seed \(seed)

      defaults: {speed: 50, length: 300, walking-speed: 1.2}

      junctions:

      """
    let grid = Grid(rows: rows, columns: columns)
    for cell in grid.cells {
      let offset = random.below(cycle)
      text += "  \(grid.name(cell)):\n    approaches:\n"
      for leg in legs {
        text +=
          "      \(leg.name): {lanes: \(grid.isMain(leg, at: cell) ? mainLanes : sideLanes), crossing: 16}\n"
      }
      text += "    stages: [[EW.TR, NS.P], [EW.L], [NS.TR, EW.P], [NS.L]]\n"
      text += "    plan: {offset: \(offset), cycle: \(cycle), green: [22, 13, 22, 13]}\n"
    }
    text += roads(grid, &random)
    text += "\nperiods:\n  peak:\n    time: 07:30-08:30\n    counts:\n"
    let flows = flows(grid, overload: overload, &random)
    for (cell, flow) in zip(grid.cells, flows) {
      text += "      \(grid.name(cell)):\n"
      for (leg, turns) in zip(legs, flow) {
        let counts = turns.map { overload > 0 ? quarters($0) : "\($0)" }
        text += "        \(leg.name): {L: \(counts[0]), T: \(counts[1]), R: \(counts[2]), P: 100}\n"
      }
    }
    return text
  }

  /// s.
  private static let cycle = 90
  private static let mainLanes = "[L 80, T, TR]"
  private static let sideLanes = "[L 60, TR]"
  fileprivate static let legs: [Compass] = [.n, .e, .s, .w]

  private static func roads(_ grid: Grid, _ random: inout GridRandom) -> String {
    let widths = (1..<max(grid.columns, 2)).map { _ in 200 + 10 * random.below(21) }
    let heights = (1..<max(grid.rows, 2)).map { _ in 200 + 10 * random.below(21) }
    var text = ""
    for cell in grid.cells {
      let name = grid.name(cell)
      if let east = grid.neighbour(of: cell, .e) {
        text += "  - {between: [\(name).E, \(grid.name(east)).W], length: \(widths[cell.column])}\n"
      }
      if let south = grid.neighbour(of: cell, .s) {
        text += "  - {between: [\(name).S, \(grid.name(south)).N], length: \(heights[cell.row])}\n"
      }
    }
    return text.isEmpty ? "" : "\nroads:\n" + text
  }

  /// What is counted in each quarter of an hour of a peak, to a hundredth of a vehicle so that what leaves one junction
  /// still arrives at the next.
  private static func quarters(_ flow: Int) -> String {
    let counts = [22, 35, 29, 14].map { percent in
      let hundredths = flow * percent
      return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
    return "[\(counts.joined(separator: ", "))]"
  }

  /// Vehicles per hour by cell, approach and turn (left, straight on, right), summed over random routes.
  private static func flows(_ grid: Grid, overload: Double, _ random: inout GridRandom) -> [[[Int]]] {
    var flows = [[[Int]]](
      repeating: [[Int]](repeating: [0, 0, 0], count: legs.count), count: grid.rows * grid.columns)
    let gates = grid.gates
    for gate in gates {
      // veh/h; four gates' traffic passes an average junction, whatever the grid's size.
      let usual = grid.isMain(gate.leg, at: gate.cell) ? 300 + random.below(150) : 125 + random.below(100)
      let total = Int(Double(usual) * (1 + overload * grid.closeness(gate)))
      let streams = 10
      for stream in 0..<streams {
        let exit = gates[random.below(gates.count)]
        guard exit != gate else { continue }
        let flow = total * (stream + 1) / streams - total * stream / streams
        for step in grid.route(from: gate, to: exit, &random) {
          flows[step.cell.row * grid.columns + step.cell.column][step.approach][step.turn] += flow
        }
      }
    }
    return flows
  }
}

/// The cells and edges of a grid.
private struct Grid {
  struct Cell: Hashable {
    var row: Int
    var column: Int
  }
  /// A leg that leads to the outside.
  struct Gate: Hashable {
    var cell: Cell
    var leg: Compass
  }
  /// A vehicle's way through one junction.
  struct Step {
    var cell: Cell
    /// Position of the approach in the legs N, E, S, W.
    var approach: Int
    /// 0 left, 1 straight on, 2 right.
    var turn: Int
  }
  let rows: Int
  let columns: Int

  var cells: [Cell] {
    (0..<rows).flatMap { row in (0..<columns).map { Cell(row: row, column: $0) } }
  }

  var gates: [Gate] {
    cells.flatMap { cell in
      GridNetwork.legs.filter { neighbour(of: cell, $0) == nil }.map { Gate(cell: cell, leg: $0) }
    }
  }

  func name(_ cell: Cell) -> String { "R\(cell.row + 1)C\(cell.column + 1)" }

  func isMain(_ leg: Compass, at cell: Cell) -> Bool {
    (leg == .e || leg == .w ? cell.row : cell.column) % 3 == 1
  }

  /// 1 for a gate whose street leads through the grid's middle, 0 for one whose street is at an edge.
  func closeness(_ gate: Gate) -> Double {
    let (position, count) =
      gate.leg == .e || gate.leg == .w ? (gate.cell.row, rows) : (gate.cell.column, columns)
    guard count > 2 else { return 1 }
    let middle = Double(count - 1) / 2
    return 1 - abs(Double(position) - middle) / middle
  }

  func neighbour(of cell: Cell, _ leg: Compass) -> Cell? {
    let next =
      switch leg {
      case .n: Cell(row: cell.row - 1, column: cell.column)
      case .s: Cell(row: cell.row + 1, column: cell.column)
      case .e: Cell(row: cell.row, column: cell.column + 1)
      default: Cell(row: cell.row, column: cell.column - 1)
      }
    return (0..<rows).contains(next.row) && (0..<columns).contains(next.column) ? next : nil
  }

  /// A shortest way without turning round; where two legs are equally good, chance decides.
  func route(from gate: Gate, to exit: Gate, _ random: inout GridRandom) -> [Step] {
    var steps: [Step] = []
    var cell = gate.cell
    var approach = gate.leg
    while true {
      let leaves = cell == exit.cell
      let choices =
        leaves
        ? [exit.leg]
        : GridNetwork.legs.filter { leg in
          guard leg != approach, let next = neighbour(of: cell, leg) else { return false }
          return distance(next, exit.cell) < distance(cell, exit.cell)
        }
      let leg = choices[random.below(choices.count)]
      let eighths = approach.eighths(to: leg)
      steps.append(
        Step(
          cell: cell, approach: GridNetwork.legs.firstIndex(of: approach) ?? 0, turn: eighths / 2 - 1))
      guard !leaves, let next = neighbour(of: cell, leg) else { return steps }
      cell = next
      approach = leg.opposite
    }
  }

  private func distance(_ first: Cell, _ second: Cell) -> Int {
    abs(first.row - second.row) + abs(first.column - second.column)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014), so that a seed means the same grid on every platform and version.
private struct GridRandom {
  var state: UInt64

  /// A number in 0 ..< bound.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((word ^ (word >> 31)) % UInt64(bound))
  }
}
