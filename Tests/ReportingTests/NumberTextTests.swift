import Reporting
import Testing

@Suite("Numbers in reports")
struct NumberTextTests {
  @Test(
    "A number has its decimals, commas between thousands, and no sign where it rounds to zero",
    arguments: [
      (0, 0, "0"), (-0.04, 1, "0.0"), (-0.06, 1, "-0.1"), (999.9, 0, "1,000"), (1234.56, 1, "1,234.6"),
      (-1_234_567, 0, "-1,234,567"), (12, 2, "12.00"), (.infinity, 1, "–"), (.nan, 0, "–"),
      (1e15, 0, "1,000,000,000,000,000"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(
    "A change has a sign unless it is zero",
    arguments: [(3.14159, "+3.1 %"), (-35.84, "-35.8 %"), (0.04, "0.0 %"), (-0.04, "0.0 %"), (.nan, "–")])
  func percentChange(value: Double, text: String) {
    #expect(NumberText.percentChange(value) == text)
  }

  @Test("Chance that one run cannot tell is not told")
  func plusMinus() {
    #expect(NumberText.plusMinus(1.25, decimals: 1) == "± 1.2")
    #expect(NumberText.plusMinus(.infinity, decimals: 1) == "")
  }

  @Test("Seconds are whole where they can be", arguments: [(90, "90"), (37.5, "37.5"), (0, "0")])
  func seconds(value: Double, text: String) {
    #expect(NumberText.seconds(value) == text)
  }

  @Test(
    "Prices have two digits that say something",
    arguments: [
      (0, "0"), (0.28, "0.28"), (-0.0341, "-0.034"), (2.64, "2.6"), (31.4, "31"), (0.000123, "0.00012"),
      (1234, "1,234"), (0.0999, "0.10"), (9.99, "10"), (1e-12, "0.000000"),
    ])
  func significant(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }
}
