/// A plan of a ring-barrier controller: which phase follows which, and how long each lasts.
public struct RingTiming: Hashable, Sendable {
  /// By barrier and ring: positions of the phases in the order in which they run; those left out are absent.
  public var order: [[[Int]]]
  /// By phase: green, yellow and all-red together, s; of no meaning for those left out.
  public var splits: [Double]

  /// A timing.
  public init(order: [[[Int]]], splits: [Double]) {
    self.order = order
    self.splits = splits
  }

  /// Seconds of the phases of each ring before a barrier.
  public func sums(barrier: Int) -> [Double] {
    order[barrier].map { $0.reduce(0) { $0 + splits[$1] } }
  }

  /// s until all rings may cross a barrier: the longest of their sums.
  public func length(barrier: Int) -> Double { sums(barrier: barrier).max() ?? 0 }

  /// s.
  public var cycle: Double { order.indices.reduce(0) { $0 + length(barrier: $1) } }

  /// By phase: s from the begin of the first barrier's phases to its green; nil where it is left out.
  public var begins: [Double?] {
    var begins = [Double?](repeating: nil, count: splits.count)
    var start = 0.0
    for barrier in order.indices {
      for ring in order[barrier] {
        var time = start
        for phase in ring {
          begins[phase] = time
          time += splits[phase]
        }
      }
      start += length(barrier: barrier)
    }
    return begins
  }
}

extension PhaseRings {
  /// All phases in the order in which they stand, each with its minimum split.
  public var presentTiming: RingTiming {
    RingTiming(
      order: barriers.map { barrier in rings.map { segment(ring: $0, barrier: barrier) } },
      splits: phases.map(\.minimumSplit))
  }
}
