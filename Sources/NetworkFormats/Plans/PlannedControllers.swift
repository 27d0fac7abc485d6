internal import NetworkBuilding
internal import TrafficModel

/// The controllers that tables and JSON documents of plans name. What is wrong with the files is told by their readers.
enum PlannedControllers {
  /// Those of a table: groups have the names that `green_groups` tells.
  static func csv(_ text: String, file: String) -> [PlannedController] {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    var log = DiagnosticLog(file: file, text: text)
    let rows = CSVText.rows(of: text, log: &log)
    guard let header = rows.first else { return [] }
    func column(_ column: PlanCSV.Column) -> Int? {
      header.fields.firstIndex { $0.value.trimmed.lowercased() == column.rawValue }
    }
    guard let controller = column(.controller), let states = column(.states) else { return [] }
    var found = Found()
    for row in rows.dropFirst() where row.fields.indices.contains(max(controller, states)) {
      let letters = row.fields[states].value
      let place = found.place(row.fields[controller].value, width: letters.unicodeScalars.count)
      guard let names = column(.greenGroups), row.fields.indices.contains(names) else { continue }
      let greens = letters.unicodeScalars.enumerated().filter { $0.element == "G" || $0.element == "g" }.map(
        \.offset)
      let given = Self.parts(row.fields[names].value.trimmed)
      if greens.count == given.count {
        for (group, name) in zip(greens, given) { found.name(name, group, of: place) }
      }
    }
    return found.controllers
  }

  /// Names that ` + ` joins.
  private static func parts(_ text: String) -> [String] {
    text.split(separator: " + ", omittingEmptySubsequences: false).map(String.init)
  }

  /// Those of a JSON document.
  static func json(_ text: String, file: String) -> [PlannedController] {
    var log = DiagnosticLog(file: file, text: text)
    guard let root = JSONText.read(text, log: &log), let list = root.member("controllers")?.elements else {
      return []
    }
    var found = Found()
    for node in list {
      guard let name = node.member("controller")?.text else { continue }
      let groups = node.member("groups")?.elements?.compactMap(\.text)
      let states = node.member("intervals")?.elements?.first?.member("states")?.text
      let place = found.place(name, width: groups?.count ?? states?.unicodeScalars.count ?? 0)
      for (group, name) in (groups ?? []).enumerated() { found.name(name, group, of: place) }
    }
    return found.controllers
  }

  /// Controllers in the order in which they come.
  private struct Found {
    private var places: [String: Int] = [:]
    private var all: [PlannedController] = []
    private var named: [Set<Int>] = []

    mutating func place(_ name: String, width: Int) -> Int {
      if let place = places[name] { return place }
      places[name] = all.count
      all.append(PlannedController(name: name, groups: PlannedController.numbers(width)))
      named.append([])
      return all.count - 1
    }

    mutating func name(_ name: String, _ group: Int, of place: Int) {
      guard all[place].groups.indices.contains(group) else { return }
      all[place].groups[group] = name
      named[place].insert(group)
    }

    /// A number that is another group's name is no name for one that nobody named.
    var controllers: [PlannedController] {
      zip(all, named).map { controller, named in
        var controller = controller
        let names = named.map { controller.groups[$0] }
        for group in controller.groups.indices where !named.contains(group) {
          while names.contains(controller.groups[group]) { controller.groups[group] += "'" }
        }
        return controller
      }
    }
  }
}

extension JSONNode {
  /// The value of a name of an object; nil for others.
  fileprivate func member(_ name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name.value == name }?.value
  }

  fileprivate var elements: [JSONNode]? { if case .array(let nodes) = value { nodes } else { nil } }
  fileprivate var text: String? { if case .string(let text) = value { text } else { nil } }
}
