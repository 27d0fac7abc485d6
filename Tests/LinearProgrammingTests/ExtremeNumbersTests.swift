import TestSupport
import Testing

@testable import LinearProgramming

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Extreme numbers")
struct ExtremeNumbersTests {
  /// Anything that validation lets through, from the smallest coefficient to the largest number.
  func program(seed: Int) -> LinearProgram {
    var numbers = LinearCongruential(seed: seed)
    func value(_ exponents: ClosedRange<Double>) -> Double {
      (numbers.once(in: 2) ? 1 : -1) * pow(10, numbers.number(in: exponents))
    }
    func bounds() -> ClosedRange<Double> {
      let (a, b) = (value(-300...12), value(-300...12))
      switch numbers.below(5) {
      case 0: return .free
      case 1: return .atLeast(a)
      case 2: return .atMost(a)
      case 3: return .exactly(a)
      default: return min(a, b)...max(a, b)
      }
    }
    let count = numbers.below(6)
    let kind: VariableKind = numbers.once(in: 4) ? .integer : .continuous
    let columns = (0..<count).map { _ in (bounds(), value(-300...12)) }
    let rows = (0..<numbers.below(6)).map { _ in ((0..<count).map { _ in value(-9...9) }, bounds()) }
    return LinearProgram(.minimize, columns, rows, kind: kind)
  }

  @Test("Numbers at the edge of what is allowed get an answer, and never stop the process", arguments: 0..<20)
  func answered(series: Int) throws {
    for seed in (100 * series)..<(100 * series + 100) {
      let solution = try program(seed: seed).solve(SolveOptions(iterationLimit: 1000, nodeLimit: 100))
      #expect((solution.point != nil) == [.optimal, .feasible].contains(solution.status))
      if let point = solution.point {
        #expect(point.objective.isFinite && point.values.allSatisfy(\.isFinite))
      }
    }
  }
}
