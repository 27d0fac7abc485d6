internal import NetworkBuilding
internal import TrafficModel

/// Reads the scenarios of the CityFlow simulator (Zhang and others 2019): `roadnet.json` and `flow.json`, by themselves or
/// named by a `config.json`. See Documentation/CityFlow.md.
public enum CityFlowReader {
  /// The scenario of a folder, a configuration, or a road network with `flow.json` beside it.
  ///
  /// It has one period, which begins at 0 s as CityFlow's clock does, and ends after the last departure.
  /// - Throws: `InputFailure` with everything that is wrong in either file.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in an input whose files may have been read before.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    let files = try CityFlowFiles(input)
    let (roads, flows) = (try input[files.roadnet].text(), try input[files.flow].text())
    var roadLog = DiagnosticLog(file: files.roadnet, text: roads)
    var flowLog = DiagnosticLog(file: files.flow, text: flows)
    let roadnet = CityFlowRoadnet(roads, &roadLog)
    let traffic = CityFlowTraffic(flows, &flowLog)
    func diagnostics() -> [Diagnostic] {
      roadLog.diagnostics.inOrderOfPlace + flowLog.diagnostics.inOrderOfPlace
    }
    guard !roadLog.hasErrors else { throw InputFailure(diagnostics()) }
    let built = CityFlowNetwork(roadnet, carFollowing: traffic.carFollowing, &roadLog)
    guard let network = built.network(&roadLog) else { throw InputFailure(diagnostics()) }
    let demand = traffic.demand(on: network, &flowLog)
    guard !roadLog.hasErrors, !flowLog.hasErrors else { throw InputFailure(diagnostics()) }
    let period = Period(
      name: periodName, demand: demand,
      existingPlan: TimingPlan(name: "existing", programs: built.programs.map { $0 }))
    return ReadScenario(
      scenario: Scenario(name: name(of: input.path), network: network, periods: [period]),
      warnings: diagnostics(), files: files.all.map { input[$0] })
  }

  /// CityFlow names neither periods nor programmes.
  static let periodName = "all"
  static let programName = "existing"

  private static func name(of path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasSuffix(".json") { name = String(name.dropLast(5)) }
    return name
  }
}

/// The model's network of a CityFlow road network.
struct CityFlowNetwork {
  private let roadnet: CityFlowRoadnet
  private var roads: ConnectedRoads
  /// By controller.
  private(set) var programs: [SignalProgram] = []

  init(_ roadnet: CityFlowRoadnet, carFollowing: CarFollowing, _ log: inout DiagnosticLog) {
    self.roadnet = roadnet
    let signals = roadnet.intersections.map(Self.signalledLinks)
    var controllerOf: [Int: ControllerID] = [:]
    for (index, links) in signals.enumerated() where !links.isEmpty {
      controllerOf[index] = ControllerID(controllerOf.count)
    }
    let junctions = roadnet.intersections.enumerated().map { index, intersection in
      Junction(
        name: intersection.id, position: intersection.position,
        control: controllerOf[index].map(JunctionControl.signalled) ?? .uncontrolled)
    }
    let links = roadnet.roads.map { Self.link($0, roadnet, &log) }
    let lanes = roadnet.roads.enumerated().map { index, road in
      // The model counts from the kerb.
      road.speeds.reversed().enumerated().map { position, speed in
        Lane(
          link: LinkID(index), position: position, sourceIndex: road.speeds.count - 1 - position,
          length: links[index].length, speed: speed)
      }
    }
    var turns: [ConnectedRoads.Turn] = []
    for (index, intersection) in roadnet.intersections.enumerated() {
      for (number, roadLink) in intersection.roadLinks.enumerated() {
        let signal = signals[index].firstIndex(of: number).flatMap { group in
          controllerOf[index].map { SignalGroupReference(controller: $0, group: group) }
        }
        let (from, to) = (LinkID(roadLink.start), LinkID(roadLink.end))
        let discharge = Self.discharge(
          roadLink.turn, from: links[from.index], to: links[to.index], carFollowing)
        turns.append(
          ConnectedRoads.Turn(
            from: from, to: to, turn: roadLink.turn,
            paths: roadLink.laneLinks.map { laneLink in
              JunctionTurn.LanePath(
                from: lanes[from.index].count - 1 - laneLink.from,
                to: lanes[to.index].count - 1 - laneLink.to, length: laneLink.length, signal: signal,
                discharge: discharge)
            }))
      }
    }
    roads = ConnectedRoads(junctions: junctions, links: links, lanes: lanes.flatMap(\.self), turns: turns)
    for (index, intersection) in roadnet.intersections.enumerated() where controllerOf[index] != nil {
      addController(intersection, signals[index], at: index, &log)
    }
  }

