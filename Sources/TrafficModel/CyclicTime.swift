extension Double {
  /// The remainder in 0 ..< `divisor`: where in a cycle of `divisor` seconds a time lies.
  package func positiveRemainder(_ divisor: Double) -> Double {
    let rest = truncatingRemainder(dividingBy: divisor)
    return rest < 0 ? rest + divisor : rest
  }
}
