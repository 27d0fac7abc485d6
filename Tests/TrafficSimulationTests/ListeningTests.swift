import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Listening")
struct ListeningTests {
  @Test("A step calls each lane once from which a connection is seen, and the next step forgets it")
  func calls() throws {
    let network = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5]).network
    let car = VehicleType(name: "car")
    let road = RoadModel(network: network, carFollowing: CarFollowing(types: [car], vehicles: [1]))
    var listening = Listening(VisibleRange(road: road, types: [car]), laneCount: road.laneCount)
    func called(_ listening: borrowing Listening) -> [Int32] {
      (0..<listening.calledCount).map { listening.called[$0] }
    }

    listening.begin()
    #expect(listening.calledCount == 0)
    for connection: Int32 in [1, 0, 1] { listening.listen(to: connection) }
    // Nothing leads into the lanes of a star.
    #expect(called(listening) == [road.connections[1].from, road.connections[0].from])
    let heard = (0..<3).map { listening.isHeard($0) }
    #expect(heard == [true, true, false])

    listening.begin()
    #expect(listening.calledCount == 0)
    let heardStill = listening.isHeard(0)
    #expect(!heardStill)
  }
}
