/// Where the vehicles of an approach are heading.
public enum Direction: String, CaseIterable, Sendable {
  // The manual's names: of travel, not of where the leg lies.
  case northbound = "NB", southbound = "SB", eastbound = "EB", westbound = "WB"

  /// Against it.
  public var opposite: Direction {
    switch self {
    case .northbound: .southbound
    case .southbound: .northbound
    case .eastbound: .westbound
    case .westbound: .eastbound
    }
  }
}
