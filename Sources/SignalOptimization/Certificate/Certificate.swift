public import TrafficModel

/// The proof that comes with a plan: how good its splits are, and what limits them.
public struct Certificate: Hashable, Sendable {
  /// The objective of the split programs.
  public var objective: Objective
  /// One for each controller that was optimized, in controller order.
  public var splits: [SplitCertificate]
  /// One for each controller, in controller order.
  public var reserves: [ControllerReserve]
  /// The groups of signals that run together, and those that stand alone; empty for a single signal.
  public var coordination: [CoordinationCertificate]
  /// Movements without demand, and why.
  public var movementsWithoutDemand: [IdleMovement]
}

extension Certificate {
  /// Smallest reserve capacity of any controller under the existing plan; infinite where nothing limits it.
  public var existingReserveCapacity: Double { reserves.map(\.existing).min() ?? .infinity }
  /// Smallest reserve capacity of any controller under the proposed plan.
  public var proposedReserveCapacity: Double { reserves.map(\.proposed).min() ?? .infinity }
}

/// Largest factors by which all demand can grow before some lane of a controller is oversaturated.
public struct ControllerReserve: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// Under the existing plan; infinite without demand.
  public var existing: Double
  /// Under the proposed plan.
  public var proposed: Double
}

/// How good one controller's splits are at its cycle, and what binds them.
public struct SplitCertificate: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// The cycle, s.
  public var cycle: Double
  /// Value of the objective for the greens chosen: delay in veh·s per second, throughput in veh/s, or the factor μ.
  public var value: Double
  /// Proven bound on the value at this cycle and these stages, whatever the greens.
  public var bound: Double
  /// Largest factor by which all demand can grow before some movement is oversaturated.
  public var reserveCapacity: Double
  /// What holds the objective back, dearest first.
  public var binding: [BindingConstraint]

  /// |value − bound| / max(|value|, tiny): 0 is a proof of optimality.
  public var gap: Double { abs(value - bound) / max(abs(value), 1e-9) }
}

/// A constraint that holds an objective back, and its price.
public struct BindingConstraint: Hashable, Sendable {
  /// What a constraint is about, and so which second its price is of.
  public enum Subject: Hashable, Sendable {
    /// A lane with its degree of saturation: one more second of its green.
    case lane(LaneID, degreeOfSaturation: Double)
    /// A minimum green, walk or intergreen: one second less of it.
    case minimum(IntervalMinimum.Cause)
    /// The cycle: one more second of it, all of it green.
    case cycle
  }
  /// What the constraint is about.
  public var subject: Subject
  /// What that second would change of the objective.
  public var pricePerSecond: Double
}
