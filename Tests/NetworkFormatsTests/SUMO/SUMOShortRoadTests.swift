import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// netconvert leaves roads of 0.2 m between junctions that it has joined.
@Suite("SUMO reader: roads too short to change lanes on")
struct SUMOShortRoadTests {
  /// `in` leads to lane 0 of `short`, from which one comes to `left`; `side` to lane 1, from which one comes to `right`.
  private func net(length: Double, more: String = "") -> String {
    func edge(_ id: String, _ from: String, _ to: String, lanes: Int, length: Double) -> String {
      let lanes = (0..<lanes).map {
        "<lane id=\"\(id)_\($0)\" index=\"\($0)\" speed=\"10\" length=\"\(length)\" shape=\"0,0 \(length),0\"/>"
      }
      return "<edge id=\"\(id)\" from=\"\(from)\" to=\"\(to)\">\(lanes.joined())</edge>"
    }
    let junctions = ["a", "b", "c", "d", "e", "f"].map {
      "<junction id=\"\($0)\" type=\"unregulated\" x=\"0\" y=\"0\" incLanes=\"\" intLanes=\"\"/>"
    }
    func way(_ from: String, _ fromLane: Int, _ to: String, _ toLane: Int) -> String {
      "<connection from=\"\(from)\" to=\"\(to)\" fromLane=\"\(fromLane)\" toLane=\"\(toLane)\" dir=\"s\" state=\"M\"/>"
    }
    return "<net>"
      + edge("in", "a", "b", lanes: 1, length: 100) + edge("side", "f", "b", lanes: 1, length: 100)
      + edge("short", "b", "c", lanes: 2, length: length) + edge("left", "c", "d", lanes: 1, length: 100)
      + edge("right", "c", "e", lanes: 1, length: 100) + junctions.joined() + way("in", 0, "short", 0)
      + way("side", 0, "short", 1) + way("short", 0, "left", 0) + way("short", 1, "right", 0) + more
      + "</net>"
  }

  /// The lanes of the short road that one comes to from a road.
  private func lanes(from road: String, _ net: String) throws -> [Int] {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/short.net.xml"
      try Data(net.utf8).write(to: URL(fileURLWithPath: path))
      let routes = "\(folder)/short.rou.xml"
      try Data("<routes><trip id='t' depart='0' from='in' to='left'/></routes>".utf8)
        .write(to: URL(fileURLWithPath: routes))
      let network = try SUMOReader.read(network: path, routes: [routes]).scenario.network
      return network.connections.filter {
        network[network[$0.from].link].name == road && network[network[$0.to].link].name == "short"
      }.map { network[$0.to].position }.sorted()
    }
  }

  @Test("from a road that leads to one of its lanes only one comes to the other one, too")
  func changed() throws {
    #expect(try lanes(from: "in", net(length: 0.2)) == [0, 1])
    #expect(try lanes(from: "side", net(length: 0.2)) == [0, 1])
  }

  @Test("nothing is added where there is room to change, or no need to")
  func unchanged() throws {
    #expect(try lanes(from: "in", net(length: 40)) == [0])
    let both =
      "<connection from=\"short\" to=\"right\" fromLane=\"0\" toLane=\"0\" dir=\"s\" state=\"M\"/>"
    #expect(try lanes(from: "in", net(length: 0.2, more: both)) == [0])
  }
}
