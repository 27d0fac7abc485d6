internal import NetworkBuilding
public import TrafficModel

extension UTDFWriter {
  /// A UTDF file with another plan: what else stands in it, understood or not, stays as it is.
  ///
  /// The phases keep their numbers, rings and movements; their order, greens, all-reds, begins and ends, and cycles and
  /// offsets are the plan's.
  /// - Parameters:
  ///   - plan: of the network that `original` was read as.
  ///   - original: the text of a combined file.
  ///   - file: its name, for diagnostics.
  /// - Returns: the new text; in `failures`, controllers whose plan the phases cannot say, and that would run what they ran beside
  ///   others that do not.
  /// - Throws: `InputFailure` where the original cannot be read.
  public static func write(
    _ plan: TimingPlan, updating original: String, file: String
  ) throws(InputFailure) -> WrittenScenario {
    let scenario = try UTDFReader.read(text: original, file: file).scenario
    precondition(
      plan.programs.count == scenario.network.controllers.count, "the plan is of the file's network")
    var log = DiagnosticLog(file: file, text: original)
    var utdf = UTDFFile(text: original, file: file, &log)
    let settings = UTDFSettings(utdf, &log)
    let nodes = UTDFNodes(utdf, settings: settings, assumesNeighbours: false, &log)
    var roads = UTDFRoads(nodes, &log)
    let signals = UTDFSignals(utdf, settings: settings, nodes: nodes, roads: &roads, &log)
    var (losses, failures): ([String], [String]) = ([], [])
    for (index, member) in signals.members.enumerated() {
      guard let program = plan.programs[index] else { continue }
      // Rounding in what somebody exported is not to be mended where the plan stays.
      if let present = scenario.periods[0].existingPlan.programs[index],
        program.showsGreens(of: present)
      {
        continue
      }
      guard let phases = UTDFOutputPlan.phases(of: member, showing: program) else {
        failures.append("controller '\(member.name)': its phases cannot say the plan, it would stay as it is")
        continue
      }
      utdf.set(phases, cycle: program.cycle, of: member.timing)
    }
    let wanted = Scenario(
      name: scenario.name, network: scenario.network,
      periods: scenario.periods.map { period in
        Period(
          name: period.name, demand: period.demand, existingPlan: plan.completed(from: period.existingPlan))
      })
    let read = try UTDFReader.read(text: utdf.text, file: file).scenario
    losses += UTDFComparison(wanted, read).differences
    var written = WrittenScenario(files: [WrittenScenario.File(name: "", text: utdf.text)], losses: losses)
    written.failures = failures
    return written
  }
}

extension UTDFOutputPlan {
  /// The phases of a controller as another programme needs them; nil where it does not keep to their rings.
  static func phases(of member: UTDFSignals.Member, showing program: SignalProgram) -> [UTDFPhase]? {
    let timeline = GroupTimeline(program)
    var slots: [Slot] = []
    for phase in member.timing.phases {
      // The group that only this phase serves, or else the one that it serves and whose green is the shortest.
      let served = member.groups.indices.filter { index in
        guard case .way = member.groups[index].subject else { return false }
        return member.groups[index].phases.contains(phase.number)
      }
      let own = served.filter { member.groups[$0].phases == [phase.number] }
      func spans(_ group: Int) -> [GreenSpan] {
        own.contains(group) ? timeline.greens[group] : timeline.protectedGreens[group]
      }
      let candidates = (own.isEmpty ? served : own).filter { spans($0).count == 1 }
      guard let group = candidates.min(by: { spans($0)[0].length < spans($1)[0].length }) else {
        // Phases that serve nothing keep their rings busy beside the others.
        if served.isEmpty { continue }
        return nil
      }
      let span = spans(group)[0]
      // A green that the phase alone gives and no yellow ends fills the cycle, yellow and all-red included.
      let isEndless = own.contains(group) && span.yellow == 0
      let green = isEndless ? span.length - phase.yellow - phase.allRed : span.length
      guard green > 0 else { return nil }
      slots.append(
        Slot(number: phase.number, group: group, begin: span.begin, green: green, yellow: phase.yellow))
    }
    let timing = member.timing
    let barriers = Set(timing.phases.map(\.barrier)).sorted()
    guard barriers.count <= 2, slots.count == timing.phases.count else { return nil }
    let minimums = Dictionary(uniqueKeysWithValues: timing.phases.map { ($0.number, $0.minimumGreen) })
    return placed(
      slots, cycle: program.cycle, minimumGreen: { minimums[$0.number] ?? 0 },
      side: { slot in timing.phase(slot.number).flatMap { barriers.firstIndex(of: $0.barrier) } ?? 0 },
      ring: { slot in timing.phase(slot.number)?.ring ?? 1 })
  }
}

