internal import NetworkBuilding
internal import TrafficModel

/// When something of a GMNS folder holds: types of days, and from when to when.
struct GMNSTime: Hashable {
  /// Sunday, Monday … Saturday, holiday: `1` where it holds.
  var days: String
  /// s from midnight.
  var begin: Double
  var end: Double

  /// Reads `01111100_0600_0900`: types of days from Sunday on, and holiday, then begin and end. Colons, seconds and
  /// bitmaps with a digit more or less occur in the wild.
  init?(_ text: String) {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].allSatisfy({ $0 == "0" || $0 == "1" }),
      let begin = Self.clock(String(parts[1])), let end = Self.clock(String(parts[2]))
    else { return nil }
    let bits = parts[0].prefix(8)
    self.init(days: bits + String(repeating: "0", count: 8 - bits.count), begin: begin, end: end)
  }

  init(days: String, begin: Double, end: Double) {
    self.days = days
    self.begin = begin
    // Past midnight the clock begins anew.
    self.end = end > begin ? end : end + 86_400
  }

  /// s from midnight of `0730`, `07:30`, `073000` or `07:30:00`.
  static func clock(_ text: String) -> Double? {
    var digits = text.filter { $0 != ":" }
    if text.contains(":"), text.split(separator: ":")[0].count == 1 { digits = "0" + digits }
    if digits.count == 3 { digits = "0" + digits }
    guard digits.count == 4 || digits.count == 6, digits.allSatisfy({ $0.isNumber && $0.isASCII }),
      let number = Int(digits)
    else { return nil }
    let seconds = digits.count == 6 ? number % 100 : 0
    let rest = digits.count == 6 ? number / 100 : number
    guard rest % 100 < 60, seconds < 60 else { return nil }
    return Double(rest / 100 * 3600 + rest % 100 * 60 + seconds)
  }

  /// `07:30-09:00`, with the days where they are not all: what a period is called that has no name.
  var name: String {
    let clock = Self.text(begin, separator: ":") + "-" + Self.text(end, separator: ":")
    let words: String? =
      switch days.prefix(7) {
      case "0111110": "weekdays"
      case "1000001": "weekend"
      case "1111111", "0000000": nil
      default:
        zip(days, ["sun", "mon", "tue", "wed", "thu", "fri", "sat", "holiday"]).filter { $0.0 == "1" }.map(
          \.1
        )
        .joined(separator: "-")
      }
    return words.map { $0 + " " + clock } ?? clock
  }

  /// `01111100_0600_0900`, with seconds where there are any.
  var text: String { "\(days)_\(Self.text(begin, separator: ""))_\(Self.text(end, separator: ""))" }

  private static func text(_ time: Double, separator: String) -> String {
    let told = time.rounded()
    // The clock of a simulation may go beyond what hours of two digits can say.
    let seconds =
      Int(whole: told, in: 0...359_999) ?? Int(whole: told.positiveRemainder(86_400), in: 0...86_399) ?? 0
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let parts =
      [two(seconds / 3600), two(seconds / 60 % 60)] + (seconds % 60 == 0 ? [] : [two(seconds % 60)])
    return parts.joined(separator: separator)
  }
}

/// The times that tables of a folder name: in `time_day`, or by a row of `time_set_definitions`.
struct GMNSTimes {
  private var sets: [String: GMNSTime] = [:]

  init(_ table: GMNSTable?) {
    guard let table, let id = table.required("timeday_id", "time_day_id"),
      let start = table.required("start_time"), let end = table.required("end_time")
    else { return }
    let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "holiday"].map {
      table.column($0)
    }
    for row in table.rows {
      guard let name = table.text(row, id) else { continue }
      let clocks = [start, end].map { column -> Double? in
        let text = table.text(row, column) ?? ""
        if let time = GMNSTime.clock(text) { return time }
        table.error("a time is written like 07:30, not '\(text)'", row, column)
        return nil
      }
      guard let begin = clocks[0], let end = clocks[1] else { continue }
      let bits = days.map { column in
        let word = table.text(row, column)?.lowercased()
        return word == "1" || word == "true" ? "1" : "0"
      }
      sets[name] = GMNSTime(days: bits.joined(), begin: begin, end: end)
    }
  }

  /// The time of a row; nil where it holds at any time, with an error where it cannot be told.
  func time(_ table: GMNSTable, _ row: Int, text: Int?, set: Int?) -> GMNSTime? {
    if let word = table.text(row, text) {
      if let time = GMNSTime(word) { return time }
      table.error(
        "a time of day is written like 01111100_0600_0900, not '\(word)'", row, text,
        notes: ["Sunday to Saturday and holiday, then begin and end"])
      return nil
    }
    guard let name = table.text(row, set) else { return nil }
    if let time = sets[name] { return time }
    table.unknown("time set", row, set, known: sets.keys.sorted())
    return nil
  }
}
