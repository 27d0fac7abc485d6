import HighwayCapacity
import Testing

/// Figures of single formulas as HCM 7, chapter 31, and FHWA print them.
@Suite(.tags(.published)) struct PublishedFormulaTests {
  /// Example problem 2: a crosswalk over the minor street.
  @Test func pedestrianCrossing() {
    let crossing = PedestrianCrossing(
      cycle: 80, walk: 7, lanesCrossed: 2, rightOnRed: 30, permittedLeft: 42, streetFlow: 986, streetLanes: 2,
      speed: 35 * milePerHour)
    #expect(isPrinted(crossing.delay, 29.8, decimals: 1))
    #expect(isPrinted(crossing.vehiclesPerLane, 123.3, decimals: 1))
    #expect(isPrinted(crossing.widthTerm, 0.972, decimals: 3))
    #expect(isPrinted(crossing.turnTerm, 0.102, decimals: 3))
    #expect(isPrinted(crossing.speedTerm, 0.561, decimals: 3))
    #expect(isPrinted(crossing.delayTerm, 0.136, decimals: 3))
    #expect(isPrinted(crossing.score, 2.37, decimals: 2))
    #expect(crossing.levelOfService == .b)
  }

  /// Example problem 3: a bicycle lane.
  @Test func bicycleApproach() {
    let approach = BicycleApproach(
      cycle: 120, green: 48, bicycles: 120, crossStreetWidth: 70 * foot, outsideWidth: 17 * foot,
      vehicles: 85 + 924 + 77, throughLanes: 2)
    #expect(isPrinted(approach.capacity, 800, decimals: 0))
    #expect(isPrinted(approach.delay, 23.0, decimals: 1))
    #expect(isPrinted(approach.widthTerm, -2.57, decimals: 2))
    #expect(isPrinted(approach.vehicleTerm, 0.90, decimals: 2))
    #expect(isPrinted(approach.score, 2.45, decimals: 2), "\(approach.score)")
    #expect(approach.levelOfService == .b)
  }

  /// Example problem 4: a leg crossed in two stages, from corner B to A and back.
  @Test func twoStageCrossing() {
    func delay(_ first: Double, _ second: Double, distance: Double) -> Double {
      TwoStageCrossing(
        cycle: 140, first: .init(walk: 5, start: first), second: .init(walk: 5, start: second),
        distance: distance * foot, speed: 3.3 * foot
      ).delay
    }
    #expect(isPrinted(delay(78, 112, distance: 56), 78, decimals: 0))
    // Printed as 147; equations 19-78 to 19-88 give 61.29 + 85.39 × 131 ÷ 140 + 80.89 × 9 ÷ 140 s. They part at 19-84, by which
    // who comes during the walk waits 4.5 s less at the refuge than who starts with it.
    #expect(isPrinted(delay(112, 78, distance: 68), 146.39, decimals: 2))
  }

  /// Section 2: a pretimed programme with critical flow ratios 0.45 and 0.35 and 8 s of lost time.
  @Test func pretimedDesign() throws {
    let ratios = 0.45 + 0.35
    let least = try #require(PretimedDesign.cycle(lostTime: 8, flowRatios: ratios, saturation: 1))
    #expect(isPrinted(least, 40, decimals: 0))
    #expect(PretimedDesign.cycle(lostTime: 8, flowRatios: ratios, saturation: 0.80) == nil)
    let cycle = try #require(PretimedDesign.cycle(lostTime: 8, flowRatios: ratios, saturation: 0.92))
    #expect(isPrinted(cycle, 61, decimals: 0))
    let critical = PretimedDesign.criticalSaturation(cycle: 60, lostTime: 8, flowRatios: ratios)
    #expect(isPrinted(critical, 0.923, decimals: 3))
    let greens = [0.45, 0.35].map { PretimedDesign.green(flowRatio: $0, cycle: 60, saturation: critical) }
    #expect(isPrinted(greens[0], 29.3, decimals: 1))
    // 22.75 exactly: printed so that both greens and 8 s make 60 s.
    #expect(isPrinted(greens[1], 22.7, decimals: 1))
  }

  /// Exhibit 31-77: how people on foot hold up turns of example problem 1.
  @Test func pedestrianFactors() {
    func right(_ people: Double, _ service: Double, _ green: Double) -> Double {
      PedestrianBicycleFactor.rightTurn(
        pedestrians: people, service: service, green: green, cycle: 101.8, spareReceivingLanes: true)
    }
    #expect(isPrinted(right(120, 19, 30), 0.88, decimals: 2))
    #expect(isPrinted(right(40, 21, 50), 0.98, decimals: 2))
  }

  /// FHWA-RD-98-106, table 13, cases 1a and 1b: 500 people per hour, then 175 bicycles besides; no lane to spare.
  @Test func federalPedestrianCases() {
    func factor(bicycles: Double) -> Double {
      PedestrianBicycleFactor.rightTurn(
        pedestrians: 500, bicycles: bicycles, service: 30, green: 30, cycle: 60, spareReceivingLanes: false)
    }
    let (without, with) = (factor(bicycles: 0), factor(bicycles: 175))
    #expect(isPrinted(without, 0.50, decimals: 2))
    #expect(isPrinted(with, 0.43, decimals: 2))
    let occupancy = PedestrianBicycleFactor.rightTurnOccupancy(
      pedestrians: 500, bicycles: 175, service: 30, green: 30, cycle: 60)
    #expect(isPrinted(occupancy, 0.57, decimals: 2))
    // The capacity without bicycles is printed as 291 veh/h.
    #expect(isPrinted(291 * with / without, 247, decimals: 0))
  }

  /// Step 4 of example problem 1.
  @Test func permittedLeft() {
    #expect(isPrinted(PermittedLeft.saturationFlow(opposing: 624), 813, decimals: 0))
  }
}
