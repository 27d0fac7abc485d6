import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

/// What a stop line discharges is what the network says.
@Suite("Saturation flow")
struct SaturationFlowTests {
  /// Vehicles per cycle from a standing queue, 30 cycles of 120 s.
  private func discharge(
    green: Double, saturationFlow: Double, startUpLostTime: Double, yellowUsed: Double = 0
  ) throws -> Double {
    let star = try StarNetwork(
      approaches: 2, saturationFlow: [saturationFlow, saturationFlow], length: 600,
      startUpLostTime: startUpLostTime, yellowUsed: yellowUsed)
    var demand = Demand(begin: 0, end: 3600)
    demand.routes = [[LinkID(0), LinkID(2)]]
    demand.departures = (0..<1800).map { Departure(time: Double($0) * 2, route: 0) }
    // The first green begins when a queue has formed.
    let measures = Simulator(network: star.network, demand: demand)
      .run(star.plan(greens: [green, 114 - green], offset: 118 - green), seed: 1)
    return Double(measures.links[0].left) / 30
  }

  /// Headways add to the drivers' own only in part of the queue, and 30 cycles tell the slope to about 3 %.
  private static let flowTolerance = 0.06
  /// Vehicles react in whole seconds, and 30 cycles tell the intercept to about half a second.
  private static let timeTolerance = 1.2

  @Test(
    "Saturation flow and effective green follow the network's figures",
    arguments: [1500.0, 1650, 1800], [1.5, 2.5])
  func discharge(_ perHour: Double, _ lost: Double) throws {
    let flow = perHour / 3600
    let short = try discharge(green: 20, saturationFlow: flow, startUpLostTime: lost)
    let long = try discharge(green: 60, saturationFlow: flow, startUpLostTime: lost)
    let slope = (long - short) / 40
    #expect(abs(slope - flow) < Self.flowTolerance * flow)
    #expect(abs(20 - short / slope - lost) < Self.timeTolerance)
  }

  @Test("Yellow that the network says is used lengthens the effective green")
  func yellow() throws {
    let without = try discharge(green: 30, saturationFlow: 0.5, startUpLostTime: 1.5)
    let with = try discharge(green: 30, saturationFlow: 0.5, startUpLostTime: 1.5, yellowUsed: 2)
    #expect(abs((with - without) / 0.5 - 2) < Self.timeTolerance)
  }
}
