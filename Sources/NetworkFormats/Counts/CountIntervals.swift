/// When the intervals of a sheet end that says only when they begin, junction by junction.
struct CountIntervals {
  static let day = 86_400.0
  /// Longer ones are taken for a pause in the counting, s, where others are shorter.
  private static let longest = 3600.0

  private var begins: [String: [Double]] = [:]
  /// By junction, what lies between most begins, s.
  private var usual: [String: Double] = [:]

  /// Takes on the begin of an interval, s.
  mutating func add(_ begin: Double, at junction: String) { begins[junction, default: []].append(begin) }

  /// To be called when all are there.
  mutating func sort() {
    for (junction, times) in begins {
      let sorted = Set(times).sorted()
      begins[junction] = sorted
      var counts: [Double: Int] = [:]
      for (first, second) in zip(sorted, sorted.dropFirst()) { counts[second - first, default: 0] += 1 }
      usual[junction] = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
  }

  /// An interval lasts until the next one of its junction begins, and the last as long as the one before; what would last over
  /// an hour is followed by a pause where most are shorter. Nil where there is only one.
  func end(of begin: Double, at junction: String) -> Double? {
    guard let times = begins[junction], let usual = usual[junction], let index = times.firstIndex(of: begin)
    else { return nil }
    let length = index + 1 < times.count ? times[index + 1] - begin : begin - times[index - 1]
    return begin + (length > Self.longest && length > usual ? usual : length)
  }
}
