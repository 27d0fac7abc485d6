import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

/// The same road is the same network in whatever format it comes.
@Suite("Formats agree")
struct FormatAgreementTests {
  static let seeds = Array(0..<30)

  /// A format that junctions, lanes and signals can be written in, and what it cannot say of them.
  struct Format: Sendable, CustomTestStringConvertible {
    var name: String
    var read: @Sendable (Scenario) throws -> Scenario
    /// Whether it tells saturation flows: CityFlow's and MATSim's follow from vehicles and whole links.
    var hasSaturationFlows = true
    /// Whether it tells who crosses on foot.
    var hasCrossings = true
    /// Whether it tells how long crossings are, on which hangs how long people are in the way.
    var hasCrossingLengths = true
    /// Whether its ways are as long as junctions are wide: CityFlow draws them point by point.
    var hasUsualWays = true
    var testDescription: String { name }

    static let all: [Format] = [
      Format(name: "GMNS") { scenario in
        try WrittenRoundTrip.read(GMNSWriter.write(scenario), GMNSReader.read).scenario
      },
      Format(
        name: "UTDF",
        read: { scenario in
          try UTDFReader.read(text: UTDFWriter.write(scenario).files[0].text, file: "written.csv").scenario
        }, hasCrossingLengths: false),
      Format(
        name: "CityFlow",
        read: { try WrittenRoundTrip.read(CityFlowWriter.write($0), CityFlowReader.read).scenario },
        hasSaturationFlows: false, hasCrossings: false, hasUsualWays: false),
      Format(
        name: "MATSim",
        read: { try WrittenRoundTrip.read(MATSimWriter.write($0), MATSimReader.read).scenario },
        hasSaturationFlows: false, hasCrossings: false),
    ]
  }

  @Test(
    "Generated networks have the same conflicts, ways and capacities in every format", arguments: seeds,
    Format.all)
  func roads(seed: Int, format: Format) throws {
    let before = try RandomDrafts.draft(seed).scenario()
    let after = try format.read(before)
    let both = WrittenRoundTrip(before: before, after: after)
    both.expectSameConflicts()
    let (old, new) = (before.network, after.network)
    let (ways, others) = (both.connections(old), both.connections(new))
    #expect(ways.keys.sorted() == others.keys.sorted())
    for (way, id) in ways {
      guard let other = others[way] else { continue }
      let (a, b) = (old[id], new[other])
      #expect(
        !format.hasUsualWays || abs(a.length - b.length) < 0.01 && abs(a.speed - b.speed) < 0.01,
        "\(way): \(a.length) \(b.length), \(a.speed) \(b.speed)")
      #expect((a.waitingPosition != nil) == (b.waitingPosition != nil), "\(way)")
      if format.hasSaturationFlows {
        #expect(
          abs(a.saturationFlow - b.saturationFlow) < 1e-3, "\(way): \(a.saturationFlow) \(b.saturationFlow)")
      }
    }
    if format.hasCrossings { #expect(old.crossings.count == new.crossings.count) }
  }

  @Test("With one seed the same traffic has the same delay", arguments: seeds)
  func delay(seed: Int) throws {
    let before = try RandomDrafts.draft(seed).scenario()
    for format in Format.all where format.hasSaturationFlows {
      let after = try Renumbered(format.read(before), as: before).scenario
      let expected = delay(before, withPeople: format.hasCrossingLengths)
      let delay = delay(after, withPeople: format.hasCrossingLengths)
      #expect(abs(delay - expected) <= 0.005 * expected, "\(format.name): \(expected) s, \(delay) s")
    }
  }

  @Test(
    "People who were not counted are counted in formats that have counts only", arguments: seeds.prefix(10))
  func people(seed: Int) throws {
    var before = try RandomDrafts.draft(seed).scenario()
    let demand = before.periods[0].demand
    before.periods[0].demand.walks = before.network.crossings.indices.map {
      PedestrianFlow(crossing: CrossingID($0), begin: demand.begin, end: demand.end, people: 24)
    }
    for format in Format.all where format.hasCrossings {
      for (name, number) in try people(format.read(before)) {
        let expected = try #require(people(before)[name])
        #expect(
          expected >= 24 && abs(number - expected) < 1, "\(format.name), \(name): \(expected), \(number)")
      }
    }
  }

  /// By crossing: everybody in the first period.
  private func people(_ scenario: Scenario) -> [String: Double] {
    Dictionary(
      scenario.periods[0].demand.pedestrianFlows.map {
        (WrittenRoundTrip.plain(scenario.network[$0.crossing].name), $0.people)
      }, uniquingKeysWith: +)
  }

  /// s, of all vehicles of the first period.
  private func delay(_ scenario: Scenario, withPeople: Bool) -> Double {
    var period = scenario.periods[0]
    if !withPeople {
      for slice in period.demand.counts.indices { period.demand.counts[slice].pedestrians = [] }
    }
    return Simulator(network: scenario.network, demand: period.demand).run(period.existingPlan, seed: 1)
      .totalDelay
  }
}

