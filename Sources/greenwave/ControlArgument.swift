internal import ArgumentParser
internal import SignalOptimization
internal import TrafficModel

/// What becomes of the signals that respond to traffic.
enum ControlArgument: String, CaseIterable, ExpressibleByArgument {
  case fixed, keep

  /// Takes those of the existing plan that are to stay as they are among the frozen.
  func apply(to options: inout OptimizationOptions, existing: TimingPlan) {
    if self == .keep { options.frozen.formUnion(existing.responding) }
  }
}
