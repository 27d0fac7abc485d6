/// A signal phase: its change intervals, and what its controller is set to; all times in seconds.
public struct Phase: Hashable, Sendable {
  /// What is called without a detector.
  public enum Recall: Hashable, Sendable {
    /// Nothing.
    case none
    /// The minimum green, each cycle.
    case minimum
    /// The maximum green, each cycle.
    case maximum
  }

  /// Number that engineers call it by, 1 to 8.
  public var number: Int
  /// Yellow change interval, 3 to 6.
  public var yellow: Double
  /// Red clearance, 0 or more.
  public var redClearance: Double
  /// Green, yellow and red clearance together, where a plan says so.
  public var duration: Double?
  /// Maximum green; of a coordinated controller, what its split leaves of it counts.
  public var maximumGreen: Double
  /// Minimum green.
  public var minimumGreen: Double
  /// Passage time.
  public var passageTime: Double
  /// Length of the detection zone at the stop line, m.
  public var detector: Double
  /// Walk setting; nil where nobody crosses with the phase.
  public var walk: Double?
  /// Pedestrian clearance.
  public var pedestrianClearance: Double
  /// What is called without a detector.
  public var recall: Recall

  /// A phase as described by its parts; the manual's defaults hold for what is not said.
  public init(
    number: Int, yellow: Double = 4, redClearance: Double = 0, duration: Double? = nil,
    maximumGreen: Double = 50, minimumGreen: Double = 5, passageTime: Double = 2,
    detector: Double = 40 * 0.3048, walk: Double? = nil, pedestrianClearance: Double = 0,
    recall: Recall = .none
  ) {
    self.number = number
    self.yellow = yellow
    self.redClearance = redClearance
    self.duration = duration
    self.maximumGreen = maximumGreen
    self.minimumGreen = minimumGreen
    self.passageTime = passageTime
    self.detector = detector
    self.walk = walk
    self.pedestrianClearance = pedestrianClearance
    self.recall = recall
  }

  /// Yellow and red clearance, s.
  public var change: Double { yellow + redClearance }
  /// Walk and clearance, s; 0 where nobody crosses.
  var pedestrianGreen: Double { walk.map { $0 + pedestrianClearance } ?? 0 }
}