  /// What CityFlow's own car following lets through.
  private static func discharge(
    _ turn: Turn, from: Link, to: Link, _ carFollowing: CarFollowing
  ) -> Discharge {
    let speed = turn.speed(from: from, to: to)
    return Discharge(
      saturationFlow: carFollowing.saturationFlow(
        speed: speed, laneSpeed: from.speed, isTurn: turn != .through),
      startUpLostTime: carFollowing.startUpLostTime(speed: speed, isTurn: turn != .through), yellowUsed: 0)
  }

  /// Positions of the road links that signals control: all but right turns that are always free; none where all are.
  private static func signalledLinks(_ intersection: CityFlowRoadnet.Intersection) -> [Int] {
    let phases = intersection.phases.filter { $0.time > 0 }
    let changing = intersection.roadLinks.indices.filter { link in
      !phases.allSatisfy { $0.available.contains(link) }
    }
    guard !phases.isEmpty, !changing.isEmpty else { return [] }
    return intersection.roadLinks.indices.filter { link in
      changing.contains(link) || intersection.roadLinks[link].turn != .right
    }
  }

  private static func link(
    _ road: CityFlowRoadnet.Road, _ roadnet: CityFlowRoadnet, _ log: inout DiagnosticLog
  ) -> Link {
    let (from, to) = (roadnet.intersections[road.start], roadnet.intersections[road.end])
    let drawn = Polyline.length(road.points)
    let length = drawn - from.width - to.width
    if length <= 0 {
      log.error(
        "road '\(road.id)' is drawn \(plainNumber((drawn * 100).rounded() / 100)) m long, which is within the widths of its intersections",
        at: road.place)
    }
    let isStraight = road.points == [from.position, to.position]
    return Link(
      name: road.id, from: JunctionID(road.start), to: JunctionID(road.end), length: max(length, 1),
      speed: road.speeds.max() ?? 1, shape: isStraight ? [] : road.points)
  }

  private mutating func addController(
    _ intersection: CityFlowRoadnet.Intersection, _ links: [Int], at index: Int, _ log: inout DiagnosticLog
  ) {
    let phases = intersection.phases.filter { $0.time > 0 }
    var names: [String] = []
    for link in links {
      let roadLink = intersection.roadLinks[link]
      let leg = roads.turns[index].first { $0.fromLink == LinkID(roadLink.start) }?.from.leg.name
      var name = "\(leg ?? roadnet.roads[roadLink.start].id).\(roadLink.turn.letter)"
      while names.contains(name) { name += "'" }
      names.append(name)
    }
    let added = roads.add(
      GreenController(
        name: intersection.id, groupNames: names,
        programs: [
          GreenController.Program(
            name: CityFlowReader.programName, cycle: phases.reduce(0) { $0 + $1.time }, offset: 0,
            greens: links.map { link in
              GreenSpan.spans(ofRows: phases.map { ($0.time, $0.available.contains(link)) })
            })
        ]))
    programs += added.programs
    if let warning = added.accepted.sentence(names: names, controller: intersection.id) {
      log.warning(warning, at: intersection.place)
    }
  }

  /// The network; nil, with errors in the log, when the parts do not fit.
  func network(_ log: inout DiagnosticLog) -> Network? {
    guard !log.hasErrors else { return nil }
    do {
      return try roads.network()
    } catch {
      for problem in error.problems { log.error(problem.message, at: place(of: problem.subject)) }
      return nil
    }
  }

  private func place(of subject: NetworkSubject) -> TextPlace {
    switch subject {
    case .junction(let id): roadnet.intersections[id.index].place
    case .link(let id): roadnet.roads[id.index].place
    case .lane(let id): roadnet.roads[roads.lanes[id.index].link.index].place
    case .connection(let id): roadnet.roads[roads.link(of: id).index].place
    case .crossing, .controller: TextPlace(line: 1, column: 1)
    }
  }
}