extension SignalProgram {
  /// Whether all groups are green at the same seconds as in another programme of the controller.
  fileprivate func showsGreens(of other: SignalProgram) -> Bool {
    let (mine, others) = (GroupTimeline(self).greens, GroupTimeline(other).greens)
    return abs(cycle - other.cycle) < GroupTimeline.slack
      && zip(mine, others).allSatisfy { GroupTimeline.areSame($0, $1, cycle: cycle) }
  }
}

extension UTDFFile {
  /// Puts the times of a controller's phases into the rows.
  mutating func set(_ phases: [UTDFPhase], cycle: Double, of timing: UTDFTiming) {
    func text(_ value: Double) -> String { plainNumber((value * 100).rounded() / 100) }
    func time(_ value: Double) -> String { text(value.wrapped(in: cycle)) }
    let node = timing.node
    let named = timing.referenceNumbers.compactMap { number in phases.first { $0.number == number } }
    let reference = timing.reference ?? .firstGreen
    let first = phases.min { ($0.barrier, $0.ring, $0.position) < ($1.barrier, $1.ring, $1.position) }
    let offset =
      reference.time(of: named.isEmpty ? first.map { [$0] } ?? [] : named, cycle: cycle) ?? 0
    set("cyclelength", node, ["DATA": text(cycle)], in: .timeplans)
    set("offset", node, ["DATA": text(offset)], in: .timeplans)
    // Where nobody walks unless called, the file has the end of the green for both.
    let table = self[.phases]
    func delay170(_ phase: UTDFPhase) -> Double {
      let column = "D\(phase.number)"
      let (yield, yield170) = (table["yield", node, column]?.value, table["yield170", node, column]?.value)
      let reference: UTDFReference = yield == yield170 ? .yellow : .flashingDontWalk
      return reference.delay(in: phase)
    }
    let values: [(String, (UTDFPhase) -> String)] = [
      ("brp", { "\($0.barrier)\($0.ring)\($0.position)" }), ("maxgreen", { text($0.green) }),
      ("allred", { text($0.allRed) }), ("start", { time($0.begin) }), ("end", { time($0.begin + $0.split) }),
      ("yield", { time($0.begin + $0.green) }), ("localstart", { time($0.begin - offset) }),
      ("localyield", { time($0.begin + $0.green - offset) }),
      ("yield170", { time($0.begin + delay170($0)) }),
      ("localyield170", { time($0.begin + delay170($0) - offset) }),
    ]
    for (record, value) in values {
      let fields = phases.map { phase in
        var phase = phase
        phase.walk = timing.phase(phase.number)?.walk
        phase.dontWalk = timing.phase(phase.number)?.dontWalk ?? 0
        return ("D\(phase.number)", value(phase))
      }
      set(record, node, Dictionary(uniqueKeysWithValues: fields), in: .phases)
    }
  }

  /// Changes fields of a row that is there; rows that are not are of no use to whoever wrote the file.
  private mutating func set(_ record: String, _ node: UTDFNodeID, _ fields: [String: String], in kind: Kind) {
    for index in sections.indices where sections[index].kind == kind {
      guard let header = sections[index].header else { continue }
      let names = sections[index].rows[header].fields.map { $0.value.trimmed.uppercased() }
      guard let name = names.firstIndex(of: "RECORDNAME"), let id = names.firstIndex(of: "INTID") else {
        continue
      }
      for row in (header + 1)..<sections[index].rows.count {
        let values = sections[index].rows[row].fields
        guard values.indices.contains(max(name, id)),
          values[name].value.lowercased().filter({ !$0.isWhitespace && $0 != "_" }) == record,
          node.isSaid(in: values[id].value)
        else { continue }
        for (column, text) in fields.sorted(by: { $0.key < $1.key }) {
          guard let position = names.firstIndex(of: column), values.indices.contains(position) else {
            continue
          }
          // 90.0 need not become 90.
          if UTDFNumber.value(values[position].value) == UTDFNumber.value(text) { continue }
          sections[index].rows[row].fields[position].value = text
        }
      }
    }
  }
}
