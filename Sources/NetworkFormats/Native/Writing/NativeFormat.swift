internal import TrafficModel

/// Greenwave's own YAML files: Documentation/NetworkFormat.md and Documentation/DetailedFormat.md.
struct NativeFormat: NetworkFormat, NetworkWriter {
  let name = "native"
  let endings = [".yaml", ".yml"]
  let outputEndings = [".yaml", ".yml"]
  let kindsOfFiles = ["network files (.yaml, .yml)"]

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("this is a network file with its own demand")
    return try NativeReader.read(input)
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    NativeWriter.write(scenario)
  }
}
