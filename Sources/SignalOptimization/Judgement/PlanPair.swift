public import TrafficSimulation

/// The existing plan and the one that is proposed instead, played on the same demand with the same seeds.
public struct PlanPair: Sendable {
  /// The seeds.
  public var seeds: [UInt64]
  /// The existing plan, with a run for each seed.
  public var existing: PlanComparison.Entry
  /// The proposed plan, with a run for each seed.
  public var proposed: PlanComparison.Entry

  /// Both, the existing plan first, as tables have them.
  public var both: [PlanComparison.Entry] { [existing, proposed] }

  /// The first and the last plan of a comparison.
  public init(_ comparison: PlanComparison) {
    let last = comparison.entries.count - 1
    (seeds, existing, proposed) = (comparison.seeds, comparison.entries[0], comparison.entries[last])
  }

  /// Mean over the seeds of the difference proposed − existing, seed by seed.
  public func difference(_ measure: (Measures) -> Double) -> Estimate {
    proposed.difference(to: existing, measure)
  }
}
