import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

/// A signalled junction of four legs with crossings, read from a network file; groups are named as there: N.L, E.P.
struct FourLegJunction {
  private(set) var network: Network
  private(set) var program: SignalProgram
  let flows: MovementFlows
  let period = 3600.0

  var controller: SignalController { network.controllers[0] }
  var compatibility: GroupCompatibility {
    GroupCompatibility(network: network, id: ControllerID(0), program: program)
  }
  var demand: ControllerDemand {
    ControllerDemand(controller: ControllerID(0), network: network, flows: flows.mean)
  }

  /// - Parameters:
  ///   - leftTurns: whether lefts may wait for gaps: `permissive` or `protected`.
  ///   - lanes: by leg, from left to right.
  ///   - cycleRange: s.
  init(
    leftTurns: String = "permissive", lanes: [String] = ["L, T, R", "L, T, R", "L, T, R", "L, T, R"],
    cycleRange: String = "[20, 180]"
  ) throws {
    let legs = ["N", "E", "S", "W"]
    let approaches = legs.indices.map { leg in
      "\(legs[leg]): {lanes: [\(lanes[leg])], crossing: \(8 + 3 * leg), yellow: \(3 + leg % 2)}"
    }
    let counts = [(90, 310, 120), (140, 420, 60), (60, 280, 150), (110, 390, 90)].enumerated().map {
      leg, counts in
      let turns = zip(["L", "T", "R"], [counts.0, counts.1, counts.2]).filter { lanes[leg].contains($0.0) }
      return "\(legs[leg]): {\(turns.map { "\($0.0): \($0.1)" }.joined(separator: ", ")), P: 50}"
    }
    let text = """
      greenwave: 1
      name: Test
      defaults: {left-turns: \(leftTurns), cycle-range: \(cycleRange)}
      junctions: {X: {approaches: {\(approaches.joined(separator: ", "))}}}
      periods: {peak: {time: 08:00-09:00, counts: {X: {\(counts.joined(separator: ", "))}}}}
      """
    let scenario = try NativeReader.read(text: text, file: "test").scenario
    network = scenario.network
    program = try #require(scenario.periods[0].existingPlan[ControllerID(0)])
    flows = MovementFlows(network: network, demand: scenario.periods[0].demand)
  }

  /// The existing programme with its traffic.
  func splits(_ options: OptimizationOptions = OptimizationOptions()) -> ControllerSplits {
    ControllerSplits(
      network: network, program: program, flows: flows.mean, period: period, options: options)
  }

  /// The group of a name.
  func group(_ name: String) throws -> Int {
    try #require(controller.groups.firstIndex { $0.name == name }, "no group \(name)")
  }

  /// The same junction where vehicles whose paths meet could all wait for each other, as far as the conflict matrix
  /// goes.
  func whereAnybodyMayYield() throws -> FourLegJunction {
    var controller = controller
    for (a, connections) in network.connectionsOfGroup[0].enumerated() {
      for conflict in connections.flatMap({ network.conflicts[$0.index] }) {
        guard let b = network[conflict.other].signal?.group else { continue }
        controller.conflicts[a][b] = .eitherYields
        controller.conflicts[b][a] = .eitherYields
      }
    }
    return try with(controller)
  }

  /// The same junction with another controller.
  func with(_ controller: SignalController) throws -> FourLegJunction {
    var changed = self
    changed.network = try network.replacing(controllers: [controller])
    return changed
  }

  /// The same junction whose present programme has one more row of these states.
  func showing(_ shown: [String: SignalState]) throws -> FourLegJunction {
    var changed = self
    var states = [SignalState](repeating: .red, count: controller.groups.count)
    for (name, state) in shown { states[try group(name)] = state }
    changed.program.intervals.append(SignalInterval(duration: 10, states: states))
    return changed
  }

  /// The plan that runs `program`.
  func plan(_ program: SignalProgram) -> TimingPlan { TimingPlan(name: "test", programs: [program]) }
}
