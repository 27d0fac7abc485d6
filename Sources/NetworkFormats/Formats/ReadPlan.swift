public import TrafficModel

/// What a reader made of a plan file.
public struct ReadPlan: Sendable {
  /// A programme for each controller that the file tells of.
  public var plan: TimingPlan
  /// What somebody should look at.
  public var warnings: [Diagnostic]

  /// A plan with warnings.
  public init(plan: TimingPlan, warnings: [Diagnostic] = []) {
    self.plan = plan
    self.warnings = warnings
  }
}

/// When a plan is to run: which of several in a file is meant.
public struct PlanTime: Hashable, Sendable {
  /// The period's name; empty where it has none.
  public var period: String
  /// Absolute s.
  public var time: Range<Double>

  /// A period of this name.
  public init(period: String, time: Range<Double>) {
    self.period = period
    self.time = time
  }

  /// The time of a period of a scenario.
  public init(_ period: Period) {
    self.init(period: period.name, time: period.demand.begin..<period.demand.end)
  }
}
