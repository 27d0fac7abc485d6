import HighwayCapacity
import Testing

/// Right turns with an arrow beside left turns of the cross street.
struct RightArrowTests {
  static func junction(arrow: Bool, lagging: Bool = false) -> Intersection {
    var east = Approach(
      .eastbound, lanes: [.through, .right], volumes: TurnVolumes(left: 0, through: 400, right: 350),
      phase: Phase(number: 2, duration: 34))
    (east.pedestrians, east.hasRightArrow, east.heavyVehicles) = (1000, arrow, 0)
    let north = Approach(
      .northbound, lanes: [.left, .through], volumes: TurnVolumes(left: 200, through: 300, right: 0),
      phase: Phase(number: 8, duration: 26),
      leftTurns: .protected(Phase(number: 3, duration: 20), lagging: lagging))
    return Intersection(approaches: [east, north], control: .pretimed(cycle: 80))
  }

  /// c = (g s f_Rpb + g_arrow s) ÷ C: 30 s with people, 16 s without.
  @Test(arguments: [false, true]) func capacity(lagging: Bool) throws {
    let group = try #require(
      IntersectionEvaluation(Self.junction(arrow: true, lagging: lagging)).laneGroup("EB R"))
    #expect(group.operation == (lagging ? .arrowThenGreen : .greenThenArrow))
    let free = 1900 / 1.18
    let people = PedestrianBicycleFactor.rightTurn(
      pedestrians: 1000, service: 30, green: 30, cycle: 80, spareReceivingLanes: false)
    #expect(abs(group.capacity - free * (30 * people + 16) / 80) < 1e-6)
  }

  @Test func helps() throws {
    let without = try #require(IntersectionEvaluation(Self.junction(arrow: false)).laneGroup("EB R"))
    let with = try #require(IntersectionEvaluation(Self.junction(arrow: true)).laneGroup("EB R"))
    #expect(without.operation == .oneGreen)
    #expect(with.delay < without.delay)
    #expect(with.queue95 < without.queue95)
  }
}
