/// How left turns of an approach are served.
public enum LeftTurnTreatment: Hashable, Sendable {
  /// Through gaps of the opposing flow, on the through phase.
  case permitted
  /// By an arrow only, before or after the through phase.
  case protected(Phase, lagging: Bool = false)
  /// By an arrow, and through gaps besides.
  case protectedPermitted(Phase, lagging: Bool = false)
  /// With the through phase, while the opposing approach waits.
  case split

  /// The phase of the arrow.
  public var phase: Phase? {
    switch self {
    case .protected(let phase, _), .protectedPermitted(let phase, _): phase
    case .permitted, .split: nil
    }
  }
  /// Whether gaps are used.
  var seeksGaps: Bool {
    switch self {
    case .permitted, .protectedPermitted: true
    case .protected, .split: false
    }
  }
  /// Where the arrow lies.
  var arrow: PermittedGreen.Arrow {
    switch self {
    case .protected(_, let lagging), .protectedPermitted(_, let lagging): lagging ? .lagging : .leading
    case .permitted, .split: .none
    }
  }
}
