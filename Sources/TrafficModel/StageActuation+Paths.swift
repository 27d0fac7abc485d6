extension StageActuation {
  /// The shortest time, s, that some state of affairs can last: over all ways through the intervals that enter it and go on
  /// in it, each at its minimum, until they leave it; nil where none enters it or none leaves it.
  ///
  /// - Parameters:
  ///   - enters: whether it begins when one interval follows another.
  ///   - lasts: whether it goes on in an interval.
  ///   - counts: whether it counts that the way ends by leaving into this interval.
  func shortest(
    enters: (_ from: Int, _ to: Int) -> Bool, lasts: (Int) -> Bool,
    counts: (_ outside: Int) -> Bool = { _ in true }
  ) -> Double? {
    var reached = [Double](repeating: .infinity, count: intervals.count)
    var found = Double.infinity
    /// Leaves the interval `from`, in which or before which the state has lasted for `seconds`.
    func leave(_ from: Int, to next: Int, after seconds: Double) -> Bool {
      guard lasts(next) else {
        if counts(next) { found = min(found, seconds) }
        return false
      }
      guard seconds < reached[next] else { return false }
      reached[next] = seconds
      return true
    }
    var open: [Int] = []
    for from in intervals.indices {
      for next in intervals[from].successors where enters(from, next) && leave(from, to: next, after: 0) {
        open.append(next)
      }
    }
    // First in, first out: no interval is looked at more often than there are intervals.
    var place = 0
    while place < open.count {
      let interval = open[place]
      place += 1
      let seconds = reached[interval] + intervals[interval].minimum
      for next in intervals[interval].successors where leave(interval, to: next, after: seconds) {
        open.append(next)
      }
    }
    return found.isFinite ? found : nil
  }
}
