public import TrafficModel

/// What one run of a plan showed from second to second: how queues grew and went, and where vehicles were.
public struct TrafficObservation: Sendable {
  /// Where a vehicle's front was.
  public struct Sighting: Hashable, Sendable {
    /// Absolute time, s.
    public var time: Double
    /// The link.
    public var link: LinkID
    /// m from the link's begin.
    public var position: Double
  }
  /// Of each vehicle that was followed its sightings, second by second; in the order in which they were first seen.
  public var trajectories: [[Sighting]] = []
  /// By minute of the period, then by link: mean number of queued vehicles (slower than 5 km/h).
  public var queues: [[Double]] = []
  /// By minute of the period: mean number of vehicles that wait outside the network.
  public var waitingOutside: [Double] = []
  /// By lane: its longest queue in each cycle of the signals at its end, veh; in minutes where there are none.
  public var longestQueues: [[Int]] = []

  /// Nothing seen.
  public init() {}

  /// s of one mean of the queues.
  public static let minute = 60.0
}

extension TrafficObservation {
  /// The queue that a share of the cycles keeps within, veh: of the lanes' longest queues, all runs together.
  ///
  /// - Parameters:
  ///   - share: 0 ... 1; 0.95 is what designers of turn pockets go by.
  ///   - lane: whose queue.
  ///   - runs: of one plan.
  public static func queue(withinShare share: Double, ofLane lane: LaneID, runs: [TrafficObservation]) -> Int
  {
    let longest = runs.flatMap { $0.longestQueues[lane.index] }.sorted()
    guard !longest.isEmpty else { return 0 }
    // The least value that at least the share of all values does not exceed.
    let place = Int((share * Double(longest.count)).rounded(.up)) - 1
    return longest[max(0, min(longest.count - 1, place))]
  }
}
