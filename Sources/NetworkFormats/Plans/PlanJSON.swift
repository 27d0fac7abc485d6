internal import Foundation
internal import NetworkBuilding
public import TrafficModel

/// Timing plans as JSON, for programs. Documentation/PlanFormat.md has the keys.
public enum PlanJSON {
  /// The plan as text; keys are sorted, so that the same plan gives the same bytes.
  ///
  /// - Parameter plan: has an entry for each controller of `network`; all its times are finite.
  public static func text(of plan: TimingPlan, network: Network) throws -> String {
    try text(of: PlanDocument(plan, network: network))
  }

  /// How plan files of every kind are encoded.
  static func text(of document: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  /// Reads the plan in `text`, which comes from `file`.
  ///
  /// - Returns: a plan with a programme for each controller that the file names.
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(
    _ text: String, file: String, network: Network
  ) throws(InputFailure) -> TimingPlan {
    var reader = PlanJSONReader(text: text, file: file, network: network)
    return try reader.read()
  }
}

/// What a plan file holds, as it is written.
struct PlanDocument: Encodable {
  struct Controller: Encodable {
    var controller: String
    var program: String
    var cycle: Double
    var offset: Double
    var groups: [String]
    var intervals: [Interval]

    init(_ program: SignalProgram, network: Network) {
      let controller = network[program.controller]
      self.controller = controller.name
      self.program = program.name
      cycle = wholeThousandths(program.cycle)
      offset = wholeThousandths(program.offset)
      groups = controller.groups.map(\.name)
      intervals = zip(program.intervals, PlanText.stageNumbers(program)).map { interval, stage in
        Interval(
          duration: wholeThousandths(interval.duration), stage: stage, states: PlanText.states(interval))
      }
    }
  }
  struct Interval: Encodable {
    var duration: Double
    var stage: Int?
    var states: String
  }
  var plan: String
  var controllers: [Controller]

  init(_ plan: TimingPlan, network: Network) {
    self.plan = plan.name
    controllers = plan.programs.compactMap { $0 }.map { Controller($0, network: network) }
  }
}
