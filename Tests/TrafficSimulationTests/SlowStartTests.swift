import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Crossing a major road from its stop line")
struct SlowStartTests {
  /// Measured over one hour: the first and the last gap of it may go the other way.
  private static let tolerance = 0.15

  /// A minor road that crosses one lane of a major one, without signals; ways as netconvert draws them.
  private func crossing() throws -> Network {
    let names = ["minor", "major", "minor exit", "major exit"]
    var junctions = [Junction(name: "middle", position: Point(x: 0, y: 0), control: .priority)]
    var links: [Link] = []
    var lanes: [Lane] = []
    for (index, name) in names.enumerated() {
      junctions.append(
        Junction(name: "end \(index)", position: Point(x: Double(index), y: 300), control: .uncontrolled))
      let outside = JunctionID(index + 1)
      links.append(
        Link(
          name: name, from: index < 2 ? outside : JunctionID(0), to: index < 2 ? JunctionID(0) : outside,
          length: 292.8, speed: 13.9))
      lanes.append(Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: 292.8, speed: 13.9))
    }
    let car = CarFollowing(types: [], vehicles: [])
    let connections = (0..<2).map { index in
      LaneConnection(
        from: LaneID(index), to: LaneID(index + 2), turn: .through, length: 14.4, speed: 13.9,
        saturationFlow: car.saturationFlow(speed: 13.9, laneSpeed: 13.9, isTurn: false),
        startUpLostTime: car.startUpLostTime(speed: 13.9, isTurn: false), yellowUsed: 0)
    }
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: [
        [ConnectionConflict(other: ConnectionID(1), yields: true, meeting: 5.6, extent: 3.2)],
        [ConnectionConflict(other: ConnectionID(0), yields: false, meeting: 8.8, extent: 3.2)],
      ], controllers: [])
  }

  /// Vehicles of a queue on the minor road that cross in each gap, where vehicles on the major road come every `headway` s.
  private func perGap(acceleration: Double, headway: Double) throws -> Double {
    func type(_ name: String, _ acceleration: Double) -> VehicleType {
      VehicleType(name: name, acceleration: acceleration, imperfection: 0, speedDeviation: 0)
    }
    var demand = Demand(begin: 0, end: 3600, vehicleTypes: [type("minor", acceleration), type("major", 2.6)])
    demand.routes = [[LinkID(0), LinkID(2)], [LinkID(1), LinkID(3)]]
    let gaps = Int(3600 / headway)
    demand.departures =
      ((0..<1440).map { Departure(time: Double($0) * 2.5, route: 0, type: 0) }
      + (0..<gaps).map { Departure(time: Double($0) * headway, route: 1, type: 1) })
      .sorted { $0.time < $1.time }
    let measures = Simulator(network: try crossing(), demand: demand).run(
      TimingPlan(name: "none", programs: []), seed: 1)
    return Double(measures.links[0].left) / Double(gaps)
  }

  @Test(
    "As many vehicles cross in a gap as in SUMO 1.28: who starts slowly wants longer ones",
    arguments: [
      (2.6, 6.0, 0.99), (2.6, 8, 1.99), (2.6, 10, 2.98), (2.6, 12, 3.97), (1.0, 7, 0.13), (1.0, 8, 0.20),
      (1.0, 9, 1.0), (1.0, 10, 1.0), (1.0, 12, 1.99), (1.0, 14, 2.99),
    ])
  func gaps(acceleration: Double, headway: Double, measured: Double) throws {
    let crossed = try perGap(acceleration: acceleration, headway: headway)
    #expect(abs(crossed - measured) < Self.tolerance, "\(crossed) against \(measured)")
  }
}
