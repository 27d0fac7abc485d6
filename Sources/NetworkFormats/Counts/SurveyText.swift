internal import NetworkBuilding
internal import TrafficModel

/// Numbers and times as survey sheets have them; what is wrong goes to the log and nil comes back.
enum SurveyText {
  /// More in one interval is taken for a mistake.
  private static let mostVehicles = 100_000.0

  /// A count: digits, with or without a separator between thousands (`1,234`, `1 234`, `1'234`).
  static func vehicles(_ field: Located<String>, _ log: inout DiagnosticLog) -> Double? {
    var digits = field.value.trimmed.filter { !$0.isWhitespace && !"'’".contains($0) }
    if hasThousandsSeparators(digits) { digits.removeAll { $0 == "," } }
    let isPlain = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    guard isPlain, let number = Double(digits) else {
      let notes = digits.contains(",") ? ["decimals are written with a point"] : []
      log.error(
        "the number of vehicles must be 0 or more, not '\(field.value)'", at: field.place, notes: notes)
      return nil
    }
    guard number <= mostVehicles else {
      log.error("\(field.value) vehicles in one interval are not possible", at: field.place)
      return nil
    }
    return number
  }

  /// Whether commas stand where they part thousands, and nowhere else.
  private static func hasThousandsSeparators(_ text: String) -> Bool {
    let whole = text.prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count) else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 3 } && !text.dropFirst(whole.count).contains(",")
  }

  /// A time of day, `h:mm` or `h:mm:ss`, with or without AM or PM; or seconds. In s from midnight, or from the
  /// simulation's time 0.
  static func time(_ field: Located<String>, _ log: inout DiagnosticLog) -> Double? {
    if let time = time(field.value) { return time }
    log.error(
      "a time is written like 7:30, or in seconds, not '\(field.value)'", at: field.place,
      notes: field.value.isEmpty ? ["the field is empty"] : [])
    return nil
  }

  /// Begin and end of `7:30-7:45`; nil where the text is no such range.
  static func range(_ text: String) -> (begin: Double, end: Double)? {
    let parts = text.split(omittingEmptySubsequences: false) { "-–~～".contains($0) }
    guard parts.count == 2, let begin = time(String(parts[0])), let end = time(String(parts[1])) else {
      return nil
    }
    return (begin, end)
  }

  private static let day = 86_400.0
  /// Later times are taken for a mistake, s: ten days of simulation.
  private static let latest = 864_000.0

  private static func time(_ text: String) -> Double? {
    var words = text.trimmed.lowercased()
    var halfDay: Double?
    for (suffix, begin) in [("am", 0.0), ("pm", day / 2)] where words.hasSuffix(suffix) {
      halfDay = begin
      words = String(words.dropLast(2)).trimmed
    }
    let isNumeric = words.utf8.allSatisfy { (48...58).contains($0) || $0 == 46 }
    let parts = words.split(separator: ":", omittingEmptySubsequences: false).map { Double(plain: $0) }
    guard isNumeric, !words.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
    let numbers = parts.compactMap { $0 }
    if numbers.count == 1, halfDay == nil { return numbers[0] <= latest ? numbers[0] : nil }
    guard (2...3).contains(numbers.count), numbers.dropFirst().allSatisfy({ $0 < 60 }),
      numbers.dropLast().allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    var hours = numbers[0]
    if let halfDay {
      guard (1...12).contains(hours) else { return nil }
      hours = hours == 12 ? 0 : hours
      return halfDay + seconds(hours, numbers)
    }
    let time = seconds(hours, numbers)
    return time <= day ? time : nil
  }

  private static func seconds(_ hours: Double, _ numbers: [Double]) -> Double {
    hours * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }
}
