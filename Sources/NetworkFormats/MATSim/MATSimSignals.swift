internal import NetworkBuilding
internal import TrafficModel

/// Signal systems, groups and plans of a MATSim scenario.
struct MATSimSignals {
  struct Signal {
    var id: String
    var link: Int
    /// Names of the lanes it is for; empty for all of the link.
    var lanes: [String]
    /// Links it is for; empty for all that follow.
    var targets: [Int]
    var group: Int?
    var place: TextPlace
  }
  struct Plan {
    var id: String
    /// Absolute s; nil for one that always runs.
    var time: Range<Double>?
    var cycle: Double
    var offset: Double
    /// By group: the green; nil where it has none.
    var greens: [GreenSpan?]
  }
  struct System {
    var id: String
    var signals: [Signal] = []
    var groups: [String] = []
    var plans: [Plan] = []
    /// Whether the plan is of our making, as the file has none.
    var isMadeUp = false
    var place: TextPlace
  }
  private(set) var systems: [System] = []
  private var systemOfID: [String: Int] = [:]

  init() {}

  init(systems: MATSimFile, groups: MATSimFile, control: MATSimFile, _ roads: MATSimRoads) {
    systems.read(["signalSystems"]) { readSystem($0, roads, &systems.log) }
    guard !systems.log.hasErrors else { return }
    groups.read(["signalGroups"]) { readGroups($0, &groups.log) }
    for system in self.systems.indices {
      for signal in self.systems[system].signals.indices
      where self.systems[system].signals[signal].group == nil {
        let id = self.systems[system].signals[signal].id
        groups.log.warning(
          "signal '\(id)' of system '\(self.systems[system].id)' is in no group: it has its own")
        self.systems[system].signals[signal].group = self.systems[system].groups.count
        self.systems[system].groups.append(id)
      }
    }
    guard !groups.log.hasErrors else { return }
    control.read(["signalControl"]) { readControl($0, control) }
  }

  private mutating func readSystem(_ node: XMLNode, _ roads: MATSimRoads, _ log: inout DiagnosticLog) {
    guard node.name == "signalSystem", let id = node.text("id", &log) else { return }
    guard systemOfID[id] == nil else {
      log.error("the signal system '\(id)' is there twice", at: node.place, quote: id)
      return
    }
    var system = System(id: id, place: node.place)
    for signal in node.children("signals").flatMap({ $0.children("signal") }) {
      guard let id = signal.text("id", &log), let name = signal.text("linkIdRef", &log) else { continue }
      func link(_ name: String, _ place: TextPlace) -> Int? {
        if let link = roads.linkOfID[name] { return link }
        if !roads.otherLinks.contains(name) {
          log.unknown("link", name, at: place, known: roads.links.map(\.name))
        }
        return nil
      }
      guard let index = link(name, signal.place) else { continue }
      let lanes = signal.children("lane").compactMap { $0.text("refId", &log) }
      let known = roads.stopLanes[index]?.map(\.id) ?? []
      for lane in lanes where !known.contains(lane) {
        log.unknown("lane of link '\(name)'", lane, at: signal.place, known: known)
      }
      let restrictions = signal.children("turningMoveRestrictions").flatMap { $0.children("toLink") }
      let targets = restrictions.compactMap { $0.text("refId", &log) }.compactMap { link($0, signal.place) }
      system.signals.append(
        Signal(id: id, link: index, lanes: lanes, targets: targets, place: signal.place))
    }
    systemOfID[id] = systems.count
    systems.append(system)
  }

  private func system(_ node: XMLNode, _ log: inout DiagnosticLog) -> Int? {
    guard node.name == "signalSystem", let id = node.text("refId", &log) else { return nil }
    if let index = systemOfID[id] { return index }
    log.unknown("signal system", id, at: node.place, known: systems.map(\.id))
    return nil
  }

