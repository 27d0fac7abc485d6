/// Conversions to the units that the manual's regressions were made in.
enum USUnits {
  /// Metres in a foot.
  static let foot = 0.3048
  /// Metres per second in a mile per hour.
  static let milePerHour = 0.44704
  /// Seconds in an hour.
  static let hour = 3600.0
}
