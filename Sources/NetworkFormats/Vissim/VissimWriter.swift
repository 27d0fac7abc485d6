internal import NetworkBuilding
internal import TrafficModel

/// Writes the programmes of a plan as Vissim's controllers.
struct VissimWriter {
  private(set) var written = WrittenScenario(files: [], losses: [])
  private let period: String

  /// - Parameter period: what the plan is for; the list of the day has its name.
  init(_ plan: TimingPlan, of network: Network, period: String) {
    self.period = period
    let programs = plan.programs.compactMap { $0 }
    let names = PlainNames(network.controllers.map(\.name)) { "/\\:*?\"<>|".contains($0) || $0.isNewline }
    for program in programs {
      let index = program.controller.index
      let text = text(of: program, network.controllers[index], number: index + 1)
      let isOnly = network.controllers.count == 1
      written.files.append(.init(name: isOnly ? "" : names.all[index] + VissimFormat.ending, text: text))
    }
  }

  /// How a group shows its greens.
  private struct Signals {
    /// ms: begin of green, begin of red.
    var greens: [(begin: Int, red: Int)]
    var amber: Int
    var redAmber: Int
    var isAlwaysGreen: Bool

    /// The signal sequence, of those that every file has, and one that no file has.
    var sequence: Int {
      if greens.isEmpty { return isAlwaysGreen ? 2 : 1 }
      return redAmber > 0 ? (amber > 0 ? 3 : 8) : amber > 0 ? 7 : 4
    }
  }

  /// Displays by id, and sequences of them; those marked have a fixed duration.
  private static let displays = [
    (1, "Red", "RED"), (2, "Red/Amber", "REDAMBER"), (3, "Green", "GREEN"), (4, "Amber", "AMBER"),
  ]
  private static let sequences: [(id: Int, name: String, displays: [Int])] = [
    (1, "Permanent Red", [1]), (2, "Permanent Green", [3]), (3, "Red-Red/Amber-Green-Amber", [1, 2, 3, 4]),
    (4, "Red-Green", [1, 3]), (7, "Red-Green-Amber", [1, 3, 4]), (8, "Red-Red/Amber-Green", [1, 2, 3]),
  ]
  private static let fixed = [2, 4]

  private static func milliseconds(_ seconds: Double) -> Int {
    Int(exactly: (min(seconds, 1e6) * 1000).rounded()) ?? 0
  }

