internal import NetworkBuilding

/// Times of one sheet.
///
/// They are times of day, `h:mm` or `h:mm:ss` with or without AM or PM, `hhmm`, ISO date-times, or seconds: s from midnight, or
/// from the simulation's time 0.
struct SurveyTime {
  /// A time of a field, with what else it tells.
  struct Reading {
    /// s.
    var begin: Double
    /// Where the field has both; s.
    var end: Double?
    /// Where the field has one.
    var date: String?
    /// Whether it says by how much it differs from universal time.
    var hasZone = false
  }

  /// Whether numbers without a colon are hours and minutes, `0730`, rather than seconds.
  let hasPlainClocks: Bool

  /// - Parameter hasPlainClocks: what numbers without a colon are, where the format says so.
  init(hasPlainClocks: Bool) { self.hasPlainClocks = hasPlainClocks }

  private static let day = 86_400.0
  /// Later times are taken for a mistake, s: ten days of simulation.
  private static let latest = 864_000.0
  /// What parts begin and end.
  private static let dashes: [Character] = ["-", "–", "~", "～"]

  /// Numbers are hours and minutes where all of them could be, and either one begins with 0 or not all are whole minutes
  /// when taken for seconds: nobody counts in other intervals.
  ///
  /// - Parameters:
  ///   - fields: all fields that hold times.
  ///   - areClocks: whether the sheet is of a kind in which numbers always are hours and minutes, where they could be.
  init(_ fields: [String], areClocks: Bool = false) {
    let numbers = fields.flatMap { $0.split { Self.dashes.contains($0) } }.map { String($0).trimmed }.filter {
      !$0.isEmpty
    }
    let values = numbers.compactMap {
      $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0, radix: 10) : nil
    }
    let couldBe =
      values.allSatisfy { $0 % 100 < 60 && $0 <= 2400 } && numbers.allSatisfy { $0.utf8.count <= 4 }
    let isPadded = numbers.contains { $0.utf8.count == 4 && $0.hasPrefix("0") }
    hasPlainClocks =
      values.count == numbers.count && couldBe && (areClocks || isPadded || values.contains { $0 % 60 != 0 })
  }

  /// The time, or begin and end, of a field; nil, and noted, where it is none.
  func reading(_ field: Located<String>, _ log: inout DiagnosticLog) -> Reading? {
    if let reading = reading(field.value) { return reading }
    log.error(
      "a time is written like 7:30, or in seconds, not '\(field.value)'", at: field.place,
      notes: field.value.isEmpty ? ["the field is empty"] : [])
    return nil
  }

  /// The same without a word.
  func reading(_ text: String) -> Reading? {
    var rest = text.trimmed
    var reading = Reading(begin: 0)
    // Shorter texts have no date and a time behind it; looking costs more than all the rest.
    if rest.utf8.count > 8, rest.utf8.first.map({ (48...57).contains($0) }) == true,
      let match = rest.prefixMatch(of: /(\d{1,4}[-\/.]\d{1,2}[-\/.]\d{1,4})([T,\s])\s*(?=\d)/)
    {
      reading.date = String(match.1)
      rest = String(rest[match.range.upperBound...])
      // Behind a space, 07:00-07:15 are begin and end.
      let zone = rest.firstMatch(of: /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/)
      if let zone, match.2 == "T" || !rest.contains(/-\d\d:\d\d$/) {
        reading.hasZone = true
        rest = String(rest[..<zone.range.lowerBound])
      }
    }
    if let time = time(rest) {
      reading.begin = time
      return reading
    }
    let parts = rest.split(omittingEmptySubsequences: false) { Self.dashes.contains($0) }
    guard parts.count == 2, let begin = time(String(parts[0])), let end = time(String(parts[1])) else {
      return nil
    }
    (reading.begin, reading.end) = (begin, end)
    return reading
  }

  private static let halves: [(words: [String], begin: Double)] = [
    (["am", "a.m.", "a"], 0), (["pm", "p.m.", "p"], day / 2),
  ]

  private func time(_ text: String) -> Double? {
    var words = text.trimmed.lowercased()
    var halfDay: Double?
    for half in Self.halves {
      guard halfDay == nil, let suffix = half.words.first(where: words.hasSuffix) else { continue }
      halfDay = half.begin
      words = String(words.dropLast(suffix.count)).trimmed
    }
    let isNumeric = words.utf8.allSatisfy { (48...58).contains($0) || $0 == 46 }
    let parts = words.split(separator: ":", omittingEmptySubsequences: false).map { Double(plain: $0) }
    guard isNumeric, !words.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
    var numbers = parts.compactMap { $0 }
    if numbers.count == 1, halfDay == nil, !hasPlainClocks {
      return numbers[0] <= Self.latest ? numbers[0] : nil
    }
    if numbers.count == 1, let plain = Int(words) {
      // 7 PM and 0730 PM.
      numbers =
        words.count > 2 || halfDay == nil ? [Double(plain / 100), Double(plain % 100)] : [Double(plain), 0]
    }
    guard (2...3).contains(numbers.count), numbers.dropFirst().allSatisfy({ $0 < 60 }),
      numbers.dropLast().allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    var hours = numbers[0]
    if let halfDay {
      guard (1...12).contains(hours) else { return nil }
      hours = hours == 12 ? 0 : hours
      return halfDay + Self.seconds(hours, numbers)
    }
    let time = Self.seconds(hours, numbers)
    return time <= Self.day ? time : nil
  }

  private static func seconds(_ hours: Double, _ numbers: [Double]) -> Double {
    hours * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }
}
