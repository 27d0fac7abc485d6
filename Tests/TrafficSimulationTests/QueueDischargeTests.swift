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
    /// Of a way that turns.
    var turn: Turning?
    var saturationFlow: Double
    var effectiveMinusDisplayed: Double
  }
  struct Turning: Sendable {
    var speed: Double
    var length: Double
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
    // These with greens of 14 to 40 s.
    Case(
      name: "left turn, 8 m/s, 20 m", turn: Turning(speed: 8, length: 20), saturationFlow: 1495,
      effectiveMinusDisplayed: 0.1),
    Case(
      name: "left turn, 10 m/s, 20 m", turn: Turning(speed: 10, length: 20), saturationFlow: 1683,
      effectiveMinusDisplayed: -0.5),
    Case(
      name: "right turn, 6.5 m/s, 12 m", turn: Turning(speed: 6.5, length: 12), saturationFlow: 1367,
      effectiveMinusDisplayed: -0.2),
    Case(
      name: "turn, 5 m/s, 20 m", turn: Turning(speed: 5, length: 20), saturationFlow: 1106,
      effectiveMinusDisplayed: 1.1),
  ]
  /// Of both measurements together: each has about 2 % and half a second.
  private static let flowTolerance = 0.045
  private static let timeTolerance = 1.0
  /// Of the formula, which has one constant for turns of every length.
  private static let fitTolerance = 0.055

  @Test("Saturation flow and effective green", arguments: measured)
  func discharge(_ measured: Case) throws {
    let following = CarFollowing(types: [measured.type], vehicles: [1])
    let speed = measured.turn?.speed ?? measured.speed
    let flow = following.saturationFlow(
      speed: speed, laneSpeed: measured.speed, isTurn: measured.turn != nil)
    #expect(abs(flow * 3600 - measured.saturationFlow) < Self.fitTolerance * measured.saturationFlow)
    let loss = following.startUpLostTime(speed: speed, isTurn: measured.turn != nil)
    // The formula knows nothing of perfect drivers, who lose less.
    if measured.type.imperfection > 0 {
      #expect(abs(-loss - measured.effectiveMinusDisplayed) < Self.timeTolerance)
    }
    let (slope, gain) = try discharge(
      measured, saturationFlow: flow, startUpLostTime: loss)
    #expect(abs(slope * 3600 - measured.saturationFlow) < Self.flowTolerance * measured.saturationFlow)
    #expect(abs(gain - measured.effectiveMinusDisplayed) < Self.timeTolerance)
  }

  @Test("A stop line discharges what the network says of it", arguments: [1300.0, 1450, 1600, 1700])
  func given(saturationFlow: Double) throws {
    let left = Case(
      name: "left turn", turn: Turning(speed: 8, length: 20), saturationFlow: saturationFlow,
      effectiveMinusDisplayed: -2)
    let (slope, gain) = try discharge(
      left, saturationFlow: saturationFlow / 3600, startUpLostTime: 2)
    #expect(abs(slope * 3600 - saturationFlow) < Self.flowTolerance * saturationFlow)
    #expect(abs(gain - left.effectiveMinusDisplayed) < Self.timeTolerance)
  }

  /// veh/s of the simulation's queue, and its effective green less the displayed one, s.
  private func discharge(
    _ measured: Case, saturationFlow: Double, startUpLostTime: Double
  ) throws -> (slope: Double, gain: Double) {
    var star = try StarNetwork(
      approaches: 2, saturationFlow: [saturationFlow, saturationFlow], length: 450,
      startUpLostTime: startUpLostTime, speed: measured.speed)
    if let turn = measured.turn {
      let network = star.network
      let ways = network.connections.map { way in
        var way = way
        (way.turn, way.speed, way.length) = (.left, turn.speed, turn.length)
        return way
      }
      star.network = try Network(
        junctions: network.junctions, links: network.links, lanes: network.lanes, connections: ways,
        conflicts: network.conflicts, controllers: network.controllers)
    }
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
    return (slope, cycles[1] / slope - 30)
  }
}