  private mutating func text(of program: SignalProgram, _ controller: SignalController, number: Int) -> String
  {
    let cycle = Self.milliseconds(program.cycle)
    let signals = controller.groups.indices.map { Self.signals(of: $0, program, cycle: cycle) }
    tell(signals, program, controller, cycle)
    let times = signals.flatMap { $0.greens.flatMap { [$0.begin, $0.red] } } + [cycle]
    let isWhole = times.allSatisfy { $0 % 1000 == 0 }
    if !times.allSatisfy({ $0 % 100 == 0 }) {
      written.losses.append(
        "hundredths of seconds of controller '\(controller.name)': Vissim's control counts tenths at most")
    }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<sc version=\"201801\" id=\"\(number)\" name=\"\(XMLText.escaped(controller.name))\" frequency=\"\(isWhole ? 1 : 10)\" steps=\"0\" defaultIntergreenMatrix=\"1\">",
      "  <signaldisplays>",
    ]
    lines += Self.displays.map { "    <display id=\"\($0.0)\" name=\"\($0.1)\" state=\"\($0.2)\" />" }
    lines += ["  </signaldisplays>", "  <signalsequences>"]
    for sequence in Self.sequences {
      lines.append("    <signalsequence id=\"\(sequence.id)\" name=\"\(sequence.name)\">")
      lines += sequence.displays.map { display in
        let duration = [1: 1000, 2: 1000, 3: 5000, 4: 3000][display] ?? 0
        return
          "      <state display=\"\(display)\" isFixedDuration=\"\(Self.fixed.contains(display))\" isClosed=\"\(display != 3)\" defaultDuration=\"\(duration)\" />"
      }
      lines.append("    </signalsequence>")
    }
    lines += ["  </signalsequences>", "  <sgs>"]
    for (index, group) in controller.groups.enumerated() {
      lines += [
        "    <sg id=\"\(index + 1)\" name=\"\(XMLText.escaped(group.name))\" defaultSignalSequence=\"\(signals[index].sequence)\">",
        "      <defaultDurations>",
        "        <defaultDuration display=\"3\" duration=\"\(Self.milliseconds(group.minimumGreen))\" />",
        "      </defaultDurations>", "    </sg>",
      ]
    }
    lines +=
      ["  </sgs>"] + intergreens(controller) + programme(program, signals, cycle)
      + stages(program, controller)
    lines += [
      "  <interstageProgs />", "  <stageProgs />", "  <dailyProgLists>",
      "    <dailyProgList id=\"1\" name=\"\(XMLText.escaped(period))\">", "      <dailyProgListItems>",
      "        <dailyProgListItem time=\"0\" prog_id=\"1\" />", "      </dailyProgListItems>",
      "    </dailyProgList>",
      "  </dailyProgLists>", "</sc>",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func signals(of group: Int, _ program: SignalProgram, cycle: Int) -> Signals {
    let greens = program.greens(ofGroup: group)
    let isAlways = greens.contains { $0.length >= program.cycle - SignalProgram.slack }
    let redAmber = program.spans(ofGroup: group) { $0 == .redYellow }.map(\.length).max() ?? 0
    return Signals(
      greens: isAlways
        ? []
        : greens.map { (milliseconds($0.begin) % cycle, milliseconds($0.end + $0.yellow) % cycle) }
          .sorted { $0.begin < $1.begin },
      amber: milliseconds(greens.map(\.yellow).max() ?? 0), redAmber: milliseconds(redAmber),
      isAlwaysGreen: isAlways)
  }

  private func intergreens(_ controller: SignalController) -> [String] {
    let groups = controller.groups.indices
    let pairs = groups.flatMap { a in groups.map { (a, $0) } }.filter {
      controller.intergreens[$0.0][$0.1] > 0
    }
    return ["  <intergreenmatrices>", "    <intergreenmatrix id=\"1\" name=\"Intergreens\">"]
      + pairs.map { a, b in
        "      <intergreen clearingsg=\"\(a + 1)\" enteringsg=\"\(b + 1)\" value=\"\(Self.milliseconds(controller.intergreens[a][b]))\" />"
      } + ["    </intergreenmatrix>", "  </intergreenmatrices>"]
  }

  private func programme(_ program: SignalProgram, _ signals: [Signals], _ cycle: Int) -> [String] {
    let offset = Self.milliseconds(program.offset.wrapped(in: program.cycle)) % cycle
    var lines = [
      "  <progs>",
      "    <prog id=\"1\" cycletime=\"\(cycle)\" switchpoint=\"0\" offset=\"\(offset)\" intergreens=\"1\" name=\"\(XMLText.escaped(program.name))\">",
      "      <sgs>",
    ]
    for (index, group) in signals.enumerated() {
      let commands =
        group.greens.isEmpty
        ? [(0, group.isAlwaysGreen ? 3 : 1)]
        : group.greens.flatMap { [($0.begin, 3), ($0.red, 1)] }.sorted { $0.0 < $1.0 }
      lines += [
        "        <sg sg_id=\"\(index + 1)\" signal_sequence=\"\(group.sequence)\">", "          <cmds>",
      ]
      lines += commands.map { "            <cmd display=\"\($0.1)\" begin=\"\($0.0)\" />" }
      lines += ["          </cmds>", "          <fixedstates>"]
      lines += [(2, group.redAmber), (4, group.amber)].filter { $0.1 > 0 && !group.greens.isEmpty }.map {
        "            <fixedstate display=\"\($0.0)\" duration=\"\($0.1)\" />"
      }
      lines += ["          </fixedstates>", "        </sg>"]
    }
    return lines + ["      </sgs>", "    </prog>", "  </progs>"]
  }

  private func stages(_ program: SignalProgram, _ controller: SignalController) -> [String] {
    var lines = ["  <stages>"]
    for (number, row) in program.stages.enumerated() {
      lines += ["    <stage id=\"\(number + 1)\" name=\"Stage \(number + 1)\">", "      <activations>"]
      lines += controller.groups.indices.map { group in
        let isOn = program.intervals[row].states[group].isGreen
        return "        <activation sg_id=\"\(group + 1)\" activation=\"\(isOn ? "ON" : "OFF")\" />"
      }
      lines += ["      </activations>", "    </stage>"]
    }
    return lines + ["  </stages>"]
  }

  /// What the file says otherwise than the programme, group by group.
  private mutating func tell(
    _ signals: [Signals], _ program: SignalProgram, _ controller: SignalController, _ cycle: Int
  ) {
    let timeline = VissimTimeline(
      cycle: cycle,
      switches: signals.map { group in
        guard !group.greens.isEmpty else { return [(0, group.isAlwaysGreen ? .protectedGreen : .red)] }
        return group.greens.flatMap { green -> [(time: Int, state: SignalState)] in
          [
            ((green.begin - group.redAmber + cycle) % cycle, .redYellow), (green.begin, .protectedGreen),
            ((green.red - group.amber + cycle) % cycle, .yellow), (green.red, .red),
          ]
        }.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
      })
    // Wherever one of the two may change, from there to the next such moment.
    let starts = program.intervals.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1.duration) }
    let bounds = Set(starts.map(Self.milliseconds) + timeline.switches.joined().map(\.time) + [cycle])
      .sorted()
    for (index, group) in controller.groups.enumerated() {
      let isOther = zip(bounds, bounds.dropFirst()).contains { begin, end in
        let middle = Double(begin + end) / 2000
        let row = program.intervals.indices.last { starts[$0] <= middle } ?? 0
        let (state, shown) = (
          program.intervals[row].states[index], timeline.state(index, at: (begin + end) / 2)
        )
        return shown.isGreen != state.isGreen || !shown.isGreen && shown != state
      }
      guard isOther else { continue }
      written.losses.append(
        "all that signal group '\(group.name)' of controller '\(controller.name)' shows: red, red and amber, green and amber, each of one length, are written"
      )
    }
  }
}
