public import TrafficModel

/// What is told about incidents: the roads that are held up, and what becomes of their traffic.
public struct DisruptionReport: Sendable {
  private let incidents: [Incident]
  private let effects: Disruption.Effects
  private let network: Network
  private let period: Period

  /// - Parameters:
  ///   - incidents: what the disruption was made of.
  ///   - network: the network before.
  ///   - period: the period before.
  public init(incidents: [Incident], disruption: Disruption, network: Network, period: Period) {
    self.incidents = incidents
    effects = disruption.effects
    self.network = network
    self.period = period
  }

  private static let mostNames = 4

  /// One line or more for each incident, then what becomes of traffic.
  var lines: [String] {
    var lines = incidents.indices.map { words(of: $0) }
    if !effects.lostMovements.isEmpty {
      let names = effects.lostMovements.map { "\(network[$0.from].name) → \(network[$0.to].name)" }
      lines.append("no way any more: \(list(names))")
    }
    if effects.rerouted > 0 {
      lines.append(
        "\(vehicles(effects.rerouted)) take another way, on average \(NumberText.fixed(effects.detourTime, decimals: 0)) s and \(NumberText.fixed(effects.detourLength, decimals: 0)) m longer on free roads"
      )
    }
    if !effects.stranded.isEmpty {
      let total = effects.stranded.reduce(0) { $0 + $1.vehicles }
      let names = effects.stranded.map {
        "\(network[$0.ends.from].name) to \(network[$0.ends.to].name) (\(NumberText.fixed($0.vehicles, decimals: 0)))"
      }
      lines.append("\(vehicles(total)) have no way and do not travel: \(list(names))")
    }
    if effects.diverted > 0 {
      lines.append("\(vehicles(effects.diverted)) counted into it turn elsewhere, as the others there do")
    }
    if effects.withheld > 0 {
      lines.append("\(vehicles(effects.withheld)) that would start there do not travel")
    }
    if effects.endingEarly > 0 {
      lines.append("\(vehicles(effects.endingEarly)) reach a road without a way on, and end there")
    }
    return lines.map { $0.wrapped(to: ReportLayout.current.sentenceWidth, indent: 2) }
  }

  private func list(_ names: [String]) -> String {
    names.prefix(Self.mostNames).joined(separator: "; ")
      + (names.count > Self.mostNames ? "; and \(names.count - Self.mostNames) more" : "")
  }

  private func vehicles(_ number: Double) -> String {
    let text = NumberText.fixed(number, decimals: 0)
    return text == "1" ? "1 vehicle" : "\(text) vehicles"
  }

  private func words(of index: Int) -> String {
    let incident = incidents[index]
    let name = "'\(network[incident.link].name)'"
    let what =
      switch incident.effect {
      case .closed: "\(name) is closed"
      case .laneClosed(let lane):
        "lane \(network[lane].sourceIndex) of \(name) is closed"
      case .reduced(let factor):
        "\(name) discharges \(NumberText.fixed(100 * factor, decimals: 0)) % of what it did"
      }
    guard let time = incident.time else { return what }
    let span = "\(ClockTime.text(time.lowerBound)) to \(ClockTime.text(time.upperBound))"
    if effects.elsewhere.contains(index) { return "\(what) from \(span): not in this period" }
    if effects.extended.contains(index) {
      return "\(what) from \(span), taken for all of the period: only whole links close for a part of it"
    }
    return "\(what) from \(span)"
  }

  // MARK: For programs

  /// Effects, by their names in Documentation/CommandLine.md.
  struct Summary: Encodable {
    struct Incident: Encodable {
      var link: String
      /// Of the input's numbers.
      var lane: Int?
      /// 0 for what is closed.
      var factor: Double
      /// Absolute, s.
      var begin: Double?
      var end: Double?
      var touchesPeriod: Bool
      var holdsForWholePeriod: Bool
    }
    struct Stranded: Encodable {
      var from: String
      var to: String
      var vehicles: Double
    }
    var incidents: [Incident]
    var lostMovements: [String]
    var rerouted: Double
    var detourTime: Double
    var detourLength: Double
    var stranded: [Stranded]
    var diverted: Double
    var withheld: Double
    var endingEarly: Double
  }

  var summary: Summary {
    Summary(
      incidents: incidents.enumerated().map { index, incident in
        var summary = Summary.Incident(
          link: network[incident.link].name, factor: 0, begin: incident.time?.lowerBound,
          end: incident.time?.upperBound, touchesPeriod: !effects.elsewhere.contains(index),
          holdsForWholePeriod: effects.extended.contains(index) || isWhole(incident))
        if case .laneClosed(let lane) = incident.effect { summary.lane = network[lane].sourceIndex }
        if case .reduced(let factor) = incident.effect { summary.factor = factor }
        return summary
      },
      lostMovements: effects.lostMovements.map { "\(network[$0.from].name) → \(network[$0.to].name)" },
      rerouted: effects.rerouted, detourTime: effects.detourTime, detourLength: effects.detourLength,
      stranded: effects.stranded.map {
        Summary.Stranded(
          from: network[$0.ends.from].name, to: network[$0.ends.to].name, vehicles: $0.vehicles)
      },
      diverted: effects.diverted, withheld: effects.withheld, endingEarly: effects.endingEarly)
  }

  private func isWhole(_ incident: Incident) -> Bool {
    incident.time.map { $0.lowerBound <= period.demand.begin && $0.upperBound >= period.demand.end } ?? true
  }
}
