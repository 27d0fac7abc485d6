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
  private var slot = 0

  init(lengths: [Double], limits: [Double]) {
    self.lengths = FlatArray(lengths)
    self.limits = FlatArray(limits)
    mean = FlatArray(limits)
    history = FlatArray((0..<Self.memory).flatMap { _ in limits.map { Float($0) } })
    sum = FlatArray(repeating: 0, count: lengths.count)
    count = FlatArray(repeating: 0, count: lengths.count)
  }

  /// Notes a vehicle of the present second.
  @inline(__always)
  func add(speed: Double, link: Int32) {
    sum[link] += speed
    count[link] += 1
  }

  /// Ends the second.
  mutating func advance() {
    let links = lengths.count
    for link in 0..<links {
      let speed = Float(count[link] > 0 ? sum[link] / Double(count[link]) : limits[link])
      let old = history[slot * links + link]
      if speed != old {
        mean[link] += Double(speed - old) / Double(Self.memory)
        history[slot * links + link] = speed
      }
      sum[link] = 0
      count[link] = 0
    }
    slot = (slot + 1) % Self.memory
  }

  /// Seconds that a link takes at present.
  @inline(__always)
  func time(_ link: Int32) -> Double {
    max(lengths[link] / max(mean[link], 0.01), lengths[link] / limits[link])
  }
}
