/// A queue whose arrivals and service repeat every cycle, in steps of 1 s: vehicles stand on top of each other at
/// the stop line, and none is random.
struct CyclicQueue {
  /// Vehicles that leave in each second.
  var departures: [Double]
  /// veh·s per cycle.
  var delay: Double

  /// Degree of saturation above which arrivals are scaled down to it: how long such a queue gets is decided by
  /// greens and not by offsets, and a queue that never clears would hide what offsets do.
  static let highestSaturation = 0.95

  /// - Parameters:
  ///   - arrivals: vehicles that arrive in each second of the cycle.
  ///   - capacity: vehicles that can leave in each second; as many seconds.
  init(arrivals: [Double], capacity: [Double]) {
    let factor = Self.factor(arrivals: arrivals.reduce(0, +), capacity: capacity.reduce(0, +))
    departures = arrivals
    var queue = 0.0
    delay = 0
    // The queue is at most what came in the last cycle and could not leave: one round from empty settles it.
    for round in 0..<2 {
      delay = 0
      for time in arrivals.indices {
        let arriving = factor * arrivals[time]
        let left = max(0, queue + arriving - capacity[time])
        if round == 1 { departures[time] = queue + arriving - left }
        delay += (queue + left) / 2
        queue = left
      }
    }
  }

  /// By which arrivals are multiplied so that they can be served.
  static func factor(arrivals: Double, capacity: Double) -> Double {
    let most = highestSaturation * capacity
    return arrivals > most ? most / arrivals : 1
  }

  /// Delay alone, veh·s per cycle, of `base` and of `platoon`, which holds two cycles, from `shift` on; with room
  /// for nothing, so that tables over all shifts are quick.
  static func delay(
    base: [Double], platoon: [Double], share: Double, shift: Int, factor: Double, capacity: [Double]
  ) -> Double {
    base.withUnsafeBufferPointer { base in
      platoon.withUnsafeBufferPointer { platoon in
        capacity.withUnsafeBufferPointer { capacity in
          var queue = 0.0
          var delay = 0.0
          for _ in 0..<2 {
            delay = 0
            for time in base.indices {
              let arriving = factor * (base[time] + share * platoon[time + shift])
              let left = max(0, queue + arriving - capacity[time])
              delay += (queue + left) / 2
              queue = left
            }
          }
          return delay
        }
      }
    }
  }
}
