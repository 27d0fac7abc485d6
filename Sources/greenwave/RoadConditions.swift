internal import ArgumentParser
internal import NetworkFormats
internal import Reporting
internal import TrafficModel

/// What the command line says about roads beside the input: incidents and queue limits.
struct RoadConditions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Close a link, or one of its lanes, numbered from 1 at the kerb: LINK, LINK:LANE, each with @HH:MM-HH:MM for a part of the day; may be repeated.",
      valueName: "link"))
  var close: [String] = []

  @Option(
    help: ArgumentHelp(
      "A link that discharges only this share of what it usually does: LINK=SHARE, above 0 to 1; also with @HH:MM-HH:MM; may be repeated.",
      valueName: "link=share"))
  var reduce: [String] = []

  @Option(
    help: ArgumentHelp(
      "The most vehicles that shall queue on a link, LINK=VEH; may be repeated.", valueName: "link=veh"))
  var queueLimit: [String] = []

  /// Whether the network is other than the input says.
  var areIncidents: Bool { !close.isEmpty || !reduce.isEmpty }

  /// The input with the queue limits.
  func limited(_ loaded: LoadedScenario) throws -> LoadedScenario {
    let limits = try queueLimit.map { text in
      let (name, vehicles) = try Self.assignment(text, option: "--queue-limit", example: "LINK=40")
      guard vehicles >= 0, vehicles <= Self.mostVehicles else {
        throw Failure.usage("--queue-limit '\(text)': the limit must be from 0 to 100000 vehicles", hint: nil)
      }
      return (link: try loaded.link(named: name), vehicles: vehicles)
    }
    var limited = loaded
    limited.scenario.network = loaded.network.limitingQueues(limits)
    return limited
  }

  private static let mostVehicles = 100_000.0

  /// The incidents, as they fall into a period.
  func incidents(_ loaded: LoadedScenario, in period: Period) throws -> [Incident] {
    try close.map { text in
      let (place, time) = try Self.timed(text, option: "--close")
      let span = time.map { $0.span(in: period) }
      if let link = loaded.network.links.firstIndex(where: { $0.name == place }) {
        return Incident(link: LinkID(link), effect: .closed, time: span)
      }
      guard let colon = place.lastIndex(of: ":"), let number = Int(place[place.index(after: colon)...]) else {
        return Incident(link: try loaded.link(named: place), effect: .closed, time: span)
      }
      let link = try loaded.link(named: String(place[..<colon]))
      return Incident(
        link: link, effect: .laneClosed(try loaded.lane(number, of: link)), time: span)
    }
      + reduce.map { text in
        let (place, time) = try Self.timed(text, option: "--reduce")
        let (name, share) = try Self.assignment(place, option: "--reduce", example: "LINK=0.5")
        guard share > 0, share <= 1 else {
          throw Failure.usage("--reduce '\(text)': the share must be above 0, up to 1", hint: nil)
        }
        return Incident(
          link: try loaded.link(named: name), effect: .reduced(share), time: time.map { $0.span(in: period) })
      }
  }

  /// The input and one of its periods with the incidents, and what is to be told of them.
  func disrupted(_ loaded: LoadedScenario, in period: Period) throws -> DisruptedInput {
    guard areIncidents else { return DisruptedInput(loaded: loaded, period: period, report: nil) }
    let incidents = try incidents(loaded, in: period)
    let disruption = try Disruption(incidents, in: period, of: loaded.network)
    var changed = loaded
    changed.scenario.network = disruption.network
    return DisruptedInput(
      loaded: changed, period: disruption.period,
      report: DisruptionReport(
        incidents: incidents, disruption: disruption, network: loaded.network, period: period))
  }

  // MARK: Reading

  /// `LINK=NUMBER`; names may hold `=`.
  private static func assignment(_ text: String, option: String, example: String) throws -> (String, Double) {
    guard let sign = text.lastIndex(of: "="), let number = Double(text[text.index(after: sign)...]),
      number.isFinite
    else {
      throw Failure.usage("\(option) '\(text)' is not understood", hint: "write it like \(option) \(example)")
    }
    return (String(text[..<sign]), number)
  }

  /// `PLACE@HH:MM-HH:MM`; names may hold `@`.
  private static func timed(_ text: String, option: String) throws -> (String, DayTime?) {
    guard let sign = text.lastIndex(of: "@"),
      text[text.index(after: sign)...].allSatisfy({ "0123456789:-".contains($0) })
    else { return (text, nil) }
    guard let time = DayTime(String(text[text.index(after: sign)...])) else {
      throw Failure.usage(
        "\(option) '\(text)': the time is not understood", hint: "write it like \(option) LINK@07:30-08:15")
    }
    return (String(text[..<sign]), time)
  }
}

/// A stretch of the day; its end is on the next day where it is not after the begin.
struct DayTime {
  /// s after midnight.
  private let begin: Double
  private let end: Double

  private static let day = 86_400.0

  /// `HH:MM-HH:MM`.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let begin = Self.seconds(parts[0]), let end = Self.seconds(parts[1]),
      begin != end
    else { return nil }
    self.begin = begin
    self.end = end > begin ? end : end + Self.day
  }

  private static func seconds(_ text: Substring) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isNumber) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...24).contains(hour), (0..<60).contains(minute)
    else { return nil }
    return Double(hour * 3600 + minute * 60)
  }

  /// Absolute s: on the day, of those that the period touches, on which it shares most with the period.
  func span(in period: Period) -> Range<Double> {
    let demand = period.demand.begin..<max(period.demand.begin, period.demand.end)
    let spans = (-1...Int(max(0, demand.upperBound) / Self.day) + 1).map { day in
      begin + Double(day) * Self.day..<end + Double(day) * Self.day
    }
    func shared(_ span: Range<Double>) -> Double {
      let part = span.clamped(to: demand)
      return part.upperBound - part.lowerBound
    }
    guard let best = spans.max(by: { shared($0) < shared($1) }), shared(best) > 0 else { return begin..<end }
    return best
  }
}

/// An input and one of its periods, as incidents leave them.
struct DisruptedInput {
  var loaded: LoadedScenario
  var period: Period
  /// Nil without incidents.
  var report: DisruptionReport?
}

extension LoadedScenario {
  /// The link of a name.
  func link(named name: String) throws -> LinkID {
    if let index = network.links.firstIndex(where: { $0.name == name }) { return LinkID(index) }
    throw Failure.usage("unknown link '\(name)'", hint: hint(for: name, among: network.links.map(\.name)))
  }

  /// The lane of a number, from 1 at the kerb, as reports have it.
  func lane(_ number: Int, of link: LinkID) throws -> LaneID {
    let lanes = network.lanes(of: link)
    if lanes.indices.contains(number - 1) { return lanes[number - 1] }
    let known = lanes.map { network.words(ofLane: $0) }.joined(separator: ", ")
    throw Failure.usage(
      "link '\(network[link].name)' has no lane \(number)", hint: "its lanes, from the kerb: \(known)")
  }
}
