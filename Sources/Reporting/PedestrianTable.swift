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
    var rows = network.junctions.indices.map { junction in
      (
        name: network.junctions[junction].name,
        crossings: delay.crossings.filter { network[$0.id].junction.index == junction }
      )
    }.filter { !$0.crossings.isEmpty }
    let rest = rows.count - Self.mostJunctions
    if rows.count > 1 {
      rows = rows.prefix(Self.mostJunctions) + [(rest > 0 ? "all, \(rest) more too" : "all", delay.crossings)]
    }
    return Table(
      columns: [
        .text("pedestrians", room: .atMost(24)) { Cell($0.name) },
        .number("per hour") {
          .number($0.crossings.pedestrians / demand.duration * Quantities.secondsPerHour, decimals: 0)
        },
      ]
        + plans.indices.prefix(Self.mostPlans).map { plan in
          .number("\(labels[plan].truncated(to: 12)), s") {
            .number(delay.mean(of: $0.crossings, under: plans[plan]), decimals: 1)
          }
        }, rows: rows
    ).lines
  }
}

extension [PedestrianDelay.Crossing] {
  fileprivate var pedestrians: Double { reduce(0) { $0 + $1.pedestrians } }
}

extension PedestrianDelay {
  /// Mean wait of a pedestrian at some crossings, s.
  func mean(of crossings: [Crossing], under plan: TimingPlan) -> Double {
    crossings.reduce(0) { $0 + $1.pedestrians * mean(at: $1, under: plan) } / crossings.pedestrians
  }
}
