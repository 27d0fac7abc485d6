import Foundation
import NetworkBuilding
import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@Suite("SUMO writer")
struct SUMOWriterTests {
  /// netconvert writes lengths and speeds with two decimals.
  static let decimals = 0.006

  /// Where SUMO's netconvert is; nil where it is not installed.
  static var netconvert: String? {
    let environment = ProcessInfo.processInfo.environment
    let folders =
      (environment["SUMO_HOME"].map { ["\($0)/bin"] } ?? [])
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/netconvert" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private func run(_ program: String, _ arguments: [String], in folder: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// What lanes are called in a network and in the one that SUMO made of it, where links with turn pockets are several.
  private static func lane(of old: Network) -> (LaneID, Network) -> String {
    let begins = old.laneBegins
    let links = Dictionary(
      uniqueKeysWithValues: old.links.indices.map { (WrittenRoundTrip.plain(old.links[$0].name), $0) })
    return { id, network in
      let name = WrittenRoundTrip.plain(network[network[id].link].name)
      let position = network[id].position
      if links[name] != nil { return "\(name)/\(position)" }
      guard
        let (before, link) = links.first(where: {
          Double(name.dropFirst($0.key.count + 1)) != nil && name.hasPrefix($0.key + ".")
        }),
        let left = Double(name.dropFirst(before.count + 1))
      else { return name }
      let lanes = old.lanesOfLink[link].filter { begins[$0] < old.links[link].length - left }
      return "\(before)/\(lanes.indices.contains(position) ? old.lanes[lanes[position]].position : -1)"
    }
  }

  private func expectSame(_ scenario: Scenario) throws {
    guard let netconvert = Self.netconvert else { return }
    let written = SUMOWriter.write(scenario)
    try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { folder in
      let (code, messages) = try run(netconvert, ["-c", "network.netccfg"], in: folder)
      #expect(code == 0 && !messages.contains("Error"), "\(messages)")
      let read = try ScenarioReader.read("\(folder)/network.sumocfg", routes: [])
      let (old, new) = (scenario.network, read.scenario.network)
      #expect(old.side == new.side)
      let trip = WrittenRoundTrip(before: scenario, after: read.scenario, lane: Self.lane(of: old))
      let names = Set(old.junctions.map { WrittenRoundTrip.plain($0.name) })
      let ways = trip.connections(new).filter {
        names.contains(new[new[new[new[$0.value].from].link].to].name)
      }
      #expect(trip.connections(old).keys.sorted() == ways.keys.sorted())
      for link in old.links {
        let name = WrittenRoundTrip.plain(link.name)
        let stretches = new.links.filter {
          $0.name == name
            || $0.name.hasPrefix(name + ".") && $0.name.dropFirst(name.count + 1).first?.isNumber == true
        }
        #expect(
          abs(link.length - stretches.reduce(0) { $0 + $1.length }) < Self.decimals * Double(stretches.count),
          "\(link.name)")
        for other in stretches { #expect(abs(link.speed - other.speed) < Self.decimals, "\(link.name)") }
      }
      for (way, id) in trip.connections(old) {
        guard let other = ways[way] else { continue }
        #expect(abs(old[id].length - new[other].length) < 2 * Self.decimals, "\(way)")
      }
      try trip.expectSameGreens()
      try expectSameWalks(scenario, read.scenario)
      try expectSamePeople(scenario, read.scenario)
      #expect(!read.scenario.periods[0].demand.flows.isEmpty)
      try expectSameFlows(scenario, read.scenario)
      // A plan of the one network is a plan of the other.
      let plan = scenario.periods[0].existingPlan
      let text = SUMOPlan.text(of: plan, network: old, programName: "greenwave")
      let again = try SUMOFixture.withFile(text, name: "new.add.xml") {
        try SUMOPlan.read(InputFile($0), network: new, time: PlanTime(period: "", time: 0..<3600))
      }
      for (controller, program) in zip(old.controllers, plan.programs) {
        let name = WrittenRoundTrip.plain(controller.name)
        let index = try #require(new.controllers.firstIndex { $0.name == name })
        #expect(again.plan.programs[index]?.intervals == program?.beginningWithStage().intervals, "\(name)")
      }
    }
  }

  /// People walk when the plan lets them: netconvert has its own ideas of that, where it is given occasion.
  private func expectSameWalks(_ before: Scenario, _ after: Scenario) throws {
    for crossing in before.network.crossings {
      guard let signal = crossing.signal,
        let program = before.periods[0].existingPlan[signal.controller],
        after.network.crossings.contains(where: { $0.signal?.group == signal.group })
      else { continue }
      let name = WrittenRoundTrip.plain(before.network[signal.controller].name)
      let index = try #require(after.network.controllers.firstIndex { $0.name == name })
      let other = try #require(after.periods[0].existingPlan.programs[index])
      func walks(_ program: SignalProgram) -> [Bool] {
        (0..<Int(2 * program.cycle)).map { program.states(at: Double($0) / 2)[signal.group].isGreen }
      }
      #expect(walks(program) == walks(other), "\(name): \(crossing.name)")
    }
  }

  private static let sideStreet = """
    greenwave: 1
    name: side street
    defaults: {speed: 40, length: 250, yellow: 4, all-red: 1, walk: 7, walking-speed: 1.2}
    junctions:
      J:
        approaches:
          E: {lanes: [L 50, T, T], crossing: 16}
          S: {lanes: [LR], crossing: 8, left-turns: permissive}
          W: {lanes: [T, TR], crossing: 13}
        stages:
          - [E.L, E.T]
          - [E.T, W.R, W.T, S.P]
          - [S.L, S.R, E.P, W.P]
        plan: {offset: 80, cycle: 130, green: [20, 53, 42]}
    periods:
      hour:
        time: 07:30-08:30
        counts: {J: {E: {L: 164, T: 685, P: 250}, S: {L: 265, R: 147, P: 190}, W: {T: 931, R: 189, P: 70}}}
    """

  @Test("There are letters for all crossings after the last of a vehicle's, or netconvert makes up walks")
  func spareLetters() throws {
    let text = try file("tll.xml", of: NativeReader.read(text: Self.sideStreet, file: "side street").scenario)
    let states = text.matches(of: /state="([a-zA-Z]*)"/).map { String($0.1) }
    // Vehicles have letters 0 to 7; there are three crossings, with letters 2, 5 and 8.
    #expect(!states.isEmpty && states.allSatisfy { $0.count == 8 + 3 && $0.hasSuffix("rr") })
  }

  @Test("netconvert leaves walks as they are, wherever among the groups the crossings stand")
  func walks() throws {
    try expectSame(NativeReader.read(text: Self.sideStreet, file: "side street").scenario)
  }

  /// s that people walk to the crossing from where they appear, at most: those of the last seconds are not there yet.
  private static let wayToCrossing = 15.0

  /// Of one letter.
  private static let mostCrossings = 4.0

  /// As many people cross by each letter of a signal.
  private func expectSamePeople(_ before: Scenario, _ after: Scenario) throws {
    func people(_ scenario: Scenario) -> [String: (number: Double, rate: Double)] {
      var found: [String: (number: Double, rate: Double)] = [:]
      for flow in scenario.periods[0].demand.pedestrianFlows {
        guard let signal = scenario.network[flow.crossing].signal else { continue }
        let key = "\(WrittenRoundTrip.plain(scenario.network[signal.controller].name)) \(signal.group)"
        let old = found[key] ?? (0, 0)
        found[key] = (old.number + flow.people, max(old.rate, flow.people / (flow.end - flow.begin)))
      }
      return found
    }
    let (old, new) = (people(before), people(after))
    #expect(old.keys.sorted() == new.keys.sorted())
    for (key, people) in old {
      let number = try #require(new[key]).number
      #expect(
        number <= people.number + 1e-6
          && number >= people.number - Self.wayToCrossing * people.rate * Self.mostCrossings,
        "\(key): \(people.number), \(number)")
    }
  }