/// A scenario with its roads and ways in the order of another one of the same names: which vehicle draws which random
/// number hangs on the order.
private struct Renumbered {
  let scenario: Scenario

  init(_ given: Scenario, as model: Scenario) throws {
    let (old, new) = (given.network, model.network)
    func plain(_ name: String) -> String { WrittenRoundTrip.plain(name) }
    func order(_ names: [String], as wanted: [String]) throws -> [Int] {
      let index = Dictionary(uniqueKeysWithValues: names.enumerated().map { (plain($1), $0) })
      return try wanted.map { try #require(index[plain($0)]) }
    }
    let junctions = try order(old.junctions.map(\.name), as: new.junctions.map(\.name))
    let links = try order(old.links.map(\.name), as: new.links.map(\.name))
    func laneNames(_ network: Network) -> [String] {
      network.lanes.map { "\(network[$0.link].name)/\($0.position)" }
    }
    let lanes = try order(laneNames(old), as: laneNames(new))
    let both = WrittenRoundTrip(before: given, after: model)
    let connections = try order(
      old.connections.indices.map { both.key(ConnectionID($0), old) },
      as: new.connections.indices.map { both.key(ConnectionID($0), new) })
    let crossings = try order(old.crossings.map(\.name), as: new.crossings.map(\.name))
    func places(_ order: [Int]) -> [Int] {
      var places = order
      for (place, index) in order.enumerated() { places[index] = place }
      return places
    }
    let (junctionAt, linkAt, laneAt, connectionAt) = (
      places(junctions), places(links), places(lanes), places(connections)
    )
    let network = try Network(
      junctions: junctions.map { old.junctions[$0] },
      links: links.map { index in
        var link = old.links[index]
        link.from = JunctionID(junctionAt[link.from.index])
        link.to = JunctionID(junctionAt[link.to.index])
        return link
      },
      lanes: lanes.map { index in
        var lane = old.lanes[index]
        lane.link = LinkID(linkAt[lane.link.index])
        return lane
      },
      connections: connections.map { index in
        var connection = old.connections[index]
        connection.from = LaneID(laneAt[connection.from.index])
        connection.to = LaneID(laneAt[connection.to.index])
        return connection
      },
      conflicts: connections.map { index in
        old.conflicts[index].map { conflict in
          var conflict = conflict
          conflict.other = ConnectionID(connectionAt[conflict.other.index])
          return conflict
        }.sorted { $0.other.index < $1.other.index }
      },
      crossings: crossings.map { index in
        var crossing = old.crossings[index]
        crossing.junction = JunctionID(junctionAt[crossing.junction.index])
        crossing.crossedConnections = crossing.crossedConnections.map {
          ConnectionID(connectionAt[$0.index])
        }.sorted { $0.index < $1.index }
        return crossing
      }, controllers: old.controllers)
    let movements = try network.movements.map { movement in
      try #require(
        old.movement(from: LinkID(links[movement.from.index]), to: LinkID(links[movement.to.index])))
    }
    var period = given.periods[0]
    for slice in period.demand.counts.indices {
      let counts = period.demand.counts[slice]
      period.demand.counts[slice].vehicles = movements.map { counts.vehicles[$0.index] }
      period.demand.counts[slice].pedestrians = crossings.map { counts.pedestrians[$0] }
    }
    scenario = Scenario(name: given.name, network: network, periods: [period])
  }
}
