internal import TrafficModel
internal import TrafficSimulation

/// What the runs of one plan measured on one link, for programs: means over the seeds.
struct LinkSummary: Encodable {
  var link: String
  var entered = 0.0
  var left = 0.0
  /// On the link, and outside it by vehicles that waited to enter.
  var totalDelayHours = 0.0
  var meanQueue = 0.0
  /// The mean of the runs' largest.
  var maximumQueue = 0.0
  /// Share of a lane's storage, 0 ... 1.
  var fullestLane = 0.0
  /// Seconds in which at least one lane was full.
  var spillbackTime = 0.0

  /// The figures of a plan, by link.
  static func all(of plan: PlanComparison.Entry, network: Network) -> [LinkSummary] {
    let share = 1 / Double(plan.runs.count)
    var summaries = network.links.map { LinkSummary(link: $0.name) }
    for run in plan.runs {
      for (position, measured) in run.links.enumerated() {
        summaries[position].entered += share * Double(measured.entered)
        summaries[position].left += share * Double(measured.left)
        summaries[position].totalDelayHours += share * measured.delay / Quantities.secondsPerHour
        summaries[position].meanQueue += share * measured.meanQueue
        summaries[position].maximumQueue += share * Double(measured.maximumQueue)
        summaries[position].fullestLane += share * measured.fullestLane
        summaries[position].spillbackTime += share * measured.spillbackTime
      }
    }
    return summaries
  }
}
