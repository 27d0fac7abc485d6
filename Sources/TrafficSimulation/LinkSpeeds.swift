/// Mean speed on each link over the last minutes: what drivers who choose their route know of the roads.
struct LinkSpeeds: ~Copyable {
  /// Seconds of memory.
  private static let memory = 180

  /// By link: m, and m/s on the empty road.
  private let lengths: FlatArray<Double>
  private let limits: FlatArray<Double>
  /// By link: mean speed over the memory, m/s.
  private let mean: FlatArray<Double>
  /// Seconds × links.
  private let history: FlatArray<Float>
  /// By link: speeds of the present second's vehicles, and their number.
  private let sum: FlatArray<Double>
  private let count: FlatArray<Int32>
  /// Links that have had vehicles within the memory, and by link the last second with some: elsewhere speeds stay.
  private let recent: FlatArray<Int32>
  private var recentCount = 0
  private let lastUse: FlatArray<Int>
  private var second = 0
  private var slot = 0

  init(lengths: [Double], limits: [Double]) {
    self.lengths = FlatArray(lengths)
    self.limits = FlatArray(limits)
    mean = FlatArray(limits)
    history = FlatArray(repeating: 0, count: Self.memory * limits.count)
    for index in 0..<history.count { history[index] = Float(limits[index % limits.count]) }
    sum = FlatArray(repeating: 0, count: lengths.count)
    count = FlatArray(repeating: 0, count: lengths.count)
    recent = FlatArray(repeating: -1, count: lengths.count)
    lastUse = FlatArray(repeating: -1, count: lengths.count)
  }

  /// Notes vehicles of the present second.
  @inline(__always)
  mutating func add(speeds: Double, vehicles: Int32, link: Int32) {
    if lastUse[link] < 0 {
      recent[recentCount] = link
      recentCount += 1
    }
    lastUse[link] = second
    sum[link] += speeds
    count[link] += vehicles
  }

  /// Ends the second.
  mutating func advance() {
    let links = lengths.count
    var kept = 0
    for index in 0..<recentCount {
      let link = recent[index]
      let speed = Float(count[link] > 0 ? sum[link] / Double(count[link]) : limits[link])
      let place = slot * links + Int(link)
      let old = history[place]
      if speed != old {
        mean[link] += Double(speed - old) / Double(Self.memory)
        history[place] = speed
      }
      sum[link] = 0
      count[link] = 0
      if second - lastUse[link] <= Self.memory {
        recent[kept] = link
        kept += 1
      } else {
        lastUse[link] = -1
      }
    }
    recentCount = kept
    slot = (slot + 1) % Self.memory
    second += 1
  }

  /// Seconds that a link takes at present.
  @inline(__always)
  func time(_ link: Int32) -> Double {
    max(lengths[link] / max(mean[link], 0.01), lengths[link] / limits[link])
  }
}
