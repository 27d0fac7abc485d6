internal import NetworkBuilding
internal import TrafficModel

/// Plans as tables of a controller's objects, in the words and units of NTCIP 1202: phases, overlaps and channels, splits,
/// patterns, coordination. Documentation/PlanFormat.md has the columns.
struct ControllerTableFormat: PlanWriter {
  let name = "ntcip"

  func write(
    _ plan: TimingPlan, of scenario: Scenario, in period: Period, origin: (any Sendable)?
  ) -> WrittenScenario {
    var table = ControllerTable(network: scenario.network)
    for program in plan.programs.compactMap({ $0 }) { table.add(program, plan: plan.name) }
    return WrittenScenario(
      files: [
        .init(name: "", text: (table.text.utf8.allSatisfy { $0 < 0x80 } ? "" : "\u{FEFF}") + table.text)
      ],
      losses: table.losses)
  }
}

/// The rows of such a table.
struct ControllerTable {
  private(set) var text = CSVText.line([
    "plan", "controller", "table", "index", "phase", "object", "value", "unit", "for",
  ])
  private(set) var losses: [String] = []
  private let network: Network

  init(network: Network) { self.network = network }

  /// Phases, overlaps and channels that the standard's objects number with one octet, as controllers have them.
  private static let most = 16

  /// Adds what makes a controller run a programme.
  mutating func add(_ program: SignalProgram, plan: String) {
    let controller = network[program.controller]
    let phases = ControllerPhases(program, controller)
    let sheet = ControllerSheet(program, network: network)
    func row(
      _ table: String, _ index: Int, phase: Int? = nil, _ object: String, _ value: String,
      _ unit: String = "", for what: String = ""
    ) {
      text += CSVText.line([
        plan, controller.name, table, String(index), phase.map { String($0) } ?? "", object, value, unit,
        what,
      ])
    }
    func names(_ phase: ControllerPhases.Phase) -> String {
      phase.services.map { controller.groups[$0.group].name }.joined(separator: " + ")
    }
    for phase in phases.phases {
      let (number, what) = (phase.number, names(phase))
      let walk = sheet.rows.first { $0.number == number }?.walk ?? phase.walk
      row("phase", number, "phaseWalk", PlanText.roundedSeconds(walk), "s", for: what)
      row(
        "phase", number, "phasePedestrianClear", PlanText.roundedSeconds(phase.pedestrianClear), "s",
        for: what)
      row("phase", number, "phaseMinimumGreen", PlanText.roundedSeconds(phase.minimumGreen), "s", for: what)
      row("phase", number, "phaseYellowChange", Self.tenths(phase.yellow), "0.1 s", for: what)
      row("phase", number, "phaseRedClear", Self.tenths(phase.allRed), "0.1 s", for: what)
      row("phase", number, "phaseRing", String(phase.ring), for: what)
      let others = phases.phases.filter { $0.ring != phase.ring && $0.barrier == phase.barrier }
      row(
        "phase", number, "phaseConcurrency", others.map { String($0.number) }.joined(separator: " "),
        for: what)
    }
    addSignals(phases, controller, row: { row($0, $1, $2, $3, for: $4) })
    for (ring, order) in phases.sequence {
      row("sequence", 1, "sequenceData ring \(ring)", order.map { String($0) }.joined(separator: " "))
    }
    let coordinated = Set(sheet.coordinated)
    for phase in phases.phases {
      let isLeftOut = phase.begin == nil
      row(
        "split", 1, phase: phase.number, "splitTime", isLeftOut ? "0" : PlanText.roundedSeconds(phase.split),
        "s",
        for: names(phase))
      row(
        "split", 1, phase: phase.number, "splitMode", isLeftOut ? "phaseOmitted" : "maximumVehicleRecall",
        for: names(phase))
      row(
        "split", 1, phase: phase.number, "splitCoordPhase",
        coordinated.contains(phase.number) ? "true" : "false",
        for: names(phase))
    }
    row("pattern", 1, "patternCycleTime", PlanText.roundedSeconds(program.cycle), "s", for: program.name)
    row("pattern", 1, "patternOffsetTime", PlanText.roundedSeconds(sheet.offset), "s", for: program.name)
    row("pattern", 1, "patternSplitNumber", "1", for: program.name)
    row("pattern", 1, "patternSequenceNumber", "1", for: program.name)
    let reference = sheet.referencePhases.map { String($0) }.joined(separator: " + ")
    row("coordination", 1, "offset reference", "begin of green of phase \(reference)")
    row("coordination", 1, "coordForceMode", "fixed")
    tell(phases, program, controller)
  }

  /// Which phase or overlap each signal group follows: an overlap where several phases serve it.
  private func addSignals(
    _ phases: ControllerPhases, _ controller: SignalController,
    row: (_ table: String, _ index: Int, _ object: String, _ value: String, _ what: String) -> Void
  ) {
    var overlap = 0
    var channels: [(source: Int, type: String, name: String)] = []
    for (index, group) in controller.groups.enumerated() {
      let serving = phases.numbers(serving: index)
      guard let first = serving.first else { continue }
      let isPedestrian = group.kind == .pedestrian
      if serving.count == 1 {
        channels.append((first, isPedestrian ? "phasePedestrian" : "phaseVehicle", group.name))
        continue
      }
      overlap += 1
      let yellow = phases.phases.filter { serving.contains($0.number) }.map(\.yellow).max() ?? 0
      row("overlap", overlap, "overlapType", "normal", group.name)
      row(
        "overlap", overlap, "overlapIncludedPhases", serving.map { String($0) }.joined(separator: " "),
        group.name)
      row("overlap", overlap, "overlapTrailGreen", "0", group.name)
      row("overlap", overlap, "overlapTrailYellow", isPedestrian ? "0" : Self.tenths(yellow), group.name)
      channels.append((overlap, "overlap", group.name))
    }
    for (index, channel) in channels.enumerated() {
      row("channel", index + 1, "channelControlSource", String(channel.source), channel.name)
      row("channel", index + 1, "channelControlType", channel.type, channel.name)
    }
  }

  private static func tenths(_ seconds: Double) -> String {
    PlanText.number((seconds * 1e4).rounded() / 1000)
  }

  /// What the table does not say of the programme.
  private mutating func tell(
    _ phases: ControllerPhases, _ program: SignalProgram, _ controller: SignalController
  ) {
    let whole =
      phases.phases.flatMap { [$0.walk, $0.pedestrianClear, $0.minimumGreen, $0.split] } + [
        program.cycle, program.offset,
      ]
    if whole.contains(where: { abs($0 - $0.rounded()) > SignalProgram.slack }) {
      losses.append(
        "fractions of seconds of controller '\(controller.name)': the objects have whole ones; the table has the plan's"
      )
    }
    if phases.phases.count > Self.most {
      losses.append(
        "controller '\(controller.name)' has \(phases.phases.count) phases: most controllers have \(Self.most) at most"
      )
    }
    let others = phases.differing(from: program, controller)
    if !others.isEmpty {
      let names = others.map { "'\(controller.groups[$0].name)'" }.joined(separator: ", ")
      losses.append(
        "begins and ends of greens of controller '\(controller.name)' that differ from those of its phases: \(names)"
      )
    }
  }
}
