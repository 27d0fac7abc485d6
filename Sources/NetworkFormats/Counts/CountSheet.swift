internal import NetworkBuilding
internal import TrafficModel

/// A counts file as it was understood, whatever network it is of.
public struct CountSheet: Sendable {
  /// How a row names a movement.
  enum Movement: Hashable, Sendable {
    case letters(Compass, Turn)
    case links(from: String, to: String)
    /// Whatever leaves a link at its stop line.
    case link(String)
  }
  /// What was counted of a movement in an interval.
  struct Count: Sendable {
    /// Nil where something is wrong with it, which has been told.
    var movement: Movement?
    /// By class of vehicles, added up; nil where something is wrong with it, which has been told.
    var vehicles: Double?
    /// Where approach and turn, or links, are named.
    var places: (TextPlace, TextPlace)
  }
  /// An interval of a junction.
  struct Row: Sendable {
    /// Names of the junction, the best first; none where the sheet has no column for it.
    var junctions: [Located<String>]
    /// s; nil where something is wrong with it, which has been told.
    var time: Range<Double>?
    /// Of a record of one class of vehicles.
    var kind: String?
    var counts: [Count]
    var place: TextPlace
  }

  /// What the layout is, in the words of a message: "one row for each interval".
  public internal(set) var layout: String
  /// What was read: the sheet of a workbook; empty where the file is one sheet.
  public internal(set) var part = ""
  /// Of all rows; empty where none is told.
  public internal(set) var date = ""
  /// The junction that lines above the table name.
  var title: Located<String>?
  var rows: [Row]
  /// What somebody should look at.
  public internal(set) var warnings: [Diagnostic] = []

  /// In how many intervals something was counted, and what the layout is, in one line for a person.
  public var words: String {
    let intervals = Set(rows.compactMap { $0.time?.lowerBound }).count
    return (part.isEmpty ? "" : "sheet '\(part)', ")
      + "read as \(layout): \(intervals) \(intervals == 1 ? "interval" : "intervals")"
  }
}

/// A layout of counts tables, by what is found in it.
struct CountLayout {
  /// What a table may have.
  enum Trait {
    /// Movements by links, by approach and turn, or in columns of their own.
    case links, letters, wide
    /// Approaches in a row above their turns, and those told by where traffic comes from.
    case grouped, byOrigin
    /// Columns for classes of vehicles, or a column that says the class.
    case classes, kind
  }
  var name: String
  var traits: Set<Trait>

  /// The first that has no trait that a table lacks is the table's.
  static let known = [
    CountLayout(name: "records of movements and classes (Miovision)", traits: [.letters, .kind]),
    CountLayout(name: "one row for each movement, by links", traits: [.links]),
    CountLayout(name: "one row for each movement", traits: [.letters]),
    CountLayout(
      name: "turns below the approaches they come from (Jamar, PetraPro)", traits: [.grouped, .byOrigin]),
    CountLayout(name: "turns below their approaches (Miovision)", traits: [.grouped]),
    CountLayout(name: "columns for movements and classes (Toronto's open data)", traits: [.wide, .classes]),
    CountLayout(name: "one row for each interval", traits: [.wide]),
  ]

  /// The name of the layout of a table with these columns.
  static func name(of columns: CountColumns) -> String {
    var traits: Set<Trait> = []
    switch columns.layout {
    case .links: traits = [.links]
    case .letters: traits = [.letters]
    case .wide: traits = [.wide]
    }
    if columns.isGrouped { traits.insert(.grouped) }
    if columns.isByOrigin { traits.insert(.byOrigin) }
    if columns.hasClasses { traits.insert(.classes) }
    if columns.index[.kind] != nil { traits.insert(.kind) }
    return known.first { $0.traits.isSubset(of: traits) }?.name ?? ""
  }
}
