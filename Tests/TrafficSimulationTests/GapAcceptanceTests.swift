import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Turns through gaps")
struct GapAcceptanceTests {
  /// Measured with one seed over 120 cycles, where the crossing is as SUMO draws it; here it is in the middle of both
  /// ways. A turn more or less in every tenth cycle is 5 to 10 %.
  private static let tolerance = 0.1

  /// A queue of left turns on a lane of its own, which wait 4 m beyond their stop line, for one hour; 12 s of green out
  /// of 30 s, common with the opposing traffic.
  private func leftTurns(against opposing: Double, state: SignalState = .permissiveGreen) throws -> Int {
    let junction = try OpposedLeft(
      green: 12, cycle: 30, state: state, waitingPosition: 4.07, turnSpeed: 8, approach: 490,
      ways: (left: 14.2, through: 14.4))
    var demand = Demand(begin: 0, end: 3600)
    demand.routes = [[LinkID(0), LinkID(2)], [LinkID(1), LinkID(3)]]
    let departures =
      (0..<1000).map { Departure(time: Double($0) * 3.6, route: 0) }
      + (0..<Int(opposing)).map { Departure(time: Double($0) * 3600 / opposing, route: 1) }
    demand.departures = departures.sorted { $0.time < $1.time }
    let measures = Simulator(network: junction.network, demand: demand).run(junction.plan, seed: 1)
    return measures.links[0].left
  }

  @Test(
    "As many left turns find gaps, and clear at the end of green, as in SUMO 1.28",
    arguments: [(0.0, 580.0), (300, 253), (600, 128), (900, 119)])
  func permissiveLeft(opposing: Double, measured: Double) throws {
    let turns = try Double(leftTurns(against: opposing))
    #expect(abs(turns / measured - 1) < Self.tolerance, "\(turns) against \(measured)")
  }

  @Test("A permissive green without anybody to yield to discharges a little less than a protected one")
  func drivesReadyToStop() throws {
    // Coming up to a gap ready to stop costs capacity even where nobody comes.
    let protected = try leftTurns(against: 0, state: .protectedGreen)
    let permissive = try leftTurns(against: 0)
    #expect(permissive <= protected)
    #expect(permissive > protected * 8 / 10)
  }
}
