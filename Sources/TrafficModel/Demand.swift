/// A kind of vehicle: the size that queues see and how it drives.
public struct VehicleType: Hashable, Sendable {
  /// The name in the input.
  public var name: String
  /// Bumper to bumper, m.
  public var length: Double
  /// Gap to the vehicle ahead when standing, m.
  public var minimumGap: Double
  /// Largest acceleration, m/s².
  public var acceleration: Double
  /// Comfortable deceleration, m/s².
  public var deceleration: Double
  /// Largest speed, m/s.
  public var maximumSpeed: Double
  /// Time headway that the driver keeps, s.
  public var headway: Double
  /// Driver imperfection, 0 ... 1.
  public var imperfection: Double
  /// Desired speed as a share of the speed limit: mean over the drivers.
  public var speedFactor: Double
  /// Standard deviation of that share; it is normally distributed, cut to 0.2 ... 2.
  public var speedDeviation: Double

  /// A kind of vehicle; the defaults are a passenger car.
  public init(
    name: String, length: Double = 5, minimumGap: Double = 2.5, acceleration: Double = 2.6,
    deceleration: Double = 4.5, maximumSpeed: Double = 55.56, headway: Double = 1,
    imperfection: Double = 0.5, speedFactor: Double = 1, speedDeviation: Double = 0.1
  ) {
    self.name = name
    self.length = length
    self.minimumGap = minimumGap
    self.acceleration = acceleration
    self.deceleration = deceleration
    self.maximumSpeed = maximumSpeed
    self.headway = headway
    self.imperfection = imperfection
    self.speedFactor = speedFactor
    self.speedDeviation = speedDeviation
  }

  /// Metres of queue that one vehicle fills.
  public var spacing: Double { length + minimumGap }
}

/// How a departing vehicle comes onto its first link.
public struct Insertion: Hashable, Sendable {
  /// The lane that a departing vehicle is put on.
  public enum LaneChoice: Hashable, Sendable {
    /// The lane that suits its route and holds fewest vehicles.
    case best
    /// The lane that holds fewest vehicles, whether or not it suits the route.
    case emptiest
    /// The lane at this position from the kerb.
    case position(Int)
  }
  /// Where along the lane it is put.
  public enum Place: Hashable, Sendable {
    /// At the lane's begin.
    case begin
    /// Anywhere on the lane where there is room.
    case anywhere
  }
  /// How fast it is.
  public enum Speed: Hashable, Sendable {
    /// As fast as the road and the vehicle ahead allow: it comes driving from outside.
    case free
    /// As fast as the vehicles on the link drive at the moment, or `free` when it is empty.
    case average
    /// m/s: a vehicle that starts from a kerb has 0.
    case metresPerSecond(Double)
  }
  /// The lane.
  public var lane: LaneChoice
  /// The place on the lane.
  public var place: Place
  /// The speed.
  public var speed: Speed

  /// How a vehicle comes onto its first link.
  public init(lane: LaneChoice = .best, place: Place = .begin, speed: Speed = .free) {
    self.lane = lane
    self.place = place
    self.speed = speed
  }
}

/// One vehicle that wants to depart at a known time.
public struct Departure: Hashable, Sendable {
  /// Absolute time, s.
  public var time: Double
  /// Position in the demand's routes.
  public var route: Int
  /// Whether the driver, on departing, takes whatever way between the route's ends is then the quickest; false
  /// where the route is given.
  public var choosesRoute: Bool
  /// Position in the demand's vehicle types.
  public var type: Int
  /// How it comes onto its first link.
  public var insertion: Insertion

  /// A departure.
  public init(
    time: Double, route: Int, choosesRoute: Bool = false, type: Int = 0, insertion: Insertion = Insertion()
  ) {
    self.time = time
    self.route = route
    self.choosesRoute = choosesRoute
    self.type = type
    self.insertion = insertion
  }
}

