import HighwayCapacity
import Testing
import TrafficModel

@testable import CapacityWorksheets

@Suite("Capacity worksheets: directions of approaches")
struct LegDirectionTests {
  private func heading(_ degrees: Double) -> Point {
    let quarters: [Double: Point] = [
      0: Point(x: 0, y: 1), 90: Point(x: 1, y: 0), 180: Point(x: 0, y: -1), 270: Point(x: -1, y: 0),
    ]
    return quarters[degrees] ?? Point(x: 0.98, y: 0.2)
  }

  @Test("four legs have the four directions, in whatever order they come")
  func four() {
    #expect(
      LegDirections.directions(of: [270, 0, 90, 180].map(heading))
        == [.westbound, .northbound, .eastbound, .southbound])
  }

  @Test("a fifth leg, and a second from the same side, has none")
  func five() {
    let found = LegDirections.directions(of: [0, 90, 180, 270, 80].map(heading))
    #expect(found == [.northbound, .eastbound, .southbound, .westbound, nil])
    #expect(LegDirections.directions(of: [90, 80].map(heading)).compactMap { $0 } == [.eastbound])
    #expect(LegDirections.directions(of: []) == [])
  }
}
