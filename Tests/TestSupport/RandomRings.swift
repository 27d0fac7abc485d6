public import TrafficModel

/// Plans of a dual ring.
public enum RandomRings {
  /// Splits from 10 s to 40 s, in tenths, and any order of the phases before each barrier.
  ///
  /// - Parameter doMeet: whether both rings come to the barriers at the same time, as those of most plans do.
  public static func program(
    _ rings: RingNetwork, _ random: inout LinearCongruential, doMeet: Bool
  ) -> SignalProgram {
    var splits: [Int: Double] = [:]
    for number in 1...8 { splits[number] = Double(random.whole(in: 100...400)) / 10 }
    let order = [[[1, 2], [5, 6]], [[3, 4], [7, 8]]].map { barrier in
      barrier.map { random.once(in: 2) ? $0 : Array($0.reversed()) }
    }
    for phases in order where doMeet {
      let sums = phases.map { $0.reduce(0) { $0 + (splits[$1] ?? 0) } }
      let shorter = sums[0] < sums[1] ? 0 : 1
      splits[phases[shorter][1]]? += abs(sums[0] - sums[1])
    }
    return rings.program(splits: splits, order: order)
  }
}