  private mutating func readGroups(_ node: XMLNode, _ log: inout DiagnosticLog) {
    guard let index = system(node, &log) else { return }
    for group in node.children("signalGroup") {
      guard let id = group.text("id", &log) else { continue }
      guard !systems[index].groups.contains(id) else {
        log.error("the signal group '\(id)' is there twice", at: group.place, quote: id)
        continue
      }
      for member in group.children("signal") {
        guard let name = member.text("refId", &log) else { continue }
        guard let signal = systems[index].signals.firstIndex(where: { $0.id == name }) else {
          log.unknown("signal", name, at: member.place, known: systems[index].signals.map(\.id))
          continue
        }
        systems[index].signals[signal].group = systems[index].groups.count
      }
      systems[index].groups.append(id)
    }
  }

  // MARK: Plans

  /// s; longer cycles are a mistake.
  private static let cycles = 1.0...3600.0

  /// s of green, yellow and all-red of each group in a plan of our making.
  private static let turn = 20.0

  private mutating func readControl(_ node: XMLNode, _ file: MATSimFile) {
    guard let index = system(node, &file.log) else { return }
    let plans = node.children("signalSystemController").flatMap { $0.children("signalPlan") }
    if plans.isEmpty {
      file.log.warning(
        "signal system '\(systems[index].id)' has no plan: one that shows its groups green one after the other stands for what runs",
        at: node.place)
      systems[index].isMadeUp = true
      let count = Double(systems[index].groups.count)
      let cycle = count * Self.turn
      systems[index].plans.append(
        Plan(
          id: "made up", time: nil, cycle: max(cycle, Self.turn), offset: 0,
          greens: systems[index].groups.indices.map {
            GreenSpan(
              begin: Double($0) * Self.turn, length: Self.turn - UsualFigures.yellow - UsualFigures.allRed)
          }))
    }
    for plan in plans {
      guard let id = plan.text("id", &file.log) else { continue }
      func daytime(_ name: String) -> Double? {
        guard let child = plan.children(name).first, let text = child["daytime"] else { return 0 }
        return file.time(text, of: name, at: child.place)
      }
      let (start, stop) = (daytime("start"), daytime("stop"))
      let cycle = seconds("cycleTime", plan, file)
      let offset = seconds("offset", plan, file, missing: 0)
      guard let cycle else { continue }
      guard Self.cycles.contains(cycle) else {
        file.log.error(
          "signal plan '\(id)': the cycle of \(plainNumber(cycle)) s is not in 1 … 3600 s", at: plan.place,
          quote: id)
        continue
      }
      var greens = [GreenSpan?](repeating: nil, count: systems[index].groups.count)
      for setting in plan.children("signalGroupSettings") {
        let name = setting.text("refId", &file.log)
        let (onset, dropping) = (seconds("onset", setting, file), seconds("dropping", setting, file))
        guard let name else { continue }
        guard let group = systems[index].groups.firstIndex(of: name) else {
          file.log.unknown("signal group", name, at: setting.place, known: systems[index].groups)
          continue
        }
        guard let onset, let dropping else { continue }
        let begin = onset.wrapped(in: cycle)
        let length = (dropping - onset).wrapped(in: cycle)
        // From one begin of the cycle to another is always, the same second otherwise never.
        if length > 0 || begin == 0 {
          greens[group] = GreenSpan(begin: begin, length: length > 0 ? length : cycle)
        }
      }
      guard let start, let stop, let offset else { continue }
      systems[index].plans.append(
        Plan(id: id, time: stop > start ? start..<stop : nil, cycle: cycle, offset: offset, greens: greens))
    }
  }

  private func seconds(
    _ name: String, _ parent: XMLNode, _ file: MATSimFile, missing: Double? = nil
  ) -> Double? {
    guard let node = parent.children(name).first else {
      if missing == nil {
        file.log.error("<\(parent.name)> has no <\(name)>", at: parent.place, quote: "<\(parent.name)")
      }
      return missing
    }
    return node.number("sec", &file.log)
  }
}