  /// Rounding of speeds to two decimals, and of headways to thousandths, as a share of the flow.
  private static let flowRounding = 0.005

  /// Vehicles that pass one stop line only discharge it, by their own headways, as the network says.
  private func expectSameFlows(_ before: Scenario, _ after: Scenario) throws {
    let (old, new) = (before.network, after.network)
    let demand = after.periods[0].demand
    for flow in demand.flows {
      let route = demand.routes[flow.route].map { new[$0].name }.compactMap { name in
        old.links.firstIndex { WrittenRoundTrip.plain($0.name) == name }
      }
      guard route.count == 2, let movement = old.movement(from: LinkID(route[0]), to: LinkID(route[1])) else {
        continue
      }
      let following = CarFollowing(types: [demand.vehicleTypes[flow.type]], vehicles: [1])
      for id in old[movement].connections {
        let way = old[id]
        let natural = following.saturationFlow(
          speed: way.speed, laneSpeed: old[way.from].speed, isTurn: way.turn != .through)
        #expect(abs(natural / way.saturationFlow - 1) < Self.flowRounding, "\(old.name(of: movement))")
      }
    }
  }

  @Test(
    "netconvert builds the network of a shipped one, with the same ways, lengths and greens",
    arguments: WrittenRoundTrip.shipped)
  func shipped(name: String) throws { try expectSame(WrittenRoundTrip.scenario(shipped: name)) }

