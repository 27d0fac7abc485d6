internal import TrafficModel

/// One controller's possible programmes, from one or several stage sequences.
struct ControllerChoices: Sendable {
  /// The existing stages first, then what the stage choice proposes.
  let structures: [ControllerSplits]
  /// Best splits by cycle, ascending in cycle within each structure.
  let sweep: [CycleSplits]
  /// For each common cycle, the splits of every structure whose minimums fit, the existing one first.
  let atCommonCycles: [[CycleSplits]]

  /// The existing stages.
  var existing: ControllerSplits { structures[0] }

  /// The best of `candidates` by the objective; those whose lanes are no more saturated than they may be come before the others.
  func best(of candidates: [CycleSplits], _ objective: Objective) -> CycleSplits? {
    let allowed = candidates.filter(\.isWithinLimits)
    let candidates = allowed.isEmpty ? candidates : allowed
    return switch objective {
    case .delay:
      candidates.min { $0.delay < $1.delay }
    case .reserve:
      candidates.max {
        $0.program.reserveCapacity(stages: $0.stages) < $1.program.reserveCapacity(stages: $1.stages)
      }
    case .throughput:
      candidates.max {
        ($0.program.throughput(stages: $0.stages), -$0.delay) < (
          $1.program.throughput(stages: $1.stages), -$1.delay
        )
      }
    }
  }

  /// The splits whose cycle is nearest to `cycle`.
  static func nearest(to cycle: Double, among candidates: [CycleSplits]) -> CycleSplits? {
    candidates.min { abs($0.cycle - cycle) < abs($1.cycle - cycle) }
  }
}
