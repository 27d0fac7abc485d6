/// Which styles of a workbook's cells show numbers as dates or times (ISO/IEC 29500-1, 18.8.30), and what they show.
struct DateStyles {
  private let styles: Set<Int>
  /// Days from 1899-12-30 to the day that is 0.
  private let firstDay: Int

  /// Formats that every workbook has: 14 to 22 and 45 to 47, and those of East Asia, 27 to 36 and 50 to 58.
  private static let builtIn: [ClosedRange<Int>] = [14...22, 27...36, 45...47, 50...58]

  /// - Parameters:
  ///   - parts: what the style sheet holds.
  ///   - countsFrom1904: whether the workbook says so, as older ones of Macintoshes do.
  init(_ parts: [XMLNode], countsFrom1904: Bool) {
    firstDay = countsFrom1904 ? 1462 : 0
    let own = parts.filter { $0.name == "numFmts" }.flatMap(\.children).compactMap { format in
      format["numFmtId"].flatMap { Int($0, radix: 10) }.map { ($0, Self.isDate(format["formatCode"] ?? "")) }
    }
    let isDate = Dictionary(own) { first, _ in first }
    let cells = parts.filter { $0.name == "cellXfs" }.flatMap(\.children)
    styles = Set(
      cells.indices.filter { index in
        let format = cells[index]["numFmtId"].flatMap { Int($0, radix: 10) } ?? 0
        return isDate[format] ?? Self.builtIn.contains { $0.contains(format) }
      })
  }

  /// Whether a cell of this style shows a date or a time.
  func contains(_ style: String?) -> Bool {
    style.flatMap { Int($0, radix: 10) }.map(styles.contains) ?? false
  }

  /// Whether letters of years, days, hours or seconds stand outside of quotes and brackets, or hours alone in brackets: there
  /// they may be over 24.
  private static func isDate(_ code: String) -> Bool {
    if code.lowercased().hasPrefix("[h") { return true }
    var (isQuoted, depth, isEscaped) = (false, 0, false)
    for letter in code.lowercased() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch letter {
      case "\\": isEscaped = true
      case "\"": isQuoted.toggle()
      case "[" where !isQuoted: depth += 1
      case "]" where !isQuoted: depth -= 1
      case "y", "d", "h", "s":
        if !isQuoted, depth == 0 { return true }
      default: break
      }
    }
    return false
  }

  /// The date and time of a serial number, days since 1899-12-30, to the second: `2026-05-12T07:30:00`, and without the date
  /// below 1; nil for numbers that are none.
  func text(_ serial: Double) -> String? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    let seconds = Int(exactly: (serial * 86_400).rounded()) ?? 0
    let (days, time) = (seconds / 86_400, seconds % 86_400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
    if days == 0 { return clock }
    let (year, month, day) = Self.date(days + firstDay)
    return "\(year)-\(two(month))-\(two(day))T\(clock)"
  }

  /// The Gregorian date of days since 1899-12-30 (H. F. Fliegel and T. C. Van Flandern, Comm. ACM 11 (1968) 657).
  private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
    // 1899-12-30 is the Julian day 2,415,019.
    var l = days + 2_415_019 + 68_569
    let n = 4 * l / 146_097
    l -= (146_097 * n + 3) / 4
    let i = 4000 * (l + 1) / 1_461_001
    l += 31 - 1461 * i / 4
    let j = 80 * l / 2447
    return (100 * (n - 49) + i + j / 11, j + 2 - 12 * (j / 11), l - 2447 * j / 80)
  }
}
