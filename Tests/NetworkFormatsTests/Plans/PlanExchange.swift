import Foundation
import NetworkBuilding
import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

/// Plans written in some format, and read back for the network at hand.
struct PlanExchange {
  enum Format: CaseIterable {
    case csv, json, sumo, utdf, gmns, vissim
  }
  let scenario: Scenario
  var period: Period { scenario.periods[0] }
  var network: Network { scenario.network }

  /// The plan as it comes back, and what the format did not say.
  ///
  /// - Parameter change: made to each file's text before it is read.
  func roundTrip(
    _ plan: TimingPlan, _ format: Format, changing change: (String, String) throws -> String = { $1 }
  ) throws -> (read: ReadPlan, losses: [String]) {
    let written = try write(plan, format)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in written.files {
      let place = folder.appendingPathComponent(file.name.isEmpty ? "plan" : file.name)
      try Data(change(file.name, file.text).utf8).write(to: place)
    }
    let path = written.files[0].name.isEmpty ? folder.appendingPathComponent("plan").path : folder.path
    return (
      try PlanFile.read(path, network: network, time: PlanTime(period)), written.losses
    )
  }

  func write(_ plan: TimingPlan, _ format: Format) throws -> WrittenScenario {
    let writer: any PlanWriter =
      switch format {
      case .csv: PlanTableFormat()
      case .json: PlanJSONFormat()
      case .sumo: SUMOFormat()
      case .utdf: UTDFFormat()
      case .gmns: GMNSFormat()
      case .vissim: VissimFormat()
      }
    return try writer.write(plan, of: scenario, in: period, origin: nil)
  }

  /// Compares the greens of every group in the middle between every two steps, from the begin of the period on, over
  /// two cycles.
  ///
  /// - Parameter step: s; all times of the plan are multiples of it.
  func expectSameGreens(
    _ read: TimingPlan, _ plan: TimingPlan, step: Double = 0.5, _ comment: String = "",
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    for (index, controller) in network.controllers.enumerated() {
      guard let wanted = plan.programs[index] else { continue }
      guard let found = read.programs[index] else {
        Issue.record("\(comment) \(controller.name): no programme", sourceLocation: sourceLocation)
        continue
      }
      let name = "\(comment) \(controller.name)"
      #expect(abs(wanted.cycle - found.cycle) < 1e-6, "\(name)", sourceLocation: sourceLocation)
      let count = Int((2 * wanted.cycle / step).rounded())
      let wrong = (0..<count).map { period.demand.begin + (Double($0) + 0.5) * step }.first { time in
        wanted.states(at: time).map(\.isGreen) != found.states(at: time).map(\.isGreen)
      }
      guard let wrong else { continue }
      func greens(_ program: SignalProgram) -> String {
        zip(controller.groups, program.states(at: wrong)).filter { $0.1.isGreen }.map(\.0.name)
          .joined(separator: " ")
      }
      Issue.record(
        "\(name) at \(wrong) s: green should be \(greens(wanted)), is \(greens(found))",
        sourceLocation: sourceLocation)
    }
  }
}

/// Reads plans in any of the shipped formats.
enum PlanFile {
  static func read(
    _ path: String, network: Network, time: PlanTime, origin: (any Sendable)? = nil
  ) throws(InputFailure) -> ReadPlan {
    try FormatRegistry.shipped.readPlan(InputFiles(path), for: network, at: time, origin: origin)
  }
}

/// Plans for networks of every kind.
enum PlanSamples {
  static let shipped = ["four-stage-junction", "eight-signal-arterial", "lijiang-old-town"]

  static func network(_ name: String) throws -> Scenario {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    return try NativeReader.read("\(root)/networks/\(name)/network.yaml").scenario
  }

  static func grid(rows: Int, columns: Int, seed: Int) throws -> Scenario {
    let text = GridNetwork.yaml(rows: rows, columns: columns, seed: UInt64(seed))
    return try NativeReader.read(text: text, file: "grid").scenario
  }

  /// The plan in force with other offsets and longer stages: all times are multiples of `step`.
  ///
  /// - Parameter keepingClearances: whether only rows in which people may begin to walk get longer.
  static func changed(
    _ scenario: Scenario, seed: Int, step: Double = 0.5, keepingClearances: Bool = false
  ) -> TimingPlan {
    var random = LinearCongruential(seed: seed)
    var plan = scenario.periods[0].existingPlan
    for index in plan.programs.indices {
      guard var program = plan.programs[index] else { continue }
      for stage in program.stages {
        let before = program.intervals[(stage + program.intervals.count - 1) % program.intervals.count]
        if keepingClearances, !before.isTransition { continue }
        program.intervals[stage].duration = wholeThousandths(
          program.intervals[stage].duration + Double(random.below(12)) * step)
      }
      program.offset = wholeThousandths(Double(random.below(Int(program.cycle / step))) * step)
      program.name = "new"
      plan.programs[index] = program
    }
    return plan
  }
}
