internal import Foundation
public import SignalOptimization
public import TrafficModel

/// The outcome of a peak-flow program, for people and for machines.
public struct PeakFlowReport: Sendable {
  let network: Network
  let problem: PeakFlowProblem
  let plan: PeakFlowPlan
  let limits: [PeakFlowLimit]

  /// Limits of each kind that the text names.
  private static let mostLimits = 5

  /// The report of a solution of `problem`.
  public init(network: Network, problem: PeakFlowProblem, plan: PeakFlowPlan) {
    self.network = network
    self.problem = problem
    self.plan = plan
    limits = plan.limits(of: problem, network: network)
  }

  /// Vehicle hours of a value in vehicle seconds; vehicles stay vehicles.
  private func shown(_ value: Double) -> String {
    problem.objective == .timeSpent
      ? String(format: "%.1f veh·h", value / 3600) : String(format: "%.1f veh", value)
  }

  /// For a terminal.
  public var text: String {
    let what = problem.objective == .timeSpent ? "time spent in queues" : "not out at the end"
    var lines = [
      "\(problem.sliceCount) slices of \(String(format: "%g", problem.sliceLength)) s, "
        + "\(String(format: "%.0f", problem.demand)) vehicles",
      "\(what)  \(shown(plan.value))",
      "least possible        \(shown(plan.bound)), so at most \(String(format: "%.2f", plan.gap * 100)) % could be better",
      "", "GREENS, s",
    ]
    for (controller, greens) in zip(problem.controllers, plan.greens) {
      let times = greens.map { String(format: "%.1f", $0) }.joined(separator: "  ")
      lines.append(
        "  \(network[controller.id].name)  cycle \(String(format: "%g", controller.cycle)): \(times)")
    }
    for kind in PeakFlowLimit.Kind.allCases {
      let ofKind = limits.filter { $0.kind == kind }
      guard !ofKind.isEmpty else { continue }
      lines += ["", Self.title(kind)]
      lines += ofKind.prefix(Self.mostLimits).map { "  \(shown($0.saving))  \($0.what)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func title(_ kind: PeakFlowLimit.Kind) -> String {
    switch kind {
    case .green: "A SECOND MORE OF GREEN WOULD SAVE AT MOST"
    case .lane: "ONE LANE MORE WOULD SAVE AT MOST"
    case .storage: "50 M MORE ROOM (OR ONE VEHICLE, WHERE THE QUEUE IS LIMITED) WOULD SAVE AT MOST"
    case .minimum: "A SECOND LESS OF A MINIMUM WOULD SAVE AT MOST"
    case .cycle: "A SECOND MORE OF CYCLE, ALL GREEN, WOULD SAVE AT MOST"
    }
  }

  private struct Outcome: Encodable {
    struct Junction: Encodable {
      var junction: String
      var cycle: Double
      var greens: [Double]
    }
    struct Saving: Encodable {
      var kind: String
      var what: String
      var saving: Double
    }
    var objective: String
    var slices: Int
    var sliceLength: Double
    var demand: Double
    var value: Double
    var bound: Double
    var gap: Double
    var seconds: [String: Double]
    var junctions: [Junction]
    var savings: [Saving]
  }

  /// For machines: values in vehicle seconds or vehicles.
  public func json(seconds: [String: Double]) throws -> String {
    let outcome = Outcome(
      objective: problem.objective.rawValue, slices: problem.sliceCount, sliceLength: problem.sliceLength,
      demand: problem.demand, value: plan.value, bound: plan.bound, gap: plan.gap, seconds: seconds,
      junctions: zip(problem.controllers, plan.greens).map {
        Outcome.Junction(junction: network[$0.id].name, cycle: $0.cycle, greens: $1)
      }, savings: limits.map { Outcome.Saving(kind: $0.kind.rawValue, what: $0.what, saving: $0.saving) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(outcome), as: UTF8.self) + "\n"
  }
}
