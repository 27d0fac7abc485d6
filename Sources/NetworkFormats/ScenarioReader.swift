public import TrafficModel

/// What a reader made of an input.
public struct ReadScenario: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// What somebody should look at.
  public var warnings: [Diagnostic]
  /// Names of the signal programmes in the input, sorted: a plan that is written back needs another.
  public var programNames: [String]

  /// A scenario with warnings.
  public init(scenario: Scenario, warnings: [Diagnostic], programNames: [String] = []) {
    self.scenario = scenario
    self.warnings = warnings
    self.programNames = programNames
  }
}
