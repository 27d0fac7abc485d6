import NetworkBuilding
import SignalOptimization
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

/// Where traffic keeps to the left, plans are as in the mirror.
@Suite("Plans for left-hand traffic")
struct LeftHandPlanTests {
  /// veh·s to refine with.
  private static let littleWork = 100_000.0

  private func result(_ scenario: Scenario) async throws -> OptimizationResult {
    var options = OptimizationOptions()
    options.searchSeeds = [101]
    options.judgementSeeds = [1, 2]
    options.refinementWork = Self.littleWork
    let period = scenario.periods[0]
    let optimizer = SignalOptimizer(
      network: scenario.network, demand: period.demand, existingPlan: period.existingPlan, options: options)
    return try await optimizer.run { _ in }
  }

  /// Of the splits: values, bounds, reserves and prices; lanes and signals have the names of their sides.
  private func figures(_ certificate: Certificate) -> [[Double]] {
    certificate.splits.map { splits in
      [splits.cycle, splits.value, splits.bound, splits.reserveCapacity]
        + splits.binding.map(\.pricePerSecond)
    }
  }

  // A junction, an arterial and rings.
  @Test("A network and its mirror image have the same plan, certificate and delay", arguments: [0, 1, 9])
  func mirror(seed: Int) async throws {
    let draft = RandomDrafts.draft(seed)
    let (right, left) = (try await result(draft.scenario()), try await result(draft.mirrored.scenario()))
    #expect(right.plan == left.plan)
    #expect(right.isImprovement == left.isImprovement)
    #expect(right.comparison.proposed.plan == left.comparison.proposed.plan)
    #expect(figures(right.certificate) == figures(left.certificate))
    #expect(right.certificate.reserves == left.certificate.reserves)
    #expect(right.certificate.coordination == left.certificate.coordination)
    #expect(right.steps == left.steps)
  }
}
