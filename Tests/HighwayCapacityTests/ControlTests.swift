import HighwayCapacity
import Testing

/// Controllers: recall, minimums, coordination, and what cannot be evaluated.
struct ControlTests {
  /// Durations settle to a hundredth of a second.
  static let tolerance = 0.05

  static func evaluate(_ change: (inout Intersection) -> Void) -> IntersectionEvaluation {
    var intersection = ExampleProblem1.intersection
    change(&intersection)
    return IntersectionEvaluation(intersection)
  }

  /// Rings of a barrier end together, and the cycle is the sum of one ring.
  @Test(arguments: [0.2, 0.6, 1, 1.4]) func ringsAgree(scale: Double) throws {
    let evaluation = Self.evaluate { intersection in
      for index in intersection.approaches.indices {
        intersection.approaches[index].volumes.left *= scale
        intersection.approaches[index].volumes.through *= scale
      }
    }
    let timing = evaluation.timing
    #expect(try #require(evaluation.procedure).isSettled)
    let streets = timing.durations
    #expect(abs(streets[0].through - streets[1].through) < Self.tolerance)
    let rings = [streets[2].left + streets[3].through, streets[3].left + streets[2].through]
    #expect(abs(rings[0] - rings[1]) < Self.tolerance)
    #expect(abs(timing.cycle - streets[0].through - rings[0]) < Self.tolerance)
  }

  /// More demand, longer cycle; nobody, and minimums or people on foot remain at most.
  @Test func cycleGrows() {
    let cycles = [0.0, 0.2, 0.5, 1].map { scale in
      Self.evaluate { intersection in
        for index in intersection.approaches.indices {
          let volumes = intersection.approaches[index].volumes
          intersection.approaches[index].volumes = TurnVolumes(
            left: volumes.left * scale, through: volumes.through * scale, right: volumes.right * scale)
        }
      }.timing.cycle
    }
    #expect(cycles == cycles.sorted())
  }

  /// On maximum recall all greens are at their maximum, and k is that of pretimed phases.
  @Test func maximumRecall() throws {
    let evaluation = Self.evaluate { intersection in
      for index in intersection.approaches.indices {
        intersection.approaches[index].phase.recall = .maximum
      }
    }
    #expect(abs(evaluation.timing.durations[0].through - 34) < Self.tolerance)
    #expect(evaluation.timing.durations[2].through >= 54 - Self.tolerance)
    #expect(try #require(evaluation.laneGroup("EB T")).incrementalFactor == 0.5)
  }

  /// A minimum green holds whenever the phase is called, and on recall it always is.
  @Test func minimumRecall() {
    let evaluation = Self.evaluate { intersection in
      for index in 0...1 {
        intersection.approaches[index].volumes = TurnVolumes(left: 0, through: 0, right: 0)
        intersection.approaches[index].phase.walk = nil
        intersection.approaches[index].phase.minimumGreen = 12
        intersection.approaches[index].phase.recall = .minimum
      }
    }
    #expect(abs(evaluation.timing.durations[0].through - 16) < Self.tolerance)
  }

  /// Coordinated: the cycle holds, and the street gets what others leave of it.
  @Test func coordination() throws {
    let evaluation = Self.evaluate { intersection in
      intersection.control = .coordinated(cycle: 110, street: .northbound)
      let splits = ExampleProblem1.publishedTiming.durations
      for index in intersection.approaches.indices {
        intersection.approaches[index].phase.duration = splits[index].through
        if case .protectedPermitted(var phase, let lagging) = intersection.approaches[index].leftTurns {
          phase.duration = 20
          intersection.approaches[index].leftTurns = .protectedPermitted(phase, lagging: lagging)
          intersection.approaches[index].phase.duration = 56
        }
      }
    }
    let durations = evaluation.timing.durations
    #expect(evaluation.timing.cycle == 110)
    #expect(durations[0].through <= 34 + Self.tolerance)
    #expect(abs(durations[0].through + durations[2].left + durations[3].through - 110) < Self.tolerance)
    #expect(try #require(evaluation.laneGroup("NB T")).incrementalFactor == 0.5)
    #expect(try #require(evaluation.laneGroup("EB T")).incrementalFactor < 0.5)
  }

  @Test func problems() {
    #expect(Intersection(approaches: [], control: .actuated()).problems == [.noApproach])
    var junction = ExampleProblem1.intersection
    junction.approaches[1].direction = .eastbound
    junction.approaches[2].lanes = [.through]
    junction.approaches[3].volumes.through = .nan
    #expect(
      junction.problems == [
        .twoApproaches(.eastbound), .noLane(.northbound, .left), .noLane(.northbound, .right),
        .number(.southbound),
      ])
    junction = ExampleProblem1.intersection
    junction.control = .pretimed(cycle: 90)
    #expect(junction.problems == [2, 6, 3, 8, 7, 4].map { .noDuration(phase: $0) })
    junction = PretimedTests.intersection
    junction.control = .pretimed(cycle: 50)
    #expect(junction.problems == [.cycle(50)])
    junction.baseSaturationFlow = 0
    junction.approaches[3].phase.yellow = .nan
    #expect(junction.problems == [.junctionNumber, .phaseNumber(8)])
    junction.approaches[0].lanes = [[.left, .through], []]
    junction.approaches[0].leftTurns = .protected(Phase(number: 1, duration: 10))
    #expect(
      junction.problems == [.idleLane(.eastbound), .sharedLaneBehindArrow(.eastbound)] + [
        .junctionNumber, .phaseNumber(8),
      ])
  }
}
