internal import TrafficModel

/// A GMNS folder that is read for the signal plan in it.
///
/// A folder of signal tables alone is read on top of the folder that the network comes from, whose movements and links
/// it names.
struct GMNSPlanFolder {
  private let input: InputFiles
  private let base: InputFiles?
  private var path: String { input.path }

  /// - Parameter base: the GMNS folder that the network was read from; nil where it was read from something else.
  init(_ input: InputFiles, base: InputFiles?) {
    self.input = input
    self.base = base
  }

  /// Whether a folder has signal plans or is a GMNS network.
  static func isLike(_ input: InputFiles) -> Bool {
    let folder = GMNSFolder(input)
    return GMNSFolder.isGMNS(input) || folder.has("signal_timing_plan") || folder.has("signal_timing_phase")
  }

  /// The plan for a network and a time.
  ///
  /// - Throws: `InputFailure` with everything that is wrong in any of the tables.
  func read(for network: Network, time: PlanTime) throws(InputFailure) -> ReadPlan {
    let own = GMNSFolder(input)
    var base: GMNSFolder?
    if !own.has("node"), !own.has("link") {
      guard let known = self.base else {
        throw InputFailure(
          "the folder has signal tables alone, and so does not say what their movements and links are",
          at: SourceLocation(file: path),
          notes: ["add node, link and movement tables, or name the network's own GMNS folder as the input"])
      }
      base = GMNSFolder(known)
    }
    let folder = GMNSFolder(input, base: base)
    for name in ["signal_timing_plan", "signal_timing_phase", "signal_phase_mvmt"] where !own.has(name) {
      // The phases' own table may name the movements, as that of the vol2timing tool does.
      if name == "signal_phase_mvmt", own.phasesNameMovements { continue }
      folder.note(.error, "the folder has no \(name).csv")
    }
    guard let parts = GMNSParts(folder, keepsRings: false), !folder.hasErrors else {
      throw InputFailure(folder.diagnostics)
    }
    let period = try period(of: parts, at: time)
    let given = TimingPlan(name: InputFile.baseName(path), programs: period.programs)
    let transfer = PlanTransfer(given, from: try parts.network(), to: network, called: "the network")
    for problem in transfer.problems {
      let controller = parts.groups.controllerOfJunction[problem.junction.index]
      let program = controller.flatMap { period.programs[$0] }
      let row = parts.phases.plans.first { $0.id == program?.name }?.row ?? 0
      parts.phases.planTable?.error(problem.message, row, notes: problem.notes)
    }
    if transfer.plan.programs.allSatisfy({ $0 == nil }), !folder.hasErrors {
      folder.note(.error, "no phase of the folder serves a movement or a crosswalk")
    }
    guard !folder.hasErrors else { throw InputFailure(folder.diagnostics) }
    let isOfPlans = { (diagnostic: Diagnostic) in
      diagnostic.location.file.split(separator: "/").last?.lowercased().hasPrefix("signal_") ?? false
    }
    return ReadPlan(plan: transfer.plan, warnings: folder.diagnostics.filter(isOfPlans))
  }

  /// The period of the folder that a time is in: the one of the same name, or else the one that covers most of it.
  private func period(
    of parts: GMNSParts, at time: PlanTime
  ) throws(InputFailure) -> GMNSControllers.Period {
    let periods = parts.controllers.periods
    if periods.count == 1 { return periods[0] }
    if let named = periods.first(where: { $0.name == time.period }) { return named }
    func overlap(_ period: GMNSControllers.Period) -> Double {
      // Periods are times of day, the time may be of another day.
      let day = (time.time.lowerBound / 86_400).rounded(.down) * 86_400
      return max(
        0, min(period.end + day, time.time.upperBound) - max(period.begin + day, time.time.lowerBound))
    }
    let most = periods.map(overlap).max() ?? 0
    let best = periods.filter { overlap($0) == most }
    if most > 0, best.count == 1 { return best[0] }
    let known = (most > 0 ? best : periods).map { "'\($0.name)'" }.joined(separator: ", ")
    throw InputFailure(
      "the folder has no plan for the period '\(time.period)' alone", at: SourceLocation(file: path),
      notes: ["it has plans for \(known)"])
  }
}

extension GMNSFolder {
  fileprivate var phasesNameMovements: Bool {
    has("signal_timing_phase") && table("signal_timing_phase")?.column("mvmt_id") != nil
  }
}
