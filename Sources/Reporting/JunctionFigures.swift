internal import TrafficModel
internal import TrafficSimulation

/// What the runs of one plan measured on the approaches of one signal controller: means over the seeds.
struct JunctionFigures {
  /// Seconds.
  var cycle: Double
  /// Delay on the links to the controller's stop lines, veh·h.
  var delayHours: Double
  /// Vehicles per hour past those stop lines.
  var servedPerHour: Double
  /// Fullest lane of those links, percent of its storage.
  var fullestLane: Double

  /// The figures of a plan, by controller.
  static func all(of plan: PlanComparison.Entry, network: Network, hours: Double) -> [JunctionFigures] {
    let runs = Double(plan.runs.count)
    var figures = network.controllers.indices.map { controller in
      JunctionFigures(
        cycle: plan.plan.programs[controller]?.cycle ?? 0, delayHours: 0, servedPerHour: 0, fullestLane: 0)
    }
    for run in plan.runs {
      var fullest = [Double](repeating: 0, count: figures.count)
      for (link, measured) in zip(network.links, run.links) {
        guard case .signalled(let controller) = network[link.to].control else { continue }
        let position = controller.index
        figures[position].delayHours += measured.delay / Quantities.secondsPerHour / runs
        if hours > 0 { figures[position].servedPerHour += Double(measured.left) / hours / runs }
        fullest[position] = max(fullest[position], measured.fullestLane)
      }
      for position in figures.indices { figures[position].fullestLane += 100 * fullest[position] / runs }
    }
    return figures
  }
}
