import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

/// What must be the same after a scenario went through a format that has lanes, ways and greens, but names of its own for
/// signals.
struct WrittenRoundTrip {
  var before: Scenario
  var after: Scenario
  /// What a lane of either network is called here, so that the same lane has the same name.
  var lane: (LaneID, Network) -> String = { id, network in
    "\(plain(network[network[id].link].name))/\(network[id].position)"
  }
  /// Relative rounding of doubles that went through sums, other units and text.
  static let rounding = 1e-6

  /// Reads what a writer wrote, from a folder that exists only for so long.
  static func read(_ written: WrittenScenario, _ read: (String) throws -> ReadScenario) throws -> ReadScenario
  {
    try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }, read)
  }

  /// Shipped networks, each with its name.
  static let shipped = ["eight-signal-arterial", "four-stage-junction", "lijiang-old-town"]

  static func scenario(shipped name: String) throws -> Scenario {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    return try NativeReader.read("\(root)/networks/\(name)/network.yaml").scenario
  }

  static func grid(rows: Int, columns: Int, seed: Int) throws -> Scenario {
    let text = GridNetwork.yaml(rows: rows, columns: columns, seed: UInt64(seed))
    return try NativeReader.read(text: text, file: "grid").scenario
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= Self.rounding * max(1, abs(a)) }

  /// Some formats have no spaces in names.
  static func plain(_ name: String) -> String { name.replacingOccurrences(of: " ", with: "_") }

  func key(_ id: ConnectionID, _ network: Network) -> String {
    "\(lane(network[id].from, network)) > \(lane(network[id].to, network))"
  }

  func connections(_ network: Network) -> [String: ConnectionID] {
    Dictionary(
      uniqueKeysWithValues: network.connections.indices.map { index in
        (key(ConnectionID(index), network), ConnectionID(index))
      })
  }

  /// Junctions, links, lanes and the ways between them.
  func expectSameRoads() {
    let (old, new) = (before.network, after.network)
    #expect(old.junctions.map { Self.plain($0.name) } == new.junctions.map { Self.plain($0.name) })
    #expect(old.links.map { Self.plain($0.name) } == new.links.map { Self.plain($0.name) })
    for (a, b) in zip(old.links, new.links) {
      #expect(isClose(a.length, b.length) && isClose(a.speed, b.speed), "\(a.name): \(a.length), \(b.length)")
      #expect(a.from == b.from && a.to == b.to)
    }
    #expect(old.lanes.map(\.position) == new.lanes.map(\.position))
    let (oldWays, newWays) = (connections(old), connections(new))
    #expect(oldWays.keys.sorted() == newWays.keys.sorted())
  }

  /// Turns of ways, and at signals which ways cross and which of them yield.
  func expectSameConflicts() {
    let (old, new) = (before.network, after.network)
    let newWays = connections(new)
    for (way, id) in connections(old).sorted(by: { $0.key < $1.key }) {
      guard let other = newWays[way] else { continue }
      #expect(old[id].turn == new[other].turn, "\(way)")
      guard old[id].signal != nil else { continue }
      let foes = { (network: Network, id: ConnectionID) in
        network.conflicts[id.index].map { "\(key($0.other, network)) \($0.yields)" }.sorted()
      }
      #expect(foes(old, id) == foes(new, other), "\(way)")
    }
  }

  /// Each signalled way of the first period is green in the same halves of seconds; `shift` s are added to the old times
  /// to have the new ones.
  func expectSameGreens(shift: Double = 0) throws {
    let (old, new) = (before.network, after.network)
    let newWays = connections(new)
    let (oldPlan, newPlan) = (before.periods[0].existingPlan, after.periods[0].existingPlan)
    for controller in old.controllers.indices {
      guard let program = oldPlan.programs[controller] else { continue }
      let ways = try old.connections.indices.filter {
        old.connections[$0].signal?.controller.index == controller
      }.map { index in
        let other = try #require(newWays[key(ConnectionID(index), old)])
        return (
          name: key(ConnectionID(index), old), group: old.connections[index].signal?.group ?? 0,
          signal: new[other].signal
        )
      }
      #expect(!ways.isEmpty)
      for half in 0..<Int(2 * program.cycle) {
        let time = before.periods[0].demand.begin + Double(half) / 2 + 0.25
        let states = program.states(at: time)
        var read: [Int: [SignalState]] = [:]
        for way in ways {
          // A right turn that always has green needs no signal.
          var isGreen = true
          if let signal = way.signal {
            let index = signal.controller.index
            let shown = try read[index] ?? #require(newPlan.programs[index]).states(at: time + shift)
            read[index] = shown
            isGreen = shown[signal.group].isGreen
          }
          #expect(states[way.group].isGreen == isGreen, "\(way.name) at \(time) s")
        }
      }
    }
  }

  /// Vehicles by movement of the first period: as counted, or as their routes have it.
  static func volumes(_ scenario: Scenario) -> [Double] {
    let demand = scenario.periods[0].demand
    var volumes = [Double](repeating: 0, count: scenario.network.movements.count)
    for slice in demand.counts {
      for (index, vehicles) in slice.vehicles.enumerated() { volumes[index] += vehicles ?? 0 }
    }
    for departure in demand.departures {
      let route = demand.routes[departure.route]
      for (from, to) in zip(route, route.dropFirst()) {
        if let movement = scenario.network.movement(from: from, to: to) { volumes[movement.index] += 1 }
      }
    }
    return volumes
  }

  /// Every movement has as many vehicles as before, but for `share` of them, and a few that are only parts of vehicles.
  func expectSameVolumes(share: Double, vehicles: Double) throws {
    let (old, new) = (Self.volumes(before), Self.volumes(after))
    for (index, movement) in before.network.movements.enumerated() {
      let other = try #require(after.network.movement(from: movement.from, to: movement.to))
      #expect(
        abs(old[index] - new[other.index]) <= share * old[index] + vehicles,
        "\(before.network.name(of: MovementID(index)))")
    }
  }
}
