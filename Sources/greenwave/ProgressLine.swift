internal import Foundation
internal import SignalOptimization
internal import Synchronization

/// Shows how far some work is to whoever watches, and takes the time of its stages.
///
/// On a terminal one line is drawn over and over: the stage, the share of it that is done, the best plan so far, and the
/// time left. Elsewhere nothing is shown, but for `--verbose`, which tells of each stage when it ends.
final class ProgressLine: Sendable {
  private struct State {
    var stage: String?
    var stageBegin: ContinuousClock.Instant
    var shown = ""
    var best: Double?
    var seconds: [String: Double] = [:]
  }
  private let label: String
  private let begin = ContinuousClock.now
  private let deadline: ContinuousClock.Instant?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - label: what the work is of.
  ///   - deadline: when the search ends, where a time was given.
  init(label: String, deadline: ContinuousClock.Instant? = nil) {
    self.label = label
    self.deadline = deadline
    state = Mutex(State(stageBegin: begin))
  }

  /// Takes note of an optimization's progress.
  func update(_ progress: OptimizationProgress) {
    update(
      progress.phase.rawValue, progress.share, overall: progress.overallShare, bestDelay: progress.bestDelay)
  }

  /// Takes note of progress.
  ///
  /// - Parameters:
  ///   - stage: what is being done.
  ///   - share: how much of the stage is done, 0 … 1.
  ///   - overall: how much of all the work is done, where that is known.
  ///   - bestDelay: total delay of the best plan so far, veh·s.
  func update(_ stage: String, _ share: Double, overall: Double? = nil, bestDelay: Double? = nil) {
    state.withLock { state in
      if state.stage != stage {
        close(&state)
        state.stage = stage
      }
      state.best = bestDelay ?? state.best
      guard Terminal.showsProgress else { return }
      let parts = [
        "\(label): \(stage) \(Int(100 * max(0, min(1, share)))) %", bestText(state.best),
        leftText(overall),
      ]
      let line = parts.compactMap { $0 }.joined(separator: " · ")
      guard line != state.shown else { return }
      state.shown = line
      Terminal.replaceLine(line)
    }
  }

  /// Takes the line away.
  ///
  /// - Returns: the seconds of each stage, by its name.
  func finish() -> [String: Double] {
    state.withLock { state in
      close(&state)
      state.stage = nil
      if !state.shown.isEmpty { Terminal.replaceLine("") }
      state.shown = ""
      return state.seconds
    }
  }

  private func close(_ state: inout State) {
    let now = ContinuousClock.now
    if let stage = state.stage {
      let seconds = (now - state.stageBegin).inSeconds
      state.seconds[stage, default: 0] += seconds
      if !state.shown.isEmpty { Terminal.replaceLine("") }
      let best = bestText(state.best).map { ", \($0)" } ?? ""
      Terminal.tell("\(label): \(stage) took \(String(format: "%.1f", seconds)) s\(best)", .detail)
    }
    state.stageBegin = now
  }

  private func bestText(_ delay: Double?) -> String? {
    delay.map { "best so far \(String(format: "%.1f", $0 / 3600)) veh·h" }
  }

  /// Earlier, a share says too little about the whole.
  private static let tellingShare = 0.05

  private func leftText(_ overall: Double?) -> String? {
    let now = ContinuousClock.now
    var left = deadline.map { ($0 - now).inSeconds }
    if left == nil, let overall, overall >= Self.tellingShare {
      left = (now - begin).inSeconds * (1 - overall) / overall
    }
    guard let left, left >= 0.5 else { return nil }
    return left < 90 ? "\(Int(left.rounded())) s left" : "\(Int((left / 60).rounded())) min left"
  }
}

extension OptimizationProgress {
  /// How much of all the work is done, by the time that the phases take, roughly.
  fileprivate var overallShare: Double? {
    let phases = OptimizationPhase.allCases
    guard let index = phases.firstIndex(of: phase), phase != .days else { return nil }
    return phases[..<index].reduce(0) { $0 + $1.usualShare } + share * phase.usualShare
  }
}

extension OptimizationPhase {
  /// Its share of the time of an optimization: a guess, good enough for the time left to be of the right order.
  fileprivate var usualShare: Double {
    switch self {
    case .flows, .days: 0
    case .splits: 0.05
    case .search: 0.2
    case .offsets: 0.15
    case .refinement: 0.4
    case .confirmation: 0.12
    case .judgement: 0.08
    }
  }
}

extension Duration {
  /// s.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
