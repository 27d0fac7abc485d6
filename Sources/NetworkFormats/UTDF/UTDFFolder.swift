internal import Foundation
internal import NetworkBuilding

/// The older set of UTDF files in a folder: Layout, Lanes, Timing, Phasing and Volume.
///
/// They are put behind each other as the sections of one file, so that they are read like one.
enum UTDFFolder {
  private static let names = ["layout", "lanes", "timing", "phasing", "volume"]

  /// The files of a folder that belong to the set, by name in small letters.
  static func files(of input: InputFiles) -> [String: InputFile] {
    var files: [String: InputFile] = [:]
    for file in input.names {
      let url = URL(fileURLWithPath: input.path).appendingPathComponent(file)
      let name = url.deletingPathExtension().lastPathComponent.lowercased()
      guard ["csv", "dat", "txt"].contains(url.pathExtension.lowercased()), names.contains(name),
        files[name] == nil
      else { continue }
      files[name] = input[url.path]
    }
    return files
  }

  /// Whether a folder has the set.
  static func isLike(_ input: InputFiles) -> Bool {
    let files = files(of: input)
    return files["lanes"] != nil && (files["phasing"] != nil || files["layout"] != nil)
  }

  /// The files of a folder behind each other, each as a section.
  ///
  /// - Throws: `InputFailure` where a file cannot be read.
  static func source(_ input: InputFiles) throws(InputFailure) -> UTDFSource {
    let files = files(of: input)
    var source = UTDFSource(folder: input.path)
    for name in names {
      guard let file = files[name] else { continue }
      try source.append(file, asSection: name == "phasing" ? "phases" : name)
    }
    return source
  }
}

extension UTDFFile {
  /// The sections that only the older set has.
  static let olderNames = ["layout", "timing", "volume"]

  /// Turns what the older files say in tables of their own into the records of a combined file.
  mutating func takeOlderTables(_ log: inout DiagnosticLog) {
    for name in Self.olderNames {
      guard let section = sections.first(where: { $0.name == name }) else { continue }
      let header = section.rows.firstIndex { row in
        row.fields.contains { $0.value.trimmed.uppercased() == "INTID" }
      }
      guard let header else {
        log.error(
          "the file has no line with the columns' names, among them INTID",
          at: TextPlace(line: section.rows[0].place.line + 1, column: 1))
        continue
      }
      var table = UTDFTable()
      // Rows of one node for each; the columns stand in the header's order.
      Self.read(section.rows[(header + 1)...], header: section.rows[header], .nodes, into: &table, &log)
      switch name {
      case "layout": takeLayout(table)
      case "timing": takeTiming(table, &log)
      default: takeVolumes(table, minutes: Self.minutes(in: section.rows[..<header], &log), &log)
      }
    }
  }

  /// The number before the word in a title such as `15 Minute Counts`.
  private static func minutes(
    in rows: ArraySlice<CSVText.Row>, _ log: inout DiagnosticLog
  ) -> Double? {
    for row in rows {
      let words = row.fields.map(\.value).joined(separator: " ").words
      for (number, word) in zip(words, words.dropFirst()) where word.lowercased().hasPrefix("minute") {
        guard UTDFNumber.value(number) != nil else { continue }
        let told = Located(value: number, place: row.place)
        if let minutes = UTDFNumber.value(told, "Minute Counts", .minutes, &log) { return minutes }
      }
    }
    return nil
  }

  private mutating func add(
    _ record: String, _ node: UTDFNodeID, _ fields: [String: Located<String>], at place: TextPlace,
    to kind: Kind
  ) {
    var table = self[kind]
    table.add(columns: fields.keys.sorted())
    table.add(UTDFRow(record: record, node: node, place: place, fields: fields))
    tables[kind] = table
  }

  /// Neighbours by leg: `NID` lies in the north, and southbound traffic comes from it.
  private mutating func takeLayout(_ table: UTDFTable) {
    for row in table.rows {
      let isSignalled =
        self[.phases].row("brp", row.node) != nil || self[.phases].row("maxgreen", row.node) != nil
      let hasLanes = self[.lanes].row("destnode", row.node) != nil
      let place = row.place
      var node = ["TYPE": Located(value: isSignalled ? "0" : hasLanes ? "3" : "1", place: place)]
      node["X"] = row.fields["X"]
      node["Y"] = row.fields["Y"]
      node["DESCRIPTION"] = row.fields["INTNAME"]
      add("", row.node, node, at: place, to: .nodes)
      var ups: [String: Located<String>] = [:]
      var names: [String: Located<String>] = [:]
      var lengths: [String: Located<String>] = [:]
      var speeds: [String: Located<String>] = [:]
      for direction in UTDFDirection.allCases {
        guard let up = row.fields[direction.leg.name + "ID"] else { continue }
        ups[direction.name] = up
        names[direction.name] = row.fields[direction.leg.name + "NAME"]
        for turn in ["T", "L", "R"] {
          let column = direction.name + turn
          lengths[direction.name] = lengths[direction.name] ?? self[.lanes]["distance", row.node, column]
          speeds[direction.name] = speeds[direction.name] ?? self[.lanes]["speed", row.node, column]
        }
      }
      guard !ups.isEmpty else { continue }
      // Links to the edge have no lanes of their own: the other direction's length and speed hold.
      for (record, fields) in [("upid", ups), ("name", names), ("distance", lengths), ("speed", speeds)] {
        add(record, row.node, fields, at: place, to: .links)
      }
    }
  }

