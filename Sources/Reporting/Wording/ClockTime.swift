/// Times of day in reports.
public enum ClockTime {
  /// Seconds since midnight as `7:30`, or with seconds where they are not zero.
  public static func text(_ time: Double) -> String {
    let seconds = Int(max(-1e9, min(1e9, time.rounded())))
    let (hour, minute, second) = (seconds / 3600, abs(seconds / 60 % 60), abs(seconds % 60))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(hour):\(two(minute))" + (second == 0 ? "" : ":\(two(second))")
  }

  /// `7:30 to 8:30`.
  public static func text(_ times: Range<Double>) -> String {
    "\(text(times.lowerBound)) to \(text(times.upperBound))"
  }
}
