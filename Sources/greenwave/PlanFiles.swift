internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// The formats that plans are written in.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, json, sumo, utdf, gmns, sheet
  case sheetTable = "sheet-csv"
}

/// Makes plan files, of legal plans only.
struct PlanFiles {
  let loaded: LoadedScenario

  /// A plan in a format.
  ///
  /// - Parameters:
  ///   - period: what the plan is for.
  ///   - template: a UTDF file to be set to the plan; the input where it is one.
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func written(
    _ plan: TimingPlan, as format: PlanFormat, in period: Period, template: String? = nil
  ) throws -> WrittenScenario {
    try refuseIllegal(plan)
    let (scenario, network) = (loaded.scenario, loaded.network)
    func file(_ text: String) -> WrittenScenario {
      WrittenScenario(files: [WrittenScenario.File(name: "", text: text)], losses: [])
    }
    switch format {
    case .csv: return file(PlanCSV.text(of: plan, network: network))
    case .json: return file(try PlanJSON.text(of: plan, network: network))
    case .sheet: return file(PlanSheetReport(plan: plan, network: network).text)
    case .sheetTable: return file(PlanSheetCSV.text(of: plan, network: network))
    case .sumo:
      return file(SUMOPlan.text(of: plan, network: network, programName: loaded.newProgramName))
    case .utdf:
      return try UTDFWriter.write(
        plan, of: scenario, in: period, template: template ?? loaded.combinedUTDFFile)
    case .gmns:
      return try GMNSWriter.write(
        plan, of: scenario, in: period, for: loaded.format == .gmns ? loaded.input : nil)
    }
  }

  private func refuseIllegal(_ plan: TimingPlan) throws {
    let violations = plan.check(against: loaded.network)
    guard violations.isEmpty else {
      throw Failure.noPlan(violations.map(\.message) + ["a plan that is not legal is not written"])
    }
  }

  /// The files of a plan that belong with the input; `stem` is their path without ending.
  ///
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func files(of plan: TimingPlan, stem: String) throws -> [OutputFile] {
    try refuseIllegal(plan)
    let network = loaded.network
    var files = [
      OutputFile(path: stem + ".csv", text: PlanCSV.text(of: plan, network: network)),
      OutputFile(path: stem + ".json", text: try PlanJSON.text(of: plan, network: network)),
    ]
    if loaded.isSUMO {
      let text = SUMOPlan.text(of: plan, network: network, programName: loaded.newProgramName)
      files.append(OutputFile(path: stem + ".add.xml", text: text))
    }
    return files
  }

  /// The table of a plan.
  ///
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func table(of plan: TimingPlan) throws -> String {
    try refuseIllegal(plan)
    return PlanCSV.text(of: plan, network: loaded.network)
  }
}
