extension QueuePolygon {
  /// Most vehicles that come to a full stop between two moments without queue, N_f, veh (chapter 31, section 4, steps 2 to
  /// 6; for one green equations 31-137 to 31-140 follow from it).
  ///
  /// A vehicle stops fully if it waits at least as long as braking and accelerating cost.
  ///
  /// - Parameter accelerationDelay: d_a, s.
  public func fullStops(accelerationDelay: Double) -> Double {
    periods().map { Self.stops(in: $0, atLeast: accelerationDelay) }.max() ?? 0
  }

  /// Segments of each time with a queue, in order; one that lasts over the end of the cycle is one.
  private func periods() -> [[Segment]] {
    var (periods, current): ([[Segment]], [Segment]) = ([], [])
    for repetition in 0..<2 {
      for segment in segments {
        let isQueue = segment.queue > Self.nothing || segment.queueAtEnd > Self.nothing
        guard isQueue else {
          if !current.isEmpty { periods.append(current) }
          current = []
          continue
        }
        var shifted = segment
        shifted.begin += Double(repetition) * cycle
        current.append(shifted)
        // A queue without end is counted for one cycle.
        if segment.queueAtEnd - segment.jump <= Self.nothing || current.count == segments.count {
          periods.append(current)
          current = []
        }
      }
    }
    if !current.isEmpty { periods.append(current) }
    return periods
  }

  /// Vehicles of a period, first come first served, whose wait is at least this long.
  private static func stops(in period: [Segment], atLeast delay: Double) -> Double {
    guard let first = period.first else { return 0 }
    let queued = first.queue
    var arriving = [Moment(count: 0, time: first.begin), Moment(count: queued, time: first.begin)]
    var leaving = [Moment(count: 0, time: first.begin)]
    var (arrived, left) = (queued, 0.0)
    for segment in period {
      let end = segment.begin + segment.duration
      arrived += segment.arrivals * segment.duration
      arriving.append(Moment(count: arrived, time: end))
      left += segment.departures * segment.duration
      leaving.append(Moment(count: left, time: end))
      left += segment.jump
      leaving.append(Moment(count: left, time: end))
    }
    let counts = (arriving + leaving).map(\.count).filter { $0 <= min(arrived, left) }.sorted()
    var stops = 0.0
    for (low, high) in zip(counts, counts.dropFirst()) where high - low > nothing {
      // Within a step both curves are straight; their ends are looked up from inside it.
      let inset = (high - low) * 1e-6
      let begin = Moment.time(low + inset, leaving) - Moment.time(low + inset, arriving) - delay
      let end = Moment.time(high - inset, leaving) - Moment.time(high - inset, arriving) - delay
      if begin >= 0, end >= 0 {
        stops += high - low
      } else if begin >= 0 || end >= 0 {
        stops += (high - low) * max(begin, end) / (max(begin, end) - min(begin, end))
      }
    }
    return stops
  }

  /// When a number of vehicles has arrived or left.
  private struct Moment {
    var count: Double
    var time: Double

    static func time(_ count: Double, _ curve: [Moment]) -> Double {
      for (low, high) in zip(curve, curve.dropFirst()) where high.count > low.count && count <= high.count {
        return low.time + (high.time - low.time) * (count - low.count) / (high.count - low.count)
      }
      return curve.last?.time ?? 0
    }
  }
}
