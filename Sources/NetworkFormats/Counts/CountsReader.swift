internal import NetworkBuilding
internal import TrafficModel

/// Reads one counts table.
struct CountsReader {
  private let text: String
  private let names: MovementNames
  private var log: DiagnosticLog
  private var columns: CountColumns?
  private var found: [LocatedEntry] = []

  private struct LocatedEntry {
    var entry: TurningCounts.Entry
    var place: TextPlace
  }

  init(text: String, file: String, network: Network) {
    self.text = text
    names = MovementNames(network)
    log = DiagnosticLog(file: file, text: text)
  }

  mutating func read() throws(InputFailure) -> ReadCounts {
    let rows = CSVText.rows(of: text, log: &log)
    guard let header = rows.first else {
      log.error("the file is empty", notes: ["a counts table begins with its column names"])
      throw failure
    }
    guard let columns = CountColumns(header, &log) else { throw failure }
    self.columns = columns
    let data = Array(rows.dropFirst())
    if data.isEmpty { log.error("there is no count below the column names", at: header.place) }
    for row in data {
      if row.fields.count > header.fields.count,
        let extra = row.fields[header.fields.count...].first(where: { !$0.value.isEmpty })
      {
        log.error("'\(extra.value)' stands beyond the last column", at: extra.place)
      }
    }
    checkDates(data)
    let times = times(of: data)
    for (row, time) in zip(data, times) { read(row, time: time) }
    checkOverlaps()
    if log.hasErrors { throw failure }
    let name = InputFile.baseName(log.file)
    return ReadCounts(
      counts: TurningCounts(name: name, entries: found.map(\.entry)), warnings: log.diagnostics.inOrderOfPlace
    )
  }

  private var failure: InputFailure { InputFailure(log.diagnostics.inOrderOfPlace) }

  /// The field of a column; nil when the table has no such column, empty at the row's begin when the row is short.
  private func field(_ name: CountColumns.Name, _ row: CSVText.Row) -> Located<String>? {
    guard let index = columns?.index[name] else { return nil }
    return field(index, row)
  }

  private func field(_ index: Int, _ row: CSVText.Row) -> Located<String> {
    index < row.fields.count ? row.fields[index] : Located(value: "", place: row.place)
  }

  /// One file is one day: days are told apart by their files.
  private mutating func checkDates(_ rows: [CSVText.Row]) {
    guard let first = rows.first.flatMap({ field(.date, $0) }) else { return }
    for row in rows {
      guard let date = field(.date, row), date.value != first.value else { continue }
      log.error(
        "the date is '\(date.value)' here and '\(first.value)' in line \(first.place.line)", at: date.place,
        notes: ["each day has a file of its own"])
      return
    }
  }

  // MARK: Times

  /// By row: when it was counted; nil, and noted, where that cannot be told.
  private mutating func times(of rows: [CSVText.Row]) -> [Range<Double>?] {
    let begins = rows.map { beginAndEnd(of: $0) }
    let ofJunction = beginsByJunction(rows, begins)
    return rows.indices.map { index in
      guard let time = begins[index] else { return nil }
      let place = field(.begin, rows[index])?.place ?? rows[index].place
      let others = field(.junction, rows[index]).flatMap { ofJunction[$0.value] } ?? []
      guard let end = time.end ?? Self.nextBegin(after: time.begin, in: others) else {
        log.error(
          "when the interval ends cannot be told", at: place,
          notes: ["add a column 'end', or write begin and end as 7:30-7:45"])
        return nil
      }
      // Past midnight the clock begins anew.
      let last = end <= time.begin ? end + Self.day : end
      guard last - time.begin <= Self.day / 2 else {
        log.error("the interval would last more than half a day", at: place)
        return nil
      }
      return time.begin..<last
    }
  }

  private static let day = 86_400.0

  private mutating func beginAndEnd(of row: CSVText.Row) -> (begin: Double, end: Double?)? {
    guard let begin = field(.begin, row) else { return nil }
    let end = field(.end, row)
    if end == nil || end?.value.trimmed == "", let range = SurveyText.range(begin.value) { return range }
    guard let first = SurveyText.time(begin, &log) else { return nil }
    guard let end else { return (first, nil) }
    return SurveyText.time(end, &log).map { (first, $0) }
  }

  /// By junction: the begins of its rows, each once, ascending.
  private func beginsByJunction(
    _ rows: [CSVText.Row], _ begins: [(begin: Double, end: Double?)?]
  ) -> [String: [Double]] {
    var found: [String: Set<Double>] = [:]
    for (row, time) in zip(rows, begins) {
      if let time, let name = field(.junction, row)?.value { found[name, default: []].insert(time.begin) }
    }
    return found.mapValues { $0.sorted() }
  }

