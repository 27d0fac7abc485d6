public import TrafficModel

/// A part of the network that holds the objective back, and what more of it would save.
public struct PeakFlowLimit: Hashable, Sendable {
  /// What is short, and so what the saving is of.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Green time of some movements: a second more of it in each cycle.
    case green
    /// Lanes of some movements: one lane more, at these greens.
    case lane
    /// Room for queues on a link: 50 m more of all its lanes, or where its queue is limited, one vehicle more.
    case storage
    /// A minimum green, walk or intergreen: a second less of it.
    case minimum
    /// A controller's cycle: a second more of it, all of it green.
    case cycle
  }
  /// What is short.
  public var kind: Kind
  /// Where, in words of traffic.
  public var what: String
  /// What the objective would gain by it at most, veh·s or vehicles: the price holds for the first of it.
  public var saving: Double
}

extension PeakFlowPlan {
  /// Metres of road that a price of storage is told for.
  public static let storageUnit = 50.0

  /// What holds the objective back, dearest first within each kind, kinds in their order.
  public func limits(of problem: PeakFlowProblem, network: Network) -> [PeakFlowLimit] {
    var found: [PeakFlowLimit] = []
    func add(_ kind: PeakFlowLimit.Kind, _ what: String, _ saving: Double) {
      if saving > Self.leastSaving { found.append(PeakFlowLimit(kind: kind, what: what, saving: saving)) }
    }
    for (server, price) in zip(problem.servers, prices.servers) where server.controller != nil {
      let what = server.name(in: problem, network)
      add(.green, what, price)
      let perCycle = problem.supply(server, greens: greens) / problem.sliceFactor(server)
      add(.lane, what, price * perCycle / Double(server.lanes))
    }
    for (link, price) in zip(problem.links, prices.links) {
      add(.storage, "link '\(network[link.id].name)'", price * link.vehicles(in: Self.storageUnit, network))
    }
    for (index, controller) in problem.controllers.enumerated() {
      let name = network[controller.id].name
      for (reason, saving) in zip(controller.reasons, prices.leastGreens[index]) {
        add(.minimum, "junction '\(name)': \(reason)", saving)
      }
      for (minimum, saving) in zip(controller.minimums, prices.minimums[index]) {
        add(.minimum, "junction '\(name)': \(minimum.reason)", saving)
      }
      add(.cycle, "junction '\(name)'", prices.cycles[index])
    }
    return PeakFlowLimit.Kind.allCases.flatMap { kind in
      found.enumerated().filter { $0.element.kind == kind }
        .sorted { ($1.element.saving, $0.offset) < ($0.element.saving, $1.offset) }.map(\.element)
    }
  }

  /// Smaller savings are rounding.
  private static let leastSaving = 1e-6
}

extension PeakFlowProblem.Server {
  /// The movements that it serves.
  fileprivate func name(in problem: PeakFlowProblem, _ network: Network) -> String {
    let link = problem.links[problem.queues[queues[0]].link]
    let ways = queues.compactMap { problem.queues[$0].movement }.map { network[network[$0].to].name }
    return "\(network[link.id].name) → \(ways.joined(separator: ", "))"
  }
}

extension PeakFlowProblem.Link {
  /// Vehicles that some metres more would hold; one where a limit and not the road's length is short.
  fileprivate func vehicles(in metres: Double, _ network: Network) -> Double {
    let room = density * network[id].length
    return storage < room * Self.limited ? 1 : density * metres
  }

  /// Turn lanes are shorter than their link; less room than this share of it is a limit that somebody set.
  private static let limited = 0.3
}
