/// A period as incidents leave it: its network and demand, and what became of the traffic that was in their way.
///
/// - Closed links and lanes lose their connections; identifiers of links, lanes, controllers and groups stay what they
///   were, those of connections and movements do not.
/// - Signals stay as they are, so that a plan that was legal is. A group left without traffic need not be served.
/// - Where a link is reduced, its stop line's saturation flows are multiplied; of a link that nothing leaves, those of
///   the ways into it.
/// - Routed vehicles whose way is closed take the quickest free one (free-flow times) between its ends. Those without
///   one do not travel.
/// - Turning counts: who would have entered a closed link makes the other turns from his link, in the proportions
///   counted there, and goes on from there in the proportions counted further on. Who would have started on a closed
///   link does not travel.
/// - A link that is closed for a part of the period stays in the network: nobody sets out on a way that, on free
///   roads, would take him there while it is closed. Lanes and reductions hold for the whole period.
public struct Disruption: Sendable {
  /// What became of traffic, in vehicles of the period.
  public struct Effects: Hashable, Sendable {
    /// Movements that are no longer possible, by their links; without those from and to closed links.
    public var lostMovements: [LinkPair] = []
    /// Routed vehicles that take another way, and how much longer it is on average, s and m.
    public var rerouted = 0.0
    /// Mean additional free-flow time of these, s.
    public var detourTime = 0.0
    /// Mean additional length of these, m; may be negative.
    public var detourLength = 0.0
    /// Routed vehicles without a way, by the ends of their route.
    public var stranded: [Stranded] = []
    /// Counted vehicles that turn elsewhere.
    public var diverted = 0.0
    /// Counted vehicles that would have started on a closed link, and do not travel.
    public var withheld = 0.0
    /// Counted vehicles that reach a link from which there is no way on, and end there.
    public var endingEarly = 0.0
    /// Positions of the incidents that do not touch the period.
    public var elsewhere: [Int] = []
    /// Positions of the incidents that hold for a part of the period and are taken to hold for all of it.
    public var extended: [Int] = []
  }
  /// From one link to the next.
  public struct LinkPair: Hashable, Sendable {
    /// The link left.
    public var from: LinkID
    /// The link entered.
    public var to: LinkID
  }
  /// Vehicles that cannot get from one link to another.
  public struct Stranded: Hashable, Sendable {
    /// First and last link of their route.
    public var ends: LinkPair
    /// How many.
    public var vehicles: Double
  }

  /// The network.
  public let network: Network
  /// The period; its plan is the one that ran before.
  public let period: Period
  /// What became of traffic.
  public let effects: Effects

  /// `period` of `network` with `incidents`.
  ///
  /// - Throws: `InvalidNetwork` when what is left is none; it does not happen to networks that are valid.
  public init(_ incidents: [Incident], in period: Period, of network: Network) throws(InvalidNetwork) {
    var effects = Effects()
    var closures = Closures(lanes: [Bool](repeating: false, count: network.lanes.count), temporary: [])
    var factors = [Double](repeating: 1, count: network.links.count)
    let span = period.demand.begin..<period.demand.end
    for (index, incident) in incidents.enumerated() {
      guard let time = incident.time(within: span) else {
        effects.elsewhere.append(index)
        continue
      }
      if network.isWholeClosed(by: incident), time != span {
        closures.temporary.append(TemporaryClosure(link: incident.link, time: time))
        continue
      }
      if time != span { effects.extended.append(index) }
      switch incident.effect {
      case .closed: for lane in network.lanesOfLink[incident.link.index] { closures.lanes[lane] = true }
      case .laneClosed(let lane): closures.lanes[lane.index] = true
      case .reduced(let factor): factors[incident.link.index] *= factor
      }
    }
    let changed = try network.closing(lanes: closures.lanes, reducing: factors)
    closures.links = network.lanesOfLink.map { range in range.allSatisfy { closures.lanes[$0] } }
    effects.lostMovements = network.movements.filter { movement in
      !closures.links[movement.from.index] && !closures.links[movement.to.index]
        && changed.movement(from: movement.from, to: movement.to) == nil
    }.map { LinkPair(from: $0.from, to: $0.to) }

    var demand = period.demand
    var counts = DivertedCounts(before: network, after: changed, closures: closures)
    demand.counts = demand.counts.flatMap { counts.slices($0) }
    effects.diverted = counts.diverted
    effects.withheld = counts.withheld
    effects.endingEarly = counts.endingEarly
    var routes = DivertedRoutes(before: network, after: changed, closures: closures, demand: demand)
    demand = routes.demand()
    effects.rerouted = routes.rerouted
    if routes.rerouted > 0 {
      effects.detourTime = routes.addedTime / routes.rerouted
      effects.detourLength = routes.addedLength / routes.rerouted
    }
    effects.stranded = routes.stranded

    self.network = changed
    self.period = Period(name: period.name, demand: demand, existingPlan: period.existingPlan)
    self.effects = effects
  }
}

extension Network {
  /// Whether an incident closes a link, or its only lane.
  fileprivate func isWholeClosed(by incident: Incident) -> Bool {
    switch incident.effect {
    case .closed: true
    case .laneClosed: lanesOfLink[incident.link.index].count == 1
    case .reduced: false
    }
  }
}

/// What is closed during a period.
struct Closures {
  /// By lane: whether it is closed all the time.
  var lanes: [Bool]
  /// By link: whether all its lanes are.
  var links: [Bool] = []
  /// Links that are closed for a part of the time.
  var temporary: [TemporaryClosure]

  /// Whether anything is closed at any time.
  var areAny: Bool { lanes.contains(true) || !temporary.isEmpty }
}

/// A link that is closed for a part of the period.
struct TemporaryClosure {
  var link: LinkID
  /// Absolute, s.
  var time: Range<Double>
}
