internal import LinearProgramming
internal import TrafficModel

/// Splits of some controllers at one cycle, with their existing stages.
struct CommonSplits {
  let optimizer: SignalOptimizer
  let controllers: [ControllerID]
  /// By movement, veh/s.
  let flows: [Double]

  private typealias Found = (programs: [SignalProgram], delay: Double)

  /// The programmes at `cycle`.
  ///
  /// - Throws: `InfeasibleJunctions` with every signal that cannot run it.
  func at(_ cycle: Double) throws(InfeasibleJunctions) -> [SignalProgram] {
    var reasons: [String] = []
    let found = try programs(at: cycle, reasons: &reasons)
    guard reasons.isEmpty, let found else { throw InfeasibleJunctions(reasons: reasons) }
    return found.programs
  }

  /// The programmes at the cycle with the least delay by the splits.
  ///
  /// - Throws: `InfeasibleJunctions` where no cycle suits all.
  func best() throws(InfeasibleJunctions) -> [SignalProgram] {
    let existing = controllers.compactMap { optimizer.existing[$0]?.cycle }
    var best: Found?
    for cycle in Set(SignalOptimizer.commonCycles + existing).sorted() {
      var reasons: [String] = []
      guard let found = try programs(at: cycle, reasons: &reasons) else { continue }
      if found.delay < best?.delay ?? .infinity { best = found }
    }
    guard let best else {
      throw InfeasibleJunctions(
        reasons: ["no cycle suits all signals of the arterial"] + controllers.map { limits(of: $0) })
    }
    return best.programs
  }

  private func programs(at cycle: Double, reasons: inout [String]) throws(InfeasibleJunctions) -> Found? {
    var programs: [SignalProgram] = []
    var delay = 0.0
    for id in controllers {
      guard let program = optimizer.existing[id] else { continue }
      let splits = splits(of: program)
      guard !optimizer.options.frozen.contains(id), splits.isAdjustable else {
        if program.cycle == cycle {
          programs.append(program)
        } else {
          reasons.append(limits(of: id))
        }
        continue
      }
      do {
        let isAllowed = optimizer.network[id].cycleBounds.contains(cycle)
        if isAllowed, let found = try splits.splits(cycle: cycle) {
          delay += found.delay
          programs.append(ControllerSetting(found, offset: program.offset).program)
        } else {
          reasons += try splits.explanation(cycle: cycle).reasons
        }
      } catch {
        throw InfeasibleJunctions(reasons: [
          "junction '\(optimizer.network[id].name)': the split program failed: \(error)"
        ])
      }
    }
    return reasons.isEmpty ? (programs, delay) : nil
  }

  private func splits(of program: SignalProgram) -> ControllerSplits {
    ControllerSplits(
      network: optimizer.network, id: program.controller, program: program, flows: flows,
      period: optimizer.demand.duration, options: optimizer.options)
  }

  /// The cycles that a signal can run, in words.
  private func limits(of id: ControllerID) -> String {
    let name = optimizer.network[id].name
    guard let program = optimizer.existing[id] else { return "junction '\(name)' has no programme" }
    let splits = splits(of: program)
    if optimizer.options.frozen.contains(id) || !splits.isAdjustable {
      let reason = optimizer.options.frozen.contains(id) ? "is frozen" : "has no greens to change"
      return "junction '\(name)' \(reason) and keeps its cycle of \(program.cycle) s"
    }
    let bounds = optimizer.network[id].cycleBounds
    let shortest = max(bounds.lowerBound, (try? splits.shortestCycle()) ?? 0)
    return "junction '\(name)' can run \(shortest) … \(bounds.upperBound) s"
  }
}
