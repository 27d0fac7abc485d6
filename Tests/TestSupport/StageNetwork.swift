public import TrafficModel

/// A star with a present programme of equal stages: each is the green of one group, and serves approaches of its own.
public struct StageNetwork {
  /// The star's: junction 0 in the middle, link i from outside to it, one exit link last.
  public let network: Network
  /// The present programme: equal stages.
  public let program: SignalProgram

  /// - Parameters:
  ///   - stages: by stage: the saturation flows of its lanes, veh/s.
  ///   - cycle: cycle of the present programme, s.
  ///   - yellow: yellow after each stage, s.
  ///   - allRed: all-red after each yellow, s.
  public init(
    stages: [[Double]], cycle: Double, minimumGreens: [Double]? = nil, yellow: Double = 3, allRed: Double = 0,
    startUpLostTime: Double = 0, yellowUsed: Double = 0, length: Double = 300,
    cycleBounds: ClosedRange<Double> = 20...180
  ) throws {
    let star = try StarNetwork(
      groups: stages, length: length, minimumGreens: minimumGreens ?? stages.map { _ in 5 }, yellow: yellow,
      intergreen: yellow + allRed, startUpLostTime: startUpLostTime, yellowUsed: yellowUsed,
      cycleBounds: cycleBounds, speed: 15)
    network = star.network
    let green = cycle / Double(stages.count) - yellow - allRed
    program = star.program(greens: stages.map { _ in green }, yellow: yellow, allRed: allRed)
  }

  /// The present plan.
  public var plan: TimingPlan { TimingPlan(name: "present", programs: [program]) }

  /// Counts over an hour of these flows, veh/s, by movement.
  public func demand(_ flows: [Double]) -> Demand {
    let slice = CountSlice(begin: 0, end: 3600, vehicles: flows.map { $0 * 3600 }, pedestrians: [])
    return Demand(begin: 0, end: 3600, counts: [slice])
  }
}
