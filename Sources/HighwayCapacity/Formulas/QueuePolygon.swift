/// The queue of one lane over a cycle, interval by interval (HCM 7, equations 19-32 to 19-36 and 31-92, 31-115, 31-116).
///
/// The cycle repeats: the queue at its start is that at its end. Arrivals beyond what leaves per cycle belong to
/// incremental delay and are left out here by whoever makes the polygon.
public struct QueuePolygon: Hashable, Sendable {
  /// A time of constant arrivals and discharge.
  public struct Interval: Hashable, Sendable {
    /// s.
    public var duration: Double
    /// Vehicles that arrive, veh/s.
    public var arrivals: Double
    /// Vehicles that can leave, veh/s.
    public var discharge: Double
    /// Vehicles that can leave at its end, at once.
    public var sneakers: Double

    /// An interval as described by its parts.
    public init(duration: Double, arrivals: Double, discharge: Double, sneakers: Double = 0) {
      self.duration = max(duration, 0)
      self.arrivals = arrivals
      self.discharge = discharge
      self.sneakers = sneakers
    }
  }

  /// A time within which the queue changes steadily: its queue at begin and end, veh, and what arrives and leaves, veh/s.
  struct Segment: Hashable, Sendable {
    var interval: Int
    var begin: Double
    var duration: Double
    var arrivals: Double
    var departures: Double
    var queue: Double
    /// Vehicles that leave at its end, at once.
    var jump: Double
    var queueAtEnd: Double { max(queue + (arrivals - departures) * duration, 0) }
  }

  /// In order, from any moment of the cycle on.
  public let intervals: [Interval]
  /// Queue at the start of the first interval, veh.
  public let initialQueue: Double
  let segments: [Segment]

  /// Below this a queue is none, veh.
  static let nothing = 1e-9
  /// Cycles after which a queue that still grows is taken as it is.
  private static let mostCycles = 100

  /// The polygon of these intervals, repeated until begin and end agree.
  public init(_ intervals: [Interval]) {
    self.intervals = intervals
    var queue = 0.0
    var found: [Segment] = []
    for _ in 0..<Self.mostCycles {
      var end = queue
      found = Self.walk(intervals, &end)
      if abs(end - queue) < Self.nothing { break }
      queue = end
    }
    initialQueue = queue
    segments = found
  }

  private static func walk(_ intervals: [Interval], _ queue: inout Double) -> [Segment] {
    var segments: [Segment] = []
    var time = 0.0
    for (index, interval) in intervals.enumerated() where interval.duration > 0 || interval.sneakers > 0 {
      var rest = interval.duration
      let decrease = interval.discharge - interval.arrivals
      if queue > nothing, decrease > 0, queue / decrease < rest {
        let clearing = queue / decrease
        segments.append(
          Segment(
            interval: index, begin: time, duration: clearing, arrivals: interval.arrivals,
            departures: interval.discharge, queue: queue, jump: 0))
        (queue, time, rest) = (0, time + clearing, rest - clearing)
      }
      let hasQueue = queue > nothing || decrease < 0
      var last = Segment(
        interval: index, begin: time, duration: rest, arrivals: interval.arrivals,
        departures: hasQueue ? interval.discharge : interval.arrivals, queue: queue, jump: 0)
      last.jump = min(interval.sneakers, last.queueAtEnd)
      queue = last.queueAtEnd - last.jump
      time += rest
      segments.append(last)
    }
    return segments
  }

  /// A moment at which the queue begins to change otherwise.
  public struct Corner: Hashable, Sendable {
    /// s after the start of the first interval.
    public let time: Double
    /// veh; before sneakers leave, if they leave then.
    public let queue: Double
  }
  /// Where the queue's outline bends, in order.
  public var corners: [Corner] {
    [Corner(time: 0, queue: initialQueue)]
      + segments.flatMap { segment in
        let end = Corner(time: segment.begin + segment.duration, queue: segment.queueAtEnd)
        return segment.jump > 0 ? [end, Corner(time: end.time, queue: end.queue - segment.jump)] : [end]
      }
  }

  /// s.
  public var cycle: Double { intervals.reduce(0) { $0 + $1.duration } }
  /// Vehicles that arrive per cycle.
  public var arrivals: Double { intervals.reduce(0) { $0 + $1.duration * $1.arrivals } }
  /// Longest queue, veh.
  public var longestQueue: Double { segments.reduce(0) { max($0, $1.queue, $1.queueAtEnd) } }

  /// Mean wait, d₁, s/veh (equation 19-35): the area under the queue over the arrivals.
  public var uniformDelay: Double {
    guard arrivals > 0 else { return 0 }
    return segments.reduce(0) { $0 + 0.5 * ($1.queue + $1.queueAtEnd) * $1.duration } / arrivals
  }

  /// From the start of these intervals, which follow one another, until the last moment of queue in them, s.
  public func serviceTime(_ range: Range<Int>) -> Double {
    var (elapsed, last) = (0.0, 0.0)
    for segment in segments where range.contains(segment.interval) {
      elapsed += segment.duration
      if segment.queue > Self.nothing || segment.queueAtEnd > Self.nothing { last = elapsed }
    }
    return last
  }
}
