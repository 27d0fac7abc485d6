/// Mean speed on each link over the last minutes: what drivers who choose their route know of the roads.
///
/// A link without vehicles counts as driven at its limit, so only the seconds with some are remembered.
struct LinkSpeeds: ~Copyable {
  /// Seconds of memory.
  private static let memory = 180

  struct Entry: BitwiseCopyable {
    var link: Int32
    /// Mean speed of its vehicles, m/s.
    var speed: Float
  }

  /// By link: m, and m/s on the empty road.
  private let lengths: FlatArray<Double>
  private let limits: FlatArray<Double>
  /// By link: mean speed over the memory, m/s.
  private var mean: FlatArray<Double>
  /// By second of the memory: links that had vehicles, in a row of as many places as there are links.
  private var history: FlatArray<Entry>
  private var entryCount: FlatArray<Int32>
  /// By link: the speed that is about to be forgotten, m/s.
  private var forgotten: FlatArray<Float>
  /// By link: speeds of the present second's vehicles, and their number.
  private var sum: FlatArray<Double>
  private var count: FlatArray<Int32>
  /// Links that have vehicles in the present second.
  private var driven: FlatArray<Int32>
  private var drivenCount = 0
  private var slot = 0

  init(lengths: [Double], limits: [Double]) {
    self.lengths = FlatArray(lengths)
    self.limits = FlatArray(limits)
    mean = FlatArray(limits)
    // Most of this memory is never touched, and so never claimed, in a run.
    history = FlatArray(unwrittenCount: Self.memory * limits.count)
    entryCount = FlatArray(repeating: 0, count: Self.memory)
    forgotten = FlatArray(limits.map { Float($0) })
    sum = FlatArray(repeating: 0, count: lengths.count)
    count = FlatArray(repeating: 0, count: lengths.count)
    driven = FlatArray(repeating: -1, count: lengths.count)
  }

  /// Notes vehicles of the present second.
  @inline(__always)
  mutating func add(speeds: Double, vehicles: Int32, link: Int32) {
    if count[link] == 0 {
      driven[drivenCount] = link
      drivenCount += 1
    }
    sum[link] += speeds
    count[link] &+= vehicles
  }

  /// Ends the second.
  mutating func advance() {
    let first = slot * lengths.count
    for place in first..<first + Int(entryCount[slot]) {
      let (link, speed) = (history[place].link, history[place].speed)
      if count[link] > 0 {
        forgotten[link] = speed
      } else {
        replace(speed, by: Float(limits[link]), on: link)
      }
    }
    for index in 0..<drivenCount {
      let link = driven[index]
      let speed = Float(sum[link] / Double(count[link]))
      replace(forgotten[link], by: speed, on: link)
      forgotten[link] = Float(limits[link])
      history[first + index] = Entry(link: link, speed: speed)
      sum[link] = 0
      count[link] = 0
    }
    entryCount[slot] = Int32(drivenCount)
    drivenCount = 0
    slot = slot + 1 < Self.memory ? slot + 1 : 0
  }

  @inline(__always)
  private mutating func replace(_ old: Float, by speed: Float, on link: Int32) {
    if speed != old { mean[link] += Double(speed - old) / Double(Self.memory) }
  }

  /// Seconds that a link takes at present.
  @inline(__always)
  func time(_ link: Int32) -> Double {
    max(lengths[link] / max(mean[link], 0.01), lengths[link] / limits[link])
  }
}