  @Test(
    "netconvert builds the network of a grid, with the same ways, lengths and greens",
    arguments: [(1, 1, 1), (2, 3, 3)])
  func grids(rows: Int, columns: Int, seed: Int) throws {
    try expectSame(WrittenRoundTrip.grid(rows: rows, columns: columns, seed: seed))
  }

  @Test(
    "netconvert builds left-hand networks with the same ways, lengths and greens", arguments: [0, 1, 2, 6])
  func leftHand(seed: Int) throws {
    try expectSame(RandomDrafts.draft(seed).mirrored.scenario())
  }

  @Test("The files are the ones that the configurations name, and what they leave out is told")
  func files() throws {
    let written = SUMOWriter.write(try WrittenRoundTrip.scenario(shipped: "eight-signal-arterial"))
    let names = [
      "nod.xml", "edg.xml", "con.xml", "tll.xml", "rou.xml", "people.xml", "netccfg", "sumocfg",
    ].map { "network." + $0 }
    #expect(written.files.map(\.name) == names)
    #expect(written.files[7].text.contains("\"network.rou.xml,network.people.xml\""))
    for name in names.prefix(4) { #expect(written.files[6].text.contains("\"\(name)\"")) }
    #expect(written.losses.contains { $0.hasPrefix("turning counts") })
  }

  /// One approach with a pocket on either side and a crossing, another one across it.
  private func crossing() throws -> Scenario {
    try NativeReader.read(
      text: """
        greenwave: 1
        name: Corner
        defaults: {length: 200, left-turns: permissive, saturation-flow: {T: 1500}, start-up-lost-time: 2}
        junctions:
          A:
            approaches:
              N: {lanes: [L 60, T, R 40], crossing: 12}
              E: {lanes: [LTR]}
              S: {lanes: [LTR]}
              W: {lanes: [LTR]}
            stages: [[NS.LTR], [EW.LTR, N.P]]
            plan: {cycle: 60, green: [25, 25]}
        periods:
          am: {time: 00:00-01:00, counts: {A: {N: {L: 60, T: 60, R: 60, P: 90}, E: {T: 60}}}}
        """, file: "corner"
    ).scenario
  }

  private func file(_ ending: String, of scenario: Scenario) throws -> String {
    try #require(SUMOWriter.write(scenario).files.first { $0.name == "network." + ending }).text
  }

  @Test("A link is an edge for each stretch between the begins of its pockets")
  func pockets() throws {
    let scenario = try crossing()
    let edges = try file("edg.xml", of: scenario)
    for (name, lanes, length) in [("A.N.60", 2, 140), ("A.N.40", 3, 20), ("A.N", 4, 40)] {
      // The sidewalk is a lane, too.
      #expect(
        edges.split(separator: "\n").contains {
          $0.contains("id=\"\(name)\"") && $0.contains("numLanes=\"\(lanes)\"")
            && $0.contains("length=\"\(length)\"")
        }, "\(name)")
    }
    let connections = try file("con.xml", of: scenario)
    // The left pocket is entered from the lane beside it, and so is the right one.
    #expect(connections.contains("from=\"A.N.60\" to=\"A.N.40\" fromLane=\"1\" toLane=\"2\""))
    #expect(connections.contains("from=\"A.N.40\" to=\"A.N\" fromLane=\"1\" toLane=\"1\""))
    #expect(connections.contains("from=\"A.N.40\" to=\"A.N\" fromLane=\"2\" toLane=\"3\""))
  }

