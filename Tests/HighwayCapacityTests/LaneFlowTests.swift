import HighwayCapacity
import Testing

/// How vehicles choose lanes: conservation, equal flow ratios, and lanes that turns fill.
struct LaneFlowTests {
  /// Flows settle to a ten-thousandth of a vehicle per hour.
  static let tolerance = 0.01

  static let layouts: [[LaneUse]] = [
    [.left, .through, [.through, .right]], [[.left, .through], [.through, .right]],
    [[.left, .through, .right]],
    [.left, [.left, .through], .through, [.through, .right], .right],
    [.left, .left, .through, .through, .right],
    [[.left, .right]], [.left, [.through, .right]], [[.left, .through], .right],
  ]
  static let volumes = [
    TurnVolumes(left: 30, through: 500, right: 40), TurnVolumes(left: 250, through: 300, right: 350),
    TurnVolumes(left: 600, through: 20, right: 0), TurnVolumes(left: 0, through: 0, right: 0),
    TurnVolumes(left: 5, through: 900, right: 400),
  ]

  static func junction(_ lanes: [LaneUse], _ volumes: TurnVolumes, _ turns: LeftTurnTreatment) -> Intersection
  {
    func approach(_ direction: Direction) -> Approach {
      var served = volumes
      if !lanes.contains(where: { $0.contains(.through) }) { served.through = 0 }
      var approach = Approach(
        direction, lanes: lanes, volumes: served, phase: Phase(number: 2, duration: 40), leftTurns: turns)
      (approach.pedestrians, approach.pedestriansLeft) = (100, 100)
      return approach
    }
    return Intersection(
      approaches: [approach(.eastbound), approach(.westbound)], control: .pretimed(cycle: 90))
  }

  static let treatments: [LeftTurnTreatment] = [
    .permitted, .protectedPermitted(Phase(number: 1, duration: 15)),
    .protectedPermitted(Phase(number: 1, duration: 15), lagging: true), .split,
  ]

  @Test(arguments: layouts, volumes) func nobodyIsLost(lanes: [LaneUse], volumes: TurnVolumes) {
    for turns in Self.treatments {
      let cycle = turns == .split ? 180.0 : 90
      var intersection = Self.junction(lanes, volumes, turns)
      intersection.control = .pretimed(cycle: cycle)
      #expect(intersection.problems.isEmpty)
      let evaluation = IntersectionEvaluation(intersection)
      for (approach, demand) in zip(evaluation.approaches, intersection.approaches) {
        let all = demand.volumes.left + demand.volumes.through + demand.volumes.right
        #expect(abs(approach.flow - all) < Self.tolerance, "\(turns)")
        let own = evaluation.laneGroups.filter { $0.direction == demand.direction }
        let lefts = own.reduce(0) { $0 + $1.leftShare * $1.flow }
        #expect(abs(lefts - demand.volumes.left) < Self.tolerance)
      }
      for group in evaluation.laneGroups {
        #expect(group.delay >= 0 && group.queue95 >= group.queue50 && group.capacity >= 0)
        #expect(group.leftShare <= 1 && group.rightShare <= 1)
        #expect(group.uniformDelay <= cycle)
      }
    }
  }

  /// With split phasing and few turns the lanes of through vehicles have the same flow ratio (equation 31-46), up to what
  /// drivers who can avoid a lane feel less of its turns.
  @Test func equalRatios() {
    let evaluation = IntersectionEvaluation(
      {
        var junction = Self.junction(
          [[.left, .through], .through, [.through, .right]], TurnVolumes(left: 60, through: 900, right: 60),
          .split)
        junction.control = .pretimed(cycle: 180)
        return junction
      }())
    let ratios = evaluation.laneGroups.prefix(3).map { $0.flow / ($0.saturationFlow * Double($0.lanes)) }
    #expect((ratios.max() ?? 0) - (ratios.min() ?? 0) < 0.01)
  }

  /// Turns that fill their shared lane leave through vehicles the others.
  @Test func laneFullOfTurns() throws {
    let volumes = TurnVolumes(left: 0, through: 200, right: 700)
    let evaluation = IntersectionEvaluation(
      Self.junction([.through, [.through, .right]], volumes, .permitted))
    #expect(abs(try #require(evaluation.laneGroup("EB TR")).flow - 700) < Self.tolerance)
    #expect(abs(try #require(evaluation.laneGroup("EB T")).flow - 200) < Self.tolerance)
    #expect(try #require(evaluation.laneGroup("EB TR")).levelOfService == .f)
  }

  /// Against nobody, left turns lose what equations 19-14 and 31-84 say and nothing else.
  @Test func unopposedLeft() throws {
    var junction = Self.junction(
      [.left, .through], TurnVolumes(left: 300, through: 300, right: 0), .permitted)
    junction.approaches.removeLast()
    let left = try #require(IntersectionEvaluation(junction).laneGroup("EB L"))
    #expect(left.permitted == nil)
    #expect(left.operation == .oneGreen)
    let people = PedestrianBicycleFactor.rightTurn(
      pedestrians: 100, service: 36, green: 36, cycle: 90, spareReceivingLanes: false)
    #expect(abs(left.saturationFlow - 1900 * 0.9766 / 1.05 * people) < 1e-6)
  }

  /// A denser opposing flow never makes left turns easier.
  @Test func opposingFlow() throws {
    var last = Double.infinity
    for through in stride(from: 0.0, through: 1200, by: 100) {
      let junction = Self.junction(
        [.left, .through], TurnVolumes(left: 50, through: through, right: 0), .permitted)
      let capacity = try #require(IntersectionEvaluation(junction).laneGroup("EB L")).capacity
      #expect(capacity <= last)
      last = capacity
    }
    // What is left are the sneakers: 2 per cycle of 90 s.
    #expect(abs(last - 80) < 1e-9)
  }
}
