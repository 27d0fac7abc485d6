/// A mean over seeds with its 95 % confidence interval.
public struct Estimate: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// Half the width of the 95 % confidence interval of the mean (Student's t); infinite for one value.
  public var halfWidth: Double

  /// The mean of at least one value, and its interval.
  public init(of values: [Double]) {
    precondition(!values.isEmpty, "an estimate needs a value")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    guard values.count > 1 else {
      halfWidth = .infinity
      return
    }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    halfWidth = Self.studentQuantile(degreesOfFreedom: values.count - 1) * (variance / count).squareRoot()
  }

  /// Whether zero lies outside the interval.
  public var isCertain: Bool { abs(mean) > halfWidth }

  /// The 97.5 % quantile of Student's t, by table (Fisher and Yates 1938, table III) to 30 degrees of
  /// freedom, beyond it by the Cornish-Fisher expansion about the normal quantile.
  static func studentQuantile(degreesOfFreedom: Int) -> Double {
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
      2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
      2.045, 2.042,
    ]
    if degreesOfFreedom <= table.count { return table[degreesOfFreedom - 1] }
    let z = 1.959_964
    let n = Double(degreesOfFreedom)
    let (z3, z5) = (z * z * z, z * z * z * z * z)
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
  }
}
