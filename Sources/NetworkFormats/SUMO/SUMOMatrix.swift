internal import NetworkBuilding

/// Reads matrices of traffic between zones as VISUM writes them and `od2trips` reads them: `$O` with a line for each pair of
/// zones, `$V` with all of them in rows.
///
/// The letter `M` of the first line says that the type of vehicles follows. Then come begin and end as hours and minutes,
/// `7.00 8.30`, and a factor. Lines that begin with `*` are comments.
struct SUMOMatrix {
  private var lines: [(words: [String], place: TextPlace)]
  private var next = 0
  private var log: DiagnosticLog
  private let file: Int

  /// Whether a file begins like a matrix.
  static func isMatrix(_ text: String) -> Bool { ["$O", "$V"].contains { text.hasPrefix($0) } }

  /// Reads the cells of a matrix into zones.
  static func read(_ text: String, file: Int, into zones: inout SUMOZones, _ log: inout DiagnosticLog) {
    var reader = SUMOMatrix(text, file: file, log)
    reader.read(into: &zones)
    log = reader.log
  }

  private init(_ text: String, file: Int, _ log: DiagnosticLog) {
    (self.file, self.log) = (file, log)
    lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().compactMap {
      index, line in
      let words = String(line).words
      return words.isEmpty || words[0].hasPrefix("*") ? nil : (words, TextPlace(line: index + 1, column: 1))
    }
  }

  private mutating func read(into zones: inout SUMOZones) {
    let kind = lines[0].words[0].split(separator: ";")[0]
    next = 1
    var type: String?
    if kind.contains("M") {
      guard let line = line("the type of vehicles") else { return }
      type = line.words[0]
    }
    guard let times = line("begin and end, as 7.00 8.30"), let factorLine = line("the factor") else { return }
    let ends = times.words.prefix(2).compactMap { time($0, times.place) }
    let factor = number(factorLine.words[0], "the factor", factorLine.place)
    guard ends.count == 2, let factor else {
      if times.words.count < 2 { log.error("a matrix has begin and end, as 7.00 8.30", at: times.place) }
      return
    }
    guard ends[0] < ends[1] else {
      log.error("the matrix ends before it begins", at: times.place, quote: times.words[1])
      return
    }
    let cell = SUMOZones.Cell(
      from: "", to: "", time: ends[0]..<ends[1], vehicles: factor, type: type,
      place: RouteElements.Place(file: file, at: .code))
    if kind.hasPrefix("$V") { readRows(cell, &zones) } else { readPairs(cell, &zones) }
  }

  /// The next line; nil, and noted, at the end.
  private mutating func line(_ what: String) -> (words: [String], place: TextPlace)? {
    guard next < lines.count else {
      log.error("the matrix ends before \(what)", at: lines.last?.place ?? TextPlace(line: 1, column: 1))
      return nil
    }
    next += 1
    return lines[next - 1]
  }

  private mutating func number(_ text: String, _ what: String, _ place: TextPlace) -> Double? {
    if let number = Double(plain: text), number >= 0 { return number }
    log.error("\(what) must be a number from 0, not '\(text)'", at: place, quote: text)
    return nil
  }

  /// Hours and minutes: 7.30 is half past seven.
  private mutating func time(_ text: String, _ place: TextPlace) -> Double? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0, radix: 10) }
    if parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...240).contains(hours),
      (0..<60).contains(minutes)
    {
      return Double(hours) * 3600 + Double(minutes) * 60
    }
    log.error("a time of a matrix is hours and minutes, as 7.30, not '\(text)'", at: place, quote: text)
    return nil
  }

  /// Lines of origin, destination and vehicles.
  private mutating func readPairs(_ cell: SUMOZones.Cell, _ zones: inout SUMOZones) {
    for (words, place) in lines[next...] {
      guard words.count == 3 else {
        log.error(
          "a line has origin, destination and vehicles, not \(counted(words.count, "word"))", at: place)
        continue
      }
      add(words[0], words[1], words[2], place, cell, &zones)
    }
  }

  /// The number of zones, their names, and a row for each, over any number of lines.
  private mutating func readRows(_ cell: SUMOZones.Cell, _ zones: inout SUMOZones) {
    guard let first = line("the number of zones") else { return }
    guard let count = Int(first.words[0], radix: 10), (1...10_000).contains(count) else {
      log.error(
        "the number of zones must be in 1 … 10000, not '\(first.words[0])'", at: first.place,
        quote: first.words[0])
      return
    }
    var fields = lines[next...].lazy.flatMap { line in line.words.map { (text: $0, place: line.place) } }
      .makeIterator()
    var names: [String] = []
    while names.count < count, let field = fields.next() { names.append(field.text) }
    var read = 0
    while let field = fields.next() {
      guard read < count * count else {
        log.error(
          "'\(field.text)' stands behind the last of \(count) × \(count) numbers", at: field.place,
          quote: field.text)
        return
      }
      add(names[read / count], names[read % count], field.text, field.place, cell, &zones)
      read += 1
    }
    guard names.count == count, read == count * count else {
      log.error(
        "the matrix of \(count) zones has \(names.count) names and \(read) numbers, not \(count * count)",
        at: lines.last?.place ?? TextPlace(line: 1, column: 1))
      return
    }
  }

  /// Takes on a cell of a number times the factor, which `cell` has as its vehicles.
  private mutating func add(
    _ from: String, _ to: String, _ text: String, _ place: TextPlace, _ cell: SUMOZones.Cell,
    _ zones: inout SUMOZones
  ) {
    guard let vehicles = number(text, "the number of vehicles", place), vehicles > 0 else { return }
    var own = cell
    (own.from, own.to, own.vehicles, own.place.at) = (from, to, vehicles * cell.vehicles, place)
    zones.add(own, quote: text, &log)
  }
}
