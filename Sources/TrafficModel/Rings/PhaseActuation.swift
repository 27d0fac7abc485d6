/// What detectors may do with a phase of a ring-barrier controller.
public struct PhaseActuation: Hashable, Sendable {
  /// What is called without a vehicle on the detector.
  public enum Recall: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// The minimum green, each cycle.
    case minimum
    /// The maximum green, each cycle.
    case maximum
  }
  /// Longest green while somebody waits elsewhere, s.
  public var maximumGreen: Double
  /// Longest time between two vehicles that keeps the green, from leaving the detector to reaching it, s.
  public var passageTime: Double
  /// Length of the detection zone at the stop line, m.
  public var detectionZone: Double
  /// What is called without a vehicle on the detector.
  public var recall: Recall

  /// The default passage time, s, and detection zone, m: 40 ft.
  public static let usualPassageTime = 2.0, usualDetectionZone = 12.192

  /// Settings of a phase.
  public init(
    maximumGreen: Double, passageTime: Double = Self.usualPassageTime,
    detectionZone: Double = Self.usualDetectionZone, recall: Recall = .none
  ) {
    self.maximumGreen = maximumGreen
    self.passageTime = passageTime
    self.detectionZone = detectionZone
    self.recall = recall
  }
}
