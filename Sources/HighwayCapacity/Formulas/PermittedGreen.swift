/// When left turns may seek gaps within a cycle (HCM 7, chapter 31, exhibit 31-12 with equations 31-94 and 31-95).
public struct PermittedGreen: Hashable, Sendable {
  /// Effective permitted green g_p, s.
  public let effective: Double
  /// Of it, what the opposing queue does not block, g_u, s.
  public let unblocked: Double
  /// Displayed permitted green G_p, s.
  public let displayed: Double
  /// Permitted start-up lost time l₁,p, s.
  public let lostTime: Double
  /// Yellow used in it e_p, s.
  public let yellowUsed: Double
  /// Until the opposing queue is gone, G_q, s.
  public let queueClearance: Double

  /// Where a left turn's own arrow lies, seen from its through phase.
  public enum Arrow: Hashable, Sendable {
    /// None.
    case none
    /// Before the opposing through phase.
    case leading
    /// After it.
    case lagging
  }

  /// What of the timing the exhibit asks for: of the left turn's own approach, or of the opposing one; all s.
  public struct Side: Hashable, Sendable {
    /// The left turn's arrow.
    public var arrow: Arrow
    /// Duration of the left phase, green, yellow and red clearance; 0 without.
    public var leftDuration: Double
    /// Yellow and red clearance of the left phase; 0 without.
    public var leftChange: Double
    /// Duration of the through phase.
    public var throughDuration: Double
    /// Yellow and red clearance of the through phase.
    public var throughChange: Double

    /// A side as described by its parts.
    public init(
      arrow: Arrow = .none, leftDuration: Double = 0, leftChange: Double = 0, throughDuration: Double,
      throughChange: Double
    ) {
      self.arrow = arrow
      self.leftDuration = leftDuration
      self.leftChange = leftChange
      self.throughDuration = throughDuration
      self.throughChange = throughChange
    }
  }

  /// - Parameters:
  ///   - own: the approach of the left turn.
  ///   - opposing: the one it gives way to.
  ///   - queueClearance: G_q, from the start of the opposing green until its queue is gone, l₁ + g_s, s.
  ///   - lostTime: start-up lost time l₁, s.
  ///   - extension: yellow used as green e, s.
  public init(own: Side, opposing: Side, queueClearance: Double, lostTime: Double, extension: Double) {
    let displayed = max(Self.displayed(own, opposing, 0), 0)
    let free = max(Self.displayed(own, opposing, queueClearance), 0)
    let (lost, used) = Self.ends(own, opposing, lostTime, `extension`)
    effective = max(displayed - lost + used, 0)
    unblocked = free > 0 ? min(free + used, effective) : 0
    self.displayed = displayed
    self.lostTime = lost
    yellowUsed = used
    self.queueClearance = queueClearance
  }

  /// The rows of the exhibit: displayed green that is left of the permitted period after a queue of this time.
  private static func displayed(_ own: Side, _ opposing: Side, _ queue: Double) -> Double {
    let opposingGreen = opposing.throughDuration - opposing.throughChange
    let ownGreen = own.throughDuration - own.throughChange
    switch (own.arrow, opposing.arrow) {
    case (.leading, .leading):
      return min(
        own.leftDuration + opposing.throughDuration - opposing.leftDuration - own.throughChange,
        opposing.throughDuration - own.throughChange - queue)
    case (.leading, .lagging), (.leading, .none):
      return ownGreen - own.leftDuration - queue
    case (.lagging, .leading), (.lagging, .none), (.none, .leading):
      return opposingGreen - max(opposing.leftDuration, queue)
    case (.lagging, .lagging), (.none, .lagging):
      return min(opposingGreen, ownGreen) - queue
    case (.none, .none):
      return opposing.throughDuration - own.throughChange - queue
    }
  }

  /// Start-up lost time and used yellow of the permitted period: an arrow before or after it takes them over.
  private static func ends(
    _ own: Side, _ opposing: Side, _ lostTime: Double, _ used: Double
  ) -> (lost: Double, used: Double) {
    switch (own.arrow, opposing.arrow) {
    case (.leading, .leading):
      let gap = opposing.leftDuration - (own.leftDuration - own.leftChange)
      return (gap > 0 ? min(max(gap + lostTime - used, 0), lostTime) : 0, used)
    case (.leading, _): return (0, used)
    case (.lagging, .lagging):
      let gap = opposing.throughDuration - (own.throughDuration - own.throughChange)
      return (lostTime, min(max(gap, 0), used))
    case (.lagging, _): return (lostTime, 0)
    case (.none, _): return (lostTime, used)
    }
  }
}
