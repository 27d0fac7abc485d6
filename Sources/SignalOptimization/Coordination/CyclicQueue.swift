/// A queue whose arrivals and service repeat every cycle, in steps of 1 s: vehicles stand on top of each other at
/// the stop line, and none is random.
struct CyclicQueue {
  /// Vehicles that leave in each second.
  private(set) var departures: [Double]
  /// Vehicles that wait at the end of each second.
  private(set) var waiting: [Double]

  /// Degree of saturation above which arrivals are scaled down to it: how long such a queue gets is decided by
  /// greens and not by offsets, and a queue that never clears would hide what offsets do.
  static let highestSaturation = 0.95

  /// - Parameters:
  ///   - arrivals: vehicles that arrive in each second of the cycle.
  ///   - capacity: vehicles that can leave in each second; as many seconds.
  init(arrivals: [Double], capacity: [Double]) {
    let factor = Self.factor(arrivals: arrivals.reduce(0, +), capacity: capacity.reduce(0, +))
    departures = arrivals
    waiting = arrivals
    var queue = 0.0
    // The queue is at most what came in the last cycle and could not leave: one round from empty settles it.
    for round in 0..<2 {
      for time in arrivals.indices {
        let present = queue + factor * arrivals[time]
        queue = max(0, present - capacity[time])
        if round == 1 {
          departures[time] = present - queue
          waiting[time] = queue
        }
      }
    }
  }

  /// By which arrivals are multiplied so that they can be served.
  static func factor(arrivals: Double, capacity: Double) -> Double {
    let most = highestSaturation * capacity
    return arrivals > most ? most / arrivals : 1
  }
}

/// What a lane's queue costs, in seconds of delay.
struct QueueCost: Hashable, Sendable {
  /// s of delay that a stop counts as: what braking and getting up to speed take.
  var stop = 5.0
  /// veh·s of delay that a vehicle counts as for every second in which there is no room for it on the link:
  /// it holds up others where it stands.
  var blocking = 2.0

  /// Cost of a cycle, veh·s.
  ///
  /// Room: by kinematic waves (Newell 1993, "A simplified theory of kinematic waves", Transportation Research B 27)
  /// a lane is full when those who have entered it by t are more than those who have left it by t − L / w and the
  /// lane's storage, w being the speed at which a queue starts up. With A the arrivals at the stop line that is
  /// waiting(τ) + A(τ + window) − A(τ) > storage, window = L / v + L / w.
  func cost(arrivals: [Double], queue: CyclicQueue, room: LaneRoom) -> Double {
    let count = arrivals.count
    let total = arrivals.reduce(0, +)
    var sum = 0.0
    for time in 0..<count {
      sum += queue.waiting[time]
      if queue.waiting[time] > 0 { sum += stop * arrivals[time] }
    }
    guard blocking > 0 else { return sum }
    let rounds = room.window / count
    let rest = room.window % count
    var coming = (0..<rest).reduce(0) { $0 + arrivals[$1] }
    for time in 0..<count {
      // `coming` holds the arrivals of the seconds after this one.
      coming += arrivals[(time + rest) % count] - arrivals[time]
      let inside = queue.waiting[time] + coming + Double(rounds) * total
      sum += blocking * max(0, inside - room.storage)
    }
    return sum
  }
}

/// How much room a lane has.
struct LaneRoom: Hashable, Sendable {
  /// Vehicles that it holds.
  var storage: Double
  /// s that a vehicle needs along the lane and the start of a queue back along it.
  var window: Int
}
