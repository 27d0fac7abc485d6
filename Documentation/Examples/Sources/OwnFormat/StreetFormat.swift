import NetworkFormats
import TrafficModel

/// A format of one's own: a text of one-way roads, each a line `FROM TO METRES` between two places without spaces in their
/// names. Where a road ends, traffic goes on into each that begins there.
struct StreetFormat: NetworkFormat, NetworkWriter {
  let name = "street"
  let endings = [".street"]
  let outputEndings = [".street"]
  let kindsOfFiles = ["streets (.street)"]

  private static let lengths = 1.0...100_000.0
  private static let speed = Quantities.metresPerSecond(kilometresPerHour: 50)

  func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try input.refuseRoutes("a street has no traffic")
    var errors: [Diagnostic] = []
    var places: [String] = []
    var links: [Link] = []
    func junction(_ name: Substring) -> JunctionID {
      if let known = places.firstIndex(of: String(name)) { return JunctionID(known) }
      places.append(String(name))
      return JunctionID(places.count - 1)
    }
    let lines = try input.file.text().split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let words = line.split(separator: " ")
      guard words.count == 3, let length = Double(words[2]), Self.lengths.contains(length) else {
        errors.append(
          Diagnostic(
            .error, at: SourceLocation(file: input.path, line: index + 1, column: 1),
            "a road is FROM TO METRES, from 1 to 100000 m", sourceLine: String(line)))
        continue
      }
      links.append(
        Link(
          name: "\(words[0])-\(words[1])", from: junction(words[0]), to: junction(words[1]), length: length,
          speed: Self.speed))
    }
    guard errors.isEmpty else { throw InputFailure(errors) }

    let lanes = links.enumerated().map { index, link in
      Lane(link: LinkID(index), position: 0, sourceIndex: 0, length: link.length, speed: link.speed)
    }
    let connections = links.indices.flatMap { from in
      links.indices.filter { links[$0].from == links[from].to }.map { to in
        LaneConnection(
          from: LaneID(from), to: LaneID(to), turn: .through, length: 10, speed: Self.speed,
          saturationFlow: 0.5, startUpLostTime: 2, yellowUsed: 2)
      }
    }
    do {
      let network = try Network(
        junctions: places.enumerated().map { index, name in
          Junction(name: name, position: Point(x: 100 * Double(index), y: 0), control: .uncontrolled)
        }, links: links, lanes: lanes, connections: connections, conflicts: connections.map { _ in [] },
        controllers: [])
      let period = Period(
        name: "day", demand: Demand(begin: 0, end: 3600),
        existingPlan: TimingPlan(name: "none", programs: []))
      return ReadScenario(
        scenario: Scenario(name: "street", network: network, periods: [period]), files: [input.file])
    } catch {
      let place = SourceLocation(file: input.path)
      throw InputFailure(error.problems.map { Diagnostic(.error, at: place, $0.message) })
    }
  }

  func write(_ scenario: Scenario, origin: (any Sendable)?) -> WrittenScenario {
    let network = scenario.network
    func place(_ id: JunctionID) -> String { String(network[id].name.map { $0.isWhitespace ? "_" : $0 }) }
    let lines = network.links.map { "\(place($0.from)) \(place($0.to)) \($0.length)\n" }
    var losses: [String] = []
    if !network.controllers.isEmpty { losses.append("signals: a street has none") }
    if network.lanes.count > network.links.count { losses.append("lanes: a street has one each way") }
    return WrittenScenario(
      files: [WrittenScenario.File(name: "", text: lines.joined())], losses: losses)
  }
}
