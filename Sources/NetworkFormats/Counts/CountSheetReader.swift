internal import NetworkBuilding
internal import TrafficModel

/// Reads the rows of one counts table.
struct CountSheetReader {
  private let table: [CSVText.Row]
  private let heading: CountHeading
  private let columns: CountColumns
  private let numbers: SurveyText
  private let clock: SurveyTime
  private(set) var log: DiagnosticLog
  private var dates: [String: Located<String>] = [:]
  private var zone: TextPlace?

  /// Reads a table.
  ///
  /// - Parameter separator: what parts the fields; nil where the text tells.
  /// - Throws: `InputFailure` with what is wrong, where the columns are not understood.
  static func read(
    _ text: String, file: String, separator: UInt8? = nil
  ) throws(InputFailure) -> (sheet: CountSheet, log: DiagnosticLog) {
    var log = DiagnosticLog(file: file, text: text)
    let known = CSVFields.separators.filter(text.utf8.contains)
    let first = separator ?? CSVFields.separator(of: text)
    // Titles may have commas where the table below has semicolons.
    let tried = [first] + (separator == nil ? known.filter { $0 != first } : [])
    var found: (rows: [CSVText.Row], heading: CountHeading, separator: UInt8, log: DiagnosticLog)?
    for separator in tried {
      var log = log.emptied
      let rows = CSVText.rows(of: text, separator: separator, log: &log)
      guard let heading = CountHeading.find(in: rows) else { continue }
      if found == nil || heading.isRecognized { found = (rows, heading, separator, log) }
      if heading.isRecognized { break }
    }
    guard let found else {
      log.error("the file is empty", notes: ["a counts table begins with its column names"])
      throw InputFailure(log.diagnostics)
    }
    var reader = try CountSheetReader(found.rows, found.heading, separator: found.separator, found.log)
    return (reader.sheet(), reader.log)
  }

  private init(
    _ rows: [CSVText.Row], _ heading: CountHeading, separator: UInt8, _ log: DiagnosticLog
  ) throws(InputFailure) {
    var (log, isSound) = (log, true)
    let columns = CountColumns(heading, isSound: &isSound, &log)
    guard isSound else { throw InputFailure(log.diagnostics.inOrderOfPlace) }
    let table = Self.counted(rows, heading, columns, &log)
    if table.isEmpty { log.error("there is no count below the column names", at: heading.place) }
    for row in table {
      guard row.fields.count > heading.columns.count else { continue }
      if let extra = row.fields[heading.columns.count...].first(where: { !$0.value.isEmpty }) {
        log.error("'\(extra.value)' stands beyond the last column", at: extra.place)
      }
    }
    let counts =
      columns.movements.flatMap { $0.indices.map(\.index) } + [columns.index[.vehicles]].compactMap { $0 }
    numbers = SurveyText(
      separator: separator,
      numbers: table.lazy.flatMap { row in
        counts.lazy.filter { $0 < row.fields.count }.map { row.fields[$0].value }
      })
    clock = Self.clock(of: table, heading, columns, rows)
    titles = rows[..<heading.firstRow].map { $0 }
    (self.table, self.heading, self.columns, self.log) = (table, heading, columns, log)
  }

  private let titles: [CSVText.Row]

  private static func times(of rows: [CSVText.Row], _ columns: CountColumns) -> [String] {
    let places = [CountColumns.Name.begin, .end].compactMap { columns.index[$0] }
    return rows.flatMap { row in places.filter { $0 < row.fields.count }.map { row.fields[$0].value } }
  }

  /// Beside INTID, as in Synchro's volumes, TIME has four digits.
  private static func clock(
    of data: [CSVText.Row], _ heading: CountHeading, _ columns: CountColumns, _ rows: [CSVText.Row]
  ) -> SurveyTime {
    let names = rows[heading.row].fields.map { $0.value.trimmed.uppercased() }
    return SurveyTime(times(of: data, columns), areClocks: names.contains("INTID"))
  }

  // MARK: Rows that count

