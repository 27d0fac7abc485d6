// Makes a network without a file, and plays what runs on it today:
//
//     swift run own-network
//
// Four legs, each with a pocket for left turns, a lane straight on and one for straight on and right; a crossing over each
// leg; four stages; an hour of counts.

import NetworkBuilding
import TrafficModel
import TrafficSimulation

@main
struct OwnNetwork {
  static func main() async throws {
    let scenario = try crossroads().scenario()
    let period = scenario.periods[0]
    let simulator = Simulator(network: scenario.network, demand: period.demand)
    let measures = simulator.run(period.existingPlan, seed: 1)
    print("\(scenario.network.movements.count) movements, \(measures.demand) vehicles an hour")
    print("\(measures.delayPerVehicle.rounded()) s of delay per vehicle")
  }

  static func crossroads() -> NetworkDraft {
    let legs: [Compass] = [.n, .e, .s, .w]
    let lanes = [LaneDraft([.left], pocket: 60), LaneDraft([.through]), LaneDraft([.through, .right])]
    let market = JunctionDraft(
      "Market",
      approaches: legs.map { ApproachDraft($0, lanes: lanes, crossing: 14) },
      signals: SignalsDraft(
        stages: [["EW.TR", "NS.P"], ["EW.L"], ["NS.TR", "EW.P"], ["NS.L"]],
        plan: PlanDraft(greens: [26, 10, 24, 10])))
    var peak = PeriodDraft("morning peak", begin: 7 * 3600, end: 8 * 3600)
    for leg in legs {
      peak.count(
        "Market", leg, vehiclesPerHour: [.left: 80, .through: 420, .right: 60], pedestriansPerHour: 120)
    }
    return NetworkDraft("Market Town", junctions: [market], periods: [peak])
  }
}
