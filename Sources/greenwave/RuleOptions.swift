internal import ArgumentParser
internal import SignalOptimization

/// What a proposed plan keeps to, and how to loosen it.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Shortest stage, and shortest arrow beside permissive green, unless the existing plan has shorter ones; 0 for none.",
      valueName: "seconds"))
  var minGreen = ProposalRules().minimumGreen

  @Option(
    help: ArgumentHelp(
      "Highest degree of saturation of a lane, unless the existing plan has more; 10 for none.",
      valueName: "flow/capacity"))
  var maxSaturation = ProposalRules().highestSaturation

  @Option(
    help: ArgumentHelp(
      "Shortest and longest cycle, within what the signals can run, unless the existing plan is outside.",
      valueName: "shortest:longest"))
  var cycles = CycleBounds(range: ProposalRules().cycles)

  @Option(
    help: ArgumentHelp(
      "By how many seconds per vehicle the delay of a movement may grow, and no fall from level of service D or better to F; 'none' for any. A plan that breaks this is proposed only where no other gains, and says so.",
      valueName: "seconds"))
  var maxLoss = LossLimit(seconds: ProposalRules().largestLoss)

  var rules: ProposalRules {
    var rules = ProposalRules()
    rules.minimumGreen = minGreen
    rules.highestSaturation = maxSaturation
    rules.cycles = cycles.range
    rules.largestLoss = maxLoss.seconds
    return rules
  }

  func validate() throws {
    guard minGreen >= 0, minGreen <= 60 else {
      throw ValidationError("--min-green must be from 0 to 60 seconds.")
    }
    guard maxSaturation >= 0.5, maxSaturation <= 10 else {
      throw ValidationError("--max-saturation must be from 0.5 to 10.")
    }
  }
}

/// What may become of the stages, as words of the command line.
enum StagesArgument: String, CaseIterable, ExpressibleByArgument {
  case safe, existing, free

  var freedom: StageFreedom {
    switch self {
    case .safe: .safe
    case .existing: .existing
    case .free: .free
    }
  }
}

/// Two cycles as SHORTEST:LONGEST, s.
struct CycleBounds: ExpressibleByArgument {
  var range: ClosedRange<Double>

  init(range: ClosedRange<Double>) { self.range = range }

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 2, let shortest = parts[0], let longest = parts[1], shortest >= 1,
      shortest <= longest,
      longest <= 3600
    else { return nil }
    range = shortest...longest
  }

  var defaultValueDescription: String { "\(Int(range.lowerBound)):\(Int(range.upperBound))" }
}

/// Seconds, or 'none'.
struct LossLimit: ExpressibleByArgument {
  /// nil for no limit.
  var seconds: Double?

  init(seconds: Double?) { self.seconds = seconds }

  init?(argument: String) {
    guard argument != "none" else { return }
    guard let seconds = Double(argument), seconds >= 0, seconds <= 3600 else { return nil }
    self.seconds = seconds
  }

  var defaultValueDescription: String { seconds.map { "\(Int($0))" } ?? "none" }
}