  /// The rows below a heading without those that sum others up, repeat the heading or analyse what stands above them.
  private static func counted(
    _ rows: [CSVText.Row], _ heading: CountHeading, _ columns: CountColumns, _ log: inout DiagnosticLog
  ) -> [CSVText.Row] {
    var data = Array(rows[(heading.row + 1)...])
    if let end = data.firstIndex(where: { $0.fields.contains { CountWords.beginsAnalysis($0.value) } }) {
      log.warning(
        "what stands from here on analyses the counts above and is not read", at: data[end].place)
      data.removeSubrange(end...)
    }
    let headings = rows[heading.firstRow...heading.row].map { $0.fields.map(\.value) }
    let clock = clock(of: data, heading, columns, rows)
    var sums: [CSVText.Row] = []
    let kept = data.filter { row in
      if headings.contains(row.fields.map(\.value)) { return false }
      let begin = columns.index[.begin].flatMap { $0 < row.fields.count ? row.fields[$0].value : nil } ?? ""
      guard clock.reading(begin) == nil else { return true }
      let first = row.fields.first { !$0.value.trimmed.isEmpty }?.value ?? ""
      let isSummary = CountWords.isSummary(begin) || begin.trimmed.isEmpty && CountWords.isSummary(first)
      if isSummary { sums.append(row) }
      return !isSummary
    }
    if let first = sums.first {
      let what =
        sums.count == 1 ? "a row that sums others up is" : "\(sums.count) rows that sum others up are"
      let name = first.fields.first { !$0.value.trimmed.isEmpty }?.value.trimmed ?? ""
      log.warning("\(what) not read: '\(name)'\(sums.count == 1 ? "" : ", …")", at: first.place)
    }
    return kept
  }

  // MARK: Fields

  /// The field of a column; nil when the table has no such column, empty at the row's begin when the row is short.
  private func field(_ name: CountColumns.Name, _ row: CSVText.Row) -> Located<String>? {
    columns.index[name].map { field($0, row) }
  }

  private func field(_ index: Int, _ row: CSVText.Row) -> Located<String> {
    index < row.fields.count ? row.fields[index] : Located(value: "", place: row.place)
  }

  private mutating func sheet() -> CountSheet {
    let readings = table.map { beginAndEnd(of: $0) }
    for (row, reading) in zip(table, readings) { checkDate(of: row, reading) }
    checkHalves(readings)
    let times = times(readings)
    var left: [Located<String>] = []
    var rows: [CountSheet.Row] = []
    for (row, time) in zip(table, times) {
      let kind = field(.kind, row)
      if let kind, !CountWords.isVehicles(kind.value) {
        left.append(kind)
        continue
      }
      rows.append(
        CountSheet.Row(
          junctions: [field(.junction, row), field(.number, row)].compactMap { $0 }, time: time,
          kind: kind?.value,
          counts: counts(of: row), place: row.place))
    }
    if let first = left.first {
      log.warning(
        "\(left.count) records of people on foot and bicycles are not read: '\(first.value)'", at: first.place
      )
    }
    if let zone {
      log.warning("times that say their zone are read as they stand, as if they were local", at: zone)
    }
    var sheet = CountSheet(layout: CountLayout.name(of: columns), rows: rows)
    sheet.title = title(["intersection", "location", "study name", "junction", "site", "intersection name"])
    let date = title(["date", "start date", "study date", "count date"])
    sheet.date = dates.values.min { $0.place < $1.place }?.value ?? date.map { Self.day($0.value) } ?? ""
    return sheet
  }

  /// The date of a text that may have a time behind it: midnight, in workbooks.
  private static func day(_ text: String) -> String {
    guard text.utf8.count > 10 else { return text.trimmed }
    return String(
      text.trimmed.prefixMatch(of: /(\d{1,4}[-\/.]\d{1,2}[-\/.]\d{1,4})[T\s].*/)?.1 ?? text.trimmed[...])
  }

  /// What a line above the table says of something: `Location: Hill`, or `Location` and `Hill` in two fields.
  private func title(_ keys: [String]) -> Located<String>? {
    for row in titles {
      for (index, field) in row.fields.enumerated() {
        let parts = field.value.split(separator: ":", maxSplits: 1).map { String($0).trimmed }
        guard let key = parts.first, keys.contains(CountWords.tokens(key).joined(separator: " ")) else {
          continue
        }
        if parts.count == 2, !parts[1].isEmpty { return Located(value: parts[1], place: field.place) }
        if let next = row.fields[(index + 1)...].first(where: { !$0.value.trimmed.isEmpty }) {
          return Located(value: next.value.trimmed, place: next.place)
        }
      }
    }
    return nil
  }

  /// One file is one day: days are told apart by their files.
  private mutating func checkDate(of row: CSVText.Row, _ reading: SurveyTime.Reading?) {
    let column = field(.date, row)
    guard let date = column.map({ Self.day($0.value) }) ?? reading?.date else { return }
    let place = column?.place ?? field(.begin, row)?.place ?? row.place
    let junction = field(.junction, row)?.value ?? ""
    guard let first = dates[junction] else {
      dates[junction] = Located(value: date, place: place)
      if let other = dates.values.filter({ $0.value != date }).min(by: { $0.place < $1.place }), !toldOfDates
      {
        toldOfDates = true
        log.warning(
          "the date is '\(date)' here and '\(other.value)' in line \(other.place.line), at another junction: they are taken for one day",
          at: place)
      }
      return
    }
    guard first.value != date, !toldOfDay else { return }
    toldOfDay = true
    log.error(
      "the date is '\(date)' here and '\(first.value)' in line \(first.place.line)", at: place,
      notes: ["each day has a file of its own"])
  }

