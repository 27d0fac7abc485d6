public import TrafficModel

/// What a reader made of an input.
public struct ReadScenario: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// What somebody should look at.
  public var warnings: [Diagnostic]
  /// The files that it was made of, in the order in which a report names them.
  public var files: [InputFile]
  /// What the format's own writers, and no others, want to know of the input; nil where they want nothing.
  public var origin: (any Sendable)?

  /// A scenario with warnings.
  public init(
    scenario: Scenario, warnings: [Diagnostic] = [], files: [InputFile] = [], origin: (any Sendable)? = nil
  ) {
    self.scenario = scenario
    self.warnings = warnings
    self.files = files
    self.origin = origin
  }
}
