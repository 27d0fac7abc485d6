internal import SignalOptimization
internal import Synchronization

/// Shows how far an optimization is, to whoever watches, and takes the time of its phases.
final class ProgressLine: Sendable {
  private struct State {
    var phase: OptimizationPhase?
    var begin: ContinuousClock.Instant
    var percent = -1
    var seconds: [OptimizationPhase: Double] = [:]
  }
  private let label: String
  private let isShown: Bool
  private let state: Mutex<State>

  /// - Parameter label: what the optimization is of.
  init(label: String) {
    self.label = label
    isShown = Terminal.isWatched
    state = Mutex(State(begin: .now))
  }

  /// Takes note of progress.
  func update(_ phase: OptimizationPhase, _ share: Double) {
    let percent = Int(max(0, min(1, share)) * 100)
    let isNews = state.withLock { state in
      if state.phase != phase {
        Self.close(&state)
        state.phase = phase
      } else if state.percent == percent {
        return false
      }
      state.percent = percent
      return true
    }
    if isShown, isNews { Terminal.replaceLine("\(label): \(phase.rawValue) \(percent) %") }
  }

  /// Takes the line away.
  ///
  /// - Returns: the seconds of each phase, by its name.
  func finish() -> [String: Double] {
    if isShown { Terminal.replaceLine("") }
    return state.withLock { state in
      Self.close(&state)
      state.phase = nil
      return Dictionary(uniqueKeysWithValues: state.seconds.map { ($0.rawValue, $1) })
    }
  }

  private static func close(_ state: inout State) {
    let now = ContinuousClock.now
    if let phase = state.phase { state.seconds[phase, default: 0] += (now - state.begin).inSeconds }
    state.begin = now
  }
}

extension Duration {
  /// s.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
