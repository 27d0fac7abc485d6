public import SignalOptimization
public import TrafficModel

/// The outcome of a peak-flow program, for people and for machines.
public struct PeakFlowReport: Sendable {
  let network: Network
  let problem: PeakFlowProblem
  let plan: PeakFlowPlan
  let disruption: DisruptionReport?
  let limits: [PeakFlowLimit]

  /// Limits of each kind that the text names.
  private static let mostLimits = 5

  /// Smaller savings are shown as nothing, veh·h or veh.
  private static let leastShown = 0.05

  /// The report of a solution of `problem`; `disruption` tells what incidents did to the period.
  public init(
    network: Network, problem: PeakFlowProblem, plan: PeakFlowPlan, disruption: DisruptionReport? = nil
  ) {
    self.disruption = disruption
    self.network = network
    self.problem = problem
    self.plan = plan
    limits = plan.limits(of: problem, network: network)
  }

  /// In vehicle hours, where it is in vehicle seconds; vehicles stay vehicles.
  private func inUnits(_ value: Double) -> Double {
    problem.objective == .timeSpent ? value / Quantities.secondsPerHour : value
  }

  private func shown(_ value: Double) -> String {
    "\(NumberText.fixed(inUnits(value), decimals: 1)) \(problem.objective == .timeSpent ? "veh·h" : "veh")"
  }

  /// For a terminal.
  public var text: String {
    let what = problem.objective == .timeSpent ? "time spent in queues" : "not out at the end"
    let slices = "\(problem.sliceCount) slices of \(NumberText.seconds(problem.sliceLength)) s"
    var lines = (disruption?.lines).map { $0 + [""] } ?? []
    lines += [
      "\(slices), \(NumberText.fixed(problem.demand, decimals: 0)) vehicles",
      "\(what): \(shown(plan.value))",
      "least possible: \(shown(plan.bound)), so at most \(NumberText.significant(plan.gap * 100)) % could be better",
      "", "greens, s",
    ]
    for (controller, greens) in zip(problem.controllers, plan.greens) {
      let times = greens.map { NumberText.fixed($0, decimals: 1) }.joined(separator: "  ")
      lines.append(
        "  \(network[controller.id].name), cycle \(NumberText.seconds(controller.cycle)): \(times)")
    }
    for kind in PeakFlowLimit.Kind.allCases {
      let ofKind = limits.filter { $0.kind == kind && inUnits($0.saving) >= Self.leastShown }
      guard !ofKind.isEmpty else { continue }
      lines += ["", Self.title(kind)]
      lines += ofKind.prefix(Self.mostLimits).map { "  \(shown($0.saving))  \(words($0))" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where something is short.
  private func words(_ limit: PeakFlowLimit) -> String {
    switch limit.place {
    case .movements(let from, let movements):
      let ways = movements.map { network[network[$0].to].name }
      return "\(network[from].name) → \(ways.joined(separator: ", "))"
    case .link(let link): return "link '\(network[link].name)'"
    case .controller(let id): return "junction '\(network[id].name)'"
    case .green(let need, let id): return "junction '\(network[id].name)': \(words(need, at: network[id]))"
    }
  }

  private func words(_ need: PeakFlowProblem.Controller.Need, at controller: SignalController) -> String {
    switch need {
    case .shortestStage: PageWords.english.certificate.shortestStage
    case .minimum(let cause): PageWords.english.name(of: cause, at: controller)
    case .minimumsBeyondCycle: "minimums that do not fit the cycle"
    }
  }

  private static func title(_ kind: PeakFlowLimit.Kind) -> String {
    switch kind {
    case .green: "a second more of green would save at most"
    case .lane: "one lane more would save at most"
    case .storage: "50 m more room (or one vehicle, where the queue is limited) would save at most"
    case .minimum: "a second less of a minimum would save at most"
    case .cycle: "a second more of cycle, all green, would save at most"
    }
  }

  /// For machines: values in vehicle seconds or vehicles.
  public func json(seconds: [String: Double]) throws -> String {
    try JSONText.text(
      [
        "objective": problem.objective.rawValue, "slices": problem.sliceCount,
        "sliceLength": problem.sliceLength, "demand": problem.demand, "value": plan.value,
        "bound": plan.bound, "gap": plan.gap, "seconds": seconds,
        "junctions": zip(problem.controllers, plan.greens).map { controller, greens -> JSONObject in
          ["junction": network[controller.id].name, "cycle": controller.cycle, "greens": greens]
        },
        "savings": limits.map { limit -> JSONObject in
          ["kind": limit.kind.rawValue, "what": words(limit), "saving": limit.saving]
        }, "disruption": disruption?.json,
      ] as JSONObject)
  }
}
