public import TrafficModel

/// How often and for how long a controller that responds to traffic showed each of its intervals.
public struct ShownStages: Hashable, Sendable {
  /// How an interval was shown.
  public struct Use: Hashable, Sendable {
    /// How many times it ended within the period.
    public var count = 0
    /// Σ of their durations, s.
    public var seconds = 0.0
    /// The shortest of them, s; 0 where there was none.
    public var shortest = 0.0
    /// The longest of them, s.
    public var longest = 0.0

    /// Mean duration, s; 0 where it was never shown.
    public var mean: Double { count == 0 ? 0 : seconds / Double(count) }
  }
  /// The controller.
  public let controller: ControllerID
  /// By interval of its actuation.
  public private(set) var uses: [Use]
  /// Mean time from one begin of the first interval to the next, s; nil where it was never shown.
  public var meanCycle: Double? {
    guard let first = uses.first, first.count > 0 else { return nil }
    return uses.reduce(0) { $0 + $1.seconds } / Double(first.count)
  }
  /// Absolute s.
  private var begun = 0.0

  init(controller: ControllerID, intervals: Int) {
    self.controller = controller
    uses = [Use](repeating: Use(), count: intervals)
  }

  /// Notes that an interval begins, and that the one before ends.
  mutating func change(from before: Int?, at time: Double) {
    defer { begun = time }
    guard let before else { return }
    let seconds = time - begun
    let isFirst = uses[before].count == 0
    uses[before].shortest = isFirst ? seconds : min(uses[before].shortest, seconds)
    uses[before].longest = max(uses[before].longest, seconds)
    uses[before].seconds += seconds
    uses[before].count += 1
  }
}
