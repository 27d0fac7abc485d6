internal import TrafficModel

/// Scenarios of the MATSim simulator: XML files, in a folder or named by a configuration. Documentation/MATSim.md.
struct MATSimFormat: NetworkFormat, NetworkWriter {
  let name = "matsim"
  let outputEndings: [String] = []
  let kindOfFolders: String? = "MATSim"

  func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    try MATSimFiles.recognizes(input)
  }

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("MATSim has a population")
    return try MATSimReader.read(input)
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    MATSimWriter.write(scenario)
  }
}
