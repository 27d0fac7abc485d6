internal import TrafficModel
internal import TrafficSimulation

/// How long pedestrians wait at each junction, under each plan.
struct PedestrianTable {
  let plans: [TimingPlan]
  let labels: [String]
  let network: Network
  let demand: Demand

  private static let mostPlans = 4
  private static let mostJunctions = 30

  /// A row for each junction that pedestrians were counted at, and one for all; empty without any.
  var lines: [String] {
    let delay = PedestrianDelay(network: network, demand: demand)
    guard !delay.crossings.isEmpty, demand.duration > 0 else { return [] }
    let shown = Array(plans.indices.prefix(Self.mostPlans))
    var table = TextTable([.left(), .right()] + shown.map { _ in .right() })
    table.add(["pedestrians", "per hour"] + shown.map { "\(labels[$0].truncated(to: 12)), s" })
    func add(_ name: String, _ crossings: [PedestrianDelay.Crossing]) {
      let total = crossings.reduce(0) { $0 + $1.pedestrians }
      table.add(
        [
          name.truncated(to: 24),
          NumberText.fixed(total / demand.duration * Quantities.secondsPerHour, decimals: 0),
        ]
          + shown.map { plan in
            let waits = crossings.reduce(0) { $0 + $1.pedestrians * delay.mean(at: $1, under: plans[plan]) }
            return NumberText.fixed(waits / total, decimals: 1)
          })
    }
    let junctions = network.junctions.indices.map { junction in
      delay.crossings.filter { network[$0.id].junction.index == junction }
    }
    let walked = junctions.indices.filter { !junctions[$0].isEmpty }
    for junction in walked.prefix(Self.mostJunctions) {
      add(network.junctions[junction].name, junctions[junction])
    }
    if walked.count > 1 {
      let rest = walked.count - Self.mostJunctions
      add(rest > 0 ? "all, \(rest) more too" : "all", delay.crossings)
    }
    return table.lines
  }
}
