import TestSupport
import Testing

@testable import SignalOptimization

@Suite("RiskMeasure")
struct RiskMeasureTests {
  private let costs: [Double] = [10, 40, 20, 30]
  private let weights: [Double] = [0.25, 0.25, 0.25, 0.25]

  @Test(
    "the mean of the worst share, by hand",
    arguments: [
      (1.0, 25.0), (0.75, 30.0), (0.5, 35.0), (0.25, 40.0), (0.1, 40.0), (0.0, 40.0),
      // 40 counts whole, 30 by half: (0.25 · 40 + 0.125 · 30) / 0.375.
      (0.375, 110.0 / 3),
    ])
  func shares(share: Double, mean: Double) {
    #expect(
      isClose(RiskMeasure.worstShare(share).value(of: costs, weights: weights), mean, Tolerance.arithmetic))
  }

  @Test("it is Rockafellar and Uryasev's minimum over thresholds", arguments: 0..<40)
  func minimum(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let costs = (0..<numbers.whole(in: 1...9)).map { _ in numbers.number(in: 0...50) }
    let raw = costs.map { _ in numbers.number(in: 0.1...1) }
    let weights = raw.map { $0 / raw.reduce(0, +) }
    let share = numbers.number(in: (weights.min() ?? 0)...1)
    // The minimum of a function with kinks at the costs lies at one of them.
    let least = costs.map { threshold in
      threshold + zip(costs, weights).reduce(0) { $0 + $1.1 * max(0, $1.0 - threshold) } / share
    }.min()
    let value = RiskMeasure.worstShare(share).value(of: costs, weights: weights)
    #expect(isClose(value, least ?? 0, Tolerance.arithmetic))
  }

  @Test("a smaller share is never less, and the mean is the least", arguments: 0..<20)
  func monotone(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let costs = (0..<6).map { _ in numbers.number(in: 0...50) }
    let weights = costs.map { _ in 1.0 / 6 }
    let values = stride(from: 1.0, through: 0, by: -0.05).map {
      RiskMeasure.worstShare($0).value(of: costs, weights: weights)
    }
    #expect(isClose(values[0], RiskMeasure.expected.value(of: costs, weights: weights), Tolerance.arithmetic))
    for (larger, smaller) in zip(values, values.dropFirst()) {
      #expect(smaller >= larger - Tolerance.arithmetic * 50)
    }
    #expect(values.last == costs.max())
  }
}
