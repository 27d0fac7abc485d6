import NetworkFormats
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

/// A street with a few signals of four stages each and side streets: small, and yet with every kind of move.
struct SignalledStreet {
  let network: Network
  let demand: Demand
  let existing: TimingPlan

  /// - Parameters:
  ///   - signals: up to five.
  ///   - minutes: length of the demand.
  init(signals: Int = 2, minutes: Int = 5, lanes: String = "L, TR") throws {
    let names = Array(["A", "B", "C", "D", "E"].prefix(signals))
    // veh/h
    let counts = [
      "N: {L: 50, T: 150, R: 60}", "E: {L: 60, T: 500, R: 70}", "S: {L: 50, T: 110, R: 40}",
      "W: {L: 70, T: 430, R: 50}",
    ].joined(separator: ", ")
    let junctions = names.map { name in
      """
        \(name):
          approaches:
            N: {lanes: [\(lanes)], crossing: 8}
            E: {lanes: [\(lanes)]}
            S: {lanes: [\(lanes)]}
            W: {lanes: [\(lanes)]}
          stages: [[EW.TR, N.P], [EW.L], [NS.TR], [NS.L]]
          plan: {cycle: 84, green: [20, 16, 16, 12]}
      """
    }
    let roads = zip(names, names.dropFirst()).map { "  - {between: [\($0).E, \($1).W], length: 220}" }
    let text = """
      greenwave: 1
      name: Street
      defaults: {left-turns: permissive, cycle-range: [40, 120]}
      junctions:
      \(junctions.joined(separator: "\n"))
      \(roads.isEmpty ? "" : "roads:\n" + roads.joined(separator: "\n"))
      periods:
        peak:
          time: 08:00-08:\(minutes < 10 ? "0" : "")\(minutes)
          counts:
      \(names.map { "      \($0): {\(counts)}" }.joined(separator: "\n"))
      """
    let scenario = try NativeReader.read(text: text, file: "street").scenario
    network = scenario.network
    demand = scenario.periods[0].demand
    existing = scenario.periods[0].existingPlan
  }

  var simulator: Simulator { Simulator(network: network, demand: demand) }

  func optimizer(_ options: OptimizationOptions) -> SignalOptimizer {
    SignalOptimizer(network: network, demand: demand, existingPlan: existing, options: options)
  }

  /// The setting of the existing plan.
  var setting: PlanSetting { optimizer(OptimizationOptions()).problem.setting(of: existing) }

  /// Moves under some options; the splits behind them are worked out at the existing cycle only.
  func moves(_ options: OptimizationOptions = OptimizationOptions()) async throws -> MoveMaker {
    var cheap = options
    cheap.cycle = .existing
    let found = try await StagesAndSplits(problem: optimizer(cheap).problem).assembly { _ in }
    return MoveMaker(PlanAssembly(problem: optimizer(options).problem, choices: found.choices))
  }
}

extension ControllerSetting {
  /// What the stages show, in their order.
  var shown: [[SignalState]] { structure.stages.map { structure.program.intervals[$0].states } }
}

extension Array where Element: Equatable {
  /// Whether it is the other list with some elements left out.
  func isSubsequence(of other: [Element]) -> Bool {
    var rest = other[...]
    for element in self {
      guard let place = rest.firstIndex(of: element) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }
}
