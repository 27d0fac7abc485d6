internal import TrafficModel

/// Plans as tables, for people: Documentation/PlanFormat.md.
struct PlanTableFormat: PlanReader, PlanWriter {
  let name = "csv"

  /// A table has no mark of its own: it is what begins like nothing else.
  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool {
    guard !input.isFolder else { return false }
    return try input.file.firstMarks().first.map { !"<{[".contains($0) } ?? true
  }

  let namesControllers = true

  func controllers(in input: InputFiles) throws(InputFailure) -> [PlannedController] {
    PlannedControllers.csv(try input.file.tableText().text, file: input.path)
  }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    let (text, warnings) = try input.file.tableText()
    return ReadPlan(plan: try PlanCSV.read(text, file: input.path, network: network), warnings: warnings)
  }

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    WrittenScenario(text: PlanCSV.text(of: plan, network: scenario.network))
  }
}

/// Plans as JSON, for programs: Documentation/PlanFormat.md.
struct PlanJSONFormat: PlanReader, PlanWriter {
  let name = "json"

  /// A list is told here, too, that it is no plan; what begins like `[Network]` is a section of a table.
  func recognizesPlan(_ input: InputFiles) throws(InputFailure) -> Bool {
    guard !input.isFolder else { return false }
    let marks = try input.file.firstMarks()
    return marks.first == "{" || marks.first == "[" && !(marks.last?.isLetter ?? false)
  }

  let namesControllers = true

  func controllers(in input: InputFiles) throws(InputFailure) -> [PlannedController] {
    PlannedControllers.json(try input.file.tableText().text, file: input.path)
  }

  func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)?
  ) throws(InputFailure) -> ReadPlan {
    let (text, warnings) = try input.file.tableText()
    return ReadPlan(plan: try PlanJSON.read(text, file: input.path, network: network), warnings: warnings)
  }

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) throws -> WrittenScenario {
    WrittenScenario(text: try PlanJSON.text(of: plan, network: scenario.network))
  }
}

/// Plans as tables for who keys them into controllers.
struct PlanSheetFormat: PlanWriter {
  let name = "sheet-csv"

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    WrittenScenario(text: PlanSheetCSV.text(of: plan, network: scenario.network))
  }
}
