/// What holds a road up for a while: roadworks, an event, an accident.
public struct Incident: Hashable, Sendable {
  /// What becomes of the road.
  public enum Effect: Hashable, Sendable {
    /// Nobody may use the link.
    case closed
    /// Nobody may use this lane of the link.
    case laneClosed(LaneID)
    /// The link discharges this share of what it usually does, above 0 … 1.
    case reduced(Double)
  }
  /// The link.
  public var link: LinkID
  /// What becomes of it.
  public var effect: Effect
  /// When, absolute s; nil for ever.
  public var time: Range<Double>?

  /// An incident on `link`.
  public init(link: LinkID, effect: Effect, time: Range<Double>? = nil) {
    self.link = link
    self.effect = effect
    self.time = time
  }

  /// When it holds during `period`, absolute s; nil when it does not.
  func time(within period: Range<Double>) -> Range<Double>? {
    guard let time else { return period }
    let shared = time.clamped(to: period)
    return shared.isEmpty ? nil : shared
  }
}
