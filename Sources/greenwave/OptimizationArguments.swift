internal import ArgumentParser
internal import SignalOptimization

/// The command line's way to choose cycles.
struct CycleArgument: ExpressibleByArgument {
  var choice: CycleChoice

  init(choice: CycleChoice) { self.choice = choice }

  init?(argument: String) {
    switch argument {
    case "best": choice = .best
    case "per-junction": choice = .perJunction
    case "common": choice = .common
    case "existing": choice = .existing
    default:
      guard let cycle = Double(argument), cycle > 0, cycle <= 3600 else { return nil }
      choice = .fixed(cycle)
    }
  }

  var defaultValueDescription: String { "best" }
}

/// What the command line can be asked to make as good as possible.
enum Goal: String, CaseIterable, ExpressibleByArgument {
  case delay, throughput, reserve, bandwidth

  /// The objective of the split programs.
  var objective: Objective {
    switch self {
    case .delay, .bandwidth: .delay
    case .throughput: .throughput
    case .reserve: .reserve
    }
  }
}

/// The command line's way to weigh the two directions of an arterial: the inbound direction's share of the weight, or
/// the bands' ratio as OUTBOUND:INBOUND.
struct BalanceArgument: ExpressibleByArgument {
  var balance: BandwidthProblem.Balance

  /// Weight of a direction that does not matter, against the other: what costs nothing it still gets.
  private static let little = 1e-3

  init(balance: BandwidthProblem.Balance) { self.balance = balance }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    switch (parts.count, parts[0], parts.last ?? nil) {
    case (1, let share?, _) where share >= 0 && share <= 1:
      let inbound = max(Self.little, min(1 - Self.little, share))
      balance = .weighted(inbound / (1 - inbound))
    case (2, let outbound?, let inbound?) where Self.ratios.contains(inbound / outbound) && outbound > 0:
      balance = .exactly(inbound / outbound)
    default: return nil
    }
  }

  private static let ratios = 0.01...100.0

  var defaultValueDescription: String { "1:1" }
}
