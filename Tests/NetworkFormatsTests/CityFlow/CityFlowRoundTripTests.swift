import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("CityFlow round trips")
struct CityFlowRoundTripTests {
  /// Counts of neighbouring junctions need not balance, and routes are dealt slice by slice: so much of a movement's
  /// volume, or so many vehicles, may go another way.
  static let volumeShare = 0.05
  static let volumeVehicles = 12.0

  private func expectSame(_ scenario: Scenario) throws {
    let written = CityFlowWriter.write(scenario)
    let read = try WrittenRoundTrip.read(written) { try CityFlowReader.read($0) }
    #expect(read.warnings == [])
    let trip = WrittenRoundTrip(before: scenario, after: read.scenario)
    trip.expectSameRoads()
    trip.expectSameConflicts()
    try trip.expectSameGreens(shift: -scenario.periods[0].demand.begin)
    try trip.expectSameVolumes(share: Self.volumeShare, vehicles: Self.volumeVehicles)
    // What was read says the same when it is written once more.
    let again = CityFlowWriter.write(read.scenario)
    let twice = try WrittenRoundTrip.read(again) { try CityFlowReader.read($0) }
    #expect(twice.scenario.periods == read.scenario.periods)
    #expect(twice.scenario.network.controllers == read.scenario.network.controllers)
  }

  @Test("a shipped network keeps roads, ways, greens and volumes", arguments: WrittenRoundTrip.shipped)
  func shipped(name: String) throws { try expectSame(WrittenRoundTrip.scenario(shipped: name)) }

  @Test(
    "a grid keeps roads, ways, greens and volumes", arguments: [(1, 1, 1), (1, 3, 2), (2, 3, 3), (4, 4, 4)])
  func grids(rows: Int, columns: Int, seed: Int) throws {
    try expectSame(WrittenRoundTrip.grid(rows: rows, columns: columns, seed: seed))
  }

  @Test("a plan that begins in the midst of a row is the same at the same seconds after the period's begin")
  func offset() throws {
    var scenario = try WrittenRoundTrip.grid(rows: 1, columns: 2, seed: 5)
    for shift in [0.0, 7, 13.5, 61] {
      for index in scenario.network.controllers.indices {
        scenario.periods[0].existingPlan.programs[index]?.offset = shift
      }
      let read = try WrittenRoundTrip.read(CityFlowWriter.write(scenario)) { try CityFlowReader.read($0) }
      try WrittenRoundTrip(before: scenario, after: read.scenario)
        .expectSameGreens(shift: -scenario.periods[0].demand.begin)
    }
  }
}
