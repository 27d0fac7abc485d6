internal import NetworkBuilding
internal import TrafficModel

/// Plans of Vissim's fixed-time control, a file (`.sig`) for each controller: Documentation/PlanFormat.md.
struct VissimFormat: PlanReader, PlanWriter {
  let name = "vissim"
  let planFolder: String? = "a folder of Vissim's controllers has .sig files"
  static let ending = ".sig"

  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool {
    if input.isFolder { return !Self.files(of: input).isEmpty }
    return try input.file.xmlRoot() == "sc"
  }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    let files = input.isFolder ? Self.files(of: input) : [input.file]
    var plan = VissimPlan(name: InputFile.baseName(input.path), network: network, time: time)
    var diagnostics: [Diagnostic] = []
    var hasErrors = false
    for file in files {
      var log = DiagnosticLog(file)
      plan.add(file, &log)
      hasErrors = hasErrors || log.hasErrors
      diagnostics += log.diagnostics.inOrderOfPlace
    }
    if hasErrors { throw InputFailure(diagnostics) }
    return ReadPlan(plan: plan.plan, warnings: diagnostics)
  }

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    VissimWriter(plan, of: scenario.network, period: period.name).written
  }

  private static func files(of input: InputFiles) -> [InputFile] {
    input.names.filter { $0.lowercased().hasSuffix(ending) }.map { input[input.folder + $0] }
  }
}
