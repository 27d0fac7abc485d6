/// Green waves on an arterial: offsets, cycle, speeds and the order of left turns such that the bands in which a
/// vehicle meets nothing but green are as wide as can be.
///
/// Little, Kelson and Gartner (1981), "MAXBAND: a program for setting signals on arteries and triangular networks",
/// Transportation Research Record 795; bands of each link by Gartner, Assmann, Lasaga and Hou (1991), "A multi-band
/// approach to arterial traffic signal optimization", Transportation Research B 25.
///
/// Outbound is in order of the signals. Greens are in fractions of the cycle.
public struct BandwidthProblem: Hashable, Sendable {
  /// The green of a direction's through traffic.
  public struct Green: Hashable, Sendable {
    /// When it begins, after the signal's reference point, fraction of the cycle.
    public var begin: Double
    /// How long it is, fraction of the cycle, 0 ... 1.
    public var length: Double

    /// A green.
    public init(begin: Double, length: Double) {
      self.begin = begin
      self.length = length
    }
  }
  /// An order of stages that a signal may run.
  public struct Pattern: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// Green of the outbound traffic.
    public var outbound: Green
    /// Green of the inbound traffic.
    public var inbound: Green

    /// A pattern.
    public init(name: String, outbound: Green, inbound: Green) {
      self.name = name
      self.outbound = outbound
      self.inbound = inbound
    }
  }
  /// A signal of the arterial.
  public struct Signal: Hashable, Sendable {
    /// The patterns to choose from; at least one.
    public var patterns: [Pattern]
    /// s of green that the queue before the outbound band needs: so much earlier the band leaves than it arrives.
    public var outboundQueueClearance: Double
    /// The same of the inbound band, s.
    public var inboundQueueClearance: Double

    /// A signal.
    public init(
      patterns: [Pattern], outboundQueueClearance: Double = 0, inboundQueueClearance: Double = 0
    ) {
      self.patterns = patterns
      self.outboundQueueClearance = outboundQueueClearance
      self.inboundQueueClearance = inboundQueueClearance
    }
  }
  /// One direction between two neighbouring signals.
  public struct Road: Hashable, Sendable {
    /// m from stop line to stop line.
    public var length: Double
    /// Speeds that a band may have, m/s.
    public var speeds: ClosedRange<Double>
    /// How much the band of this road counts, where each link has its own.
    public var weight: Double

    /// A road.
    public init(length: Double, speeds: ClosedRange<Double>, weight: Double = 1) {
      self.length = length
      self.speeds = speeds
      self.weight = weight
    }
  }
  /// Whether bands run through.
  public enum Bands: Hashable, Sendable {
    /// One band in each direction, from end to end (MAXBAND).
    case throughout
    /// A band on every link, around one line of progression (MULTIBAND).
    case perLink
  }
  /// What the two directions ought to have.
  public enum Balance: Hashable, Sendable {
    /// The sum of outbound and so many times inbound is made large, whatever either gets.
    case weighted(Double)
    /// As `weighted`, and inbound ≥ ratio × outbound where the ratio is below 1, ≤ where it is above (MAXBAND's).
    case favoured(Double)
    /// Inbound = ratio × outbound.
    case exactly(Double)

    /// Inbound over outbound, or the inbound band's weight.
    var ratio: Double {
      switch self {
      case .weighted(let ratio), .favoured(let ratio), .exactly(let ratio): ratio
      }
    }
  }

  /// The signals, in outbound order; at least one.
  public var signals: [Signal]
  /// From each signal to the next.
  public var outbound: [Road]
  /// From each signal's successor back to it.
  public var inbound: [Road]
  /// Cycles that may be chosen, s.
  public var cycle: ClosedRange<Double>
  /// Whether bands run through.
  public var bands: Bands
  /// What the two directions ought to have.
  public var balance: Balance

  /// A problem; the roads are one fewer than the signals.
  public init(
    signals: [Signal], outbound: [Road], inbound: [Road], cycle: ClosedRange<Double>,
    bands: Bands = .throughout, balance: Balance = .weighted(1)
  ) {
    precondition(
      !signals.isEmpty && outbound.count == signals.count - 1 && inbound.count == signals.count - 1,
      "a road each way between neighbours")
    precondition(signals.allSatisfy { !$0.patterns.isEmpty }, "every signal has a pattern")
    precondition(
      cycle.lowerBound > 0 && (outbound + inbound).allSatisfy { $0.speeds.lowerBound > 0 },
      "cycles and speeds above 0")
    self.signals = signals
    self.outbound = outbound
    self.inbound = inbound
    self.cycle = cycle
    self.bands = bands
    self.balance = balance
  }
}

extension BandwidthProblem.Pattern {
  /// The four orders of two protected left turns: each before (leads) or after (lags) the through green that it
  /// keeps from running. The reference point is the middle of the red that both directions have in common.
  ///
  /// - Parameters:
  ///   - commonRed: red of both directions together, for the cross street, fraction of the cycle.
  ///   - outboundLeft: green of the outbound left turn, in which inbound traffic has red, fraction of the cycle.
  ///   - inboundLeft: green of the inbound left turn, in which outbound traffic has red.
  public static func leftTurns(commonRed: Double, outboundLeft: Double, inboundLeft: Double) -> [Self] {
    let green = 1 - commonRed
    func after(_ left: Double, leads: Bool) -> BandwidthProblem.Green {
      .init(begin: commonRed / 2 + (leads ? left : 0), length: green - left)
    }
    return [(true, true), (true, false), (false, true), (false, false)].map { outboundLeads, inboundLeads in
      Self(
        name:
          "outbound left \(outboundLeads ? "leads" : "lags"), inbound left \(inboundLeads ? "leads" : "lags")",
        outbound: after(inboundLeft, leads: inboundLeads), inbound: after(outboundLeft, leads: outboundLeads))
    }
  }
}

/// Green waves found, and what is proven about them.
public struct BandwidthSolution: Hashable, Sendable {
  /// s.
  public var cycle: Double
  /// By signal: the pattern chosen, as a position in its patterns.
  public var patterns: [Int]
  /// By signal: when its reference point comes after the first signal's, fraction of the cycle.
  public var offsets: [Double]
  /// By link: width of the outbound band, fraction of the cycle; all equal where bands run through.
  public var outboundBands: [Double]
  /// By link: width of the inbound band.
  public var inboundBands: [Double]
  /// By link: time that the outbound band takes, s.
  public var outboundTimes: [Double]
  /// By link: time that the inbound band takes, s.
  public var inboundTimes: [Double]
  /// By link: whole cycles on the way round, out and back.
  public var loopIntegers: [Int]
  /// Weighted sum of the bands, fraction of the cycle; mean over the links where each has its own.
  public var objective: Double
  /// No offsets, patterns and speeds give more.
  public var bound: Double

  /// Narrowest outbound band, s.
  public var outboundSeconds: Double { cycle * (outboundBands.min() ?? 0) }
  /// Narrowest inbound band, s.
  public var inboundSeconds: Double { cycle * (inboundBands.min() ?? 0) }
  /// (bound − objective) / bound.
  public var gap: Double { max(0, bound - objective) / max(bound, 1e-9) }
}
