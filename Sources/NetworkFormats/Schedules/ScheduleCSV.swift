internal import NetworkBuilding
public import TrafficModel

/// Schedules as tables: when which plan begins, and which file holds it. Documentation/Schedules.md has the columns.
public enum ScheduleCSV {
  /// The schedules of a set as text.
  ///
  /// - Parameter files: for each plan of the set, the path of its file, relative to the table's folder.
  public static func text(of set: PlanSet, files: [String]) -> String {
    var text = CSVText.line(Column.allCases.map(\.rawValue))
    for schedule in set.schedules {
      for entry in schedule.entries {
        text += CSVText.line([
          schedule.day, ClockText.text(entry.begin), set.plans[entry.plan].name, files[entry.plan],
        ])
      }
    }
    return (text.utf8.allSatisfy { $0 < 0x80 } ? "" : "\u{FEFF}") + text
  }

  /// The columns, in the order in which they are written; all of them are needed.
  enum Column: String, CaseIterable {
    case day, begin, plan, file
  }
}

/// Reads one schedule table, and the plans that it names.
struct ScheduleCSVReader {
  private typealias Column = ScheduleCSV.Column
  private let text: String
  private let file: String
  private let network: Network
  /// Absolute begin of the simulation, s.
  private let begin: Double
  private let formats: FormatRegistry
  private var log: DiagnosticLog
  /// Of the plan files.
  private(set) var warnings: [Diagnostic] = []

  init(text: String, file: String, network: Network, begin: Double, formats: FormatRegistry) {
    self.formats = formats
    self.text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    (self.file, self.network, self.begin) = (file, network, begin)
    log = DiagnosticLog(file: file, text: text)
  }

  mutating func read() throws(InputFailure) -> PlanSet {
    let rows = CSVText.rows(of: text, log: &log)
    guard let header = rows.first else {
      log.error("the file is empty", notes: ["a schedule begins with its column names: day,begin,plan,file"])
      throw InputFailure(log.diagnostics)
    }
    guard let columns = columns(header) else { throw InputFailure(log.diagnostics.inOrderOfPlace) }
    if rows.count == 1 { log.error("the schedule has no row", at: header.place) }
    func field(_ column: Column, _ row: CSVText.Row) -> Located<String> {
      let index = columns[column] ?? 0
      return index < row.fields.count ? row.fields[index] : Located(value: "", place: row.place)
    }
    var plans: [TimingPlan] = []
    var files: [Located<String>] = []
    var others: [Diagnostic] = []
    for row in rows.dropFirst() {
      let (name, path) = (field(.plan, row), field(.file, row))
      if let known = plans.firstIndex(where: { $0.name == name.value }) {
        if files[known].value != path.value {
          log.error(
            "the plan '\(name.value)' is in '\(path.value)' here and in '\(files[known].value)' in line \(files[known].place.line)",
            at: path.place)
        }
        continue
      }
      var plan = TimingPlan(name: name.value, programs: [])
      do {
        let time = PlanTime(period: name.value, time: begin..<begin)
        let read = try formats.readPlan(InputFiles(resolved(path.value)), for: network, at: time)
        plan.programs = read.plan.programs
        warnings += read.warnings
      } catch {
        log.error("the plan '\(name.value)' cannot be read", at: path.place)
        others += error.diagnostics
      }
      plans.append(plan)
      files.append(path)
    }
    var builder = ScheduleBuilder(plans: plans.map(\.name))
    var day: [ScheduleBuilder.Row] = []
    for row in rows.dropFirst() {
      let next = ScheduleBuilder.Row(
        day: field(.day, row), begin: field(.begin, row), plan: field(.plan, row))
      if let last = day.last, last.day.value != next.day.value {
        builder.add(day, &log)
        day = []
      }
      day.append(next)
    }
    builder.add(day, &log)
    guard !log.hasErrors else { throw InputFailure(log.diagnostics.inOrderOfPlace + others) }
    do {
      return try PlanSet(plans: plans, schedules: builder.schedules)
    } catch {
      throw InputFailure(error.problems.map { Diagnostic(.error, at: SourceLocation(file: file), $0) })
    }
  }

  /// Where the columns stand; nil when the rows cannot be understood.
  private mutating func columns(_ header: CSVText.Row) -> [Column: Int]? {
    var columns: [Column: Int] = [:]
    let known = Column.allCases.map(\.rawValue)
    for (index, field) in header.fields.enumerated() where !field.value.isEmpty {
      let name = field.value.trimmed.lowercased()
      guard let column = Column(rawValue: name) else {
        log.unknown("column", field, known: known)
        continue
      }
      if columns.updateValue(index, forKey: column) != nil {
        log.error("the column '\(name)' is there twice", at: field.place)
      }
    }
    for column in Column.allCases where columns[column] == nil {
      log.error(
        "the column '\(column.rawValue)' is missing", at: header.place,
        notes: ["a schedule has the columns \(known.joined(separator: ","))"])
    }
    return log.hasErrors ? nil : columns
  }

  private func resolved(_ path: String) -> String {
    guard !path.hasPrefix("/"), let end = file.lastIndex(of: "/") else { return path }
    return String(file[...end]) + path
  }
}
