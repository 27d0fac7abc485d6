internal import TrafficModel

/// A figure that reports tell of something: what it is called in each of them, and how it is written.
struct Figure<Subject>: Sendable {
  /// In summaries for programs.
  let key: String
  /// In tables, with its unit.
  let title: @Sendable (PageWords) -> Title
  /// Where it is found, in the unit of summaries.
  let value: @Sendable (Subject) -> Double?
  /// How tables write it.
  let cell: @Sendable (Subject) -> Cell
}

extension JSONObject {
  /// Figures of a subject by their keys.
  init<Subject>(_ figures: [Figure<Subject>], of subject: Subject) {
    self.init()
    for figure in figures { self[figure.key] = figure.value(subject) }
  }
}

/// The same of the existing plan, and of the proposed one.
struct Sides<Value> {
  var existing: Value
  var proposed: Value

  /// Both, the existing plan's first, as tables have them.
  var both: [Value] { [existing, proposed] }

  init(_ existing: Value, _ proposed: Value) { (self.existing, self.proposed) = (existing, proposed) }

  func map<Other>(_ other: (Value) throws -> Other) rethrows -> Sides<Other> {
    Sides<Other>(try other(existing), try other(proposed))
  }
}

extension Sides: Sendable where Value: Sendable {}

extension Sides where Value: Encodable {
  var json: JSONObject { ["existing": existing, "proposed": proposed] }
}

extension TableGroup {
  /// A figure of both plans under its title.
  static func pair<Subject>(
    _ title: Title, _ words: PageWords, of sides: @escaping (Row) -> Sides<Subject>,
    _ cell: @escaping (Subject) -> Cell
  ) -> Self {
    TableGroup(
      title,
      [
        .number(Title("now", words.map.now)) { cell(sides($0).existing) },
        .number(Title("new", words.map.new), isClose: true) { cell(sides($0).proposed) },
      ])
  }
}

extension ControllerID {
  /// Where a page has the junction.
  var address: String { "#junction-\(index + 1)" }
}
