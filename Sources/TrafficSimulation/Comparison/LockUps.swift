extension PlanComparison.Entry {
  /// A run with more than so many times the median delay of the plan's runs has locked up.
  public static let lockUpFactor = 2.0

  /// Runs that lock up: with more than `lockUpFactor` times the median delay per vehicle. Vehicles that block each other
  /// until the period ends show as such a run; a plan that locks up on most of its days shows in its mean.
  public var lockUps: Int {
    let delays = runs.map(\.delayPerVehicle)
    guard !delays.isEmpty else { return 0 }
    let sorted = delays.sorted()
    let middle = sorted.count / 2
    let median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    return delays.count { $0 > Self.lockUpFactor * median }
  }
}
