import NetworkBuilding
import TestSupport
import Testing
import TrafficModel

@testable import Reporting

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Legs of a sketch")
struct LegLayoutTests {
  private func network(_ legs: [Compass], side: TrafficSide = .right) throws -> Network {
    let junction = JunctionDraft(
      "J",
      approaches: legs.map { leg in
        let targets = TurnTargets(from: leg, exits: legs)
        let turns = [Turn.left, .through, .right].filter { targets[$0] != nil }
        let lanes = [LaneDraft(Array(turns.prefix(1)), pocket: 50), LaneDraft(turns)]
        return ApproachDraft(leg, lanes: side == .right ? lanes : lanes.reversed(), crossing: 12)
      })
    return try NetworkDraft(
      "N", side: side, junctions: [junction], periods: [PeriodDraft("p", begin: 0, end: 900)]
    ).scenario().network
  }

  @Test(
    "Three to six legs stand clockwise from north, at their bearings",
    arguments: [
      [Compass.n, .e, .w], [.ne, .s, .nw], [.n, .e, .s, .w], [.n, .ne, .se, .s, .w],
      [.n, .ne, .e, .s, .sw, .nw],
    ])
  func legs(legs: [Compass]) throws {
    let network = try network(legs)
    let layout = LegLayout(JunctionID(0), network)
    #expect(layout.legs.map(\.name) == legs.sorted().map(\.name))
    for leg in layout.legs {
      let compass = try #require(Compass(name: leg.name))
      let turn = leg.bearing - Double(compass.rawValue) * .pi / 4
      #expect(abs(sin(turn)) < 1e-6 && cos(turn) > 0)
      #expect(leg.into != nil && leg.out != nil && leg.crossings.count == 1)
    }
  }

  @Test("No two roads of a sketch overlap: neighbours' corners keep their order round the junction")
  func apart() throws {
    let layout = LegLayout(JunctionID(0), try network([.n, .ne, .e, .s, .sw, .nw]))
    let drawn = layout.legs.map(\.drawn)
    for (one, other) in zip(drawn, drawn.dropFirst()) {
      let gap = atan2(sin(other - one), cos(other - one))
      #expect(gap > 0.6 || gap < 0)
    }
  }

  @Test("A sketch of left-hand traffic is the mirror image")
  func mirrored() throws {
    let legs: [Compass] = [.n, .e, .s]
    func stopLines(_ network: Network) -> [[Double]] {
      let layout = LegLayout(JunctionID(0), network)
      let picture = LaneSketch(
        title: "", legs: layout, network: network, flows: [], names: layout.legs.map(\.name),
        letter: { _ in "" }
      ).picture
      return picture.elements.filter { $0.contains("stop-line") }.map { line in
        let numbers = line.matches(of: /[xy][12]="([-\d.]+)"/).compactMap { Double($0.1) }
        let ends = [
          [numbers[0] - picture.width / 2, numbers[1]], [numbers[2] - picture.width / 2, numbers[3]],
        ]
        return ends.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
      }
    }
    let right = stopLines(try network(legs))
    // Stop lines do not tell which lane turns where.
    let left = stopLines(try network(legs.map(\.mirrored), side: .left)).map { line in
      let ends = [[-line[0], line[1]], [-line[2], line[3]]]
      return ends.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
    }
    #expect(right.count == 3)
    for line in right {
      #expect(left.contains { zip($0, line).allSatisfy { abs($0 - $1) < 0.11 } }, "\(line) is not in \(left)")
    }
    #expect(SheetOrder.turns(.right) == [.uTurn, .left, .through, .right])
    #expect(SheetOrder.turns(.left) == SheetOrder.turns(.right).map(TrafficSide.left.equivalent))
  }
}
