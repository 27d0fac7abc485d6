internal import NetworkBuilding
internal import TrafficModel

/// The columns of a counts table.
struct CountColumns {
  /// A column that says when or where.
  enum Name: String, CaseIterable {
    case junction, date, begin, end, from, to, approach, turn, vehicles

    /// What survey sheets call it, too.
    var others: [String] {
      switch self {
      case .junction: ["intersection", "intid"]
      case .begin: ["time", "start"]
      case .vehicles: ["count", "volume"]
      case .date, .end, .from, .to, .approach, .turn: []
      }
    }
  }
  /// A column of the wide layout: the direction that traffic drives in and its turn, `NBL`.
  struct MovementColumn {
    var index: Int
    var name: String
    /// Where its traffic comes from.
    var leg: Compass
    var turn: Turn
  }
  private(set) var index: [Name: Int] = [:]
  private(set) var movements: [MovementColumn] = []

  /// How a row names its movement.
  enum Layout {
    case links, letters, wide
  }
  var layout: Layout {
    if !movements.isEmpty { return .wide }
    return index[.from] != nil || index[.to] != nil ? .links : .letters
  }

  /// Finds the columns; nil, and noted, when the rows cannot be understood.
  init?(_ header: CSVText.Row, _ log: inout DiagnosticLog) {
    var isSound = true
    var unknown: [Located<String>] = []
    for (position, field) in header.fields.enumerated() {
      let word = field.value.trimmed
      guard !word.isEmpty else { continue }
      if let name = Self.name(word) {
        if index[name] != nil {
          log.error("the column '\(name.rawValue)' is there twice", at: field.place)
          isSound = false
        }
        index[name] = position
      } else if let (leg, turn) = Self.movement(word) {
        if movements.contains(where: { $0.leg == leg && $0.turn == turn }) {
          log.error("the column '\(word)' is there twice", at: field.place)
          isSound = false
        }
        movements.append(MovementColumn(index: position, name: word.uppercased(), leg: leg, turn: turn))
      } else {
        unknown.append(field)
      }
    }
    let missing = missing
    for field in unknown { Self.tell(of: field, missing: missing, &log) }
    for name in missing {
      log.error(
        "the column '\(name.rawValue)' is missing", at: header.place,
        notes: ["a counts table has the columns " + Self.layouts])
      isSound = false
    }
    if layout == .wide,
      let field = [Name.from, .to, .approach, .turn, .vehicles].first(where: { index[$0] != nil })
    {
      log.error(
        "the table has columns of movements, such as '\(movements[0].name)', and a column '\(field.rawValue)'",
        at: header.fields[index[field] ?? 0].place, notes: ["a counts table has the columns " + Self.layouts])
      isSound = false
    }
    guard isSound else { return nil }
  }

  private static let layouts =
    "junction,from,to,begin,end,vehicles or junction,approach,turn,begin,end,vehicles or junction,begin,end,NBL,NBT,NBR,…"

  private var missing: [Name] {
    let needed: [Name] =
      switch layout {
      case .links: [.junction, .from, .to, .begin, .end, .vehicles]
      case .letters: [.junction, .approach, .turn, .begin, .end, .vehicles]
      case .wide: [.junction, .begin]
      }
    // The begins of one row and the next tell how long an interval is.
    return needed.filter { index[$0] == nil && $0 != .end }
  }

  /// A column that nobody knows is passed over, with a warning: survey sheets have weather, observers and totals.
  private static func tell(of field: Located<String>, missing: [Name], _ log: inout DiagnosticLog) {
    let words =
      Name.allCases.map(\.rawValue) + directions.flatMap { name in turns.map { name.code + $0.letter } }
    let nearest = nearestName(to: field.value.trimmed, among: missing.map(\.rawValue) + words)
    log.warning(
      "the column '\(field.value)' is not known and not read", at: field.place,
      notes: nearest.map { ["did you mean '\($0)'?"] } ?? [])
  }

  private static func name(_ word: String) -> Name? {
    let word = word.lowercased()
    return Name.allCases.first { $0.rawValue == word || $0.others.contains(word) }
  }

  /// Directions that traffic drives in, with the leg that it comes from.
  private static let directions: [(code: String, leg: Compass)] = [
    ("NB", .s), ("SB", .n), ("EB", .w), ("WB", .e), ("NE", .sw), ("NW", .se), ("SE", .nw), ("SW", .ne),
  ]
  private static let turns: [(letter: String, turn: Turn)] = Turn.fromLeft.map { (String($0.letter), $0) }

  private static func movement(_ word: String) -> (leg: Compass, turn: Turn)? {
    let code = word.uppercased()
    for direction in directions where code.hasPrefix(direction.code) {
      let rest = code.dropFirst(direction.code.count).drop { $0 == " " || $0 == "_" || $0 == "-" }
      if let turn = turns.first(where: { $0.letter == rest }) { return (direction.leg, turn.turn) }
    }
    return nil
  }
}
