internal import TrafficModel

/// UTDF, the text format of Synchro: one file, or the older set of files in a folder. Documentation/UTDF.md.
struct UTDFFormat: NetworkFormat, NetworkWriter, PlanReader, PlanWriter {
  let name = "utdf"
  let outputEndings = [".csv"]
  let kindsOfFiles = ["UTDF files of Synchro (.csv)"]
  let planFolder: String? = "an older UTDF folder Timing.csv and Phasing.csv"

  /// What a plan for a network of UTDF goes into, or is read on top of: the text of its files.
  struct Origin {
    let source: UTDFSource
  }

  func recognizes(_ input: InputFiles) throws(InputFailure) -> Bool {
    try input.isFolder ? UTDFFolder.isLike(input) : UTDFFile.isLike(input.file)
  }

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("a UTDF file has volumes")
    return try UTDFReader.read(input)
  }

  /// A combined file is kept, and its plan set anew.
  func write(
    _ scenario: Scenario, origin: (any Sendable)?
  ) throws(InputFailure) -> WrittenScenario {
    guard let template = template(origin) else { return UTDFWriter.write(scenario) }
    let period = scenario.periods[0]
    return try UTDFWriter.write(period.existingPlan, of: scenario, in: period, template: template)
  }

  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool {
    try input.isFolder ? !UTDFFolder.files(of: input).isEmpty : UTDFFile.isLike(input.file)
  }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    try UTDFPlanFile(input, base: (origin as? Origin)?.source).read(for: network)
  }

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) throws(InputFailure) -> WrittenScenario {
    try UTDFWriter.write(plan, of: scenario, in: period, template: template(origin))
  }

  /// Plans are put into combined files only.
  private func template(_ origin: (any Sendable)?) -> UTDFSource? {
    (origin as? Origin).flatMap { $0.source.isOlderSet ? nil : $0.source }
  }
}
