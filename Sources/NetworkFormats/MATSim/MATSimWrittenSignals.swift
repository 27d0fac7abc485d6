internal import TrafficModel

/// The controllers of a scenario as signal systems, with a plan for each of its periods.
struct MATSimWrittenSignals {
  private(set) var losses: [String] = []
  private(set) var systems = MATSimXML.open("signalSystems")
  private(set) var groups = MATSimXML.open("signalGroups")
  private(set) var control = MATSimXML.open("signalControl")
  private let scenario: Scenario
  private let roads: MATSimWrittenRoads
  private var network: Network { scenario.network }
  private var severalGreens: Set<String> = []
  private var isRounded = false

  init(_ scenario: Scenario, _ roads: MATSimWrittenRoads) {
    self.scenario = scenario
    self.roads = roads
    for index in scenario.network.controllers.indices { add(ControllerID(index)) }
    systems += "</signalSystems>\n"
    groups += "</signalGroups>\n"
    control += "</signalControl>\n"
    findLosses()
  }

  private mutating func add(_ id: ControllerID) {
    let controller = network[id]
    let name = XMLText.escaped(controller.name)
    systems += "  <signalSystem id=\"\(name)\">\n    <signals>\n"
    groups += "  <signalSystem refId=\"\(name)\">\n"
    for (group, description) in controller.groups.enumerated() where description.kind == .vehicle {
      groups += "    <signalGroup id=\"\(XMLText.escaped(description.name))\">\n"
      for lane in lanes(of: network.connectionsOfGroup[id.index][group]) {
        let signal = "\(roads.name(of: lane)) \(description.name)"
        systems += self.signal(signal, lane, SignalGroupReference(controller: id, group: group))
        groups += "      <signal refId=\"\(XMLText.escaped(signal))\"/>\n"
      }
      groups += "    </signalGroup>\n"
    }
    systems += "    </signals>\n  </signalSystem>\n"
    groups += "  </signalSystem>\n"
    control +=
      "  <signalSystem refId=\"\(name)\">\n    <signalSystemController>\n"
      + "      <controllerIdentifier>DefaultPlanbasedSignalSystemController</controllerIdentifier>\n"
    for period in scenario.periods {
      if let program = period.existingPlan[id] { addPlan(program, period, controller) }
    }
    control += "    </signalSystemController>\n  </signalSystem>\n"
  }

  private func lanes(of connections: [ConnectionID]) -> [LaneID] {
    Set(connections.map { network[$0].from }).sorted()
  }

  private func signal(_ id: String, _ lane: LaneID, _ reference: SignalGroupReference) -> String {
    let link = XMLText.escaped(roads.links[network[lane].link.index])
    var text =
      "      <signal id=\"\(XMLText.escaped(id))\" linkIdRef=\"\(link)\">\n"
      + "        <lane refId=\"\(XMLText.escaped(roads.name(of: lane)))\"/>\n"
    let all = network.connectionsFromLane[lane.index]
    let own = all.filter { network[$0].signal == reference }
    if own.count < all.count {
      text += "        <turningMoveRestrictions>\n"
      for target in Set(own.map { network[network[$0].to].link }).sorted() {
        text += "          <toLink refId=\"\(XMLText.escaped(roads.links[target.index]))\"/>\n"
      }
      text += "        </turningMoveRestrictions>\n"
    }
    return text + "      </signal>\n"
  }

  // MARK: Plans

  private mutating func addPlan(_ program: SignalProgram, _ period: Period, _ controller: SignalController) {
    let cycle = whole(program.cycle)
    control +=
      "      <signalPlan id=\"\(XMLText.escaped(period.name))\">\n"
      + "        <start daytime=\"\(MATSimXML.time(period.demand.begin))\"/>\n"
      + "        <stop daytime=\"\(MATSimXML.time(period.demand.end))\"/>\n"
      + "        <cycleTime sec=\"\(cycle)\"/>\n"
      + "        <offset sec=\"\(whole(program.offset.wrapped(in: program.cycle)))\"/>\n"
    for (group, description) in controller.groups.enumerated() where description.kind == .vehicle {
      let greens = program.spans(ofGroup: group, where: \.mayGo)
      guard let longest = greens.max(by: { $0.length < $1.length }) else { continue }
      if greens.count > 1 { severalGreens.insert("\(controller.name): \(description.name)") }
      let onset = whole(longest.begin)
      let end = whole(longest.begin + longest.length)
      let isAlways = longest.length >= program.cycle - 1e-9
      let dropping = isAlways || end % cycle == 0 ? cycle : end % cycle
      control +=
        "        <signalGroupSettings refId=\"\(XMLText.escaped(description.name))\">\n"
        + "          <onset sec=\"\(isAlways ? 0 : onset)\"/>\n          <dropping sec=\"\(dropping)\"/>\n"
        + "        </signalGroupSettings>\n"
    }
    control += "      </signalPlan>\n"
  }

  /// MATSim's seconds are whole.
  private mutating func whole(_ seconds: Double) -> Int {
    if abs(seconds - seconds.rounded()) > 1e-6 { isRounded = true }
    return Int(seconds.rounded())
  }

  private mutating func findLosses() {
    guard !network.controllers.isEmpty else { return }
    func lose(_ isLost: Bool, _ words: String) { if isLost { losses.append(words) } }
    lose(
      true,
      "yellow, minimum greens, intergreens and cycle ranges are left out: MATSim's plans have greens")
    lose(
      network.controllers.contains { $0.groups.contains { $0.kind == .pedestrian } },
      "signal groups of pedestrians are left out")
    for name in severalGreens.sorted() {
      losses.append(
        "signal group \(name): it is green several times in a cycle, the longest green is written")
    }
    lose(isRounded, "greens, cycles and offsets are written in whole seconds")
    let states = scenario.periods.flatMap { $0.existingPlan.programs.compactMap { $0 } }
      .flatMap { $0.intervals.flatMap(\.states) }
    lose(
      states.contains { $0.mayGo && !$0.isGreen },
      "turn on red, blinking and switched-off signals are written as green")
  }
}
