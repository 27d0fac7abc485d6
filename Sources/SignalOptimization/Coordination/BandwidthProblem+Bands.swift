/// Bands by looking at the greens: independent of the program that finds them.
extension BandwidthProblem {
  /// The widest bands throughout, fractions of the cycle, for given offsets and travel times.
  ///
  /// - Parameters:
  ///   - patterns: by signal.
  ///   - offsets: by signal, fractions of the cycle.
  ///   - cycle: s.
  ///   - outboundTimes: by link, s.
  ///   - inboundTimes: by link, s.
  public func bands(
    patterns: [Int], offsets: [Double], cycle: Double, outboundTimes: [Double], inboundTimes: [Double]
  ) -> (outbound: Double, inbound: Double) {
    // Greens in the time of somebody who drives along: less the time that it took to get there.
    var (out, back) = (0.0, 0.0)
    var outboundGreens: [Green] = []
    var inboundGreens: [Green] = []
    for index in signals.indices {
      let pattern = signals[index].patterns[patterns[index]]
      if index > 0 {
        out += (outboundTimes[index - 1] - signals[index].outboundQueueClearance) / cycle
        back -= (inboundTimes[index - 1] - signals[index - 1].inboundQueueClearance) / cycle
      }
      outboundGreens.append(
        Green(begin: fraction(offsets[index] + pattern.outbound.begin - out), length: pattern.outbound.length)
      )
      inboundGreens.append(
        Green(begin: fraction(offsets[index] + pattern.inbound.begin - back), length: pattern.inbound.length))
    }
    return (Self.widest(outboundGreens), Self.widest(inboundGreens))
  }

  /// The longest time, fraction of the cycle, in which all greens are on.
  private static func widest(_ greens: [Green]) -> Double {
    // It begins with one of the greens.
    greens.reduce(0) { widest, first in
      let width = greens.reduce(first.length) { width, green in
        let elapsed = fraction(first.begin - green.begin)
        // A begin that is the same up to rounding has not lasted a whole cycle.
        let since = elapsed > 1 - 1e-12 ? 0 : elapsed
        return min(width, green.length - since)
      }
      return max(widest, width)
    }
  }
}
