/// Why some junctions cannot run as asked, in words of traffic.
public struct InfeasibleJunctions: Error, Hashable, Sendable {
  /// One sentence for each junction.
  public var reasons: [String]

  /// At least one reason.
  public init(reasons: [String]) { self.reasons = reasons }
}
