import HighwayCapacity
import Testing

/// Any junction without problems has figures, and they are in bounds.
struct RandomJunctionTests {
  /// A linear congruential generator (Knuth, MMIX): the same junctions on each machine.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  static let layouts: [[LaneUse]] =
    LaneFlowTests.layouts + [[.through], [.left], [.right], [[.left, .through]]]

  static func phase(_ number: Int, _ random: inout Generator) -> Phase {
    Phase(
      number: number, yellow: .random(in: 3...5, using: &random),
      redClearance: .random(in: 0...3, using: &random),
      duration: .random(in: 12...50, using: &random), maximumGreen: .random(in: 10...80, using: &random),
      minimumGreen: .random(in: 4...10, using: &random), passageTime: .random(in: 0...5, using: &random),
      walk: Bool.random(using: &random) ? 5 : nil, pedestrianClearance: 12,
      recall: [.none, .minimum, .maximum].randomElement(using: &random) ?? .none)
  }

  static func junction(seed: UInt64) -> Intersection {
    var random = Generator(state: seed)
    let directions = Direction.allCases.shuffled(using: &random).prefix(.random(in: 1...4, using: &random))
    let approaches = directions.enumerated().map { index, direction in
      let lanes = layouts.randomElement(using: &random) ?? [.through]
      func volume(_ use: LaneUse) -> Double {
        let some = Double.random(in: 0...1200, using: &random)
        return lanes.contains { $0.contains(use) } && Bool.random(using: &random) ? some : 0
      }
      let hasShared = lanes.contains { $0.isShared && $0.contains(.left) }
      let arrow = phase(2 * index + 1, &random)
      let treatments: [LeftTurnTreatment] = [
        .permitted, .split, .protectedPermitted(arrow, lagging: .random(using: &random)),
        hasShared ? .permitted : .protected(arrow, lagging: .random(using: &random)),
      ]
      var approach = Approach(
        direction, lanes: lanes,
        volumes: TurnVolumes(left: volume(.left), through: volume(.through), right: volume(.right)),
        phase: phase(2 * index + 2, &random),
        leftTurns: treatments.randomElement(using: &random) ?? .permitted)
      approach.peakHourFactor = .random(in: 0.5...1, using: &random)
      approach.platoonRatio = (ArrivalType.allCases.randomElement(using: &random) ?? .random).platoonRatio
      approach.pedestrians = .random(in: 0...3000, using: &random)
      approach.pedestriansLeft = .random(in: 0...3000, using: &random)
      approach.bicycles = .random(in: 0...800, using: &random)
      approach.initialQueue = Bool.random(using: &random) ? .random(in: 0...30, using: &random) : 0
      approach.parkingManeuvers = Bool.random(using: &random) ? .random(in: 0...100, using: &random) : nil
      approach.buses = .random(in: 0...100, using: &random)
      approach.grade = .random(in: -0.06...0.1, using: &random)
      approach.storage = 80
      return approach
    }
    let cycle = Double.random(in: 420...500, using: &random)
    let controls: [Intersection.Control] = [
      .pretimed(cycle: cycle), .actuated(simultaneousGapOut: .random(using: &random)),
      .coordinated(cycle: cycle, street: approaches[0].direction),
    ]
    var junction = Intersection(
      approaches: Array(approaches), control: controls.randomElement(using: &random) ?? .actuated())
    junction.saturationMethod = SaturationMethod.allCases.randomElement(using: &random) ?? .chinese
    return junction
  }

  @Test(arguments: 0..<400 as Range<UInt64>) func hasFigures(seed: UInt64) {
    let junction = Self.junction(seed: seed)
    #expect(junction.problems.isEmpty)
    let evaluation = IntersectionEvaluation(junction)
    let cycle = evaluation.timing.cycle
    #expect(cycle > 0 && cycle.isFinite)
    for (approach, demand) in zip(evaluation.approaches, junction.approaches) {
      let volumes = demand.volumes
      let flow = (volumes.left + volumes.through + volumes.right) / demand.peakHourFactor
      #expect(abs(approach.flow - flow) < LaneFlowTests.tolerance)
    }
    for group in evaluation.laneGroups {
      #expect(group.capacity >= 0 && group.availableCapacity >= group.capacity - 1e-6)
      #expect(group.uniformDelay >= 0 && group.uniformDelay <= cycle, "\(group.name): \(group.uniformDelay)")
      #expect(group.incrementalDelay >= 0 && !group.delay.isNaN)
      #expect((0.04...0.5).contains(group.incrementalFactor))
      #expect(group.queue50 >= -1e-9 && group.queue95 >= group.queue50 - 1e-9)
      #expect(!group.queue95.isNaN)
      #expect(group.green >= 0 && group.green <= cycle + 1e-6)
      // Nobody stops in the mean more often than all who come in a cycle, or in the two that a queue without end spans.
      #expect(group.firstTerm <= group.flow / Double(group.lanes) / 3600 * cycle * 1.01 + 1e-6)
    }
    #expect(evaluation.laneGroups.allSatisfy { !(evaluation.explain($0.name) ?? []).isEmpty })
  }

  /// All but those whose queues clear in one moment or in the next cycle: with demand as wild as here, one in fifty.
  @Test func durationsSettle() {
    let settled = (0..<400 as Range<UInt64>).compactMap { seed -> Bool? in
      let junction = Self.junction(seed: seed)
      if case .pretimed = junction.control { return nil }
      return ActuatedProcedure(junction).isSettled
    }
    #expect(settled.filter { !$0 }.count * 50 <= settled.count)
  }
}
