internal import TrafficModel

/// The first line of a report: of what it tells, and when.
struct ReportTitle {
  let scenario: String
  let period: String

  init(_ scenario: String, _ period: String) { (self.scenario, self.period) = (scenario, period) }

  func text(_ what: String, seeds: Int? = nil) -> String {
    "\(scenario), \(period): \(what)\(seeds.map { ", mean of \(counted($0, "seed"))" } ?? "")".sentence(
      indent: 2)
  }

  /// How many signals, and from when to when.
  func signals(of network: Network, _ demand: Demand, seeds: Int) -> String {
    text("\(counted(network.controllers.count, "signal")), \(ClockTime.text(demand.times))", seeds: seeds)
  }
}

extension Demand {
  /// Absolute, s.
  var times: Range<Double> { begin..<end }
  /// Of the period.
  var hours: Double { duration / Quantities.secondsPerHour }
}
