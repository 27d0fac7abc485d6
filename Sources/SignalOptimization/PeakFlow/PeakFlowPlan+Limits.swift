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
  /// Where something is short.
  public enum Place: Hashable, Sendable {
    /// The lanes that serve movements from a link.
    case movements(from: LinkID, [MovementID])
    /// A link.
    case link(LinkID)
    /// A controller.
    case controller(ControllerID)
    /// Greens of a controller, by what needs them.
    case green(PeakFlowProblem.Controller.Need, ControllerID)
  }
  /// What is short.
  public var kind: Kind
  /// Where.
  public var place: Place
  /// What the objective would gain by it at most, veh·s or vehicles: the price holds for the first of it.
  public var saving: Double
}

extension PeakFlowPlan {
  /// Metres of road that a price of storage is told for.
  public static let storageUnit = 50.0

  /// What holds the objective back, dearest first within each kind, kinds in their order.
  public func limits(of problem: PeakFlowProblem, network: Network) -> [PeakFlowLimit] {
    var found: [PeakFlowLimit] = []
    func add(_ kind: PeakFlowLimit.Kind, _ place: PeakFlowLimit.Place, _ saving: Double) {
      if saving > Self.leastSaving { found.append(PeakFlowLimit(kind: kind, place: place, saving: saving)) }
    }
    for (server, price) in zip(problem.servers, prices.servers) where server.controller != nil {
      let place = server.place(in: problem)
      add(.green, place, price)
      let perCycle = problem.supply(server, greens: greens) / problem.sliceFactor(server)
      add(.lane, place, price * perCycle / Double(server.lanes))
    }
    for (link, price) in zip(problem.links, prices.links) {
      add(.storage, .link(link.id), price * link.vehicles(in: Self.storageUnit, network))
    }
    for (index, controller) in problem.controllers.enumerated() {
      for (need, saving) in zip(controller.needs, prices.leastGreens[index]) {
        add(.minimum, .green(need, controller.id), saving)
      }
      for (minimum, saving) in zip(controller.minimums, prices.minimums[index]) {
        add(.minimum, .green(.minimum(minimum.cause), controller.id), saving)
      }
      add(.cycle, .controller(controller.id), prices.cycles[index])
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
  fileprivate func place(in problem: PeakFlowProblem) -> PeakFlowLimit.Place {
    .movements(
      from: problem.links[problem.queues[queues[0]].link].id,
      queues.compactMap { problem.queues[$0].movement })
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
