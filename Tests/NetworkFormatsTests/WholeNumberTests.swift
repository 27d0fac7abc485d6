import NetworkBuilding
import Testing

@testable import NetworkFormats

@Suite("Whole numbers of files")
struct WholeNumberTests {
  /// What no `Int` can hold, or what is not whole.
  static let others: [Double] = [
    .nan, .infinity, -.infinity, 1e30, -1e30, 0x1p63, .greatestFiniteMagnitude, 0.5, 1e-300,
  ]

  @Test("What is not whole, not finite or larger than any Int is none", arguments: others)
  func none(number: Double) {
    #expect(Int(whole: number, in: Int.min...Int.max) == nil)
  }

  @Test("The range counts to both its ends")
  func range() {
    #expect([-3, -2, 0, 7, 8].map { Int(whole: $0, in: -2...7) } == [nil, -2, 0, 7, nil])
    #expect(Int(whole: -0x1p63, in: Int.min...Int.max) == Int.min)
    #expect(Int(whole: -0.0, in: 0...0) == 0)
  }

  @Test("Rounding goes to the nearest whole number, halves away from 0; the range is that of the result")
  func rounding() {
    let numbers = [-2.5, -2.4, -0.4, 0.5, 2.49, 7.49, 7.5, 1e-300]
    #expect(numbers.map { Int(rounding: $0, in: -2...7) } == [nil, -2, 0, 1, 2, 7, nil, 0])
    for number in [Double.nan, .infinity, -.infinity, 1e30, -1e30, 0x1p63] {
      #expect(Int(rounding: number, in: Int.min...Int.max) == nil, "\(number)")
    }
  }

  @Test("Numbers in messages have no fraction where there is none, however large they are")
  func plain() {
    let numbers = [0.25, -3, 999_999_999_999_999, 1e16, 1e30, -1e30, -0.0, .nan, .infinity]
    #expect(
      numbers.map(plainNumber) == [
        "0.25", "-3", "999999999999999", "1e+16", "1e+30", "-1e+30", "0", "nan", "inf",
      ])
  }

  @Test("A rule tells its range and its unit, and whether 0 may stand for nothing")
  func rules() {
    let rule = NumberRule(range: 0.5...600, unit: "s")
    #expect(rule.problem(with: 600, of: "'time'", text: "600") == nil)
    #expect(
      rule.problem(with: 1e30, of: "'time'", text: "1e30") == "'time' must be in 0.5 … 600 s, not 1e30")
    #expect(rule.problem(with: .nan, of: "'time'", text: "x") == "'time' must be in 0.5 … 600 s, not x")
    #expect(rule.problem(with: 0, of: "'time'", text: "0") != nil)
    let optional = NumberRule(range: 0.5...600, unit: "", allowsZero: true)
    #expect(optional.problem(with: 0, of: "it", text: "0") == nil)
    #expect(optional.problem(with: -1, of: "it", text: "-1") == "it must be 0 or in 0.5 … 600, not -1")
  }
}
