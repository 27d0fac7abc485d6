public import TrafficModel

/// How long pedestrians wait at signals.
///
/// They come at a steady rate, cross when their signal is green, and wait from their arrival to its next begin. In a
/// time r without green, r / C of them arrive, who wait r / 2 on average: the mean wait of all is Σ r² / (2 C) over
/// the times without green of a cycle. With one green g in a cycle that is the formula of the Highway Capacity Manual (6th
/// edition, chapter 19), (C − g)² / (2 C), but for what pedestrians use of the clearance, which is not counted here.
/// Pedestrians who cross against the signal, crowds that do not fit into a green, and unsignalled crossings are not
/// modelled.
public struct PedestrianDelay: Sendable {
  /// Who crosses at one signalled crossing.
  public struct Crossing: Hashable, Sendable {
    /// The crossing.
    public var id: CrossingID
    /// Its signal.
    public var signal: SignalGroupReference
    /// How many, over the period.
    public var pedestrians: Double
  }
  /// The signalled crossings that pedestrians were counted on, in the network's order.
  public let crossings: [Crossing]
  /// Absolute s.
  private let period: Range<Double>

  /// The pedestrians of a demand.
  public init(network: Network, demand: Demand) {
    period = demand.begin..<demand.end
    var people = [Double](repeating: 0, count: network.crossings.count)
    for flow in demand.pedestrianFlows { people[flow.crossing.index] += flow.people }
    crossings = network.crossings.indices.compactMap { index in
      guard let signal = network.crossings[index].signal else { return nil }
      let pedestrians = people[index]
      return pedestrians > 0
        ? Crossing(id: CrossingID(index), signal: signal, pedestrians: pedestrians) : nil
    }
  }

  /// How many pedestrians there are.
  public var pedestrians: Double { crossings.reduce(0) { $0 + $1.pedestrians } }

  /// Σ wait of all pedestrians under what the controllers run, s; they come evenly over the period.
  public func total(under timetable: SignalTimetable) -> Double {
    crossings.reduce(0) { sum, crossing in
      let pieces = timetable.pieces[crossing.signal.controller.index]
      let ends = pieces.dropFirst().map(\.begin) + [.infinity]
      return sum
        + zip(pieces, ends).reduce(0) { waited, next in
          let (piece, end) = next
          let seconds = min(end, period.upperBound) - max(piece.begin, period.lowerBound)
          return waited + max(0, seconds) / duration * crossing.pedestrians
            * mean(at: crossing, piece.program)
        }
    }
  }

  /// Mean wait at a crossing under a plan, s: half the period where it never turns green.
  public func mean(at crossing: Crossing, under plan: TimingPlan) -> Double {
    plan[crossing.signal.controller].map { mean(at: crossing, $0) } ?? 0
  }

  private var duration: Double { period.upperBound - period.lowerBound }

  private func mean(at crossing: Crossing, _ program: SignalProgram) -> Double {
    program.meanWait(ofGroup: crossing.signal.group) ?? duration / 2
  }
}

extension SignalProgram {
  /// Mean wait of who arrives at a random time for group `group`'s next green, s; nil when it has none.
  public func meanWait(ofGroup group: Int) -> Double? {
    let waits = runs(ofGroup: group) { !$0.isGreen }
    guard waits != [IntervalRun(first: 0, count: intervals.count)] else { return nil }
    return waits.reduce(0) { sum, run in
      let red = duration(of: run)
      return sum + red * red / (2 * cycle)
    }
  }
}
