internal import NetworkBuilding
internal import TrafficModel

/// The rows that head a counts table: one, or the approaches of a junction over their turns; titles may stand above.
struct CountHeading {
  /// By column: what stands there, and what it says; nil where nothing does.
  private(set) var columns: [(field: Located<String>, meaning: CountWords.Meaning?)] = []
  /// Where the table begins.
  private(set) var place: TextPlace
  /// The last of its rows.
  private(set) var row: Int
  /// Its first.
  private(set) var firstRow: Int
  /// Whether approaches stand above their turns.
  private(set) var isGrouped = false
  /// Whether approaches are told by where traffic comes from: "From North".
  private(set) var isByOrigin = false

  /// Titles are not longer, rows.
  private static let mostTitles = 60
  /// Rows from approaches down to their turns: names of streets may stand between.
  private static let mostBetween = 3

  /// The first rows that say enough for a table; else the one that says most, for messages. Nil without rows.
  static func find(in rows: [CSVText.Row]) -> CountHeading? {
    let candidates = rows.indices.prefix(mostTitles).compactMap {
      grouped(rows, $0) ?? CountHeading(rows, $0)
    }
    if let found = candidates.first(where: \.isRecognized) { return found }
    return candidates.max {
      $0.knownColumns < $1.knownColumns || $0.knownColumns == $1.knownColumns && $0.row > $1.row
    }
  }

  /// Whether the columns make a table of counts.
  var isRecognized: Bool {
    var (log, isSound) = (DiagnosticLog(file: "", text: ""), true)
    return CountColumns(self, isSound: &isSound, &log).isComplete
  }

  private var knownColumns: Int {
    columns.count { column in
      switch column.meaning {
      case .name, .movement: true
      default: false
      }
    }
  }

  private init(_ rows: [CSVText.Row], _ row: Int) {
    (self.row, firstRow, place) = (row, row, rows[row].place)
    columns = rows[row].fields.map { field in
      (field, field.value.trimmed.isEmpty ? nil : CountWords.meaning(field.value))
    }
  }

  /// The heading whose last row has turns, which approaches in a row above go with; nil where it is none.
  private static func grouped(_ rows: [CSVText.Row], _ row: Int) -> CountHeading? {
    var heading = CountHeading(rows, row)
    let turns = heading.columns.count { column in
      if case .turn = column.meaning { true } else { false }
    }
    guard turns > 1 else { return nil }
    for above in stride(from: row - 1, through: max(0, row - mostBetween), by: -1) {
      let legs = rows[above].fields.map { CountWords.leg(of: CountWords.tokens($0.value)) }
      guard legs.contains(where: { $0 != nil }) else { continue }
      heading.take(legs, of: rows[above], between: rows[above..<row])
      return heading
    }
    return nil
  }

  /// Has each approach hold for the columns from its own to the next text in its row.
  private mutating func take(_ legs: [Compass?], of row: CSVText.Row, between: ArraySlice<CSVText.Row>) {
    isGrouped = true
    isByOrigin = row.fields.contains { CountWords.tokens($0.value).contains("from") }
    firstRow = between.startIndex
    place = row.place
    var leg: Compass?
    for column in columns.indices {
      if column < legs.count, !row.fields[column].value.trimmed.isEmpty { leg = legs[column] }
      if case .turn(let turn, let kind) = columns[column].meaning, let leg {
        columns[column].meaning = .movement(leg: leg, turn: turn, kind: kind)
      } else if columns[column].meaning == nil {
        // "Start Time" may stand above an empty field.
        for other in between.reversed() where column < other.fields.count {
          if case .name(let name) = CountWords.meaning(other.fields[column].value) {
            columns[column] = (other.fields[column], .name(name))
          }
        }
      }
    }
  }
}
