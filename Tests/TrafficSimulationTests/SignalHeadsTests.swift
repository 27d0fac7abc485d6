import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Signal heads")
struct SignalHeadsTests {
  @Test("They know since when they show what they show, and how many ways out of a lane are not red")
  func since() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    var heads = SignalHeads(network: star.network)
    let lane = star.network.connections[0].from.index
    #expect(heads.openFromLane[lane] == 1)
    // The last is shown already.
    let shown: [(Double, Aspect)] = [(10, .red), (40, .protected), (60, .yellow), (61, .yellow)]
    for (time, aspect) in shown { heads.show(aspect, on: 0, at: time) }
    #expect(heads.aspects[0] == .yellow)
    #expect(heads.since[0] == 60)
    #expect(heads.openFromLane[lane] == 1)
    heads.show(.red, on: 0, at: 63)
    #expect(heads.since[0] == 63)
    #expect(heads.openFromLane[lane] == 0)
  }
}
