public import TrafficModel

/// What green waves are asked for.
public struct BandwidthOptions: Hashable, Sendable {
  /// The arterial's signals in outbound order; nil for the longest chain of signals with traffic both ways.
  public var arterial: [ControllerID]?
  /// What the two directions ought to have. With an exact ratio, what one direction can have more without taking it
  /// from the other it gets.
  public var balance: BandwidthProblem.Balance
  /// Lowest speed of a band, as a share of the free-flow speed, above 0, at most 1.
  public var slowest: Double

  /// Equal bands on the arterial that is found, unless said otherwise.
  public init(
    arterial: [ControllerID]? = nil, balance: BandwidthProblem.Balance = .exactly(1), slowest: Double = 0.9
  ) {
    self.arterial = arterial
    self.balance = balance
    self.slowest = slowest
  }
}

/// The green waves of a plan, as its whole seconds have them.
public struct BandwidthReport: Hashable, Sendable {
  /// Widths of both directions, s.
  public struct Pair: Hashable, Sendable {
    /// s.
    public var outbound: Double
    /// s.
    public var inbound: Double

    /// A pair.
    public init(outbound: Double, inbound: Double) {
      self.outbound = outbound
      self.inbound = inbound
    }
  }
  /// From a signal to the next.
  public struct Link: Hashable, Sendable {
    /// m from stop line to stop line, outbound.
    public var outboundLength: Double
    /// m from stop line to stop line, inbound.
    public var inboundLength: Double
    /// Times that the bands take, s.
    public var times: Pair
    /// How long a vehicle may leave one signal in its green and, at the band's speed, meet the next one in green, s.
    public var bands: Pair
  }
  /// The signals, in outbound order.
  public var controllers: [ControllerID]
  /// Whether the arterial was found, not named.
  public var isFound: Bool
  /// s.
  public var cycle: Double
  /// Whether the offsets are the best for bands throughout, or, where none runs through both ways, for each link.
  public var kind: BandwidthProblem.Bands
  /// Bands from end to end.
  public var bands: Pair
  /// Bands from end to end of the existing plan at free-flow speed; nil where its cycles differ.
  public var existing: Pair?
  /// One fewer than the signals.
  public var links: [Link]
  /// Signals with another order of stages than in the existing plan.
  public var reordered: [ControllerID]
  /// Pairs of bands of which neither can be widened without narrowing the other, from the widest outbound on.
  public var pareto: [Pair]
  /// Sum of the bands by which offsets were chosen, weighted, before rounding to whole seconds, s; where each link has
  /// its own, the mean of the links.
  public var objective: Double
  /// No offsets and speeds give a larger sum with these orders of stages, s.
  public var bound: Double
  /// The mixed-integer program in the CPLEX LP format.
  public var program: String

  /// (bound − objective) / bound.
  public var gap: Double { max(0, bound - objective) / max(bound, 1e-9) }
}
