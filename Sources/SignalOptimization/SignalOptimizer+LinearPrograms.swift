internal import LinearProgramming
public import TrafficModel

/// The linear program behind one controller's greens, for reading and for other solvers.
public struct WrittenLinearProgram: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// The program in the CPLEX LP format.
  public var text: String
}

extension SignalOptimizer {
  /// The split programs at the cycles that `plan` runs, in controller order.
  ///
  /// Controllers that are frozen, or whose minimums do not fit the cycle, have none.
  public func linearPrograms(of plan: TimingPlan) -> [WrittenLinearProgram] {
    problem.controllers.compactMap { id in
      guard !problem.options.frozen.contains(id), let chosen = plan[id], let program = problem.existing[id]
      else { return nil }
      let splits = ControllerSplits(problem, program)
      // What the solver refuses cannot be written either.
      guard splits.isAdjustable, let found = try? splits.splits(cycle: chosen.cycle),
        let linear = try? found.program.linearProgram(problem.options.objective)
      else { return nil }
      return WrittenLinearProgram(controller: id, text: linear.writeLP())
    }
  }
}
