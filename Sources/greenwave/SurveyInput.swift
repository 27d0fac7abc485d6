internal import ArgumentParser
internal import NetworkBuilding
internal import NetworkFormats
internal import Reporting
internal import SignalOptimization
internal import TrafficModel

/// Counts files as they were read.
struct SurveyInput {
  /// In the order of the files.
  let surveys: [(path: String, counts: TurningCounts)]
  private let network: Network

  /// Reads all of the files; their warnings go to standard error.
  ///
  /// - Throws: `InputFailure` with what is wrong in any of them.
  init(_ paths: [String], loaded: LoadedScenario) throws {
    network = loaded.network
    var surveys: [(path: String, counts: TurningCounts)] = []
    var problems: [Diagnostic] = []
    for path in paths {
      do {
        let read = try CountsFile.read(path, network: network, shares: Self.flows(of: loaded.scenario))
        for warning in read.warnings { Terminal.tell(warning.text, .warning) }
        Terminal.tell("\(path): \(read.layout)")
        surveys.append((path, read.counts))
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw InputFailure(problems) }
    self.surveys = surveys
  }

  /// By movement, what the scenario's own demand brings, over all of its periods: how the vehicles of a link part.
  private static func flows(of scenario: Scenario) -> [Double] {
    let periods = scenario.periods.map { MovementFlows(network: scenario.network, demand: $0.demand).mean }
    return scenario.network.movements.indices.map { movement in periods.reduce(0) { $0 + $1[movement] } }
  }

  /// What the files say about a period; nil where one of them has nothing to say.
  func surveys(of period: Period) -> [Survey]? {
    let found = surveys.compactMap { path, counts in
      SurveyedDemand(counts, replacing: period.demand, network: network).map {
        Survey(name: FileNames.last(of: path), counts: counts, demand: $0)
      }
    }
    return found.count == surveys.count ? found : nil
  }

  /// That a period has no counts, with what there is.
  func failure(of period: Period) -> InputFailure {
    InputFailure(
      surveys.filter { SurveyedDemand($0.counts, replacing: period.demand, network: network) == nil }.map {
        let times = $0.counts.times.map {
          "\(ClockTime.text($0.lowerBound)) to \(ClockTime.text($0.upperBound))"
        }
        let demand = period.demand
        return Diagnostic(
          .error, at: SourceLocation(file: $0.path),
          "nothing was counted in the period '\(period.name)', \(ClockTime.text(demand.begin)) to \(ClockTime.text(demand.end))",
          notes: times.map { ["the counts are of \($0)", "times are written like 7:30, or in seconds"] } ?? []
        )
      })
  }
}
