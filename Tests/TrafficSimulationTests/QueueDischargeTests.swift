import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

/// Discharge of standing queues measured in SUMO 1.28: greens of 15, 30 and 45 s in a cycle of 120 s, one lane,
/// steps of 1 s, 20 cycles; the regression of vehicles per cycle over green gives saturation flow and the
/// difference of effective and displayed green.
@Suite("Queue discharge as in SUMO")
struct QueueDischargeTests {
  struct Case: Sendable {
    var name: String
    var type = VehicleType(name: "car")
    var speed = 13.9
    var saturationFlow: Double
    var effectiveMinusDisplayed: Double
  }
  static let measured: [Case] = [
    Case(name: "50 km/h", saturationFlow: 1867, effectiveMinusDisplayed: -1.0),
    Case(name: "30 km/h", speed: 8.33, saturationFlow: 1450, effectiveMinusDisplayed: 0.6),
    Case(name: "70 km/h", speed: 19.4, saturationFlow: 2083, effectiveMinusDisplayed: -2.6),
    Case(
      name: "perfect drivers", type: VehicleType(name: "car", imperfection: 0), saturationFlow: 2122,
      effectiveMinusDisplayed: 0.2),
    Case(
      name: "headway 1.5 s", type: VehicleType(name: "car", headway: 1.5), saturationFlow: 1526,
      effectiveMinusDisplayed: -0.9),
  ]
  /// Of both measurements together: each has about 2 % and half a second.
  private static let flowTolerance = 0.045
  private static let timeTolerance = 1.0

  @Test("Saturation flow and effective green", arguments: measured)
  func discharge(_ measured: Case) throws {
    let following = CarFollowing(types: [measured.type], vehicles: [1])
    let flow = following.saturationFlow(speed: measured.speed, laneSpeed: measured.speed, isTurn: false)
    let star = try StarNetwork(
      approaches: 2, saturationFlow: [flow, flow], length: 450,
      startUpLostTime: following.startUpLostTime(speed: measured.speed, turn: .through), speed: measured.speed
    )
    var demand = Demand(begin: 0, end: 3600, vehicleTypes: [measured.type])
    demand.routes = [[LinkID(0), LinkID(2)]]
    demand.departures = (0..<1800).map { Departure(time: Double($0) * 2, route: 0) }
    let simulator = Simulator(network: star.network, demand: demand)
    let cycles = [15.0, 30, 45].map { green in
      // The first green begins when a queue has formed.
      Double(
        simulator.run(star.plan(greens: [green, 114 - green], offset: 115 - green), seed: 1).links[0].left)
        / 30
    }
    let slope = (cycles[2] - cycles[0]) / 30
    #expect(abs(slope * 3600 - measured.saturationFlow) < Self.flowTolerance * measured.saturationFlow)
    #expect(abs(cycles[1] / slope - 30 - measured.effectiveMinusDisplayed) < Self.timeTolerance)
  }
}
