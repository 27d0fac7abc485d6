internal import NetworkBuilding
internal import TrafficModel

/// `yes` or `no`.
enum DetailedFlag: String, CaseIterable {
  case yes, no
}

extension NumberRule {
  static let detailedLength = NumberRule(range: 0...100_000, unit: "m")
  static let detailedSpeed = NumberRule(range: 0...360, unit: "km/h")
  static let detailedFlow = NumberRule(range: 0...1_000_000, unit: "veh/h")
  static let detailedTime = NumberRule(range: 0...86_400, unit: "s")
  /// Start-up lost times may be negative.
  static let lostTime = NumberRule(range: -600...600, unit: "s")
  /// Times of simulations count from 0, of plans from midnight; several days are allowed.
  static let absoluteTime = NumberRule(range: -10_000_000...10_000_000, unit: "s")
  static let share = NumberRule(range: 0...10, unit: "")
  static let vehicles = NumberRule(range: 0...1_000_000, unit: "counted")
}

/// Quantities of the detailed form: in km/h and veh/h like everywhere, or in the model's own m/s and veh/s where
/// those say a figure exactly and the others do not.
extension YAMLNode {
  /// m/s, from `50` (km/h) or `13.89 m/s`.
  func detailedSpeed(_ what: String, _ log: inout DiagnosticLog) -> Double? {
    if let own = without(" m/s") {
      return own.number(what, NumberRule(range: 0...100, unit: "m/s"), &log)
    }
    return number(what, .detailedSpeed, &log).map { Quantities.metresPerSecond(kilometresPerHour: $0) }
  }

  /// veh/s, from `1800` (veh/h) or `0.51 veh/s`.
  func detailedFlow(_ what: String, _ log: inout DiagnosticLog) -> Double? {
    if let own = without(" veh/s") {
      return own.number(what, NumberRule(range: 0...300, unit: "veh/s"), &log)
    }
    return number(what, .detailedFlow, &log).map { Quantities.perSecond(vehiclesPerHour: $0) }
  }

  /// Whether a flag is set.
  func flag(_ what: String, _ log: inout DiagnosticLog) -> Bool {
    let flag: DetailedFlag? = word(what, &log)
    return flag == .yes
  }

  private func without(_ unit: String) -> YAMLNode? {
    guard case .scalar(let text, isPlain: true) = content, text.hasSuffix(unit) else { return nil }
    return YAMLNode(
      content: .scalar(String(text.dropLast(unit.count)), isPlain: true), place: place)
  }
}

/// The entries of one list of a detailed file, each with a name of its own.
struct DetailedItems {
  /// The mappings that could be read.
  private(set) var fields: [YAMLFields] = []
  /// How many entries the list has.
  private(set) var count = 0

  /// The entries under a key; none where the key is absent.
  init(
    _ key: String, of parent: YAMLFields, what: String, keys: [String], _ log: inout DiagnosticLog
  ) {
    guard let nodes = parent[key]?.list(key, &log) else { return }
    count = nodes.count
    fields = nodes.compactMap { $0.fields(what, keys: keys, &log) }
  }

  /// The names of the entries, each once, with their positions.
  func names(_ what: String, _ log: inout DiagnosticLog) -> DetailedNames {
    var names = DetailedNames(what: what)
    for entry in fields {
      guard let name = entry.required("name", &log)?.located("name", &log) else { continue }
      names.add(name, &log)
    }
    return names
  }
}

/// Names of entries and their positions.
struct DetailedNames {
  let what: String
  private(set) var names: [String] = []
  private var indexOfName: [String: Int] = [:]

  init(what: String) { self.what = what }

  mutating func add(_ name: Located<String>, _ log: inout DiagnosticLog) {
    guard indexOfName[name.value] == nil else {
      log.error("the name '\(name.value)' is given to two \(what)s", at: name.place)
      return
    }
    indexOfName[name.value] = names.count
    names.append(name.value)
  }

  /// The position of the name that a node gives; nil, with an error in the log, where it gives none that is known.
  func index(_ node: YAMLNode?, _ key: String, _ log: inout DiagnosticLog) -> Int? {
    guard let name = node?.located(key, &log) else { return nil }
    if let index = indexOfName[name.value] { return index }
    // Looking for the nearest name takes time; a file with so many errors has one cause.
    log.unknown(what, name, known: log.count < 100 ? names : [])
    return nil
  }
}

extension YAMLFields {
  /// A number that must be there.
  func number(_ key: String, _ rule: NumberRule, _ log: inout DiagnosticLog) -> Double? {
    required(key, &log)?.number(key, rule, &log)
  }

  /// A number, or what holds without it.
  func number(
    _ key: String, _ rule: NumberRule, or other: Double, _ log: inout DiagnosticLog
  ) -> Double {
    self[key].flatMap { $0.number(key, rule, &log) } ?? other
  }

  /// A position in a list of `count` entries, which the file counts from 1.
  func position(_ key: String, among count: Int, _ log: inout DiagnosticLog) -> Int? {
    required(key, &log)?.position(key, among: count, &log)
  }
}

extension YAMLNode {
  /// A position in a list of `count` entries, which the file counts from 1.
  func position(_ what: String, among count: Int, _ log: inout DiagnosticLog) -> Int? {
    guard count > 0 else {
      log.error("'\(what)' says \(kind), but the list that it counts in is empty", at: place)
      return nil
    }
    let rule = NumberRule(range: 1...Double(count), unit: "in the list")
    return wholeNumber(what, rule, &log).map { $0 - 1 }
  }
}
