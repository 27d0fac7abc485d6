/// Times in a cycle of `cycle` seconds, which begins again where it ends.
extension Double {
  /// The remainder in 0 ..< `divisor`: where in a cycle of `divisor` seconds a time lies.
  package func positiveRemainder(_ divisor: Double) -> Double {
    let rest = truncatingRemainder(dividingBy: divisor)
    return rest < 0 ? rest + divisor : rest
  }

  /// Brought into 0 ..< `cycle`; what rounding has left of a whole cycle is 0.
  package func wrapped(in cycle: Double) -> Double {
    let positive = positiveRemainder(cycle)
    return cycle - positive < 1e-9 ? 0 : positive
  }

  /// s between two times of a cycle, the shorter way round.
  package func distance(to other: Double, in cycle: Double) -> Double {
    let apart = (self - other).positiveRemainder(cycle)
    return min(apart, cycle - apart)
  }
}
