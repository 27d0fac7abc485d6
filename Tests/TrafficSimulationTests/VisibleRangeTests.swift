import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Visible range")
struct VisibleRangeTests {
  /// A road that parts and joins again `count` times: two links of `length` m side by side, each of one lane, from each
  /// junction to the next. The number of ways doubles with each.
  private func braid(count: Int, length: Double) throws -> Network {
    let junctions = (0...count).map {
      Junction(name: "\($0)", position: Point(x: Double($0), y: 0), control: .uncontrolled)
    }
    let links = (0..<2 * count).map { index in
      Link(
        name: "\(index)", from: JunctionID(index / 2), to: JunctionID(index / 2 + 1), length: length,
        speed: 30)
    }
    let lanes = links.indices.map {
      Lane(link: LinkID($0), position: 0, sourceIndex: 0, length: length, speed: 30)
    }
    let connections = (0..<2 * (count - 1)).flatMap { from in
      (0..<2).map { side in
        LaneConnection(
          from: LaneID(from), to: LaneID((from / 2 + 1) * 2 + side), turn: .through, length: 0.5, speed: 30,
          saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
      }
    }
    return try Network(
      junctions: junctions, links: links, lanes: lanes, connections: connections,
      conflicts: connections.map { _ in [] }, controllers: [])
  }

  @Test("short lanes are walked once each, however many ways lead over them", arguments: [1.0, 2, 5, 10])
  func shortLanes(length: Double) throws {
    let network = try braid(count: 400, length: length)
    let road = RoadModel(
      network: network, carFollowing: CarFollowing(types: [VehicleType(name: "car")], vehicles: [1]))
    let range = VisibleRange(road: road, types: [VehicleType(name: "car")])
    // Lanes and ways of the braid take `length` and 0.5 m; a lane's own length counts before what lies behind it.
    let seen = Int((range.sight / (length + 0.5)).rounded(.up))
    let last = road.connections.count - 1
    let lanes = range.lanes[Int(range.firstLane[last])..<Int(range.firstLane[last + 1])]
    #expect(Set(lanes).count == lanes.count)
    // The last lane itself, and both lanes of each step before it that is within sight.
    #expect(abs(lanes.count - (2 * seen - 1)) <= 2)
    #expect(lanes.first == road.connections[last].from)
  }
}
