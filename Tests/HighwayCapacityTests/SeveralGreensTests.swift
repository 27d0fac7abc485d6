import HighwayCapacity
import Testing

/// An approach with several greens in a cycle.
@Suite struct SeveralGreensTests {
  /// Sums of the same terms in another order.
  static let tolerance = 1e-6

  private func evaluation(cycle: Double, further: [FurtherGreen], volume: Double) -> IntersectionEvaluation {
    var approach = Approach(
      .northbound, lanes: [.through], volumes: TurnVolumes(left: 0, through: volume, right: 0),
      phase: Phase(number: 8, yellow: 4, duration: 24))
    approach.furtherGreens = further
    return IntersectionEvaluation(Intersection(approaches: [approach], control: .pretimed(cycle: cycle)))
  }

  /// Two greens, each after the same red, are a cycle of half the length.
  @Test(arguments: [0.0, 200, 400, 600, 900]) func halvedCycle(volume: Double) throws {
    // Effective greens of 20 s, each after 40 s.
    let two = try #require(
      evaluation(cycle: 120, further: [FurtherGreen(pause: 40, green: 20)], volume: volume).laneGroups.first)
    let half = try #require(evaluation(cycle: 60, further: [], volume: volume).laneGroups.first)
    #expect(two.operation == .severalGreens && half.operation == .oneGreen)
    #expect(two.green == 2 * half.green)
    #expect(abs(two.capacity - half.capacity) < Self.tolerance)
    #expect(abs(two.uniformDelay - half.uniformDelay) < Self.tolerance)
    #expect(abs(two.incrementalDelay - half.incrementalDelay) < Self.tolerance)
  }

  /// A green that follows at once makes the first one longer.
  @Test func noPause() throws {
    let parted = evaluation(cycle: 90, further: [FurtherGreen(pause: 0, green: 10)], volume: 500)
    var longer = parted.intersection
    longer.approaches[0].furtherGreens = []
    longer.approaches[0].phase.duration = 34
    let (group, whole) = (parted.laneGroups[0], IntersectionEvaluation(longer).laneGroups[0])
    #expect(abs(group.uniformDelay - whole.uniformDelay) < Self.tolerance)
    #expect(abs(group.capacity - whole.capacity) < Self.tolerance)
    let green = try #require(parted.explain(group)?.first { $0.symbol == "g" })
    #expect(green.text == "g = 24.0 − 2.0 − 2.0 + 10.0 = 30.0 s")
  }
}
