import Testing

@testable import TrafficSimulation

@Suite("Estimate")
struct EstimateTests {
  @Test("Mean and half width of a hand-worked sample")
  func sample() {
    let estimate = Estimate(of: [1, 2, 3, 4, 5])
    #expect(estimate.mean == 3)
    // Deviation √2.5, t(4) = 2.776.
    #expect(abs(estimate.halfWidth - 2.776 * (2.5 / 5).squareRoot()) < 1e-12)
    #expect(estimate.isCertain)
    #expect(!Estimate(of: [-1, 1]).isCertain)
    // A mean of 1.5 between half of the same half width, 1.96, and the whole of it.
    #expect(!Estimate(of: [-0.5, 0.5, 1.5, 2.5, 3.5]).isCertain)
    #expect(Estimate(of: [7]).halfWidth == .infinity)
  }

  @Test("Student's quantiles beyond the table", arguments: [(40, 2.021), (60, 2.000), (120, 1.980)])
  func quantiles(_ degrees: Int, _ published: Double) {
    // Tables print three decimals.
    #expect(abs(Estimate.studentQuantile(degreesOfFreedom: degrees) - published) < 6e-4)
  }
}
