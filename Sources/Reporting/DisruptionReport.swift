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
      lines.append("no way any more: \(list(lostMovements))")
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
    return lines.map { $0.sentence(indent: 2) }
  }

  private func list(_ names: [String]) -> String {
    names.listed(atMost: Self.mostNames, separator: "; ") { "; and \($0) more" }
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
        "lane \(network.words(ofLane: lane)) of \(name) is closed"
      case .reduced(let factor):
        "\(name) discharges \(NumberText.fixed(100 * factor, decimals: 0)) % of what it did"
      }
    guard let time = incident.time else { return what }
    let span = ClockTime.text(time)
    if effects.elsewhere.contains(index) { return "\(what) from \(span): not in this period" }
    if effects.extended.contains(index) {
      return "\(what) from \(span), taken for all of the period: only whole links close for a part of it"
    }
    return "\(what) from \(span)"
  }

  /// For programs; Documentation/CommandLine.md has the keys.
  var json: JSONObject {
    [
      "incidents": incidents.indices.map(json), "lostMovements": lostMovements, "rerouted": effects.rerouted,
      "detourTime": effects.detourTime, "detourLength": effects.detourLength,
      "stranded": effects.stranded.map { stranded -> JSONObject in
        [
          "from": network[stranded.ends.from].name, "to": network[stranded.ends.to].name,
          "vehicles": stranded.vehicles,
        ]
      }, "diverted": effects.diverted, "withheld": effects.withheld, "endingEarly": effects.endingEarly,
    ]
  }

  private func json(_ index: Int) -> JSONObject {
    let incident = incidents[index]
    var json: JSONObject = [
      // 0 for what is closed.
      "link": network[incident.link].name, "factor": 0.0, "begin": incident.time?.lowerBound,
      "end": incident.time?.upperBound, "touchesPeriod": !effects.elsewhere.contains(index),
      "holdsForWholePeriod": effects.extended.contains(index) || isWhole(incident),
    ]
    if case .laneClosed(let lane) = incident.effect { json["lane"] = network[lane].position + 1 }
    if case .reduced(let factor) = incident.effect { json["factor"] = factor }
    return json
  }

  private var lostMovements: [String] {
    effects.lostMovements.map { "\(network[$0.from].name) → \(network[$0.to].name)" }
  }

  private func isWhole(_ incident: Incident) -> Bool {
    incident.time.map { $0.lowerBound <= period.demand.begin && $0.upperBound >= period.demand.end } ?? true
  }
}
