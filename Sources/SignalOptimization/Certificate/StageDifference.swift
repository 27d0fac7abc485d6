public import TrafficModel

/// What became of a controller's stages.
public struct StageDifference: Hashable, Sendable {
  /// The controller.
  public var controller: ControllerID
  /// Stages that are gone: for each, the groups that were green in it.
  public var removed: [[Int]]
  /// Stages that are new: for each, the groups that are green in it.
  public var added: [[Int]]
  /// Whether stages that stay come in another order.
  public var isReordered: Bool

  /// The changes from one plan to another, of the controllers whose stages change, in their order.
  public static func all(
    from existing: TimingPlan, to proposed: TimingPlan, on network: Network
  ) -> [StageDifference] {
    network.controllers.indices.compactMap { index in
      guard let before = existing.programs[index], let after = proposed.programs[index] else { return nil }
      let (old, new) = (greens(before), greens(after))
      let (oldSet, newSet) = (Set(old), Set(new))
      let change = StageDifference(
        controller: ControllerID(index), removed: old.filter { !newSet.contains($0) },
        added: new.filter { !oldSet.contains($0) },
        isReordered: !areAlike(old.filter(newSet.contains), new.filter(oldSet.contains)))
      return change.removed.isEmpty && change.added.isEmpty && !change.isReordered ? nil : change
    }
  }

  /// By stage, the groups that are green; where greens only end, as a walk does before its vehicles' green, no new stage
  /// begins.
  private static func greens(_ program: SignalProgram) -> [[Int]] {
    var found: [[Int]] = []
    for stage in program.stages {
      let states = program.intervals[stage].states
      let green = states.indices.filter { states[$0].isGreen }
      let isPart = found.last.map { Set($0).isSuperset(of: green) } ?? false
      if !isPart, !found.contains(green) { found.append(green) }
    }
    return found
  }

  /// Whether two sequences of the same stages are the same circle.
  private static func areAlike(_ first: [[Int]], _ second: [[Int]]) -> Bool {
    guard let start = second.first, let place = first.firstIndex(of: start) else { return true }
    return Array(first[place...] + first[..<place]) == second
  }
}
