internal import NetworkBuilding
internal import TrafficModel

/// What the words of headings and titles of count sheets mean. All of it is tables: another sheet's word is another entry.
enum CountWords {
  /// A heading as it was understood.
  enum Meaning: Equatable {
    /// Says when or where.
    case name(CountColumns.Name)
    /// Vehicles of a movement, or of a class of them.
    case movement(leg: Compass, turn: Turn, kind: String?)
    /// Vehicles of a turn, of an approach that another heading names.
    case turn(Turn, kind: String?)
    /// An approach, whose turns stand below.
    case approach(Compass)
    /// Sums and shares of other columns.
    case total
    /// People on foot and on bicycles.
    case notVehicles
    /// Numbers and coordinates of the place, which names tell already.
    case unread
    case unknown
  }

  /// Directions that traffic drives in, with the leg that it comes from.
  static let directions: [(code: String, word: String, leg: Compass)] = [
    ("nb", "northbound", .s), ("sb", "southbound", .n), ("eb", "eastbound", .w), ("wb", "westbound", .e),
    ("ne", "northeastbound", .sw), ("nw", "northwestbound", .se), ("se", "southeastbound", .nw),
    ("sw", "southwestbound", .ne),
  ]
  /// Legs, after "from" or before "approach".
  private static let legs: [String: Compass] = [
    "north": .n, "northeast": .ne, "east": .e, "southeast": .se, "south": .s, "southwest": .sw, "west": .w,
    "northwest": .nw, "n": .n, "e": .e, "s": .s, "w": .w,
  ]
  private static let turns: [String: Turn] = [
    "l": .left, "lt": .left, "left": .left, "lefts": .left, "t": .through, "th": .through, "thru": .through,
    "through": .through, "straight": .through, "r": .right, "rt": .right, "right": .right, "rights": .right,
    "u": .uTurn, "ut": .uTurn, "uturn": .uTurn, "uturns": .uTurn,
  ]
  private static let vehicles: Set = [
    "car", "cars", "auto", "autos", "light", "lights", "passenger", "motorcycle", "motorcycles", "truck",
    "trucks", "bus",
    "buses", "heavy", "heavies", "hv", "articulated", "single", "unit", "van", "vans", "red",
  ]
  private static let notVehicles: Set = [
    "ped", "peds", "pedestrian", "pedestrians", "bike", "bikes", "bicycle", "bicycles", "cyclist", "cyclists",
    "crosswalk",
    "nx", "sx", "ex", "wx", "cw", "ccw",
  ]
  private static let totals: Set = ["total", "totals", "sum", "grand"]
  private static let fillers: Set = [
    "approach", "appr", "app", "leg", "from", "turn", "turns", "movement", "volume", "count", "on", "vehicle",
    "vehicles",
    "bound", "road",
  ]
  /// Of rows that sum others up, or stand where nobody counted.
  private static let summaries: Set = totals.union(["average", "avg", "phf", "factor", "break", "hourly"])
  private static let unread: Set = [
    "id", "count id", "location id", "centreline type", "centreline id", "lng", "lat", "longitude",
    "latitude",
    "study id", "entry name", "exit name", "exit dir name",
  ]

  /// Lower-case letters and digits between anything else.
  static func tokens(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// What a heading says.
  static func meaning(_ heading: String) -> Meaning {
    let words = tokens(heading)
    let plain = words.joined(separator: " ")
    if let name = CountColumns.Name.allCases.first(where: {
      $0.rawValue == plain || $0.others.contains(plain)
    }) {
      return .name(name)
    }
    if unread.contains(plain) { return .unread }
    if heading.contains("%") || words.contains(where: totals.contains) { return .total }
    if words.contains(where: notVehicles.contains) { return .notVehicles }
    if plain.hasSuffix(" other") && leg(of: words) != nil { return .notVehicles }
    if let code = words.first, words.count == 1, let (leg, turn) = compound(code) {
      return .movement(leg: leg, turn: turn, kind: nil)
    }
    let leg = leg(of: words)
    let rest = words.indices.filter { index in
      let word = words[index]
      return !fillers.contains(word) && !directions.contains { $0.code == word || $0.word == word }
        && !isLeg(index, in: words)
    }.map { words[$0] }
    let found = rest.compactMap { turns[$0] }
    let kinds = rest.filter { vehicles.contains($0) }
    let isKnown = found.count <= 1 && found.count + kinds.count == rest.count
    let kind = kinds.isEmpty ? nil : kinds.joined(separator: " ")
    if let turn = found.first, isKnown {
      return leg.map { .movement(leg: $0, turn: turn, kind: kind) } ?? .turn(turn, kind: kind)
    }
    if let leg, found.isEmpty { return .approach(leg) }
    return .unknown
  }

  /// The one leg that the words speak of: of traffic that drives northbound, of an approach in the south, or of traffic from
  /// the south; nil where they speak of none or of several.
  static func leg(of words: [String]) -> Compass? {
    var found: Set<Compass> = []
    for (index, word) in words.enumerated() {
      if let direction = directions.first(where: { $0.code == word || $0.word == word }) {
        found.insert(direction.leg)
      } else if let leg = legs[word] {
        if index + 1 < words.count, words[index + 1] == "bound" {
          found.insert(leg.opposite)
        } else if isLeg(index, in: words) {
          found.insert(leg)
        }
      }
    }
    return found.count == 1 ? found.first : nil
  }

  /// Whether a word names a leg: behind "from", or before "approach", "leg" or "bound".
  private static func isLeg(_ index: Int, in words: [String]) -> Bool {
    guard legs[words[index]] != nil else { return false }
    if index > 0, words[index - 1] == "from" { return true }
    return index + 1 < words.count && ["approach", "appr", "leg", "bound"].contains(words[index + 1])
  }

  /// The movement of a word such as `nbl` or `ebthru`.
  private static func compound(_ word: String) -> (leg: Compass, turn: Turn)? {
    for direction in directions where word.hasPrefix(direction.code) {
      if let turn = turns[String(word.dropFirst(direction.code.count))] { return (direction.leg, turn) }
    }
    return nil
  }

  // MARK: What fields say

  /// The approach that a field names: by its leg, `N` or `North`, or by the direction that traffic drives in.
  static func approach(_ text: String) -> Compass? {
    if let leg = Compass(name: text.uppercased()) { return leg }
    let words = tokens(text)
    return words.count == 1 ? legs[words[0]] ?? leg(of: words) : leg(of: words)
  }

  /// The turn that a field names: by its letter or a word.
  static func turn(_ text: String) -> Turn? {
    let words = tokens(text).filter { $0 != "turn" }
    return turns[words.joined()]
  }

  /// Whether a class of a record is of vehicles.
  static func isVehicles(_ text: String) -> Bool { !tokens(text).contains(where: notVehicles.contains) }

  /// Whether a field says that its row sums others up, or that nothing was counted there.
  static func isSummary(_ text: String) -> Bool {
    let words = tokens(text)
    if words.contains(where: summaries.contains) || text.contains("%") { return true }
    // A report's last rows: classes, with the sums of each.
    return !words.isEmpty
      && words.allSatisfy { vehicles.contains($0) || notVehicles.contains($0) || fillers.contains($0) }
  }

  /// Whether a row begins what analyses the counts above it and repeats them.
  static func beginsAnalysis(_ text: String) -> Bool { tokens(text).starts(with: ["peak", "hour"]) }
}
