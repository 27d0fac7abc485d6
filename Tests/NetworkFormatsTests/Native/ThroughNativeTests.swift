import Foundation
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

/// Networks of other formats, converted to network files and back.
@Suite("Through network files and back")
struct ThroughNativeTests {
  private func throughNative(_ scenario: Scenario) throws -> Scenario {
    let text = NativeWriter.write(scenario).files[0].text
    return try NativeReader.read(text: text, file: "network.yaml").scenario
  }

  /// What a network file keeps, both formats write in the same words.
  private func expectSameWords(
    _ scenario: Scenario, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let native = try throughNative(scenario)
    #expect(GMNSWriter.write(native) == GMNSWriter.write(scenario), sourceLocation: sourceLocation)
    #expect(UTDFWriter.write(native) == UTDFWriter.write(scenario), sourceLocation: sourceLocation)
  }

  @Test("UTDF, GMNS and SUMO become the same UTDF and GMNS as without the network file between")
  func otherFormats() throws {
    try expectSameWords(UTDFFixture.read(UTDFFixture.text(offset: 24)).scenario)
    try expectSameWords(GMNSFixture.read(GMNSFixture.crossing).scenario)
    try expectSameWords(SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg")).scenario)
  }

  @Test("shipped networks and grids, by GMNS and by UTDF, settle after the first writing", arguments: 1...5)
  func settled(seed: Int) throws {
    let scenario =
      seed <= 2
      ? try PlanSamples.network(PlanSamples.shipped[seed - 1])
      : try PlanSamples.grid(rows: seed - 2, columns: 2, seed: seed)
    let tables = try GMNSFixture.readBack(GMNSWriter.write(scenario)).scenario
    let gmns = GMNSWriter.write(try throughNative(tables))
    #expect(gmns.files == GMNSWriter.write(tables).files)
    let again = try GMNSFixture.readBack(gmns).scenario
    #expect(GMNSWriter.write(again).files == gmns.files)
    let file = try UTDFFixture.read(UTDFWriter.write(scenario).files[0].text).scenario
    let utdf = UTDFWriter.write(try throughNative(file))
    #expect(utdf.files == UTDFWriter.write(file).files)
    #expect(UTDFWriter.write(try UTDFFixture.read(utdf.files[0].text).scenario).files == utdf.files)
  }

  @Test(
    "random roads keep links and movements in GMNS, and what UTDF cannot say of them is told",
    arguments: 1...20)
  func randomRoads(seed: Int) throws {
    let network = try RandomRoads(seed: UInt64(seed)).network
    let demand = Demand(begin: 0, end: 3600)
    let scenario = Scenario(
      name: "roads", network: network,
      periods: [
        Period(name: "p", demand: demand, existingPlan: TimingPlan(name: "none", programs: []))
      ])
    let native = try throughNative(scenario).network
    #expect(native.links == network.links && native.connections == network.connections)
    func names(_ network: Network) -> [String] {
      network.movements.indices.map { network.name(of: MovementID($0)) }.sorted()
    }
    let tables = try GMNSFixture.readBack(GMNSWriter.write(scenario)).scenario.network
    #expect(tables.links.map(\.name) == network.links.map(\.name))
    #expect(tables.links.map(\.length) == network.links.map(\.length))
    // Junctions without movements come back with all that are possible.
    let passed = Set(network.movements.map(\.junction))
    let known = tables.movements.indices.filter { passed.contains(tables.movements[$0].junction) }
    #expect(known.map { tables.name(of: MovementID($0)) }.sorted() == names(network))
    let written = UTDFWriter.write(scenario)
    let read = try? UTDFFixture.read(written.files[0].text).scenario.network
    #expect(read?.movements.count == network.movements.count || !written.losses.isEmpty)
  }
}
