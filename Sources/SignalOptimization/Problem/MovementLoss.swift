public import TrafficModel
internal import TrafficSimulation

/// A movement that a plan lets wait longer than it may.
public struct MovementLoss: Hashable, Sendable {
  /// The movement.
  public var movement: MovementID
  /// Mean delay under the existing plan, s per vehicle.
  public var existing: Double
  /// Mean delay under the proposed plan, s per vehicle.
  public var proposed: Double
}

extension MovementLoss {
  /// Fewer vehicles of a movement, in all runs together, say nothing.
  private static let fewVehicles = 20

  /// The movements that lose more than the rules allow, most first.
  ///
  /// - Parameters:
  ///   - existing: runs of the existing plan.
  ///   - proposed: of the other one, on the same days.
  static func all(_ problem: PlanningProblem, existing: [Measures], proposed: [Measures]) -> [MovementLoss] {
    let losses = problem.network.movements.indices.compactMap { index -> MovementLoss? in
      guard existing.reduce(0, { $0 + $1.movements[index].demand }) >= fewVehicles else { return nil }
      guard let now = MovementMeasures.delayPerVehicle(of: index, in: existing),
        let then = MovementMeasures.delayPerVehicle(of: index, in: proposed),
        then > problem.options.rules.highestDelay(now: now)
      else { return nil }
      return MovementLoss(movement: MovementID(index), existing: now, proposed: then)
    }
    return losses.sorted {
      ($1.proposed - $1.existing, $0.movement) < ($0.proposed - $0.existing, $1.movement)
    }
  }
}
