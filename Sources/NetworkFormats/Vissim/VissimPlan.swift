internal import NetworkBuilding
internal import TrafficModel

/// Joins files of Vissim's controllers to a network: one file is one controller.
struct VissimPlan {
  private let network: Network
  private let time: PlanTime
  private(set) var plan: TimingPlan
  private var places: [Int: String] = [:]

  init(name: String, network: Network, time: PlanTime) {
    (self.network, self.time) = (network, time)
    plan = TimingPlan(
      name: name, programs: [SignalProgram?](repeating: nil, count: network.controllers.count))
  }

  /// Adds the controller of a file; what is wrong goes to the log.
  mutating func add(_ source: InputFile, _ log: inout DiagnosticLog) {
    let file: VissimFile
    do { file = try VissimFile(source, &log) } catch {
      log.append(error.diagnostics)
      return
    }
    guard let id = controller(file, source, &log) else { return }
    if let other = places.updateValue(source.path, forKey: id.index) {
      log.error("controller '\(network[id].name)' stands in '\(other)', too")
      return
    }
    guard let groups = groups(file, network[id], &log), let program = program(file, &log) else { return }
    guard let timeline = VissimTimeline(program, of: file, groups: groups, &log) else { return }
    checkIntergreens(file, groups, timeline, network[id], &log)
    plan[id] = SignalProgram(
      controller: id, name: program.name.isEmpty ? program.id : program.name,
      offset: Double(program.offset) / 1000, intervals: timeline.intervals(network[id].conflicts)
    ).beginningWithStage()
  }

  /// The controller of the file's name, number or file name, or the network's only one.
  private func controller(
    _ file: VissimFile, _ source: InputFile, _ log: inout DiagnosticLog
  ) -> ControllerID? {
    let names = network.controllers.map { Self.plain($0.name) }
    let base = String((source.path.split(separator: "/").last ?? "").dropLast(VissimFormat.ending.count))
    for name in [file.name, file.id, base] {
      if let index = names.firstIndex(of: name) { return ControllerID(index) }
    }
    if names.count == 1 { return ControllerID(0) }
    log.unknown(
      "controller", file.name.isEmpty ? base : file.name, at: TextPlace(line: 1, column: 1), known: names)
    return nil
  }

  /// By group of the network, that of the file: by their names, or else all by their numbers.
  private func groups(
    _ file: VissimFile, _ controller: SignalController, _ log: inout DiagnosticLog
  ) -> [VissimFile.Group]? {
    let byName = controller.groups.map { group in file.groups.first { $0.name == Self.plain(group.name) } }
    let byID = controller.groups.map { group in file.groups.first { $0.id == group.name } }
    let found = !byID.contains { $0 == nil } && !byName.contains { $0 != nil } ? byID : byName
    let used = Set(found.compactMap { $0?.id })
    let free = file.groups.filter { !used.contains($0.id) }
    for (group, match) in zip(controller.groups, found) where match == nil {
      let nearest = nearestName(to: group.name, among: free.map(\.name)).map { ["the nearest is '\($0)'"] }
      log.error(
        "the file has no signal group '\(group.name)' of controller '\(controller.name)'",
        notes: nearest
          ?? (free.isEmpty ? [] : ["it has also " + free.map { "'\($0.name)'" }.joined(separator: ", ")]))
    }
    guard used.count == controller.groups.count else { return nil }
    if let first = free.first {
      log.warning(
        "\(counted(free.count, "signal group")) that the network does not have left out: '\(first.name)'",
        at: first.place,
        quote: first.name)
    }
    return found.compactMap { $0 }
  }

  /// A name as an XML attribute holds it: white space of every kind is a space there.
  private static func plain(_ name: String) -> String { String(name.map { $0.isWhitespace ? " " : $0 }) }

  // MARK: Which programme

  /// The programme that runs for most of the time that is asked for, by the list of a day; else the only one, the one of
  /// the period's name, or the first.
  private func program(_ file: VissimFile, _ log: inout DiagnosticLog) -> VissimFile.Program? {
    guard let first = file.programs.first else {
      log.error("the file has no programme")
      return nil
    }
    if let day = file.days.first(where: { !$0.isEmpty }) {
      if file.days.count > 1 {
        log.warning("of \(file.days.count) lists of days the first is followed", at: day[0].place)
      }
      return program(of: day, file, &log)
    }
    if file.programs.count == 1 { return first }
    let named = file.programs.first { $0.name == time.period }
    if named == nil {
      log.warning(
        "the file has \(file.programs.count) programmes and no list of a day: '\(first.name)' is read",
        at: first.place)
    }
    return named ?? first
  }

  private func program(
    of day: [(time: Int, program: String, place: TextPlace)], _ file: VissimFile, _ log: inout DiagnosticLog
  ) -> VissimFile.Program? {
    let (begin, end) = (time.time.lowerBound, max(time.time.upperBound, time.time.lowerBound + 1))
    var shares: [(seconds: Double, item: (time: Int, program: String, place: TextPlace))] = []
    for (index, item) in day.enumerated() {
      // The first one runs before its time, too.
      let from = index == 0 ? -Double.infinity : Double(item.time) / 1000
      let to = index + 1 < day.count ? Double(day[index + 1].time) / 1000 : .infinity
      let seconds = min(end, to) - max(begin, from)
      if seconds > 0 { shares.append((seconds, item)) }
    }
    guard let most = shares.max(by: { $0.seconds < $1.seconds })?.item else { return nil }
    guard let found = file.programs.first(where: { $0.id == most.program }) else {
      log.unknown("programme", most.program, at: most.place, known: file.programs.map(\.id))
      return nil
    }
    if Set(shares.map(\.item.program)).count > 1 {
      log.warning(
        "several programmes run in the period '\(time.period)': '\(found.name)', which does for most of it, is read",
        at: most.place)
    }
    return found
  }

  // MARK: Intergreens

  /// The file has ms, s.
  private static let resolution = 0.001

  /// A programme that does not keep the file's own intergreens is told, and what the file asks for beyond the network.
  private func checkIntergreens(
    _ file: VissimFile, _ groups: [VissimFile.Group], _ timeline: VissimTimeline,
    _ controller: SignalController,
    _ log: inout DiagnosticLog
  ) {
    var longer: [(pair: String, place: TextPlace)] = []
    for entry in file.intergreens {
      guard let clearing = groups.firstIndex(where: { $0.id == entry.clearing }),
        let entering = groups.firstIndex(where: { $0.id == entry.entering })
      else { continue }
      let (needed, pair) = (
        Double(entry.time) / 1000, "'\(groups[clearing].name)' to '\(groups[entering].name)'"
      )
      if let gap = timeline.gap(from: clearing, to: entering), gap < needed - Self.resolution {
        log.warning(
          "from \(pair) the programme has \(PlanText.number(gap)) s, the file's intergreen is \(PlanText.number(needed)) s",
          at: entry.place)
      }
      if controller.intergreens[clearing][entering] < needed - Self.resolution {
        longer.append((pair, entry.place))
      }
    }
    if let first = longer.first {
      log.warning(
        "\(counted(longer.count, "intergreen")) of the file longer than the network's, by which plans are checked: from \(first.pair)",
        at: first.place)
    }
  }
}
