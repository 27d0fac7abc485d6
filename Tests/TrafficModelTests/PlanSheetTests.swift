import TestSupport
import Testing
import TrafficModel

@Suite("Plan sheets")
struct PlanSheetTests {
  private func sheet(offset: Double = 0, intergreen: Double = 5) throws -> PlanSheet {
    let star = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5], intergreen: intergreen)
    return PlanSheet(
      star.program(greens: [20, 30, 10], yellow: 3, allRed: 2, offset: offset), network: star.network)
  }

  @Test("splits of phases that run one after the other add up to the cycle")
  func splits() throws {
    let sheet = try sheet()
    #expect(sheet.cycle == 75)
    #expect(sheet.rows.map(\.split) == [25, 35, 15])
    #expect(sheet.rows.map(\.split).reduce(0, +) == sheet.cycle)
    #expect(sheet.rows.map(\.begin) == [0, 25, 60])
    #expect(sheet.rows.map(\.forceOff) == [20, 55, 70])
    #expect(sheet.rows.map(\.allRed) == [2, 2, 2])
  }

  @Test("all-red is no longer than the intergreens ask for: the rest is red that could be green")
  func spareRed() throws {
    #expect(try sheet(intergreen: 4).rows.map(\.allRed) == [1, 1, 1])
    #expect(try sheet(intergreen: 3).rows.map(\.allRed) == [0, 0, 0])
  }

  @Test(
    "the offset is within the cycle and names its reference", arguments: [(10.0, 10.0), (-5, 70), (160, 10)])
  func offset(given: Double, shown: Double) throws {
    let sheet = try sheet(offset: given)
    #expect(sheet.offset == shown)
    #expect(sheet.referenceGroups == [0])
  }

  @Test(
    "a green that goes on over the end of the cycle is forced off in the next; one that never ends is not")
  func wrapping() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    let green = SignalState.protectedGreen
    let program = SignalProgram(
      controller: star.controller, name: "wrapped", offset: 0,
      intervals: [
        SignalInterval(duration: 10, states: [green, green]),
        SignalInterval(duration: 3, states: [.yellow, green]),
        SignalInterval(duration: 20, states: [.red, green]),
        SignalInterval(duration: 7, states: [green, green]),
      ])
    let sheet = PlanSheet(program, network: star.network)
    #expect(sheet.rows.map(\.begin) == [33, nil])
    #expect(sheet.rows.map(\.green) == [17, 40])
    #expect(sheet.rows.map(\.forceOff) == [10, nil])
    #expect(sheet.referenceGroups == [])
    #expect(sheet.reference(in: star.network) == "begin of interval 1")
  }

  @Test("of a controller with rings the phases are keyed in, and the splits of a ring add up to the cycle")
  func phases() throws {
    let rings = try RingNetwork(permissive: true)
    let controller = rings.network.controllers[0]
    let sheet = try #require(PhaseSheet(rings.program, controller))
    for ring in [1, 2] {
      let rows = sheet.rows.filter { $0.phase.ring == ring }
      #expect(rows.map(\.phase.number) == (ring == 1 ? [1, 2, 3, 4] : [5, 6, 7, 8]))
      #expect(rows.reduce(0) { $0 + $1.split } == rings.program.cycle)
      #expect(rows.map(\.split) == [20, 20, 20, 20])
      #expect(rows.map(\.forceOff) == rows.map { ($0.begin + 15).truncatingRemainder(dividingBy: 80) })
    }
    // A left turn that also waits for gaps in another phase is served by both.
    #expect(sheet.rows.contains { !$0.phase.permitted.isEmpty })
    var without = controller
    without.rings = nil
    #expect(PhaseSheet(rings.program, without) == nil)
  }

  @Test("crossings are found by their group")
  func crossingsOfGroup() throws {
    let network = try RingNetwork().network
    for (controller, groups) in network.crossingsOfGroup.enumerated() {
      for (group, crossings) in groups.enumerated() {
        let signal = SignalGroupReference(controller: ControllerID(controller), group: group)
        #expect(
          crossings
            == network.crossings.indices.filter { network.crossings[$0].signal == signal }.map {
              CrossingID($0)
            })
      }
    }
  }
}
