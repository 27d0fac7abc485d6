internal import NetworkBuilding
internal import TrafficModel

/// Reads one plan table.
struct PlanCSVReader {
  private typealias Column = PlanCSV.Column

  private let text: String
  private let network: Network
  private var log: DiagnosticLog
  private var columns: [Column: Int] = [:]
  private var builder: PlanBuilder

  init(text: String, file: String, network: Network) {
    self.text = text
    self.network = network
    log = DiagnosticLog(file: file, text: text)
    builder = PlanBuilder(network: network)
  }

  mutating func read() throws(InputFailure) -> TimingPlan {
    let rows = CSVText.rows(of: text, log: &log)
    guard let header = rows.first else {
      log.error("the file is empty", notes: ["a plan table begins with its column names"])
      throw failure
    }
    guard readHeader(header) else { throw failure }
    let data = rows.dropFirst()
    guard let first = data.first else {
      log.error("the plan has no interval", at: header.place)
      throw failure
    }
    for row in data {
      if row.fields.count > header.fields.count,
        let extra = row.fields[header.fields.count...].first(where: { !$0.value.isEmpty })
      {
        log.error("'\(extra.value)' stands beyond the last column", at: extra.place)
      }
      checkSame([.plan], in: row, as: first)
    }
    let name = field(.plan, first)?.value ?? InputFile.baseName(log.file)
    for block in blocks(data) { readBlock(block, planName: name) }
    if log.hasErrors { throw failure }
    return builder.plan(name: name)
  }

  private var failure: InputFailure { InputFailure(log.diagnostics.inOrderOfPlace) }

  /// Finds the columns.
  ///
  /// - Returns: whether the rows can be understood.
  private mutating func readHeader(_ header: CSVText.Row) -> Bool {
    var isUnderstood = true
    for (index, field) in header.fields.enumerated() where !field.value.isEmpty {
      let name = field.value.trimmed.lowercased()
      guard let column = Column(rawValue: name) else {
        log.unknown("column", field, known: Column.allCases.map(\.rawValue))
        isUnderstood = false
        continue
      }
      if columns[column] == nil {
        columns[column] = index
      } else {
        log.error("the column '\(name)' is there twice", at: field.place)
        isUnderstood = false
      }
    }
    for column in Column.allCases where column.isRequired && columns[column] == nil {
      log.error(
        "the column '\(column.rawValue)' is missing", at: header.place,
        notes: ["a plan table has the columns \(Column.allCases.map(\.rawValue).joined(separator: ","))"])
      isUnderstood = false
    }
    return isUnderstood
  }

  /// The field of a column; nil when the table has no such column, empty at the row's begin when the row is short.
  private func field(_ column: Column, _ row: CSVText.Row) -> Located<String>? {
    guard let index = columns[column] else { return nil }
    return index < row.fields.count ? row.fields[index] : Located(value: "", place: row.place)
  }

  /// Rows that follow each other with the same controller.
  private func blocks(_ rows: ArraySlice<CSVText.Row>) -> [[CSVText.Row]] {
    var blocks: [[CSVText.Row]] = []
    for row in rows {
      let name = field(.controller, row)?.value
      if let last = blocks.last, field(.controller, last[0])?.value == name {
        blocks[blocks.count - 1].append(row)
      } else {
        blocks.append([row])
      }
    }
    return blocks
  }

  private mutating func checkSame(_ columns: [Column], in row: CSVText.Row, as first: CSVText.Row) {
    for column in columns {
      guard let here = field(column, row), let there = field(column, first), here.value != there.value else {
        continue
      }
      log.error(
        "'\(column.rawValue)' is '\(here.value)' here and '\(there.value)' in line \(there.place.line)",
        at: here.place)
    }
  }

  private mutating func readBlock(_ block: [CSVText.Row], planName: String) {
    let first = block[0]
    for row in block.dropFirst() { checkSame([.program, .cycle, .offset], in: row, as: first) }
    guard let controller = field(.controller, first), let offset = field(.offset, first) else { return }
    var draft = ProgramDraft(
      controller: controller, name: field(.program, first)?.value ?? planName, offset: offset,
      cycle: field(.cycle, first))
    for row in block {
      guard let duration = field(.duration, row), let states = field(.states, row) else { return }
      draft.intervals.append(ProgramDraft.Interval(duration: duration, states: states))
    }
    guard let program = builder.add(draft, &log) else { return }
    let stages = PlanText.stageNumbers(program)
    for (index, row) in block.enumerated() {
      let interval = program.intervals[index]
      checkDerived(.interval, String(index + 1), in: row)
      checkDerived(.stage, stages[index].map(String.init) ?? "", in: row)
      checkDerived(
        .greenGroups, PlanText.greenGroups(interval, of: network[program.controller]), in: row)
    }
  }

  /// A column that says again what others say must agree with them: whoever edits one of two would otherwise
  /// believe in a plan that is not the one that runs.
  private mutating func checkDerived(_ column: Column, _ expected: String, in row: CSVText.Row) {
    guard let found = field(column, row), found.value.trimmed != expected.trimmed else { return }
    log.error(
      "'\(column.rawValue)' is '\(found.value)', but the rows and their states make it '\(expected)'",
      at: found.place, notes: ["the column may be left out"])
  }
}
