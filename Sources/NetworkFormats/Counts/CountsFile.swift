internal import NetworkBuilding
public import TrafficModel

/// What a reader made of a counts file.
public struct ReadCounts: Sendable {
  /// The counts.
  public var counts: TurningCounts
  /// What the file's layout is, and how many intervals it has: one line for a person.
  public var layout = ""
  /// What somebody should look at.
  public var warnings: [Diagnostic]
}

/// Reads turning counts from tables, workbooks and SUMO's files: Documentation/Counts.md.
public enum CountsFile {
  /// The counts of the file at `path`, named after it.
  ///
  /// - Parameters:
  ///   - network: what was counted.
  ///   - shares: by movement, how the vehicles of a link part, in any unit; for files that count links. Empty where nobody
  ///     knows.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(
    _ path: String, network: Network, shares: [Double] = []
  ) throws(InputFailure) -> ReadCounts {
    try CountInput(path).counts(network: network, shares: shares)
  }

  /// The counts that `text` holds.
  ///
  /// - Parameter file: the file's name, for diagnostics.
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(text: String, file: String, network: Network) throws(InputFailure) -> ReadCounts {
    try CountInput(text: text, file: file).counts(network: network, shares: [])
  }

  /// What the file at `path` counts, whatever network it is of.
  ///
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func sheet(_ path: String) throws(InputFailure) -> CountSheet {
    try CountInput(path).finishedSheet()
  }

  /// Whether a file is a workbook, or has the columns of a counts table.
  public static func isCounts(_ path: String) -> Bool {
    let file = InputFile(path)
    guard let start = try? file.piece(from: 0) else { return false }
    if ZipFile.isArchive(start) || CountInput.isOldWorkbook(start) { return true }
    if start.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") || Gunzip.isCompressed(start) {
      let root = (try? file.xmlRoot()) ?? nil
      return root.map { SUMOCounts.roots.contains($0) && $0 != "additional" } ?? false
    }
    guard let text = try? file.tableText().text else { return false }
    return CSVFields.separators.contains { separator in
      var log = DiagnosticLog(file: path, text: text)
      let rows = CSVText.rows(of: text, separator: separator, log: &log)
      return CountHeading.find(in: rows)?.isRecognized ?? false
    }
  }
}

/// A counts file, opened: a table, the sheet of a workbook that has one, or an XML file.
private struct CountInput {
  private let sheet: CountSheet
  private let log: DiagnosticLog
  private let path: String
  /// The lines of a sheet of a workbook, for telling cells by their names.
  private var lines: [Substring]?

  init(text: String, file: String) throws(InputFailure) {
    path = file
    (sheet, log) = try CountSheetReader.read(text, file: file)
  }

  init(_ path: String) throws(InputFailure) {
    self.path = path
    let file = InputFile(path)
    let start = try file.piece(from: 0)
    if Self.isOldWorkbook(start) {
      throw InputFailure(
        "this is a workbook of an old kind (.xls), or an encrypted one", at: SourceLocation(file: path),
        notes: ["save it as .xlsx or CSV, without a password"])
    }
    if ZipFile.isArchive(start) {
      (sheet, log, lines) = try Self.workbook(try file.bytes(), path)
      return
    }
    if try file.firstMarks().first == "<" {
      (sheet, log) = try SUMOCounts.read(file)
      return
    }
    let (text, warnings) = try file.tableText()
    do {
      var read = try CountSheetReader.read(text, file: path)
      read.sheet.warnings = warnings
      (sheet, log) = read
    } catch { throw InputFailure(warnings + error.diagnostics) }
  }

  /// Whether a file begins like a compound file: .xls, or a workbook with a password.
  static func isOldWorkbook(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) }

  /// The first sheet that has the columns of a counts table.
  private static func workbook(
    _ bytes: [UInt8], _ path: String
  ) throws(InputFailure) -> (CountSheet, DiagnosticLog, [Substring]) {
    let sheets = try Workbook(bytes, path: path).sheets
    for found in sheets {
      var log = DiagnosticLog(file: path, text: found.text)
      let rows = CSVText.rows(of: found.text, separator: UInt8(ascii: "\t"), log: &log)
      guard let heading = CountHeading.find(in: rows), heading.isRecognized else { continue }
      let lines = found.text.split(separator: "\n", omittingEmptySubsequences: false)
      do {
        var read = try CountSheetReader.read(found.text, file: path, separator: UInt8(ascii: "\t"))
        read.sheet.part = found.name
        let others = sheets.map(\.name).filter { $0 != found.name }
        if !others.isEmpty {
          let names = others.map { "'\($0)'" }.joined(separator: ", ")
          read.sheet.warnings.append(
            Diagnostic(
              .warning, at: SourceLocation(file: path),
              "of the workbook's sheets only '\(found.name)' is read, not \(names)"))
        }
        return (read.sheet, read.log, lines)
      } catch { throw InputFailure(inCells(error.diagnostics, sheet: found.name, lines)) }
    }
    throw InputFailure(
      "no sheet of the workbook has the columns of a counts table: "
        + sheets.map { "'\($0.name)'" }.joined(separator: ", "), at: SourceLocation(file: path),
      notes: ["a counts table has the columns " + CountColumns.layouts])
  }

  func counts(network: Network, shares: [Double]) throws(InputFailure) -> ReadCounts {
    var reader = CountsReader(sheet, log, file: path, network: network, shares: shares)
    do {
      var read = try reader.read()
      read.layout = sheet.words
      read.warnings = sheet.warnings + placed(read.warnings)
      return read
    } catch { throw InputFailure(sheet.warnings + placed(error.diagnostics)) }
  }

  func finishedSheet() throws(InputFailure) -> CountSheet {
    var sheet = sheet
    sheet.warnings += placed(log.diagnostics.inOrderOfPlace)
    guard !log.hasErrors else { throw InputFailure(sheet.warnings) }
    if sheet.title == nil, let first = sheet.rows.first, first.junctions.isEmpty {
      sheet.title = Located(value: InputFile.baseName(path), place: .code)
    }
    return sheet
  }

  private func placed(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    lines.map { Self.inCells(diagnostics, sheet: sheet.part, $0) } ?? diagnostics
  }

  /// Diagnostics that tell the cell, too: fields of a line are parted by tabs.
  private static func inCells(_ diagnostics: [Diagnostic], sheet: String, _ lines: [Substring])
    -> [Diagnostic]
  {
    diagnostics.map { found in
      var diagnostic = found
      if let line = found.location.line, let column = found.location.column, lines.indices.contains(line - 1)
      {
        let cell = lines[line - 1].unicodeScalars.prefix(column - 1).count { $0 == "\t" }
        diagnostic.notes.insert("cell \(CellName.name(column: cell, row: line)) of sheet '\(sheet)'", at: 0)
      }
      return diagnostic
    }
  }
}
