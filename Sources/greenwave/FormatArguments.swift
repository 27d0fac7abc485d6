internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

extension FormatRegistry {
  /// What this tool reads and writes.
  static let tool = FormatRegistry(shipped.formats + [PlanSheet()])
}

/// Plans as a sheet to read, for who keys them into controllers.
struct PlanSheet: PlanWriter {
  let name = "sheet"

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    WrittenScenario(text: PlanSheetReport(plan: plan, network: scenario.network).text)
  }
}

/// A format that `convert` writes.
struct NetworkTarget: ExpressibleByArgument {
  let writer: any NetworkWriter

  init?(argument: String) {
    guard let writer = FormatRegistry.tool.networkWriters.first(where: { $0.name == argument }) else {
      return nil
    }
    self.writer = writer
  }

  var defaultValueDescription: String { writer.name }
  static var allValueStrings: [String] { FormatRegistry.tool.networkWriters.map(\.name) }
}

/// A format that `export` writes.
struct PlanTarget: ExpressibleByArgument {
  let writer: any PlanWriter

  init?(argument: String) {
    guard let writer = FormatRegistry.tool.planWriters.first(where: { $0.name == argument }) else {
      return nil
    }
    self.writer = writer
  }

  var defaultValueDescription: String { writer.name }
  static var allValueStrings: [String] { FormatRegistry.tool.planWriters.map(\.name) }
}
