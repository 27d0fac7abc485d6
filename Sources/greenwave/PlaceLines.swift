internal import OrderedCollections

/// Lines about places: what holds alike at several of them stands in one line.
struct PlaceLines {
  private struct Line: Hashable {
    var labels: [String]
    var text: String
  }
  private var places: OrderedDictionary<Line, [String]> = [:]

  /// Names that a line has at most, unless the user asks to be told more.
  private static let mostPlaces = 20

  /// - Parameter labels: what the text holds for, such as times of day.
  mutating func add(_ place: String, _ text: String, labels: [String] = []) {
    places[Line(labels: labels, text: text), default: []].append(place)
  }

  /// `label, label: place, place: text`
  var lines: [String] {
    let most = Terminal.talk == .verbose ? Int.max : Self.mostPlaces
    return places.map { line, places in
      let rest = places.count > most ? ["and \(places.count - most) more"] : []
      let parts = [line.labels, places.prefix(most) + rest].filter { !$0.isEmpty }
      return (parts.map { $0.joined(separator: ", ") } + [line.text]).joined(separator: ": ")
    }
  }
}
