/// What a simulation of one plan over one period measured.
///
/// Vehicles are conserved: demand = served + unserved.
public struct Measures: Hashable, Sendable {
  /// Vehicles that wanted to depart within the period.
  public var demand = 0
  /// Vehicles that reached the end of their route within the period.
  public var served = 0
  /// Vehicles still on the road or waiting outside when the period ended.
  public var unserved: Int { demand - served }
  /// Of the unserved, those that had not yet been able to enter.
  public var waitingOutside = 0
  /// Σ (travel time − free-flow travel time + waiting time outside the network) over all vehicles,
  /// unfinished ones up to the period's end, veh·s.
  public var totalDelay = 0.0
  /// Σ time spent on the road, veh·s.
  public var travelTime = 0.0
  /// Times that a vehicle came to a stop in a queue.
  public var stops = 0
  /// Pedestrians counted at signalled crossings.
  public var pedestrians = 0.0
  /// Σ of their waits under the plan, s, by formula; see `PedestrianDelay`.
  public var pedestrianDelay = 0.0
  /// By link index.
  public var links: [LinkMeasures] = []
  /// By movement index.
  public var movements: [MovementMeasures] = []

  /// What controllers that respond to traffic showed, in the network's order.
  public var stages: [ShownStages] = []

  /// Empty measures.
  public init() {}

  /// Mean delay, s per vehicle of the demand; 0 without demand.
  public var delayPerVehicle: Double { demand == 0 ? 0 : totalDelay / Double(demand) }

  /// Mean wait of a pedestrian, s; 0 without pedestrians.
  public var delayPerPedestrian: Double { pedestrians > 0 ? pedestrianDelay / pedestrians : 0 }

  /// Spillback time, summed over the links, s.
  public var spillbackTime: Double { links.reduce(0) { $0 + $1.spillbackTime } }

  /// Mean number of stops per vehicle of the demand.
  public var stopsPerVehicle: Double { demand == 0 ? 0 : Double(stops) / Double(demand) }
}

/// What was measured on one link.
public struct LinkMeasures: Hashable, Sendable {
  /// Vehicles that entered.
  public var entered = 0
  /// Vehicles that passed the stop line, or ended their route here.
  public var left = 0
  /// Delay suffered on the link (and outside it, by vehicles that wait to enter), veh·s.
  public var delay = 0.0
  /// Mean number of queued vehicles over the period, veh.
  public var meanQueue = 0.0
  /// Largest number of queued vehicles, veh.
  public var maximumQueue = 0
  /// Largest share of a lane's storage that was full, 0 ... 1.
  public var fullestLane = 0.0
  /// Seconds in which a vehicle wanted to come onto a lane that was full up to its begin, and could not: it stood
  /// in the junction upstream, at its stop line although its signal let it go, or outside the network.
  public var spillbackTime = 0.0
  /// Seconds in which more vehicles were queued than the link's limit; 0 without a limit.
  public var timeAboveLimit = 0.0

  /// Empty measures.
  public init() {}
}

/// What was measured on one movement.
public struct MovementMeasures: Hashable, Sendable {
  /// Vehicles that arrived on the movement's link and meant to make it.
  public var demand = 0
  /// Vehicles that passed the stop line.
  public var served = 0
  /// Delay of its vehicles on the link before the stop line, veh·s.
  public var delay = 0.0
  /// Times that one of its vehicles came to a stop in a queue.
  public var stops = 0

  /// Empty measures.
  public init() {}

  /// Mean delay at the stop line, s per vehicle.
  public var delayPerVehicle: Double { demand == 0 ? 0 : delay / Double(demand) }

  /// Mean delay of a movement over some runs, s per vehicle; nil where nobody makes it.
  public static func delayPerVehicle(of movement: Int, in runs: [Measures]) -> Double? {
    let measured = runs.filter { !$0.movements.isEmpty }.map { $0.movements[movement] }
    let vehicles = measured.reduce(0) { $0 + $1.demand }
    return vehicles == 0 ? nil : measured.reduce(0) { $0 + $1.delay } / Double(vehicles)
  }
}
