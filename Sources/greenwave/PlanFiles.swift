internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// The formats that plans are written in.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, json, sumo, sheet
  case sheetTable = "sheet-csv"
}

/// Makes plan files, of legal plans only.
struct PlanFiles {
  let loaded: LoadedScenario

  /// The text of a plan in a format.
  ///
  /// - Throws: `Failure.noPlan` when the plan is not legal.
  func text(of plan: TimingPlan, format: PlanFormat) throws -> String {
    let network = loaded.network
    let violations = plan.check(against: network)
    guard violations.isEmpty else {
      throw Failure.noPlan(violations.map(\.message) + ["a plan that is not legal is not written"])
    }
    switch format {
    case .csv: return PlanCSV.text(of: plan, network: network)
    case .json: return try PlanJSON.text(of: plan, network: network)
    case .sheet: return PlanSheetReport(plan: plan, network: network).text
    case .sheetTable: return PlanSheetCSV.text(of: plan, network: network)
    case .sumo: return SUMOPlan.text(of: plan, network: network, programName: loaded.newProgramName)
    }
  }

  /// The files of a plan that belong with the input; `stem` is their path without ending.
  func files(of plan: TimingPlan, stem: String) throws -> [OutputFile] {
    var files = [
      OutputFile(path: stem + ".csv", text: try text(of: plan, format: .csv)),
      OutputFile(path: stem + ".json", text: try text(of: plan, format: .json)),
    ]
    if loaded.isSUMO {
      files.append(OutputFile(path: stem + ".add.xml", text: try text(of: plan, format: .sumo)))
    }
    return files
  }
}
