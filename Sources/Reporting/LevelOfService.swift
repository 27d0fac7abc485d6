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
    switch delay {
    case ...10: self = .a
    case ...20: self = .b
    case ...35: self = .c
    case ...55: self = .d
    case ...80: self = .e
    default: self = .f
    }
  }
}
