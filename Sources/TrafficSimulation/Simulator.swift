public import TrafficModel

/// Plays timing plans on a network, lane by lane and vehicle by vehicle, in steps of 1 s.
///
/// Vehicles follow each other by the model of Krauss (1998), change lanes when their route or their speed asks for
/// it, stop at signals, wait for gaps where they must yield, keep crossings clear, and wait outside while their
/// first link is full. Formulas, sources, and what is not modelled: Documentation/TrafficSimulation.md.
///
/// The same seed gives the same measures on any number of threads, and different plans meet the same vehicles with
/// the same drivers: random numbers belong to the vehicle.
public struct Simulator: Sendable {
  private let network: Network
  private var demand: Demand
  private let road: RoadModel
  private let range: VisibleRange
  private let routes: RouteLanes
  private let alternatives: RouteAlternatives
  private var turning: TurningChoice?
  private let crossings: PedestrianDelay
  private let walkedCrossings: [CrossingID]

  /// Prepares a network and a demand for any number of runs.
  public init(network: Network, demand: Demand) {
    self.network = network
    self.demand = demand
    road = RoadModel(network: network, carFollowing: CarFollowing(demand))
    range = VisibleRange(road: road, types: demand.vehicleTypes)
    var routes = RouteLanes()
    for route in demand.routes { routes.append(route, network: network) }
    alternatives = RouteAlternatives(network: network, demand: demand, lanes: &routes)
    self.routes = routes
    walkedCrossings = Walkers.crossings(of: demand)
    crossings = PedestrianDelay(network: network, demand: demand)
    turning = demand.counts.isEmpty ? nil : TurningChoice(network: network, demand: demand)
  }

  /// The same roads with `factor` times as many vehicles; see `Demand.scaled(by:seed:)`.
  public func scaled(by factor: Double, seed: UInt64) -> Simulator {
    guard factor != 1 else { return self }
    var scaled = self
    scaled.demand = demand.scaled(by: factor, seed: seed)
    if turning != nil { scaled.turning = TurningChoice(network: network, demand: scaled.demand) }
    return scaled
  }

  /// Plays `plan`, which must hold a programme for each controller, from the demand's begin to its end.
  public func run(_ plan: TimingPlan, seed: UInt64) -> Measures {
    run(SignalTimetable(plan), seed: seed)
  }

  /// Plays `timetable`, made for the network, from the demand's begin to its end.
  public func run(_ timetable: SignalTimetable, seed: UInt64) -> Measures {
    run(timetable, with: travellers(seed: seed), seed: seed)
  }

  /// Who travels when and where on the day of a seed, whatever plan runs.
  func travellers(seed: UInt64) -> Travellers {
    Travellers(
      trips: Trips(network: network, demand: demand, fixed: routes, turning: turning, seed: seed))
  }

  /// Plays `timetable` with the travellers of the seed's day.
  func run(_ timetable: SignalTimetable, with travellers: Travellers, seed: UInt64) -> Measures {
    var run = prepared(timetable, travellers, seed: seed)
    var measures = run.play(until: demand.end)
    measures.pedestrians = crossings.pedestrians
    measures.pedestrianDelay = crossings.total(under: timetable)
    return measures
  }

  /// Plays `plan`, which must hold a programme for each controller, and notes what measures do not tell: slower, and
  /// with more memory, than `run`.
  ///
  /// - Parameters:
  ///   - links: whose vehicles are followed.
  ///   - times: absolute s in which they are.
  public func observe(
    _ plan: TimingPlan, seed: UInt64, links: Set<LinkID> = [], times: Range<Double> = 0..<0
  ) -> TrafficObservation {
    var run = prepared(SignalTimetable(plan), travellers(seed: seed), seed: seed)
    return run.observe(
      until: demand.end, TrafficObserver(network: network, plan: plan, links: links, times: times))
  }

  private func prepared(
    _ timetable: SignalTimetable, _ travellers: Travellers, seed: UInt64
  ) -> SimulationRun {
    let walkers = Walkers(demand: demand, crossings: walkedCrossings, seed: seed)
    let pedestrians = Pedestrians(
      network: network, walkers: walkers, timetable: timetable, period: demand.begin..<demand.end)
    return SimulationRun(
      network: network, road: road, range: range, types: demand.vehicleTypes, begin: demand.begin,
      trips: travellers.trips, pedestrians: pedestrians, alternatives: alternatives, timetable: timetable,
      seed: seed)
  }
}

/// Who travels on one day of a simulator, drawn at random.
struct Travellers: Sendable {
  fileprivate let trips: Trips
}
