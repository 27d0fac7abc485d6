internal import TrafficModel

/// Scenarios of the CityFlow simulator: JSON files, in a folder or named by one of them. Documentation/CityFlow.md.
struct CityFlowFormat: NetworkFormat, NetworkWriter {
  let name = "cityflow"
  let outputEndings: [String] = []
  let kindOfFolders: String? = "CityFlow"

  func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    try CityFlowFiles.recognizes(input)
  }

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("CityFlow has a flow file")
    return try CityFlowReader.read(input)
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    CityFlowWriter.write(scenario)
  }
}
