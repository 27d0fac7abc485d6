import NetworkFormats
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

/// `left.net.xml` and `right.net.xml` are what netconvert makes of one description of a junction with crossings, north for
/// south in the second: with `--lefthand`, and without. SUMO plays both alike to the last digit.
@Suite("SUMO: left-hand traffic")
struct SUMOLeftHandTests {
  /// netconvert mirrors what it writes with two decimals; differences of sums are rounding.
  private static let rounding = 1e-9

  private let left: Scenario
  private let right: Scenario

  init() throws {
    func read(_ name: String) throws -> Scenario {
      try SUMOReader.read(
        network: SUMOFixture.path("lefthand/\(name).net.xml"),
        routes: [SUMOFixture.path("lefthand/traffic.rou.xml")]
      ).scenario
    }
    (left, right) = (try read("left"), try read("right"))
  }

  @Test("Ways are those of the mirror image, with left for right")
  func ways() {
    #expect(left.network.side == .left && right.network.side == .right)
    // Where they lie is another matter.
    func measures(_ link: Link) -> String {
      "\(link.name) \(link.from) \(link.to) \(link.length) \(link.speed)"
    }
    #expect(left.network.links.map(measures) == right.network.links.map(measures))
    #expect(left.network.lanes == right.network.lanes)
    #expect(left.network.connections.count == right.network.connections.count)
    for (one, other) in zip(left.network.connections, right.network.connections) {
      #expect(TrafficSide.left.equivalent(of: one.turn) == other.turn)
      var mirrored = one
      mirrored.turn = other.turn
      #expect(mirrored == other)
    }
  }

  @Test("Left turns go along the kerb, right turns wait in the middle for oncoming traffic")
  func turns() {
    let network = left.network
    let rows = left.periods[0].existingPlan.programs[0]?.intervals ?? []
    func waits(_ turn: Int, for oncoming: Int) -> Bool {
      rows.contains { $0.states[turn] == .permissiveGreen && $0.states[oncoming].isGreen }
    }
    for (index, connection) in network.connections.enumerated() {
      guard let group = connection.signal?.group else { continue }
      #expect(network[connection.from].position == (connection.turn == .right ? 1 : 0))
      let oncoming = network.conflicts[index].filter { conflict in
        let other = network[conflict.other]
        guard conflict.yields, other.turn == .through, let foe = other.signal?.group else { return false }
        return waits(group, for: foe)
      }
      #expect(oncoming.count == (connection.turn == .right ? 1 : 0))
    }
    #expect(network.connections.filter { $0.turn == .uTurn }.count == 4)
  }

  @Test("Conflicts, crossings, controllers and programmes are those of the mirror image")
  func signals() {
    for (one, other) in zip(left.network.conflicts, right.network.conflicts) {
      #expect(one.map(\.other) == other.map(\.other) && one.map(\.yields) == other.map(\.yields))
      for (a, b) in zip(one, other) {
        #expect((a.meeting == nil) == (b.meeting == nil))
        if let a = a.meeting, let b = b.meeting { #expect(abs(a - b) < Self.rounding) }
      }
    }
    #expect(
      left.network.crossings.map(\.crossedConnections) == right.network.crossings.map(\.crossedConnections))
    #expect(left.network.controllers == right.network.controllers)
    #expect(left.periods[0].existingPlan == right.periods[0].existingPlan)
  }

  @Test("Traffic is as late as in the mirror image")
  func delays() {
    func delay(_ scenario: Scenario) -> Double {
      let period = scenario.periods[0]
      return Simulator(network: scenario.network, demand: period.demand).run(period.existingPlan, seed: 1)
        .totalDelay
    }
    let (one, other) = (delay(left), delay(right))
    #expect(one > 0 && abs(one - other) < Self.rounding * other)
  }
}
