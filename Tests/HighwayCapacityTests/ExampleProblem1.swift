import HighwayCapacity

/// HCM 7, chapter 31, section 10, example problem 1: 5th Avenue and 12th Street, fully actuated (exhibits 31-69 to 31-74).
enum ExampleProblem1 {
  static var intersection: Intersection {
    var intersection = Intersection(
      approaches: [
        avenue(.eastbound, 2, TurnVolumes(left: 71, through: 318, right: 106)),
        avenue(.westbound, 6, TurnVolumes(left: 118, through: 600, right: 24)),
        street(.northbound, 8, 3, TurnVolumes(left: 133, through: 1644, right: 111, rightOnRed: 22)),
        street(.southbound, 4, 7, TurnVolumes(left: 194, through: 933, right: 111, rightOnRed: 33)),
      ], control: .actuated())
    intersection.isCentralBusinessDistrict = true
    return intersection
  }

  /// Durations of exhibit 31-79, s.
  static let publishedTiming = Timing(
    cycle: 101.8,
    durations: [
      .init(through: 34), .init(through: 34), .init(through: 54, left: 10.2),
      .init(through: 57.6, left: 13.8),
    ])

  private static func avenue(_ direction: Direction, _ number: Int, _ volumes: TurnVolumes) -> Approach {
    var approach = Approach(
      direction, lanes: [.left, .through, [.through, .right]], volumes: volumes,
      phase: Phase(number: number, maximumGreen: 30, walk: 5, pedestrianClearance: 14))
    approach.laneWidth = 10 * foot
    approach.parkingManeuvers = 5
    describe(&approach, heavyVehicles: 0.05, pedestrians: 120)
    return approach
  }

  private static func street(
    _ direction: Direction, _ number: Int, _ arrow: Int, _ volumes: TurnVolumes
  ) -> Approach {
    var approach = Approach(
      direction, lanes: [.left, .through, [.through, .right]], volumes: volumes,
      phase: Phase(number: number, maximumGreen: 50, walk: 5, pedestrianClearance: 16),
      leftTurns: .protectedPermitted(Phase(number: arrow, maximumGreen: 25)))
    approach.laneWidth = 12 * foot
    describe(&approach, heavyVehicles: 0.02, pedestrians: 40)
    return approach
  }

  private static func describe(_ approach: inout Approach, heavyVehicles: Double, pedestrians: Double) {
    approach.heavyVehicles = heavyVehicles
    approach.heavyVehiclesLeft = heavyVehicles
    approach.pedestrians = pedestrians
    approach.pedestriansLeft = pedestrians
    approach.receivingLanesLeft = 2
    approach.receivingLanesRight = 2
    approach.speedLimit = 35 * milePerHour
    approach.storageLeft = 200 * foot
    approach.storage = 1000 * foot
  }
}