  @Test("States have a letter for every group, pedestrians' too, and crossings say which is theirs")
  func letters() throws {
    let scenario = try crossing()
    let groups = scenario.network.controllers[0].groups
    let states = try file("tll.xml", of: scenario).split(separator: "\"").filter {
      $0.allSatisfy { "GgyrsuoO".contains($0) } && $0.count > 1
    }
    #expect(!states.isEmpty && states.allSatisfy { $0.count >= groups.count })
    let pedestrians = try #require(scenario.network.crossings[0].signal).group
    #expect(
      try file("con.xml", of: scenario).contains(
        "<crossing node=\"A\" edges=\"A.N A.N_out\" priority=\"true\" linkIndex=\"\(pedestrians)\"/>"))
    #expect(try file("people.xml", of: scenario).contains("<walk edges=\"A.N A.N_out\""))
  }

  @Test(
    "Uncounted people are written beside the counted ones; where nobody crosses the configuration names no such file"
  )
  func people() throws {
    var scenario = try crossing()
    scenario.periods[0].demand.walks = [
      PedestrianFlow(crossing: CrossingID(0), begin: 0, end: 900, people: 18)
    ]
    let text = try file("people.xml", of: scenario)
    // 90 in an hour and 18 in a quarter of one, half of them each way.
    #expect(text.components(separatedBy: "exp(0.0125)").count == 3)
    #expect(text.components(separatedBy: "exp(0.01)").count == 3)
    if let netconvert = Self.netconvert {
      let written = SUMOWriter.write(scenario)
      try GMNSFixture.withFolder(written.files.map { ($0.name, Data($0.text.utf8)) }) { folder in
        #expect(try run(netconvert, ["-c", "network.netccfg"], in: folder).0 == 0)
        try expectSamePeople(
          scenario, ScenarioReader.read("\(folder)/network.sumocfg", routes: []).scenario)
      }
    }
    for slice in scenario.periods[0].demand.counts.indices {
      scenario.periods[0].demand.counts[slice].pedestrians = [0]
    }
    scenario.periods[0].demand.walks = []
    #expect(try !file("sumocfg", of: scenario).contains("people"))
  }

  @Test("Types have the headways that make up the saturation flow")
  func headways() throws {
    // 3600 / 1500 s; a car's own at 50 km/h is 3600 / 1867.
    let text = try file("rou.xml", of: try crossing())
    let through = CarFollowing(Demand(begin: 0, end: 1)).saturationFlow(
      speed: 50 / 3.6, laneSpeed: 50 / 3.6, isTurn: false)
    let headway = 1 + 3600 / 1500 - 1 / through
    #expect(text.contains("tau=\"\((headway * 1000).rounded() / 1000)\""))
  }
}
