internal import NetworkBuilding
internal import TrafficModel

/// A UTDF file or folder that is read for the plan in it.
///
/// Which movements a phase serves stands in `[Lanes]`. A file without them, as controllers' programs export it, is read
/// on top of the file that the network comes from, like an import into it.
struct UTDFPlanFile {
  private let input: InputFiles
  private let base: UTDFSource?
  private var path: String { input.path }

  /// - Parameter base: the UTDF files that the network was read from; nil where it was read from something else.
  init(_ input: InputFiles, base: UTDFSource?) {
    self.input = input
    self.base = base
  }

  /// The plan for a network.
  ///
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  func read(for network: Network) throws(InputFailure) -> ReadPlan {
    var source = try UTDFSource(input)
    var ignored = DiagnosticLog(file: path, text: source.text)
    let hasLanes = !source.sections(&ignored)[.lanes].rows.isEmpty
    let base = hasLanes ? nil : self.base
    let text = source.text
    let firstLine = base.map { source.follow($0) } ?? 1
    var log = DiagnosticLog(file: path, text: source.text)
    log.append(source.warnings)
    let own = source.sections(of: text, firstLine: firstLine, &log)
    var file = own
    if let base {
      // What is wrong with either has been told.
      file = source.sections(
        of: text, firstLine: firstLine, over: base.sections(&ignored), &ignored)
    } else if !hasLanes {
      log.error(
        "the file has no [Lanes], and so does not say which movements its phases serve",
        at: own.sections.first?.rows.first?.place ?? TextPlace(line: 1, column: 1),
        notes: ["export the lanes, too, or name the network's own UTDF file as the input"])
      throw InputFailure(source.located(log.diagnostics))
    }
    let plan = plan(in: file, of: own, isMerged: base != nil, for: network, &log)
    let timings = own.timingLines
    let diagnostics = source.located(
      log.diagnostics.filter { diagnostic in
        diagnostic.severity == .error || diagnostic.location.line.map(timings.contains) ?? false
      } + source.warnings)
    guard let plan, !log.hasErrors else { throw InputFailure(diagnostics) }
    return ReadPlan(plan: plan, warnings: diagnostics)
  }

  private func plan(
    in file: UTDFFile, of own: UTDFFile, isMerged: Bool, for network: Network, _ log: inout DiagnosticLog
  ) -> TimingPlan? {
    var ignored = DiagnosticLog(file: path, text: "")
    let settings = UTDFSettings(file, &ignored)
    let nodes = UTDFNodes(file, settings: settings, assumesNeighbours: true, &ignored)
    func place(_ id: UTDFNodeID) -> TextPlace? {
      file[.timeplans].row("cyclelength", id)?.place ?? file[.phases].row("maxgreen", id)?.place
        ?? file[.timeplans].rows.first { $0.node == id }?.place
    }
    let planned = own[.timeplans].nodes + own[.phases].nodes
    if planned.isEmpty { log.error("the file has no [Timeplans] and no [Phases]") }
    var told: Set<UTDFNodeID> = []
    for id in planned where isMerged && nodes.indexOfID[id] == nil && told.insert(id).inserted {
      let nearest = nearestName(to: id.description, among: nodes.nodes.map(\.id.description))
      log.error(
        "node \(id) is not in the network", at: place(id) ?? TextPlace(line: 1, column: 1),
        notes: nearest.map { ["did you mean \($0)?"] } ?? [])
    }
    guard let scenario = UTDFReader.scenario(file, name: InputFile.baseName(path), isPlan: true, &log)
    else { return nil }
    var given = scenario.periods[0].existingPlan
    given.name = InputFile.baseName(path)
    let names = Set(planned.compactMap { nodes.indexOfID[$0].map { nodes.nodes[$0].name } })
    for (index, controller) in scenario.network.controllers.enumerated()
    where !names.contains(controller.name) {
      given.programs[index] = nil
    }
    let transfer = PlanTransfer(given, from: scenario.network, to: network, called: "the network")
    for problem in transfer.problems {
      let node = nodes.nodes[problem.junction.index]
      log.error(problem.message, at: place(node.id) ?? node.place, notes: problem.notes)
    }
    return transfer.plan
  }
}

extension UTDFFile {
  /// The lines of timing plans and phases.
  fileprivate var timingLines: Set<Int> {
    let sections = sections.filter { $0.kind == .timeplans || $0.kind == .phases || $0.name == "timing" }
    return Set(sections.flatMap { $0.rows.map(\.place.line) })
  }

  /// This file on top of another: of two rows for the same record and node this one's counts.
  func merged(into base: UTDFFile) -> UTDFFile {
    var merged = self
    let changed = Set(self[.phases].nodes)
    for kind in Kind.allCases {
      var table = UTDFTable()
      for part in [base, self] { table.add(columns: part[kind].columns) }
      for row in base[kind].rows {
        // Begins and ends of other splits are of no use.
        if kind == .phases, changed.contains(row.node), ["start", "end"].contains(row.record) { continue }
        table.add(row)
      }
      for row in self[kind].rows { table.add(row) }
      merged.tables[kind] = table
    }
    return merged
  }
}
