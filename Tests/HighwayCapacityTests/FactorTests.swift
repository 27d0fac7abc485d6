import HighwayCapacity
import Testing

/// Factors against exhibits and by hand.
struct FactorTests {
  @Test func laneWidth() {
    #expect([9.9, 10, 12.9, 13].map { SaturationFactor.laneWidth($0 * foot) } == [0.96, 1, 1, 1.04])
  }

  @Test func heavyVehiclesAndGrade() {
    func factor(_ share: Double, _ grade: Double) -> Double {
      SaturationFactor.heavyVehiclesAndGrade(share, grade: grade)
    }
    #expect(abs(factor(0.05, 0) - 0.961) < 1e-12)
    #expect(abs(factor(0.05, 0.02) - (100 - 3.9 - 1.24) / 100) < 1e-12)
    #expect(abs(factor(0.05, -0.02) - (100 - 3.95 + 4.14) / 100) < 1e-12)
  }

  @Test func parkingAndBuses() {
    #expect(abs(SaturationFactor.parking(maneuvers: 5, lanes: 1) - 0.875) < 1e-12)
    #expect(
      SaturationFactor.parking(maneuvers: 500, lanes: 1) == SaturationFactor.parking(maneuvers: 180, lanes: 1)
    )
    #expect(abs(SaturationFactor.busBlockage(buses: 25, lanes: 2) - (2 - 0.1) / 2) < 1e-12)
    #expect(SaturationFactor.parking(maneuvers: 180, lanes: 1) == 0.05)
  }

  @Test func laneUtilisation() {
    #expect(SaturationFactor.usualLaneUtilisation(.through, lanes: 1) == 1)
    #expect(SaturationFactor.usualLaneUtilisation(.through, lanes: 2) == 0.952)
    #expect(SaturationFactor.usualLaneUtilisation(.through, lanes: 4) == 0.908)
    #expect(SaturationFactor.usualLaneUtilisation(.left, lanes: 2) == 0.971)
    #expect(SaturationFactor.usualLaneUtilisation(.right, lanes: 2) == 0.885)
    #expect(SaturationFactor.laneUtilisation(flow: 900, busiestLane: 500, lanes: 2) == 0.9)
  }

  /// A counted lane utilisation takes the place of the usual one, for through lanes only.
  @Test func countedLaneUtilisation() throws {
    var junction = LaneFlowTests.junction(
      [.left, .through, .through], TurnVolumes(left: 50, through: 600, right: 0), .permitted)
    junction.approaches[0].laneUtilisation = 0.8
    let evaluation = IntersectionEvaluation(junction)
    #expect(try #require(evaluation.laneGroup("EB T")).factors.laneUtilisation == 0.8)
    #expect(try #require(evaluation.laneGroup("EB L")).factors.laneUtilisation == 1)
    #expect(try #require(evaluation.laneGroup("WB T")).factors.laneUtilisation == 0.952)
  }

  /// Equation 31-100 by hand.
  @Test(arguments: [(0.0, 1440.0), (200, 1201), (400, 1000), (600, 832), (800, 690), (1000, 572)])
  func permittedLeft(opposing: Double, expected: Double) {
    #expect(isPrinted(PermittedLeft.saturationFlow(opposing: opposing), expected, decimals: 0))
  }

  @Test func levels() {
    #expect(
      [10, 10.1, 35, 55, 80, 81].map { LevelOfService.vehicles(delay: $0) } == [.a, .b, .c, .d, .e, .f])
    #expect(LevelOfService.vehicles(delay: 5, saturation: 1.01) == .f)
    #expect([1.5, 2.5, 5.5, 5.6].map(LevelOfService.score) == [.a, .b, .e, .f])
  }

  /// Equation 19-20 is 1 for random arrivals, and less the better arrivals meet the green.
  @Test func progression() {
    let factors = ArrivalType.allCases.map { type in
      ControlDelay.progressionFactor(
        onGreen: ControlDelay.arrivalsOnGreen(platoonRatio: type.platoonRatio, greenRatio: 0.4),
        greenRatio: 0.4,
        saturation: 0.8)
    }
    #expect(abs(factors[2] - 1) < 1e-12)
    #expect(factors == factors.sorted(by: >))
  }

  /// Exhibit 31-12 with figures of exhibit 31-79.
  @Test(.tags(.published)) func permittedGreen() {
    let alone = PermittedGreen(
      own: .init(throughDuration: 34, throughChange: 4),
      opposing: .init(throughDuration: 34, throughChange: 4),
      queueClearance: 20.55, lostTime: 2, extension: 2)
    #expect(abs(alone.unblocked - 11.45) < 1e-9)
    #expect(alone.effective == 30)
    let leading = PermittedGreen(
      own: .init(
        arrow: .leading, leftDuration: 10.2, leftChange: 4, throughDuration: 54, throughChange: 4),
      opposing: .init(
        arrow: .leading, leftDuration: 13.8, leftChange: 4, throughDuration: 57.6, throughChange: 4),
      queueClearance: 23.14, lostTime: 2, extension: 2)
    #expect(isPrinted(leading.unblocked, 32.5, decimals: 1))
    #expect(abs(leading.effective - 50) < 1e-9)
  }
}
