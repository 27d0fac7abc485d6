/// Level of service, A to F.
public enum LevelOfService: String, CaseIterable, Comparable, Sendable {
  // The letters say it: A the best, F the worst.
  case a = "A", b = "B", c = "C", d = "D", e = "E", f = "F"

  /// Better before worse.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The first level whose limit is not exceeded; F beyond all.
  static func level(_ value: Double, limits: [Double]) -> LevelOfService {
    for (level, limit) in zip(allCases, limits) where value <= limit { return level }
    return .f
  }

  /// Of vehicles (exhibit 19-8): limits of 10, 20, 35, 55 and 80 s/veh; F where a lane group's demand exceeds capacity.
  ///
  /// - Parameters:
  ///   - delay: control delay, s/veh.
  ///   - saturation: X of a lane group; approach and junction are judged by delay alone.
  public static func vehicles(delay: Double, saturation: Double = 0) -> LevelOfService {
    saturation > 1 ? .f : level(delay, limits: [10, 20, 35, 55, 80])
  }

  /// Of people on foot and on bicycles (exhibit 19-9), by score: limits of 1.5, 2.5, 3.5, 4.5 and 5.5.
  public static func score(_ score: Double) -> LevelOfService {
    level(score, limits: [1.5, 2.5, 3.5, 4.5, 5.5])
  }
}
