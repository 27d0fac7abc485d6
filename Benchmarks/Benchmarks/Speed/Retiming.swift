import NetworkFormats
import SignalOptimization
import TrafficModel

/// A running plan and fresh counts: every movement has other traffic than the plan was made for.
struct Retiming {
  let network: Network
  let day: DemandDay
  let runningPlan: TimingPlan

  /// - Parameters:
  ///   - rows: of a generated grid.
  ///   - columns: of a generated grid.
  init(rows: Int, columns: Int) throws {
    let text = GridNetwork.yaml(rows: rows, columns: columns, seed: 2)
    let scenario = try NativeReader.read(text: text, file: "grid.yaml").scenario
    network = scenario.network
    runningPlan = scenario.periods[0].existingPlan
    let known = scenario.periods[0].demand
    // From three quarters to five quarters of what was known, movement by movement.
    let entries = network.movements.indices.flatMap { movement in
      known.counts.compactMap { slice in
        slice.vehicles[movement].map {
          TurningCounts.Entry(
            movement: MovementID(movement), begin: slice.begin, end: slice.end,
            vehicles: $0 * (0.75 + Double(movement * 7 % 11) / 20))
        }
      }
    }
    let survey = SurveyedDemand(
      TurningCounts(name: "survey", entries: entries), replacing: known, network: network)
    guard let survey else { preconditionFailure("the survey is of the period") }
    day = DemandDay(name: "survey", demand: survey.demand)
  }

  /// From counts to the adjusted plan.
  func run() async throws -> RetimingResult {
    try await SignalRetiming(
      network: network, days: [day], runningPlan: runningPlan, options: RetimingOptions()
    ).run()
  }
}