  /// Where a table has no ends, an interval lasts until the next one of its junction begins, and the last as long as
  /// the one before.
  private static func nextBegin(after begin: Double, in begins: [Double]) -> Double? {
    guard let index = begins.firstIndex(of: begin) else { return nil }
    if index + 1 < begins.count { return begins[index + 1] }
    return index > 0 ? 2 * begin - begins[index - 1] : nil
  }

  // MARK: Rows

  private mutating func read(_ row: CSVText.Row, time: Range<Double>?) {
    guard let columns, let name = field(.junction, row) else { return }
    let junction = names.junction(name, &log)
    if columns.layout == .wide {
      for column in columns.movements { read(column, of: row, at: junction, named: name.value, time: time) }
      return
    }
    let vehicles = field(.vehicles, row).flatMap { SurveyText.vehicles($0, &log) }
    guard let junction, let movement = movement(of: row, at: junction), let time, let vehicles else { return }
    add(movement, time, vehicles, at: row.place)
  }

  private mutating func movement(of row: CSVText.Row, at junction: Int) -> MovementID? {
    if let from = field(.from, row), let to = field(.to, row) {
      return names.movement(at: junction, from: from, to: to, &log)
    }
    guard let approach = field(.approach, row), let letter = field(.turn, row) else { return nil }
    guard let leg = Compass(name: approach.value.trimmed.uppercased()) else {
      log.unknown("approach", approach, known: Compass.names)
      return nil
    }
    let code = letter.value.trimmed.uppercased()
    guard let first = code.first, code.count == 1, let turn = Turn(letter: first) else {
      log.unknown("turn", letter, known: Turn.fromLeft.map { String($0.letter) })
      return nil
    }
    return movement(at: junction, leg: leg, turn: turn, places: (approach.place, letter.place))
  }

  private mutating func movement(
    at junction: Int, leg: Compass, turn: Turn, places: (leg: TextPlace, turn: TextPlace)
  ) -> MovementID? {
    let legs = names.legs(at: junction)
    guard legs.contains(leg) else {
      log.error(
        "the junction has no approach \(leg.name)", at: places.leg,
        notes: legs.isEmpty ? [] : ["it has " + legs.map(\.name).joined(separator: ", ")])
      return nil
    }
    guard legs.count(where: { $0 == leg }) == 1 else {
      log.error(
        "the junction has several approaches that lie in \(leg.name)", at: places.leg,
        notes: ["name the links instead, in columns 'from' and 'to'"])
      return nil
    }
    if let found = names.movement(at: junction, from: leg, turn: turn) { return found }
    let turns = names.turns(at: junction, from: leg).map { String($0.letter) }.joined(separator: ", ")
    log.error(
      "nobody can \(turn.words) from approach \(leg.name)", at: places.turn, notes: ["it has \(turns)"])
    return nil
  }

  /// Reads one movement of a row of the wide layout: empty where nobody counted, zero also where nobody can drive.
  private mutating func read(
    _ column: CountColumns.MovementColumn, of row: CSVText.Row, at junction: Int?, named name: String,
    time: Range<Double>?
  ) {
    let field = field(column.index, row)
    guard !field.value.trimmed.isEmpty, let vehicles = SurveyText.vehicles(field, &log), let junction else {
      return
    }
    if vehicles == 0, names.movement(at: junction, from: column.leg, turn: column.turn) == nil { return }
    guard
      let movement = movement(
        at: junction, leg: column.leg, turn: column.turn, places: (field.place, field.place)),
      let time
    else { return }
    add(movement, time, vehicles, at: field.place)
  }

  private mutating func add(
    _ movement: MovementID, _ time: Range<Double>, _ vehicles: Double, at place: TextPlace
  ) {
    let entry = TurningCounts.Entry(
      movement: movement, begin: time.lowerBound, end: time.upperBound, vehicles: vehicles)
    found.append(LocatedEntry(entry: entry, place: place))
  }

  /// Counting the same vehicles twice would double them.
  private mutating func checkOverlaps() {
    let order = found.indices.sorted {
      (found[$0].entry.movement, found[$0].entry.begin, $0) < (
        found[$1].entry.movement, found[$1].entry.begin, $1
      )
    }
    for (first, second) in zip(order, order.dropFirst()) {
      let (a, b) = (found[first], found[second])
      guard a.entry.movement == b.entry.movement, b.entry.begin < a.entry.end else { continue }
      let earlier = min(a.place, b.place)
      log.error(
        "the movement is counted twice at this time, first in line \(earlier.line)", at: max(a.place, b.place)
      )
    }
  }
}
