/// How drivers judge their delay at signals, A to F.
///
/// Highway Capacity Manual, 6th edition, exhibit 19-8: mean control delay up to 10, 20, 35, 55 and 80 s per vehicle.
public enum LevelOfService: String, Hashable, Sendable, CaseIterable {
  case a = "A"
  case b = "B"
  case c = "C"
  case d = "D"
  case e = "E"
  case f = "F"

  /// The level of a mean delay, s per vehicle.
  public init(delayPerVehicle delay: Double) {
    self = Self.allCases.first { delay <= $0.longestDelay } ?? .f
  }

  /// The longest mean delay of the level, s per vehicle; infinite for F.
  public var longestDelay: Double {
    switch self {
    case .a: 10
    case .b: 20
    case .c: 35
    case .d: 55
    case .e: 80
    case .f: .infinity
    }
  }
}
