import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("GMNS round trips")
struct GMNSRoundTripTests {
  /// Speeds go through km/h, flows through vehicles per hour: relative rounding of doubles.
  static let rounding = 1e-9

  static var networks: [String] {
    ["dual-ring-junction", "eight-signal-arterial", "four-stage-junction", "lijiang-old-town"]
  }

  private func shipped(_ name: String) throws -> Scenario {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    return try NativeReader.read("\(root)/networks/\(name)/network.yaml").scenario
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= Self.rounding * max(1, abs(a)) }

  /// Compares what GMNS can say, by names: orders may differ.
  func expectSame(_ before: Scenario, _ after: Scenario) throws {
    let (old, new) = (before.network, after.network)
    #expect(new.junctions.count == old.junctions.count)
    #expect(new.links.map(\.name) == old.links.map(\.name))
    for (a, b) in zip(old.links, new.links) {
      #expect(a.street == b.street && isClose(a.length, b.length) && isClose(a.speed, b.speed))
      #expect(a.queueLimit == b.queueLimit)
      #expect(old[a.from].name == new[b.from].name && old[a.to].name == new[b.to].name)
    }
    #expect(old.lanes.map(\.length) == new.lanes.map(\.length))
    func name(_ id: LaneID, _ network: Network) -> String {
      "\(network[network[id].link].name)/\(network[id].position)"
    }
    func key(_ id: ConnectionID, _ network: Network) -> String {
      "\(name(network[id].from, network)) > \(name(network[id].to, network))"
    }
    func connections(_ network: Network) -> [String: ConnectionID] {
      Dictionary(network.connections.indices.map { (key(ConnectionID($0), network), ConnectionID($0)) }) {
        a, _ in a
      }
    }
    let (oldWays, newWays) = (connections(old), connections(new))
    #expect(oldWays.keys.sorted() == newWays.keys.sorted())
    for (way, id) in oldWays.sorted(by: { $0.key < $1.key }) {
      guard let other = newWays[way] else { continue }
      let (a, b) = (old[id], new[other])
      #expect(a.turn == b.turn && isClose(a.length, b.length) && isClose(a.speed, b.speed), "\(way)")
      #expect(isClose(a.saturationFlow, b.saturationFlow), "\(way)")
      #expect(a.startUpLostTime == b.startUpLostTime && a.yellowUsed == b.yellowUsed, "\(way)")
      #expect(
        a.signal.map { old[$0.controller].groups[$0.group].name }
          == b.signal.map { new[$0.controller].groups[$0.group].name }, "\(way)")
      let foes = { (network: Network, id: ConnectionID) in
        network.conflicts[id.index].map { "\(key($0.other, network)) \($0.yields)" }.sorted()
      }
      #expect(foes(old, id) == foes(new, other), "\(way)")
    }
    #expect(old.crossings.map(\.name).sorted() == new.crossings.map(\.name).sorted())
    try expectSameSignals(before, after)
    try expectSameDemand(before, after)
  }

  private func expectSameSignals(_ before: Scenario, _ after: Scenario) throws {
    let (old, new) = (before.network, after.network)
    #expect(Set(old.controllers.map(\.name)) == Set(new.controllers.map(\.name)))
    for a in old.controllers {
      let b = try #require(new.controllers.first { $0.name == a.name })
      #expect(Set(a.groups.map(\.name)) == Set(b.groups.map(\.name)))
      let place = Dictionary(b.groups.enumerated().map { ($1.name, $0) }) { first, _ in first }
      for (i, group) in a.groups.enumerated() {
        let other = try #require(place[group.name])
        #expect(b.groups[other] == group)
        for (j, foe) in a.groups.enumerated() {
          let second = try #require(place[foe.name])
          #expect(a.conflicts[i][j] == b.conflicts[other][second], "\(a.name): \(group.name), \(foe.name)")
          #expect(
            a.intergreens[i][j] == b.intergreens[other][second], "\(a.name): \(group.name), \(foe.name)")
        }
      }
      #expect(a.cycleBounds == b.cycleBounds)
    }
    #expect(before.periods.map(\.name) == after.periods.map(\.name))
    for (a, b) in zip(before.periods, after.periods) {
      for case let (index, program?) in a.existingPlan.programs.enumerated() {
        let controller = old.controllers[index]
        let place = try #require(new.controllers.firstIndex { $0.name == controller.name })
        let other = try #require(b.existingPlan.programs[place])
        #expect(isClose(program.cycle, other.cycle))
        let order = controller.groups.map { group in
          new.controllers[place].groups.firstIndex { $0.name == group.name } ?? 0
        }
        // Half seconds see what whole seconds would step over.
        for half in 0..<Int(2 * program.cycle) {
          let time = a.demand.begin + Double(half) / 2 + 0.25
          let states = other.states(at: time)
          #expect(program.states(at: time) == order.map { states[$0] }, "\(controller.name) at \(time) s")
        }
      }
    }
  }

  private func expectSameDemand(_ before: Scenario, _ after: Scenario) throws {
    for (a, b) in zip(before.periods, after.periods) where a.demand.routes.isEmpty {
      #expect(a.demand.begin == b.demand.begin && a.demand.end == b.demand.end)
      #expect(a.demand.counts.map(\.begin) == b.demand.counts.map(\.begin))
      for (x, y) in zip(a.demand.counts, b.demand.counts) {
        for (movement, vehicles) in x.vehicles.enumerated() {
          let from = before.network.movements[movement]
          let other = try #require(after.network.movement(from: from.from, to: from.to))
          #expect((vehicles == nil) == (y.vehicles[other.index] == nil))
          #expect(isClose(vehicles ?? 0, y.vehicles[other.index] ?? 0))
        }
        #expect(isClose(x.pedestrians.reduce(0, +), y.pedestrians.reduce(0, +)))
      }
    }
  }

  @Test("a shipped network comes back as it was", arguments: networks)
  func shippedNetworks(name: String) throws {
    let scenario = try shipped(name)
    let read = try GMNSFixture.readBack(GMNSWriter.write(scenario))
    #expect(read.warnings == [])
    try expectSame(scenario, read.scenario)
  }

  @Test("a generated grid comes back as it was", arguments: [(1, 1, 1), (1, 3, 2), (2, 3, 3), (4, 4, 4)])
  func grids(rows: Int, columns: Int, seed: Int) throws {
    let text = GridNetwork.yaml(rows: rows, columns: columns, seed: UInt64(seed))
    let scenario = try NativeReader.read(text: text, file: "grid").scenario
    let read = try GMNSFixture.readBack(GMNSWriter.write(scenario))
    #expect(read.warnings == [])
    try expectSame(scenario, read.scenario)
  }

  @Test("a dual-ring plan comes back with the same greens, and its second writing equals the first")
  func rings() throws {
    let first = try GMNSFixture.read(GMNSFixture.crossing).scenario
    let second = try GMNSFixture.readBack(GMNSWriter.write(first)).scenario
    try expectSame(first, second)
    let third = try GMNSFixture.readBack(GMNSWriter.write(second)).scenario
    #expect(GMNSWriter.write(third).files == GMNSWriter.write(second).files)
  }
}
