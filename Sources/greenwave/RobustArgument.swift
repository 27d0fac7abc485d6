internal import ArgumentParser
internal import SignalOptimization

/// The command line's way to say what is made small over several days: `expected`, `cvar` or `cvar:SHARE`.
struct RobustArgument: ExpressibleByArgument {
  var risk: RiskMeasure

  /// Share of the days that counts where none is named.
  private static let usualShare = 0.2

  init(risk: RiskMeasure) { self.risk = risk }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    switch (parts.count, parts[0]) {
    case (1, "expected"): risk = .expected
    case (1, "cvar"): risk = .worstShare(Self.usualShare)
    case (2, "cvar"):
      guard let percent = Double(parts[1]), percent >= 0, percent <= 100 else { return nil }
      risk = .worstShare(percent / 100)
    default: return nil
    }
  }

  var defaultValueDescription: String { "expected" }
}

/// The options that say how days differ and what to make of it.
struct UncertaintyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Days around the counts: the standard deviation of a street's traffic, in percent, from 1 to 50.",
      valueName: "percent"))
  var spread: Double?

  @Option(
    help: ArgumentHelp(
      "With several days, what to make small: 'expected', their mean delay; or 'cvar:SHARE', the mean of the worst SHARE percent of them (20 when left out). (default: expected)",
      valueName: "measure"))
  var robust: RobustArgument?

  func validate() throws {
    if let spread, !(spread >= 1 && spread <= 50) {
      throw ValidationError("--spread must be from 1 to 50 percent.")
    }
  }

  var risk: RiskMeasure { robust?.risk ?? .expected }
}