/// A stream of vehicles on one route whose departure times are random.
public struct RouteFlow: Hashable, Sendable {
  /// How the departures are spread.
  public enum Process: Hashable, Sendable {
    /// Exponential headways with the mean rate.
    case poisson
    /// In each second one vehicle with probability rate × 1 s.
    case bernoulli
  }
  /// Absolute time of the first possible departure, s.
  public var begin: Double
  /// Absolute time after the last possible departure, s.
  public var end: Double
  /// Mean rate, veh/s.
  public var rate: Double
  /// How the departures are spread.
  public var process: Process
  /// Position in the demand's routes.
  public var route: Int
  /// Whether each driver, on departing, takes whatever way between the route's ends is then the quickest.
  public var choosesRoute: Bool
  /// Position in the demand's vehicle types.
  public var type: Int
  /// How they come onto their first link.
  public var insertion: Insertion

  /// A stream.
  public init(
    begin: Double, end: Double, rate: Double, process: Process, route: Int, choosesRoute: Bool = false,
    type: Int = 0, insertion: Insertion = Insertion()
  ) {
    self.begin = begin
    self.end = end
    self.rate = rate
    self.process = process
    self.route = route
    self.choosesRoute = choosesRoute
    self.type = type
    self.insertion = insertion
  }
}

/// Turning counts of one time slice.
public struct CountSlice: Hashable, Sendable {
  /// Absolute begin, s.
  public var begin: Double
  /// Absolute end, s.
  public var end: Double
  /// Vehicles counted in the slice, by movement index; nil where nobody counted.
  public var vehicles: [Double?]
  /// Pedestrians counted in the slice, by crossing index.
  public var pedestrians: [Double]

  /// A slice; `vehicles` has an entry for each movement of the network, `pedestrians` for each crossing.
  public init(begin: Double, end: Double, vehicles: [Double?], pedestrians: [Double]) {
    self.begin = begin
    self.end = end
    self.vehicles = vehicles
    self.pedestrians = pedestrians
  }
}

/// People who cross at one place in a stretch of time, at random times.
public struct PedestrianFlow: Hashable, Sendable {
  /// The crossing.
  public var crossing: CrossingID
  /// Absolute begin, s.
  public var begin: Double
  /// Absolute end, s.
  public var end: Double
  /// How many cross in that time, both ways together.
  public var people: Double

  /// A flow.
  public init(crossing: CrossingID, begin: Double, end: Double, people: Double) {
    self.crossing = crossing
    self.begin = begin
    self.end = end
    self.people = people
  }
}

/// Who wants to travel, when and where: routed vehicles, turning counts, or both.
public struct Demand: Hashable, Sendable {
  /// Absolute begin of the period, s.
  public var begin: Double
  /// Absolute end of the period, s.
  public var end: Double
  /// Kinds of vehicles; never empty. Counted vehicles are of the first.
  public var vehicleTypes: [VehicleType]
  /// Routes: each a sequence of links, each joined to the next by a movement.
  public var routes: [[LinkID]]
  /// Vehicles with known departure times, sorted by time.
  public var departures: [Departure]
  /// Streams with random departure times.
  public var flows: [RouteFlow]
  /// Turning counts by time slice, in order of time, not overlapping; empty when demand is by routes.
  public var counts: [CountSlice]
  /// People who cross and are not in `counts`.
  public var walks: [PedestrianFlow]

  /// A demand over `begin ..< end`.
  public init(
    begin: Double, end: Double, vehicleTypes: [VehicleType] = [VehicleType(name: "car")],
    routes: [[LinkID]] = [], departures: [Departure] = [], flows: [RouteFlow] = [],
    counts: [CountSlice] = [], walks: [PedestrianFlow] = []
  ) {
    self.begin = begin
    self.end = end
    self.vehicleTypes = vehicleTypes
    self.routes = routes
    self.departures = departures
    self.flows = flows
    self.counts = counts
    self.walks = walks
  }

  /// Seconds from begin to end.
  public var duration: Double { end - begin }

  /// Everybody who crosses on foot, counted or not.
  public var pedestrianFlows: [PedestrianFlow] {
    counts.flatMap { slice in
      slice.pedestrians.enumerated().compactMap { index, people in
        people > 0
          ? PedestrianFlow(crossing: CrossingID(index), begin: slice.begin, end: slice.end, people: people)
          : nil
      }
    } + walks.filter { $0.people > 0 }
  }
}
