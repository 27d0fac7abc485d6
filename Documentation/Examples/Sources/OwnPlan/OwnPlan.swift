// Makes a plan of its own, asks the checker about it, and plays it against the existing one:
//
//     swift run own-plan ../../networks/four-stage-junction/network.yaml
//
// The plan is the existing one with every stage a fifth shorter. Put your method in place of `shortened`.

import Foundation
import NetworkFormats
import TrafficModel
import TrafficSimulation

@main
struct OwnPlan {
  static func main() async throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: own-plan NETWORK")
      exit(64)
    }
    let scenario = try ScenarioReader.read(CommandLine.arguments[1], routes: []).scenario
    let period = scenario.periods[0]
    let plan = shortened(period.existingPlan, by: 0.8)

    // Knows nothing of how the plan was made.
    let violations = plan.check(against: scenario.network)
    for violation in violations {
      print("\(scenario.network[violation.controller].name): \(violation.message)")
    }
    print(violations.isEmpty ? "legal" : "not legal")

    // Twenty hours of each, on the same vehicles hour by hour.
    let simulator = Simulator(network: scenario.network, demand: period.demand)
    let comparison = await PlanComparison(
      of: [period.existingPlan, plan], on: simulator, seeds: Array(1...20))
    for (index, entry) in comparison.entries.enumerated() {
      let delay = comparison.estimate(index) { $0.delayPerVehicle }
      print("\(entry.plan.name): \(number(delay.mean)) ± \(number(delay.halfWidth)) s per vehicle")
    }
    let change = comparison.difference(1) { $0.delayPerVehicle }
    print(
      change.isCertain ? "The difference of \(number(change.mean)) s is not chance." : "That may be chance.")
  }

  /// Stages are cut to whole seconds; yellows and all-reds stay.
  static func shortened(_ plan: TimingPlan, by factor: Double) -> TimingPlan {
    var plan = plan
    plan.name = "shortened"
    for controller in plan.programs.indices {
      guard var program = plan.programs[controller] else { continue }
      for stage in program.stages {
        program.intervals[stage].duration = (program.intervals[stage].duration * factor).rounded()
      }
      plan.programs[controller] = program
    }
    return plan
  }

  static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
