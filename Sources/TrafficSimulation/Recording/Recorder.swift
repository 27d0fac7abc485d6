internal import TrafficModel

/// Adds up what happens on links and movements.
struct Recorder: ~Copyable {
  struct LinkSums: BitwiseCopyable {
    var entered: Int32 = 0
    var left: Int32 = 0
    var delay = 0.0
    var queue = 0.0
    var maximumQueue: Int32 = 0
    var fullestLane = 0.0
    var spillbackTime = 0.0
    var timeAboveLimit = 0.0
    /// Queued vehicles beyond which the link is above its limit.
    var limit = Int32.max
    /// The last step that counted as spillback.
    var spilledIn: Int32 = -1
    /// Vehicles queued in the second that was noted last, on the lanes noted so far.
    var queued: Int32 = 0
    var step: Int32 = -1
  }
  struct MovementSums: BitwiseCopyable {
    var demand: Int32 = 0
    var served: Int32 = 0
    var delay = 0.0
    var stops: Int32 = 0
  }

  private var links: FlatArray<LinkSums>
  private var movements: FlatArray<MovementSums>
  private let demand: Int
  private var stages: [ShownStages]
  /// Vehicles that have arrived.
  private(set) var arrived = 0
  private var stops = 0
  private var totalDelay = 0.0
  private var travelTime = 0.0

  /// - Parameters:
  ///   - demand: vehicles.
  ///   - timetable: what the controllers run.
  init(network: Network, demand: Int, timetable: SignalTimetable) {
    stages = network.controllers.indices.compactMap { index in
      timetable.actuation(ofController: index).map {
        ShownStages(controller: ControllerID(index), intervals: $0.intervals.count)
      }
    }
    links = FlatArray(
      network.links.map { link in
        var sums = LinkSums()
        if let limit = link.queueLimit { sums.limit = Int32(min(limit, Self.noLimit).rounded(.down)) }
        return sums
      })
    movements = FlatArray(repeating: MovementSums(), count: network.movements.count)
    self.demand = demand
  }

  /// No link holds so many vehicles.
  private static let noLimit = 1e9

  @inline(__always)
  mutating func enter(link: Int32) { links[link].entered += 1 }
  @inline(__always)
  mutating func leave(link: Int32) { links[link].left += 1 }
  @inline(__always)
  mutating func demand(movement: Int32) { movements[movement].demand += 1 }
  @inline(__always)
  mutating func pass(movement: Int32) { movements[movement].served += 1 }

  /// A vehicle ends its route on a link.
  mutating func arrive(link: Int32) {
    leave(link: link)
    arrived += 1
    assert(arrived <= demand, "nobody arrives who did not mean to depart")
  }

  /// A second of vehicles on the road.
  mutating func drive(vehicles: Int) { travelTime += Double(vehicles) }

  @inline(__always)
  mutating func stop(movement: Int32) {
    stops += 1
    if movement >= 0 { movements[movement].stops += 1 }
  }

  /// Delay of vehicles on a link or outside it.
  @inline(__always)
  mutating func add(delay: Double, link: Int32) {
    totalDelay += delay
    links[link].delay += delay
  }

  /// Delay of a vehicle before the stop line of its movement.
  @inline(__always)
  mutating func add(delay: Double, movement: Int32) { movements[movement].delay += delay }

  /// A lane's queue at the begin of a step.
  @inline(__always)
  mutating func addQueue(_ vehicles: Int32, link: Int32, step: Int32, share: Double) {
    links[link].queue += Double(vehicles)
    let others = links[link].step == step ? links[link].queued : 0
    links[link].queued = vehicles + others
    // The lane that takes the link above its limit counts the second.
    if others <= links[link].limit, links[link].queued > links[link].limit { links[link].timeAboveLimit += 1 }
    links[link].step = step
    links[link].maximumQueue = max(links[link].maximumQueue, links[link].queued)
    links[link].fullestLane = max(links[link].fullestLane, share)
  }

  /// Somebody could not come onto a link in a step; once for all of its lanes.
  mutating func spillBack(link: Int32, step: Int32) {
    guard links[link].spilledIn != step else { return }
    links[link].spilledIn = step
    links[link].spillbackTime += 1
  }

  /// A controller that responds begins an interval, and ends the one before, at absolute time `now`, s.
  mutating func changeStage(ofController controller: Int, from before: Int?, at now: Double) {
    guard let place = stages.firstIndex(where: { $0.controller.index == controller }) else { return }
    stages[place].change(from: before, at: now)
  }

  /// What was measured, after `seconds` steps.
  func measures(seconds: Double, waitingOutside: Int) -> Measures {
    var measures = Measures()
    measures.demand = demand
    measures.served = arrived
    measures.waitingOutside = waitingOutside
    measures.totalDelay = totalDelay
    measures.travelTime = travelTime
    measures.stops = stops
    measures.stages = stages
    measures.links = links.values.map { sums in
      var link = LinkMeasures()
      link.entered = Int(sums.entered)
      link.left = Int(sums.left)
      link.delay = sums.delay
      link.meanQueue = seconds > 0 ? sums.queue / seconds : 0
      link.maximumQueue = Int(sums.maximumQueue)
      link.fullestLane = sums.fullestLane
      link.spillbackTime = sums.spillbackTime
      link.timeAboveLimit = sums.timeAboveLimit
      return link
    }
    measures.movements = movements.values.map { sums in
      var movement = MovementMeasures()
      movement.demand = Int(sums.demand)
      movement.served = Int(sums.served)
      movement.delay = sums.delay
      movement.stops = Int(sums.stops)
      return movement
    }
    return measures
  }
}
