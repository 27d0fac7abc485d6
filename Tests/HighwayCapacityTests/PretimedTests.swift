import HighwayCapacity
import Testing

/// The pretimed example of HCM 7, chapter 31, section 2, as a junction.
struct PretimedTests {
  static let intersection: Intersection = {
    func approach(_ direction: Direction, _ volume: Double, _ green: Double) -> Approach {
      var approach = Approach(
        direction, lanes: [.through], volumes: TurnVolumes(left: 0, through: volume, right: 0),
        phase: Phase(number: green > 25 ? 2 : 8, duration: green + 4))
      (approach.heavyVehicles, approach.laneWidth) = (0, 12 * foot)
      return approach
    }
    return Intersection(
      approaches: [
        approach(.eastbound, 855, 29.3), approach(.westbound, 475, 29.3), approach(.northbound, 665, 22.7),
        approach(.southbound, 475, 22.7),
      ], control: .pretimed(cycle: 60))
  }()

  @Test(.tags(.published)) func criticalRatio() {
    let path = IntersectionEvaluation(Self.intersection).criticalPath
    #expect(isPrinted(path.saturation, 0.923, decimals: 3))
    #expect(path.phases == [2, 8])
    #expect(path.lostTime == 8)
  }

  /// Equations 19-19 and 19-26 by hand, with k = 0.5.
  @Test func delays() {
    let evaluation = IntersectionEvaluation(Self.intersection)
    for (group, delay) in zip(evaluation.laneGroups, [30.03, 12.49, 37.40, 20.19]) {
      #expect(abs(group.delay - delay) <= 0.01, "\(group.name): \(group.delay)")
      #expect(group.incrementalFactor == 0.5)
    }
    #expect(isPrinted(evaluation.delay, 26.75, decimals: 2))
    #expect(evaluation.levelOfService == .c)
  }
}
