internal import NetworkBuilding
internal import TrafficModel

/// The columns of a counts table.
struct CountColumns {
  /// A column that says when or where.
  enum Name: String, CaseIterable {
    case junction, date, begin, end, from, to, approach, turn, vehicles
    /// Another name of the junction: the number of its signals.
    case number
    /// What kind of vehicles a record is of.
    case kind

    /// What survey sheets call it, too.
    var others: [String] {
      switch self {
      case .junction:
        [
          "intersection", "intid", "intersection name", "location", "location name", "study name", "site",
          "site name",
        ]
      case .number: ["px", "intersection id", "signal id"]
      case .date: ["count date", "study date", "start date"]
      case .begin:
        [
          "time", "start", "start time", "time start", "begin time", "time begin", "interval",
          "interval start", "time period",
          "time interval", "datetime", "date time", "datetime bin", "timestamp",
        ]
      case .end: ["end time", "time end", "interval end"]
      case .from, .to: []
      case .approach: ["entry dir name", "entry leg"]
      case .turn: ["movement"]
      case .vehicles: ["count", "volume"]
      case .kind: ["classification", "class", "vehicle class", "vehicle type"]
      }
    }
  }
  /// Columns of a movement in the wide layout, one for each class of vehicles.
  struct MovementColumn {
    /// By class; nil where the column is of all vehicles.
    var indices: [(index: Int, kind: String?)]
    var name: String
    /// Where its traffic comes from.
    var leg: Compass
    var turn: Turn
  }
  /// How a row names its movement.
  enum Layout {
    case links, letters, wide
  }

  private(set) var index: [Name: Int] = [:]
  private(set) var movements: [MovementColumn] = []
  /// Whether approaches stand in a row above their turns, and whether they are told by where traffic comes from.
  private(set) var (isGrouped, isByOrigin) = (false, false)
  var hasClasses: Bool { movements.contains { $0.indices.contains { $0.kind != nil } } }

  var layout: Layout {
    if !movements.isEmpty { return .wide }
    return index[.from] != nil || index[.to] != nil ? .links : .letters
  }

  /// Whether rows can be understood.
  var isComplete: Bool { missing.isEmpty }

  /// Finds the columns.
  ///
  /// - Parameter isSound: false, and noted why, where a column contradicts another.
  init(_ heading: CountHeading, isSound: inout Bool, _ log: inout DiagnosticLog) {
    (isGrouped, isByOrigin) = (heading.isGrouped, heading.isByOrigin)
    var left: [String: [Located<String>]] = [:]
    var unknown: [Located<String>] = []
    for (position, column) in heading.columns.enumerated() {
      let (field, meaning) = column
      switch meaning {
      case .name(let name):
        if index[name] != nil {
          log.error("the column '\(name.rawValue)' is there twice", at: field.place)
          isSound = false
        }
        index[name] = position
      case .movement(let leg, let turn, let kind):
        isSound = add(position, field, leg, turn, kind, &log) && isSound
      case .total: left["sums of others", default: []].append(field)
      case .notVehicles: left["people on foot and bicycles", default: []].append(field)
      case .unread: left["numbers and coordinates of places", default: []].append(field)
      case .turn, .approach, .unknown: unknown.append(field)
      case nil: break
      }
    }
    for field in unknown { tell(of: field, &log) }
    for (what, fields) in left.sorted(by: { $0.value[0].place < $1.value[0].place }) {
      let names = fields.prefix(4).map { "'\($0.value.trimmed)'" }.joined(separator: ", ")
      let rest = fields.count > 4 ? " and \(fields.count - 4) more" : ""
      log.warning("columns of \(what) are not read: \(names)\(rest)", at: fields[0].place)
    }
    for name in missing {
      log.error(
        "the column '\(name.rawValue)' is missing", at: heading.place,
        notes: ["a counts table has the columns " + Self.layouts])
      isSound = false
    }
    if layout == .wide,
      let name = [Name.from, .to, .approach, .turn, .vehicles].first(where: { index[$0] != nil })
    {
      log.error(
        "the table has columns of movements, such as '\(movements[0].name)', and a column '\(name.rawValue)'",
        at: heading.columns[index[name] ?? 0].field.place,
        notes: ["a counts table has the columns " + Self.layouts])
      isSound = false
    }
  }

  /// Takes on a column of a movement; false, and noted, where it is there already.
  private mutating func add(
    _ position: Int, _ field: Located<String>, _ leg: Compass, _ turn: Turn, _ kind: String?,
    _ log: inout DiagnosticLog
  ) -> Bool {
    let column = (position, kind)
    guard let known = movements.firstIndex(where: { $0.leg == leg && $0.turn == turn }) else {
      movements.append(
        MovementColumn(indices: [column], name: field.value.trimmed.uppercased(), leg: leg, turn: turn))
      return true
    }
    let others = movements[known].indices.map(\.kind)
    movements[known].indices.append(column)
    guard others.contains(kind) || kind == nil || others.contains(nil) else { return true }
    // All vehicles and some of them, added up, would be too many.
    let what =
      others.contains(kind)
      ? "is there twice" : "counts vehicles that another column of the movement counts, too"
    log.error("the column '\(field.value.trimmed)' \(what)", at: field.place)
    return false
  }

  static let layouts =
    "junction,from,to,begin,end,vehicles or junction,approach,turn,begin,end,vehicles or junction,begin,end,NBL,NBT,NBR,…"

  /// Columns that rows cannot be understood without. The junction may be told elsewhere, and the begins of one row and the
  /// next tell how long an interval is.
  private var missing: [Name] {
    let needed: [Name] =
      switch layout {
      case .links: [.from, .to, .begin, .vehicles]
      case .letters: [.approach, .turn, .begin, .vehicles]
      case .wide: [.begin]
      }
    return needed.filter { index[$0] == nil }
  }

  /// A column that nobody knows is passed over, with a warning: survey sheets have weather and observers.
  private func tell(of field: Located<String>, _ log: inout DiagnosticLog) {
    let codes = CountWords.directions.flatMap { direction in
      Turn.fromLeft.map { direction.code.uppercased() + String($0.letter) }
    }
    let words = missing.map(\.rawValue) + Name.allCases.map(\.rawValue) + codes
    let nearest = nearestName(to: field.value.trimmed, among: words)
    log.warning(
      "the column '\(field.value)' is not known and not read", at: field.place,
      notes: nearest.map { ["did you mean '\($0)'?"] } ?? [])
  }
}
