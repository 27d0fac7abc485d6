import Foundation
import TrafficModel

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A table of a page as a person reads it: a cell by the heading of its column, and by what the plans are called.
struct ReadTable {
  private var headings: [(plan: String, title: String)] = []
  private(set) var rows: [[String]] = []

  /// - Parameter caption: what the table's caption begins with.
  init?(_ document: XMLDocument, caption: String) throws {
    let tables = try document.nodes(forXPath: "//table").filter {
      try $0.nodes(forXPath: "caption")[0].stringValue?.hasPrefix(caption) ?? false
    }
    guard let table = tables.first else { return nil }
    func texts(_ node: XMLNode, _ path: String) throws -> [String] {
      try node.nodes(forXPath: path).map { $0.stringValue ?? "" }
    }
    let lines = try table.nodes(forXPath: "thead/tr")
    var plans: [String] = []
    if lines.count > 1 {
      for cell in try lines[0].nodes(forXPath: "*") {
        let columns = try texts(cell, "@colspan").first.flatMap(Int.init) ?? 1
        plans += Array(repeating: cell.stringValue ?? "", count: columns)
      }
    }
    let titles = try texts(lines[lines.count - 1], "*")
    headings = titles.enumerated().map { (plans.isEmpty ? "" : plans[$0], $1) }
    rows = try table.nodes(forXPath: "tbody/tr").map { try texts($0, "*") }
  }

  /// The cell of a column; of the last plan where several have such a one.
  func cell(_ title: String, _ row: [String]) -> String {
    headings.lastIndex { $0.title == title }.map { row[$0] } ?? ""
  }

  func number(_ title: String, _ row: [String]) -> Double? { Double(cell(title, row)) }
}

/// What somebody who has nothing but the sheet would key into a controller.
struct KeyedIn {
  let cycle: Double
  let offset: Double
  /// By group of the controller: what it shows, s of the cycle from the reference point to s.
  private(set) var shown: [[(state: SignalState, begin: Double, length: Double)]]

  /// - Parameter names: of the English sheet.
  init?(_ html: String, _ names: SheetNames) throws {
    let document = try XMLDocument(data: Data(html.utf8))
    let facts = try document.nodes(forXPath: "//ul[@class='facts']/li").compactMap(\.stringValue)
    guard let plan = facts.last(where: { $0.hasPrefix("now: programme") || $0.hasPrefix("new: programme") }),
      let match = plan.firstMatch(of: /cycle ([\d.]+) s, offset ([\d.]+) s/),
      let cycle = Double(match.1), let offset = Double(match.2)
    else { return nil }
    (self.cycle, self.offset) = (cycle, offset)
    let controller = names.network[names.controller]
    shown = controller.groups.map { _ in [] }
    if let table = try ReadTable(document, caption: "Signal groups") {
      readGroups(table, names)
    } else if let table = try ReadTable(document, caption: "Phases") {
      readPhases(table, names)
    } else {
      return nil
    }
  }

  /// What a group shows so many seconds after the reference point.
  func state(ofGroup group: Int, at time: Double) -> SignalState {
    shown[group].first { (time - $0.begin).positiveRemainder(cycle) < $0.length }?.state ?? .red
  }

  // MARK: Signal groups

  private mutating func readGroups(_ table: ReadTable, _ names: SheetNames) {
    let signals: [String: SignalState] = [
      "protected": .protectedGreen, "walk": .protectedGreen, "permissive": .permissiveGreen,
      "stop, then go": .stopThenGo, "blinking": .blinking, "off": .off,
    ]
    for row in table.rows {
      guard let state = signals[table.cell("signal", row)], let length = table.number("green", row) else {
        continue
      }
      for number in Self.numbers(table.cell("no.", row)) {
        let group =
          names.areNumbers
          ? names.network[names.controller].groups.firstIndex { $0.name == "\(number)" } ?? 0 : number - 1
        guard let begin = table.number("from", row) else {
          shown[group].append((state, 0, cycle))
          continue
        }
        shown[group].append((state, begin, length))
        if let yellow = table.number("yellow", row) { shown[group].append((.yellow, begin + length, yellow)) }
        if let before = table.number("red-yellow", row) {
          shown[group].append((.redYellow, begin - before, before))
        }
      }
    }
  }

  /// `1, 3, 5–8`.
  private static func numbers(_ text: String) -> [Int] {
    text.split(separator: ", ").flatMap { part -> [Int] in
      let ends = part.split(separator: "–").compactMap { Int($0) }
      return ends.count == 2 ? Array(ends[0]...ends[1]) : ends
    }
  }

  // MARK: Phases

  private mutating func readPhases(_ table: ReadTable, _ names: SheetNames) {
    let controller = names.network[names.controller]
    func groups(_ words: String) -> [Int] {
      let served = words.split(separator: ", ").map(String.init)
      return controller.groups.indices.filter { served.contains(names.serves($0)) }
    }
    let phases = table.rows.compactMap { row -> RunningPhase? in
      guard let begin = table.number("from", row), let split = table.number("split", row),
        let yellow = table.number("yellow", row), let allRed = table.number("all-red", row)
      else { return nil }
      return RunningPhase(
        begin: begin, green: split - yellow - allRed, yellow: yellow, clearance: yellow + allRed,
        walk: table.number("walk", row) ?? 0,
        services: groups(table.cell("serves", row)).map { .init(group: $0, isPermissive: false) }
          + groups(table.cell("permissive", row)).map { .init(group: $0, isPermissive: true) })
    }
    let intervals = GreenTimeline(
      cycle: cycle, phases: phases, of: controller.groups.map(\.kind), conflicts: controller.conflicts
    ).intervals
    var time = 0.0
    for interval in intervals {
      for group in controller.groups.indices {
        shown[group].append((interval.states[group], time, interval.duration))
      }
      time += interval.duration
    }
  }
}

extension Double {
  fileprivate func positiveRemainder(_ divisor: Double) -> Double {
    let rest = truncatingRemainder(dividingBy: divisor)
    return rest < 0 ? rest + divisor : rest
  }
}