  private mutating func takeTiming(_ table: UTDFTable, _ log: inout DiagnosticLog) {
    var seen: Set<UTDFNodeID> = []
    for row in table.rows {
      guard seen.insert(row.node).inserted else {
        log.warning("the first plan of node \(row.node) is read, this one is not", at: row.place)
        continue
      }
      let records = [("cyclelength", "CL"), ("offset", "OFF"), ("referencephase", "REF")]
      for (record, column) in records {
        guard let field = row.fields[column] else { continue }
        add(record, row.node, ["DATA": field], at: row.place, to: .timeplans)
      }
      add(
        "referencedto", row.node, ["DATA": Located(value: "3", place: row.place)], at: row.place,
        to: .timeplans)
      var greens: [String: Located<String>] = [:]
      for number in 1...16 {
        guard let split = row.fields["S\(number)"],
          let seconds = UTDFNumber.value(split, "S\(number)", .phaseTime, &log), seconds > 0
        else { continue }
        let phases = self[.phases]
        func change(_ record: String, _ usual: Double) -> Double {
          phases[record, row.node, "D\(number)"].flatMap { UTDFNumber.value($0.value) } ?? usual
        }
        let clearance = change("yellow", 3.5) + change("allred", 1)
        let green = seconds - clearance
        guard green >= 0 else {
          log.error(
            "the split of phase \(number), \(split.value) s, is shorter than its yellow and all-red, \(plainNumber(clearance)) s",
            at: split.place)
          continue
        }
        greens["D\(number)"] = Located(value: plainNumber((green * 100).rounded() / 100), place: split.place)
      }
      if !greens.isEmpty { add("maxgreen", row.node, greens, at: row.place, to: .phases) }
    }
  }

  /// The earliest TIME of the counts, `0730` or `7:30`, is when the period begins, unless a setting says so.
  private mutating func takeTime(_ table: UTDFTable, _ log: inout DiagnosticLog) {
    guard self[.network].row("scenariotime", .network) == nil else { return }
    let clock = SurveyTime(hasPlainClocks: true)
    var first: (begin: Double, field: Located<String>)?
    for field in table.rows.compactMap({ $0.fields["TIME"] }) {
      guard let begin = clock.reading(field.value)?.begin else {
        log.warning("the time '\(field.value)' is not understood", at: field.place)
        continue
      }
      if begin < first?.begin ?? .infinity { first = (begin, field) }
    }
    guard let first else { return }
    let minutes = Int(rounding: (first.begin / 60).rounded(.down), in: 0...24 * 60) ?? 0
    let (hour, minute) = (minutes / 60, minutes % 60)
    let told = Located(value: "\(hour):\(minute < 10 ? "0" : "")\(minute)", place: first.field.place)
    add("scenariotime", .network, ["DATA": told], at: told.place, to: .network)
  }

  /// Rows of one node are of several times: their mean, by the hour.
  private mutating func takeVolumes(_ table: UTDFTable, minutes: Double?, _ log: inout DiagnosticLog) {
    takeTime(table, &log)
    let columns = table.columns.filter { UTDFMovement.parts(of: $0) != nil }
    for node in table.nodes {
      let rows = table.rows.filter { $0.node == node }
      let perHour = 60 / (minutes ?? 60) / Double(rows.count)
      if minutes == nil, rows.count > 1 {
        log.warning(
          "node \(node) has \(rows.count) counts and no title says how long they last: an hour each is assumed",
          at: rows[0].place)
      }
      var fields: [String: Located<String>] = [:]
      for column in columns {
        let values = rows.compactMap { UTDFNumber.value($0.fields[column], column, .surveyCount, &log) }
        guard let first = rows.compactMap({ $0.fields[column] }).first, !values.isEmpty else { continue }
        fields[column] = Located(value: plainNumber(values.reduce(0, +) * perHour), place: first.place)
      }
      add("volume", node, fields, at: rows[0].place, to: .lanes)
    }
  }
}
