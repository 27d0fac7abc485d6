import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

/// Where traffic keeps to the left all is as in the mirror.
@Suite("Left-hand traffic")
struct LeftHandTests {
  @Test(
    "A network and its mirror image have mirrored ways and conflicts, and the same delay", arguments: 0..<30)
  func mirror(seed: Int) throws {
    let draft = RandomDrafts.draft(seed)
    let (right, left) = (try draft.scenario(), try draft.mirrored.scenario())
    let (network, image) = (right.network, left.network)
    #expect(network.side == .right && image.side == .left)
    #expect(network.connections.count == image.connections.count)
    for (one, other) in zip(network.connections, image.connections) {
      #expect(image.side.equivalent(of: other.turn) == one.turn)
      var mirrored = other
      mirrored.turn = one.turn
      #expect(mirrored == one)
    }
    #expect(network.conflicts == image.conflicts)
    #expect(network.crossings.map(\.crossedConnections) == image.crossings.map(\.crossedConnections))
    for (one, other) in zip(network.controllers, image.controllers) {
      #expect(one.conflicts == other.conflicts && one.intergreens == other.intergreens)
    }
    #expect(
      right.periods[0].existingPlan.programs.map { $0?.intervals }
        == left.periods[0].existingPlan.programs.map { $0?.intervals })
    #expect(delay(right) == delay(left))
  }

  private func delay(_ scenario: Scenario) -> Double {
    let period = scenario.periods[0]
    return Simulator(network: scenario.network, demand: period.demand).run(period.existingPlan, seed: 1)
      .totalDelay
  }

  @Test("A network file says so by 'drive: left', in both of its forms")
  func files() throws {
    let text = """
      greenwave: 1
      name: Left
      drive: left
      defaults: {right-turns: permissive, left-turns: free}
      junctions:
        X:
          approaches:
            N: {lanes: [LT, R 50]}
            E: {lanes: [LT, R 50]}
            S: {lanes: [LT, R 50]}
            W: {lanes: [LT, R 50]}
          stages: [[NS.TR], [EW.TR]]
      periods: {peak: {time: 08:00-09:00, counts: {X: {N: {T: 100}}}}}
      """
    let scenario = try NativeReader.read(text: text, file: "left.yaml").scenario
    let network = scenario.network
    #expect(network.side == .left)
    for connection in network.connections {
      // The lane at the kerb is the left one; left turns are free, right turns wait in the middle.
      #expect(network[connection.from].position == (connection.turn == .right ? 1 : 0))
      #expect((connection.signal == nil) == (connection.turn == .left))
      #expect((connection.waitingPosition != nil) == (connection.turn == .right))
    }
    let written = NativeWriter.write(scenario).files[0].text
    let read = try NativeReader.read(text: written, file: "written.yaml").scenario
    #expect(read.network.side == .left)
    #expect(read.network.connections == network.connections && read.network.conflicts == network.conflicts)
    #expect(SUMOWriter.write(scenario).files.contains { $0.text.contains("<lefthand value=\"true\"/>") })
  }
}
