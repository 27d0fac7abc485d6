internal import TrafficModel

/// Times of day in schedule files.
enum ClockText {
  /// s from midnight as `07:30`, or `07:30:15`, with decimals where the seconds have some.
  static func text(_ time: Double) -> String {
    let minutes = Int((time / 60).rounded(.down))
    let seconds = time - Double(minutes) * 60
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(minutes / 60)):\(two(minutes % 60))"
    guard seconds > 0 else { return clock }
    return clock + (seconds < 10 ? ":0" : ":") + PlanText.seconds(seconds)
  }

  /// s from midnight, less than a day; nil for other texts than `7:30`, `07:30` and `07:30:15`.
  static func seconds(_ text: String) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } }),
      let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
    else { return nil }
    guard parts.count == 3 else { return Double(hours * 3600 + minutes * 60) }
    guard let seconds = Double(plain: parts[2]), seconds >= 0, seconds < 60 else { return nil }
    return Double(hours * 3600 + minutes * 60) + seconds
  }
}
