import HighwayCapacity
import Testing

/// Other countries' equations, by hand.
struct MethodTests {
  @Test func chineseMethod() {
    #expect([2.75, 3, 3.25, 3.5].map(ChineseMethod.laneWidth) == [0.9, 1, 1, 1])
    #expect(abs(ChineseMethod.heavyVehicles(0.1) - 100 / 110) < 1e-12)
    #expect(ChineseMethod.rightTurns(share: 1) == 0.85)
    #expect(ChineseMethod.rightTurns(share: 0.2, isOnlyLane: true) == 1 - 0.135 * 0.2)
    #expect(
      ChineseMethod.saturationFlow(base: 1000, width: 3, heavyVehicles: 0, turns: 0.85, pedestrians: 0.5)
        == 425)
  }

  /// Of a junction: base 1,650, lanes for turns by 1550 ÷ 1650, no factor of area, parking or lane utilisation.
  @Test func chineseJunction() throws {
    var junction = ExampleProblem1.intersection
    junction.saturationMethod = .chinese
    junction.baseSaturationFlow = ChineseMethod.throughBase
    for index in junction.approaches.indices { junction.approaches[index].laneWidth = 2.9 }
    let evaluation = IntersectionEvaluation(junction)
    #expect(
      isPrinted(try #require(evaluation.laneGroup("EB T")).saturationFlow, 1650 * 0.96 / 1.05, decimals: 6))
    #expect(
      isPrinted(
        try #require(evaluation.laneGroup("NB L")).saturationFlow, 1550 * 0.96 / 1.02 * 0.95, decimals: 6))
    // A shared lane by E_R = 1 ÷ 0.85 where the code has 1 − 0.15 P: 1 % apart at most.
    let shared = try #require(evaluation.laneGroup("SB TR"))
    let code = ChineseMethod.rightTurns(share: shared.rightShare)
    let without = shared.factors.through / (1 + shared.rightShare * (1 / 0.85 - 1))
    #expect(abs(without / shared.factors.through - code) < 0.01)
  }

  @Test func germanMethod() {
    #expect([30, 50, 60, 70, 80].map { GermanMethod.yellow(limit: $0 / 3.6) } == [3, 3, 4, 5, nil])
    // 3 s + 26 m ÷ 10 m/s − 20 m ÷ 11.1 m/s = 3.8 s.
    #expect(GermanMethod.intergreen(.straight, clearanceDistance: 26, enteringDistance: 20) == 4)
    #expect(GermanMethod.intergreen(.pedestrians, clearanceDistance: 12, enteringDistance: 0) == 10)
    #expect(GermanMethod.intergreen(.bicycles, clearanceDistance: 0, enteringDistance: 40) == 0)
    #expect(
      [20, 35, 50, 70, 71].map { GermanMethod.level(delay: $0, saturation: 1) } == [.a, .b, .c, .d, .e])
    #expect(GermanMethod.level(delay: 1, saturation: 1.1) == .f)
  }
}
