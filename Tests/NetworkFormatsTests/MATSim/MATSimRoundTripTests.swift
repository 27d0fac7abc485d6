import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("MATSim round trips")
struct MATSimRoundTripTests {
  /// Counts of neighbouring junctions need not balance, and routes are dealt slice by slice: so much of a movement's
  /// volume, or so many vehicles, may go another way.
  static let volumeShare = 0.05
  static let volumeVehicles = 12.0

  private func expectSame(_ scenario: Scenario) throws {
    let written = MATSimWriter.write(scenario)
    let read = try WrittenRoundTrip.read(written) { try MATSimReader.read($0) }
    #expect(read.warnings == [])
    #expect(read.scenario.periods.map(\.name) == scenario.periods.map(\.name))
    let trip = WrittenRoundTrip(before: scenario, after: read.scenario)
    trip.expectSameRoads()
    trip.expectSameConflicts()
    try trip.expectSameGreens()
    try trip.expectSameVolumes(share: Self.volumeShare, vehicles: Self.volumeVehicles)
    let (old, new) = (scenario.network, read.scenario.network)
    #expect(old.lanes.map(\.length) == new.lanes.map(\.length))
    #expect(old.controllers.map(\.name) == new.controllers.map(\.name))
    // What was read says the same when it is written once more.
    for (file, first) in zip(MATSimWriter.write(read.scenario).files, written.files) {
      #expect(file.text == first.text, "\(file.name)")
    }
  }

  @Test("a shipped network keeps roads, ways, greens and volumes", arguments: WrittenRoundTrip.shipped)
  func shipped(name: String) throws { try expectSame(WrittenRoundTrip.scenario(shipped: name)) }

  @Test(
    "a grid keeps roads, ways, greens and volumes", arguments: [(1, 1, 1), (1, 3, 2), (2, 3, 3), (4, 4, 4)])
  func grids(rows: Int, columns: Int, seed: Int) throws {
    try expectSame(WrittenRoundTrip.grid(rows: rows, columns: columns, seed: seed))
  }
}