  private var (toldOfDates, toldOfDay) = (false, false)

  // MARK: Times

  private mutating func beginAndEnd(of row: CSVText.Row) -> SurveyTime.Reading? {
    guard let begin = field(.begin, row), var first = clock.reading(begin, &log) else { return nil }
    if first.hasZone { zone = zone ?? begin.place }
    guard let end = field(.end, row), first.end == nil || !end.value.trimmed.isEmpty else { return first }
    guard let last = clock.reading(end, &log) else { return nil }
    first.end = last.begin
    return first
  }

  /// A clock of twelve hours that does not say which half of the day it means would put the afternoon into the night.
  private mutating func checkHalves(_ readings: [SurveyTime.Reading?]) {
    var last: [String: Double] = [:]
    for (row, reading) in zip(table, readings) {
      guard let reading, let field = field(.begin, row) else { continue }
      let junction = self.field(.junction, row)?.value ?? ""
      if let before = last[junction], (43_200..<46_800).contains(before),
        (3600..<7200).contains(reading.begin)
      {
        log.error(
          "the time is '\(field.value)' after 12 o'clock: which half of the day is meant is not told",
          at: field.place,
          notes: ["write 13:00, or 1:00 PM"])
        return
      }
      last[junction] = reading.begin
    }
  }

  /// By row: when it was counted; nil, and noted, where that cannot be told.
  private mutating func times(_ readings: [SurveyTime.Reading?]) -> [Range<Double>?] {
    var intervals = CountIntervals()
    for (row, reading) in zip(table, readings) {
      if let reading { intervals.add(reading.begin, at: field(.junction, row)?.value ?? "") }
    }
    intervals.sort()
    return table.indices.map { index in
      guard let time = readings[index] else { return nil }
      let place = field(.begin, table[index])?.place ?? table[index].place
      let junction = field(.junction, table[index])?.value ?? ""
      guard let end = time.end ?? intervals.end(of: time.begin, at: junction) else {
        log.error(
          "when the interval ends cannot be told", at: place,
          notes: ["add a column 'end', or write begin and end as 7:30-7:45"])
        return nil
      }
      // Past midnight the clock begins anew.
      let last = end <= time.begin ? end + CountIntervals.day : end
      guard last - time.begin <= CountIntervals.day / 2 else {
        log.error("the interval would last more than half a day", at: place)
        return nil
      }
      return time.begin..<last
    }
  }

  // MARK: Counts

  private mutating func counts(of row: CSVText.Row) -> [CountSheet.Count] {
    guard columns.layout == .wide else {
      let vehicles = field(.vehicles, row).flatMap { numbers.vehicles($0, &log) }
      let places = (
        field(.from, row)?.place ?? field(.approach, row)?.place ?? row.place,
        field(.to, row)?.place ?? field(.turn, row)?.place ?? row.place
      )
      return [CountSheet.Count(movement: movement(of: row), vehicles: vehicles, places: places)]
    }
    return columns.movements.compactMap { column in
      let fields = column.indices.map { field($0.index, row) }.filter { !$0.value.trimmed.isEmpty }
      // Empty where nobody counted.
      guard let place = fields.first?.place else { return nil }
      let found = fields.compactMap { numbers.vehicles($0, &log) }
      let vehicles = found.count == fields.count ? found.reduce(0, +) : nil
      return CountSheet.Count(
        movement: .letters(column.leg, column.turn), vehicles: vehicles, places: (place, place))
    }
  }

  private mutating func movement(of row: CSVText.Row) -> CountSheet.Movement? {
    if let from = field(.from, row), let to = field(.to, row) {
      return .links(from: from.value.trimmed, to: to.value.trimmed)
    }
    guard let approach = field(.approach, row), let letter = field(.turn, row) else { return nil }
    let (leg, turn) = (CountWords.approach(approach.value.trimmed), CountWords.turn(letter.value))
    if leg == nil { log.unknown("approach", approach, known: Compass.names) }
    if leg != nil, turn == nil { log.unknown("turn", letter, known: Turn.fromLeft.map { String($0.letter) }) }
    guard let leg, let turn else { return nil }
    return .letters(leg, turn)
  }
}
