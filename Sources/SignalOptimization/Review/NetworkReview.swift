public import TrafficModel

/// A review of a network, its plans and its demand, such as a careful colleague gives: what is legal but looks like a
/// mistake, or falls short of the rules of practice.
///
/// Every finding with its formula: Documentation/Review.md.
public struct NetworkReview: Sendable {
  let network: Network
  let rules: TimingRules
  /// By controller: the crossings with signals of its groups.
  let crossingsOfController: [[PedestrianCrossing]]

  /// A review of `network` by `rules`.
  public init(network: Network, rules: TimingRules) {
    self.network = network
    self.rules = rules
    var crossings = network.controllers.map { _ in [PedestrianCrossing]() }
    for crossing in network.crossings {
      if let signal = crossing.signal { crossings[signal.controller.index].append(crossing) }
    }
    crossingsOfController = crossings
  }

  /// What is wrong with the roads, whatever the time of day.
  public func roads() -> [ReviewFinding] {
    network.links.indices.flatMap { index -> [ReviewFinding] in
      let link = LinkID(index)
      let name = network[link].name
      guard !network.isExit(link) else { return deadEnd(link) }
      return network.lanes(of: link).filter { network.connectionsFromLane[$0.index].isEmpty }.map { lane in
        ReviewFinding(place: name, matter: .laneWithoutConnection(lane: network[lane].position + 1))
      }
    }
  }

  /// A link that nobody can leave, though others leave the junction that it ends at.
  private func deadEnd(_ link: LinkID) -> [ReviewFinding] {
    let end = network[link].to
    let leaves = network.movements.contains { $0.junction == end }
    guard leaves else { return [] }
    return [
      ReviewFinding(place: network[link].name, matter: .linkWithoutConnection(junction: network[end].name))
    ]
  }

  /// What is wrong with the signals of a plan.
  ///
  /// - Parameter plan: has an entry for each controller.
  public func signals(of plan: TimingPlan) -> [ReviewFinding] {
    let programs = plan.programs.compactMap { $0 }
    let sheets = programs.map { SheetOfProgram($0, network: network) }
    return programs.flatMap(conflictsGreenTogether) + yellows(sheets) + allReds(sheets)
      + minimumGreens(sheets) + sheets.flatMap(crossings) + programs.flatMap(minimumSplits)
      + programs.flatMap(yellowTraps)
  }

  /// What is wrong with a demand and with the room for its queues.
  public func traffic(of demand: Demand, under plan: TimingPlan) -> [ReviewFinding] {
    balance(of: TurningCounts(of: demand)) + queues(of: demand, under: plan)
  }
}
