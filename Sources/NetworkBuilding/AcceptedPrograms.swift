public import TrafficModel

/// Where the programmes that a controller runs today fall short of what was asked of it.
public struct AcceptedShortfalls: Hashable, Sendable {
  /// Pairs of groups, the lower position first, that are green together though their ways cross.
  public var conflicts: [[Int]] = []
  /// Groups whose shortest green was below their minimum, with both, s.
  public var greens: [Green] = []
  /// Groups that some programme never gives a green.
  public var unserved: [Int] = []

  /// A green below its minimum.
  public struct Green: Hashable, Sendable {
    /// Position of the group.
    public var group: Int
    /// s that are shown.
    public var shown: Double
    /// s that were asked.
    public var needed: Double
  }
}

extension SignalController {
  /// Asks no more of new plans than the controller's present programmes show: shorter greens, yellows and clearances,
  /// starts during a yellow, greens of ways that cross, groups that are never served and cycles beyond the bounds are all
  /// accepted.
  ///
  /// - Returns: what of that somebody should know.
  public mutating func accept(_ programs: [SignalProgram]) -> AcceptedShortfalls {
    var accepted = AcceptedShortfalls()
    for group in groups.indices {
      if programs.contains(where: { $0.green(ofGroup: group) <= 0 }) {
        groups[group].mustBeServed = false
        accepted.unserved.append(group)
      }
      if let shown = programs.compactMap({ $0.shortestGreen(ofGroup: group) }).min(),
        shown < groups[group].minimumGreen - SignalProgram.slack
      {
        let needed = groups[group].minimumGreen
        accepted.greens.append(AcceptedShortfalls.Green(group: group, shown: shown, needed: needed))
        groups[group].minimumGreen = shown
      }
      if let shown = programs.compactMap({ $0.shortestYellow(ofGroup: group) }).min() {
        groups[group].yellow = min(groups[group].yellow, shown)
      }
    }
    let clearances = programs.map(\.clearances)
    for a in groups.indices {
      for b in groups.indices where a != b && conflicts[a][b] != .none {
        if let shown = clearances.compactMap({ $0.shortest(from: a, to: b) }).min() {
          intergreens[a][b] = min(intergreens[a][b], shown)
        }
        startsDuringYellow[a][b] = programs.contains { $0.starts(b, duringYellowOf: a) }
        if a < b, programs.contains(where: { shows($0, a, b) }) { accepted.conflicts.append([a, b]) }
      }
    }
    for pair in accepted.conflicts {
      (conflicts[pair[0]][pair[1]], conflicts[pair[1]][pair[0]]) = (.accepted, .accepted)
    }
    let cycles = programs.map(\.cycle)
    cycleBounds =
      min(cycleBounds.lowerBound, cycles.min() ?? .infinity)...max(cycleBounds.upperBound, cycles.max() ?? 0)
    return accepted
  }

  /// Whether a programme shows two groups together what their conflict does not permit.
  private func shows(_ program: SignalProgram, _ a: Int, _ b: Int) -> Bool {
    program.intervals.contains { !conflicts[a][b].permits($0.states[a], $0.states[b]) }
  }
}

extension AcceptedShortfalls {
  /// What somebody should look at, without a full stop; nil where that is nothing.
  ///
  /// - Parameter names: of the groups.
  public func sentence(names: [String], controller: String) -> String? {
    guard let pair = conflicts.first else { return nil }
    let more = conflicts.count > 1 ? ", and \(conflicts.count - 1) more such pairs" : ""
    return
      "'\(names[pair[0]])' and '\(names[pair[1]])' of controller '\(controller)' are green together though they conflict\(more): accepted as it is"
  }
}
