import HighwayCapacity
import Testing

struct ExplanationTests {
  let evaluation = IntersectionEvaluation(ExampleProblem1.intersection)

  /// What is explained is what was found.
  @Test func agreesWithResults() throws {
    for group in evaluation.laneGroups {
      let steps = try #require(evaluation.explain(group.name))
      func value(_ symbol: String) throws -> Double { try #require(steps.last { $0.symbol == symbol }).value }
      #expect(try value("v") == group.flow)
      #expect(try value("c") == group.capacity)
      #expect(try value("X") == group.saturation)
      #expect(try value("d₁") == group.uniformDelay)
      #expect(try value("d₂") == group.incrementalDelay)
      #expect(try value("d") == group.delay)
      #expect(try value("Q95") == group.queue95)
      #expect(steps.allSatisfy { !$0.equation.isEmpty && !$0.formula.isEmpty })
    }
    #expect(evaluation.explain("EB R") == nil)
  }

  /// Numbers of a step have three digits or more: what follows from them misses the value by no more than this.
  static let roundingShare = 0.015

  /// Each step, worked out as it is written, gives its value.
  @Test func pocketCalculator() throws {
    var worked = 0
    for intersection in Self.junctions {
      let evaluation = IntersectionEvaluation(intersection)
      for group in evaluation.laneGroups {
        // What is bounded says so beside its numbers.
        for step in try #require(evaluation.explain(group.name)) where !step.numbers.isEmpty {
          var result = try #require(PocketCalculator.result(step.numbers), "\(step.text)")
          switch step.symbol {
          case "k": result = min(max(result, 0.04), 0.5)
          case "k_min": result = max(result, 0.04)
          case "f_B": result = min(result, 1.8)
          default: break
          }
          let unit = (0..<step.decimals).reduce(1.0) { unit, _ in unit / 10 }
          #expect(
            abs(result - step.value) <= unit + Self.roundingShare * abs(step.value),
            "\(group.name): \(step.text)")
          worked += 1
        }
      }
    }
    #expect(worked > 500)
  }

  /// The example problem; pretimed; single lanes, with grade, buses, bicycles, platoons and queues from before.
  static let junctions: [Intersection] = {
    var single = LaneFlowTests.junction(
      [[.left, .through, .right]], TurnVolumes(left: 40, through: 300, right: 60), .permitted)
    for index in single.approaches.indices {
      single.approaches[index].grade = index == 0 ? 0.03 : -0.03
      single.approaches[index].buses = 12
      single.approaches[index].bicycles = 80
      single.approaches[index].platoonRatio = ArrivalType.favorable.platoonRatio
      single.approaches[index].initialQueue = 4
      single.approaches[index].storage = 90
    }
    let arrows = LaneFlowTests.junction(
      [.left, .through, .right], TurnVolumes(left: 120, through: 500, right: 90),
      .protectedPermitted(Phase(number: 1, duration: 15), lagging: true))
    var chinese = ExampleProblem1.intersection
    chinese.saturationMethod = .chinese
    return [
      ExampleProblem1.intersection, PretimedTests.intersection, single, arrows, chinese,
      RightArrowTests.junction(arrow: true),
    ]
  }()

  @Test func textOfASharedLane() throws {
    let steps = try #require(evaluation.explain("EB TR"))
    let texts = steps.map(\.text)
    #expect(texts.contains("f_HVg = (100 − 0.78 × 5.0 − 0.31 × 0.0²) ÷ 100 = 0.961"))
    #expect(texts.contains("f_p = (1 − 0.1 − 18 × 5.0 ÷ 3600) ÷ 1 = 0.875"))
    #expect(texts.contains("X = 184.6 ÷ 353.8 = 0.522"))
    #expect(texts.contains("d = 29.9 + 0.7 + 0.0 = 30.6 s"))
  }

  /// A queue by its bends has the area that its mean wait says.
  @Test func areaOfCorners() throws {
    let group = try #require(evaluation.laneGroup("SB L"))
    let corners = group.polygon.corners
    let area = zip(corners, corners.dropFirst()).reduce(0) {
      $0 + 0.5 * ($1.0.queue + $1.1.queue) * ($1.1.time - $1.0.time)
    }
    #expect(abs(area / group.polygon.arrivals - group.uniformDelay) < 1e-9)
    #expect(abs((corners.last?.time ?? 0) - group.cycle) < 1e-9)
  }
}
