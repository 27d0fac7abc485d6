import TestSupport
import Testing

@testable import SignalOptimization

@Suite("DelayFunction")
struct DelayFunctionTests {
  static let hour = 3600.0

  /// Delay per vehicle, s.
  func delay(_ function: DelayFunction, at capacity: Double) -> Double {
    function.value(at: capacity) / function.flow
  }

  @Test("500 veh/h on 3000 with 30 of 100 s green wait 29.40 s, and 2.47 s more at random", .tags(.published))
  func uniformDelay() {
    // Wikibooks, Fundamentals of Transportation: 29.41 s, of which 0.01 s is its rounding.
    let function = DelayFunction(
      flow: 500 / Self.hour, saturationFlow: 3000 / Self.hour, cycle: 100, period: 900)
    let capacity = 900 / Self.hour
    let endless = DelayFunction(
      flow: function.flow, saturationFlow: function.saturationFlow, cycle: 0, period: 900)
    #expect(abs(delay(function, at: capacity) - delay(endless, at: capacity) - 29.40) < 0.005)
    #expect(abs(delay(endless, at: capacity) - 2.47) < 0.005)
  }

  @Test(
    "800 veh/h on a capacity of 775 wait 40.90 s for the overflow of a quarter of an hour", .tags(.published))
  func overflowDelay() {
    // Inputs: Roess and Prassas, "Traffic Engineering"; d2 by HCM 2000 eq. 16-12.
    let saturationFlow = 775 / 0.4 / Self.hour
    let function = DelayFunction(
      flow: 800 / Self.hour, saturationFlow: saturationFlow, cycle: 90, period: 900)
    let endless = DelayFunction(flow: 800 / Self.hour, saturationFlow: saturationFlow, cycle: 0, period: 900)
    let capacity = 775 / Self.hour
    #expect(abs(delay(endless, at: capacity) - 40.90) < 0.005)
    // The manual's uniform delay is 27.00 s; here y = q/s stands where it caps x at 1, which gives 0.6 s more.
    let uniform = delay(function, at: capacity) - delay(endless, at: capacity)
    #expect(uniform > 27 && uniform < 27.7)
  }

  static let functions = (0..<40).map { seed in
    var numbers = LinearCongruential(seed: seed)
    let saturationFlow = numbers.number(in: 0.2...1.2)
    return DelayFunction(
      flow: saturationFlow * numbers.number(in: 0.01...1.1), saturationFlow: saturationFlow,
      cycle: numbers.number(in: 20...180), period: numbers.number(in: 300...7200))
  }

  @Test("Delay falls with capacity, and ever more slowly", arguments: functions.indices)
  func convex(index: Int) {
    let function = Self.functions[index]
    let step = function.saturationFlow / 200
    let values = (1...240).map { function.value(at: Double($0) * step) }
    for (before, value, after) in zip(zip(values, values.dropFirst()), values.dropFirst(2)).map({
      ($0.0, $0.1, $1)
    }) {
      #expect(value <= before)
      #expect(before - 2 * value + after >= -1e-9 * before)
    }
  }

  @Test("The slope is the derivative", arguments: functions.indices)
  func slope(index: Int) {
    let function = Self.functions[index]
    for share in [0.05, 0.2, 0.5, 0.8, 0.99, 1.3] {
      let capacity = share * function.saturationFlow
      // Central differences err by the square of the step, and by rounding over it: about 1e-6 in all.
      let step = 1e-5 * capacity
      let numeric = (function.value(at: capacity + step) - function.value(at: capacity - step)) / (2 * step)
      #expect(isClose(function.slope(at: capacity), numeric, 1e-4))
    }
  }
}
