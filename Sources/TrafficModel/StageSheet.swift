/// A programme as stages, one after the other: each lasts as long as the vehicles' greens stay the same, and ends with the
/// yellow and red that follow, so that the splits of all stages add up to the cycle. While people walk and no vehicle goes from
/// the begin of their green to its end, that is a stage, too.
public struct StageSheet: Hashable, Sendable {
  /// One stage.
  public struct Row: Hashable, Sendable {
    /// From 1, in order of the programme.
    public var number: Int
    /// Positions of the intervals in which the vehicles' greens stay the same.
    public var intervals: [Int]
    /// Positions of the intervals of the change to the next stage.
    public var change: [Int]
    /// s of the cycle at which it begins, from the programme's begin.
    public var begin: Double
    /// s until its greens end.
    public var green: Double
    /// s of the change in which some vehicles have yellow.
    public var yellow: Double
    /// s of the change in which none have.
    public var allRed: Double

    /// s of green, yellow and all-red together.
    public var split: Double { green + yellow + allRed }
  }
  /// In order of the programme.
  public let rows: [Row]

  /// The stages of a programme.
  ///
  /// - Parameter controller: the one that runs it.
  public init(_ program: SignalProgram, _ controller: SignalController) {
    let intervals = program.intervals
    let vehicles = controller.groups.indices.filter { controller.groups[$0].kind == .vehicle }
    func greens(_ row: Int) -> [SignalState] {
      vehicles.map { intervals[row].states[$0].isGreen ? intervals[row].states[$0] : .red }
    }
    let walked = Self.walked(program, controller, vehicles)
    func length(_ members: [Int]) -> Double { members.reduce(0) { $0 + intervals[$1].duration } }
    var parts: [(rows: [Int], change: [Int])] = []
    for row in intervals.indices {
      // In a change some may stay green, as long as nobody's green begins.
      let goesOn = parts.last.map { last in
        !last.change.isEmpty
          && zip(greens(row), greens(last.rows[0])).allSatisfy { !$0.isGreen || $1.isGreen }
      }
      let isSame = parts.last.map { last in
        last.change.isEmpty && greens(last.rows[0]) == greens(row)
          && walked.contains(last.rows[0]) == walked.contains(row)
      }
      if !parts.isEmpty, !walked.contains(row), intervals[row].isTransition || goesOn == true {
        parts[parts.count - 1].change.append(row)
      } else if isSame == true {
        parts[parts.count - 1].rows.append(row)
      } else {
        parts.append(([row], []))
      }
    }
    var time = 0.0
    rows = parts.enumerated().map { index, part in
      let (green, change) = (length(part.rows), length(part.change))
      let yellow = length(
        part.change.filter { row in vehicles.contains { intervals[row].states[$0] == .yellow } })
      defer { time += green + change }
      return Row(
        number: index + 1, intervals: part.rows, change: part.change, begin: time, green: green,
        yellow: yellow, allRed: change - yellow)
    }
  }

  /// The intervals of greens of people on foot during which no vehicle has a green.
  private static func walked(
    _ program: SignalProgram, _ controller: SignalController, _ vehicles: [Int]
  ) -> Set<Int> {
    let count = program.intervals.count
    return controller.groups.indices.filter { controller.groups[$0].kind == .pedestrian }
      .reduce(into: []) { walked, group in
        for run in program.runs(ofGroup: group, where: \.isGreen) where run.count < count {
          let rows = (0..<run.count).map { (run.first + $0) % count }
          if rows.allSatisfy({ row in !vehicles.contains { program.intervals[row].states[$0].isGreen } }) {
            walked.formUnion(rows)
          }
        }
      }
  }
}
