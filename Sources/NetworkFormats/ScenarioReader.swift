public import TrafficModel

/// What a reader made of an input.
public struct ReadScenario: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// What somebody should look at.
  public var warnings: [Diagnostic]

  /// A scenario with warnings.
  public init(scenario: Scenario, warnings: [Diagnostic]) {
    self.scenario = scenario
    self.warnings = warnings
  }
}
