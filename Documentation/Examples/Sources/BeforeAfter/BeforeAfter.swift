// Reads a network, optimizes its first period, prints what changes and writes the plan to standard output:
//
//     swift run before-after ../../networks/four-stage-junction/network.yaml > plan.csv

import Foundation
import NetworkFormats
import SignalOptimization
import TrafficSimulation

@main
struct BeforeAfter {
  static func main() async throws {
    guard CommandLine.arguments.count == 2 else {
      tell("usage: before-after NETWORK")
      exit(64)
    }
    let input: ReadScenario
    do {
      input = try ScenarioReader.read(CommandLine.arguments[1], routes: [])
    } catch {
      // Everything that is wrong with the file, each with its line and column.
      for diagnostic in error.diagnostics { tell(diagnostic.text) }
      exit(65)
    }
    let network = input.scenario.network
    let period = input.scenario.periods[0]

    var options = OptimizationOptions()
    options.cycle = .common
    // Half a million vehicle-seconds of refinement: enough for an example. nil, the default, is as much as is needed.
    options.refinementWork = 500_000
    let optimizer = SignalOptimizer(
      network: network, demand: period.demand, existingPlan: period.existingPlan, options: options)
    let result = try await optimizer.run { _ in }

    // Inside all is in seconds; hours are for people.
    let comparison = result.comparison
    let before = comparison.existing.estimate { $0.totalDelay / 3600 }
    let after = comparison.proposed.estimate { $0.totalDelay / 3600 }
    let change = comparison.difference { $0.totalDelay / 3600 }
    tell("\(input.scenario.name), \(period.name), \(comparison.seeds.count) seeds")
    tell("before \(text(before)) veh·h, after \(text(after)), change \(text(change))")
    for split in result.certificate.splits {
      let name = network[split.controller].name
      tell(
        "\(name): cycle \(split.cycle) s, reserve capacity \(number(split.reserveCapacity)), gap \(number(split.gap))"
      )
    }
    tell(result.isImprovement ? "The new plan is better." : "Keep the existing plan.")
    // Without an improvement this is the existing plan.
    print(PlanCSV.text(of: result.plan, network: network), terminator: "")
  }

  /// A mean and the half-width of its 95 % confidence interval.
  static func text(_ estimate: Estimate) -> String {
    "\(number(estimate.mean)) ± \(number(estimate.halfWidth))"
  }

  static func number(_ value: Double) -> String { String(format: "%.3f", value) }

  static func tell(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
