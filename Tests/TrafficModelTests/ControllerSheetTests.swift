import TestSupport
import Testing
import TrafficModel

@Suite("Controller sheets")
struct ControllerSheetTests {
  /// s that a ring plan's splits are rounded to.
  private static let rounding = 1e-6

  @Test(
    "The splits of each ring add up to the cycle, the plan's own and those in whole seconds: 500 random plans"
  )
  func ringSplits() throws {
    var random = LinearCongruential(seed: 5)
    let rings = try RingNetwork(permissive: true, yellow: 3.6, allRed: 1.4, cycleBounds: 20...400)
    for _ in 0..<500 {
      let program = RandomRings.program(rings, &random, doMeet: random.once(in: 2))
      let exact = ControllerSheet(program, network: rings.network)
      let whole = exact.inWholeSeconds
      #expect(Set(exact.rows.map(\.number)) == Set(1...8))
      for sheet in [exact, whole] {
        for ring in [1, 2] {
          let rows = sheet.rows.filter { $0.ring == ring }
          #expect(abs(rows.reduce(0) { $0 + $1.split } - sheet.cycle) < Self.rounding)
          for row in rows {
            let end = try #require(row.begin) + row.green
            let forceOff = try #require(row.forceOff)
            let apart = (end - forceOff).truncatingRemainder(dividingBy: sheet.cycle)
            #expect(abs(apart) < Self.rounding || abs(abs(apart) - sheet.cycle) < Self.rounding)
          }
        }
        // Both rings cross a barrier together.
        for barrier in [1, 2] {
          let lengths = [1, 2].map { ring in
            sheet.rows.filter { $0.ring == ring && $0.barrier == barrier }.reduce(0) { $0 + $1.split }
          }
          #expect(abs(lengths[0] - lengths[1]) < Self.rounding)
        }
      }
      #expect(whole.isWhole && abs(whole.cycle - exact.cycle) < 1 + Self.rounding)
      for row in whole.rows {
        #expect(row.split >= row.minimumGreen + row.yellow + row.allRed - Self.rounding)
        let own = try #require(exact.rows.first { $0.number == row.number })
        #expect(row.yellow >= own.yellow - Self.rounding && row.allRed >= own.allRed - Self.rounding)
      }
    }
  }

  @Test("Left turns lead or lag; the offset refers to the begin of green of the coordinated through phases")
  func coordination() throws {
    let rings = try RingNetwork()
    var program = rings.program(
      splits: [1: 15, 2: 45, 3: 20, 4: 20, 5: 15, 6: 45, 7: 20, 8: 20],
      order: [[[1, 2], [6, 5]], [[4, 3], [7, 8]]])
    program.offset = 7
    let sheet = ControllerSheet(program, network: rings.network)
    func row(_ number: Int) throws -> ControllerSheet.Row {
      try #require(sheet.rows.first { $0.number == number })
    }
    #expect(try [1, 3, 5, 7].map { try row($0).order } == [.lead, .lag, .lag, .lead])
    #expect(try [2, 4, 6, 8].map { try row($0).order } == [nil, nil, nil, nil])
    #expect(sheet.coordinated == [2, 6])
    // 6 begins with the cycle, 2 after 1: the first green counts. 6 ends first, after 40 s.
    #expect(sheet.offset == 7)
    #expect(sheet.offsetToYellow == 47)
    #expect(try row(6).begin == 0)
    #expect(try row(2).begin == 15)
    #expect(try row(2).forceOff == 55)
  }

  @Test("Without rings the sheet has stages, whose splits add up to the cycle")
  func stages() throws {
    let star = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5])
    let sheet = ControllerSheet(
      star.program(greens: [20.4, 30.3, 10.3], yellow: 3, allRed: 2, offset: 12.5), network: star.network)
    #expect(sheet.rows.map(\.ring) == [nil, nil, nil])
    #expect(sheet.rows.map(\.number) == [1, 2, 3])
    #expect(sheet.cycle == 76)
    #expect(!sheet.isWhole)
    let whole = sheet.inWholeSeconds
    #expect(whole.cycle == 76)
    #expect(whole.rows.map(\.split) == [25, 36, 15])
    #expect(whole.rows.map(\.forceOff) == [20, 56, 71])
    #expect(whole.inWholeSeconds == whole)
  }

  @Test("A walk during which no vehicle goes is a stage; one that begins before the vehicles' green is none")
  func walks() throws {
    let star = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5])
    var controller = star.network.controllers[0]
    controller.groups[2] = SignalGroup(name: "walk", kind: .pedestrian, minimumGreen: 5, yellow: 0)
    func program(_ rows: [(Double, String)]) -> SignalProgram {
      SignalProgram(
        controller: star.controller, name: "walks", offset: 0,
        intervals: rows.map { duration, letters in
          SignalInterval(
            duration: duration, states: letters.map { SignalState(rawValue: String($0)) ?? .red })
        })
    }
    let alone = StageSheet(
      program([(20, "Grr"), (3, "yrr"), (2, "rrr"), (10, "rrG"), (15, "rrr")]), controller)
    #expect(alone.rows.map(\.green) == [20, 10])
    #expect(alone.rows.map(\.split) == [25, 25])
    let leading = StageSheet(
      program([(20, "Grr"), (3, "yrr"), (2, "rrr"), (4, "rrG"), (10, "rGG"), (3, "ryr")]), controller)
    #expect(leading.rows.map(\.intervals) == [[0], [4]])
    #expect(leading.rows.map(\.split) == [29, 13])
  }
}
