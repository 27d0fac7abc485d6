public import TrafficModel

/// Writes scenarios in Greenwave's own format: Documentation/DetailedFormat.md.
public enum NativeWriter {
  /// The file of a scenario, whatever it was read from; reading it gives an equal scenario.
  public static func write(_ scenario: Scenario) -> WrittenScenario {
    WrittenScenario(
      files: [WrittenScenario.File(name: "", text: DetailedText(scenario: scenario).text)], losses: [])
  }
}
