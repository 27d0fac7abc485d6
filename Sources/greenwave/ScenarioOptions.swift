internal import ArgumentParser
internal import Foundation
internal import NetworkBuilding
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// The options of an optimization for several days.
struct ScenarioOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Find one plan for several days: the period's own demand, and those of these counts files or other periods.",
      valueName: "file-or-period"))
  var scenarios: [String] = []

  @OptionGroup var uncertainty: UncertaintyOptions

  func validate() throws {
    if !scenarios.isEmpty, uncertainty.spread != nil {
      throw ValidationError("Give the days (--scenarios) or how they differ (--spread), not both.")
    }
    if uncertainty.robust != nil, !areGiven {
      throw ValidationError("--robust goes with several days: --scenarios or --spread.")
    }
  }

  /// Whether there is more than one day.
  var areGiven: Bool { !scenarios.isEmpty || uncertainty.spread != nil }

  /// The days, the period's own first; nil for that day alone.
  func days(of period: Period, in loaded: LoadedScenario) throws -> [DemandDay]? {
    let base = DemandDay(name: period.name, demand: period.demand)
    if let spread = uncertainty.spread {
      return [base] + DemandDay.days(around: period.demand, network: loaded.network, spread: spread / 100)
    }
    guard !scenarios.isEmpty else { return nil }
    var days = [base]
    for name in scenarios {
      if let other = loaded.scenario.periods.first(where: { $0.name == name }) {
        if other.name != period.name { days.append(DemandDay(name: name, demand: other.demand)) }
        continue
      }
      guard FileManager.default.fileExists(atPath: name) else {
        let near = nearestName(to: name, among: loaded.scenario.periods.map(\.name))
        throw Failure.usage(
          "there is no period and no counts file '\(name)'", hint: near.map { "did you mean '\($0)'?" })
      }
      let surveys = try SurveyInput([name], loaded: loaded)
      guard let survey = surveys.surveys(of: period)?.first else { throw surveys.failure(of: period) }
      days.append(DemandDay(name: survey.name, demand: survey.demand.demand))
    }
    return days
  }
}
