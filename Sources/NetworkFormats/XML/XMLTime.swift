/// Times as simulators write them.
enum XMLTime {
  /// Seconds of a number, or of `h:m:s` or `d:h:m:s`; nil for anything else.
  ///
  /// - Parameter allowsMinutes: whether `h:m` is a time, too.
  static func seconds(_ text: String, allowsMinutes: Bool = false) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double(plain: $0) }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == parts.count, numbers.allSatisfy(\.isFinite) else { return nil }
    let time: Double
    switch numbers.count {
    case 1: time = numbers[0]
    case 2 where allowsMinutes: time = numbers[0] * 3600 + numbers[1] * 60
    case 3: time = numbers[0] * 3600 + numbers[1] * 60 + numbers[2]
    case 4: time = numbers[0] * 86400 + numbers[1] * 3600 + numbers[2] * 60 + numbers[3]
    default: return nil
    }
    return abs(time) <= 1e9 ? time : nil
  }
}
