public import LinearProgramming
public import TrafficModel

/// Why there is no plan as asked for. `Reporting` has the words.
public enum NoPlan: Error, Hashable, Sendable {
  /// Junctions that cannot run as asked, in order of their controllers.
  case junctions([JunctionObstacle])
  /// No cycle suits all signals of an arterial: what each of them can run.
  case noCommonCycle([JunctionObstacle])
  /// There are no green waves to find.
  case noGreenWaves(NoGreenWaves)
}

/// Why a junction cannot run as asked.
public struct JunctionObstacle: Error, Hashable, Sendable {
  /// What keeps it from it; all times in s.
  public enum Reason: Hashable, Sendable {
    /// Its controller runs no such cycle.
    case cycleBounds(ClosedRange<Double>, cycle: Double)
    /// The minimum splits of its rings need more than the cycle.
    case minimumSplits(needed: Double, cycle: Double)
    /// Its minimum greens, walks and intergreens need more than the cycle, where no stage changes by more than
    /// `maximumChange`; nil where stages may change as they like. Infinitely long where they cannot all be kept.
    case minimums(needed: Double, cycle: Double, maximumChange: Double?)
    /// It runs cycles from `shortest` to `longest`.
    case onlyCycles(shortest: Double, longest: Double)
    /// It keeps its cycle: it is frozen, or has no greens to change.
    case keepsCycle(Double, isFrozen: Bool)
    /// It has no programme.
    case noProgram
    /// Its split program has data that no program can have.
    case splitProgram(LinearProgramError)
  }
  /// The junction's controller.
  public var controller: ControllerID
  /// What keeps it from running as asked.
  public var reason: Reason
}

/// Why signals make no green waves.
public enum NoGreenWaves: Error, Hashable, Sendable {
  /// No two neighbouring signals have traffic from each to the other.
  case noArterial
  /// Fewer than two signals, or one of them twice.
  case tooFew
  /// More than one signal of the arterial is frozen.
  case frozen([ControllerID])
  /// The cycles of the existing plan, s, were to stay, and differ.
  case existingCycles([Double], of: [ControllerID])
  /// Each junction was to run its own best cycle.
  case cyclesOfTheirOwn
  /// The signals have not all the same cycle.
  case severalCycles
  /// No traffic goes from one of them to the next without another signal on its way; it comes to those of `next`,
  /// most of it to the first.
  case noTraffic(from: ControllerID, to: ControllerID, next: [ControllerID])
  /// The traffic along the arterial has no green at a signal.
  case noGreen(ControllerID)
  /// The bandwidth program found nothing within its limits.
  case noSolution
  /// The bandwidth program has data that no program can have.
  case bandwidthProgram(LinearProgramError)
}

extension Sequence {
  /// What every junction came to.
  ///
  /// - Throws: all that keep junctions from it, at once.
  func found<Value>() throws(NoPlan) -> [Value] where Element == Result<Value, JunctionObstacle> {
    var values: [Value] = []
    var obstacles: [JunctionObstacle] = []
    for outcome in self {
      switch outcome {
      case .success(let value): values.append(value)
      case .failure(let obstacle): obstacles.append(obstacle)
      }
    }
    guard obstacles.isEmpty else { throw .junctions(obstacles) }
    return values
  }
}
