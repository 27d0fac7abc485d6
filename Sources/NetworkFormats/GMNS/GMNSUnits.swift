internal import NetworkBuilding
internal import TrafficModel

/// What numbers of a GMNS folder are in, as `config.csv` says: metres and metres per second of each.
struct GMNSUnits {
  /// Of lane widths and places along links, m.
  var shortLength = 0.3048
  /// Of links, m.
  var longLength = 1609.344
  /// m/s.
  var speed = 0.44704
  /// The words for them.
  private var words = (shortLength: "foot", longLength: "mile", speed: "mph")
  /// Whether the coordinates are degrees; nil where the folder does not say.
  var isGeographic: Bool?
  var name: String?

  /// - Parameter table: `config`; without one, lengths are in metres and speeds in km/h, as its usual tools write.
  init(_ table: GMNSTable?) {
    guard let table, table.count > 0 else {
      (shortLength, longLength, speed) = (1, 1, 1 / 3.6)
      words = ("m", "m", "km/h")
      return
    }
    if let unit = Self.unit(table, "short_length", Self.metres) {
      (shortLength, words.shortLength) = unit
    }
    if let unit = Self.unit(table, "long_length", Self.metres) { (longLength, words.longLength) = unit }
    if let unit = Self.unit(table, "speed", Self.metresPerSecond) { (speed, words.speed) = unit }
    name = table.text(0, table.column("dataset_name"))
    if let crs = table.text(0, table.column("crs"))?.lowercased() {
      // The geographic systems of the EPSG register have numbers from 4000 to 4999.
      let number = Int(crs.filter(\.isNumber))
      isGeographic =
        crs.contains("longlat") || crs.contains("latlong")
        || number.map { (4000..<5000).contains($0) } ?? false
    }
  }

  /// Takes the unit of links' lengths that the places of their nodes ask for, where the one that is told contradicts them.
  ///
  /// - Parameter ratios: by link, its length as it is written over the distance of its nodes, m; in any order.
  /// - Returns: what is wrong, in a sentence without a full stop; nil where nothing is.
  mutating func fitLength(ratios: [Double]) -> String? {
    guard ratios.count >= Self.fewestLinks else { return nil }
    let written = ratios.sorted()[ratios.count / 2]
    let told = written * longLength
    let found =
      "by the unit that 'long_length' of config.csv tells, '\(words.longLength)', links are \(Self.plain(told)) times as long as their nodes lie apart"
    if Self.feet.contains(where: { $0.contains(told) }) {
      return found + ": lengths and coordinates seem to differ by feet and metres, the lengths are kept"
    }
    guard told > Self.largestFactor || told < 1 / Self.largestFactor else { return nil }
    let fitting = Self.usual.filter { (0.88...2).contains(written * $0.size) }
    guard let unit = fitting.min(by: { abs(written * $0.size - 1) < abs(written * $1.size - 1) }) else {
      return found + ": either that unit or the coordinates are wrong, the lengths are kept"
    }
    (longLength, words.longLength) = unit
    return found + ": that unit is wrong, the lengths are read as in \(unit.word)"
  }

  /// Fewer links say nothing.
  private static let fewestLinks = 3
  /// No roads wind so much, and no units that are easily confused are nearer to each other, but for feet and metres.
  private static let largestFactor = 30.0
  /// Feet for metres, or metres for feet, on roads that are nearly straight.
  private static let feet = [0.29...0.32, 3.1...3.5]
  private static let usual: [(size: Double, word: String)] = [
    (1, "metres"), (1000, "kilometres"), (0.3048, "feet"), (1609.344, "miles"),
  ]

  private static func plain(_ factor: Double) -> String {
    factor >= 1 ? plainNumber(factor.rounded()) : plainNumber((factor * 1e5).rounded() / 1e5)
  }

  /// Places along links, up to `Network.longestLength`.
  var places: NumberRule { Self.rule(0, to: Network.longestLength / shortLength, words.shortLength) }
  /// Lengths of links, up to `Network.longestLength`.
  var lengths: NumberRule { Self.rule(0, to: Network.longestLength / longLength, words.longLength) }
  /// Speeds of links, up to `Network.highestSpeed`; 0 says that there is none.
  var speeds: NumberRule { Self.rule(0.1, to: Network.highestSpeed / speed, words.speed, allowsZero: true) }

  /// Ends with the last whole number, in spite of rounding.
  private static func rule(
    _ least: Double, to most: Double, _ unit: String, allowsZero: Bool = false
  ) -> NumberRule {
    NumberRule(range: least...(most + 1e-6).rounded(.down), unit: unit, allowsZero: allowsZero)
  }

  private static let metres: [String: Double] = [
    "foot": 0.3048, "feet": 0.3048, "ft": 0.3048, "mile": 1609.344, "miles": 1609.344, "mi": 1609.344,
    "meter": 1, "metre": 1, "meters": 1, "metres": 1, "m": 1, "kilometer": 1000, "kilometre": 1000,
    "kilometers": 1000, "kilometres": 1000, "km": 1000, "yard": 0.9144, "inch": 0.0254, "inches": 0.0254,
  ]
  private static let metresPerSecond: [String: Double] = [
    "mph": 0.44704, "miles per hour": 0.44704, "kph": 1 / 3.6, "kmh": 1 / 3.6, "km/h": 1 / 3.6,
    "kmph": 1 / 3.6, "kilometers per hour": 1 / 3.6, "mps": 1, "m/s": 1, "meters per second": 1,
    "fps": 0.3048, "ft/s": 0.3048,
  ]

  private static func unit(
    _ table: GMNSTable, _ name: String, _ known: [String: Double]
  ) -> (size: Double, word: String)? {
    let column = table.column(name)
    guard let word = table.text(0, column)?.lowercased() else { return nil }
    if let size = known[word] { return (size, word) }
    table.unknown("unit", 0, column, known: known.keys.sorted())
    return nil
  }
}

/// The ranges of numbers whose units no table tells.
extension NumberRule {
  /// Cycles of a plan; 0 says that it has none.
  static let gmnsCycle = NumberRule(range: 1...600, unit: "s", allowsZero: true)
  /// Of people on a crosswalk.
  static let crossingSpeed = NumberRule(range: 0.1...9.9, unit: "m/s")
  /// Of a way through a junction; 0 says that there is none.
  static let pathSpeed = NumberRule(range: 0.001...100, unit: "m/s", allowsZero: true)
}
