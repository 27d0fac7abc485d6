internal import TrafficModel

/// A day as a simulation plays it: who wants to travel, and which drivers they are.
public struct SimulatedDay: Sendable {
  /// The day's network and demand.
  public let simulator: Simulator
  /// The seed of its drivers.
  public let seed: UInt64
  /// Who travels when and where, where somebody has drawn them: all plans meet the same.
  private var travellers: Travellers?

  /// A day.
  public init(simulator: Simulator, seed: UInt64) {
    self.simulator = simulator
    self.seed = seed
  }

  /// The day with its travellers at hand, for who plays it more than once.
  public func drawn() -> SimulatedDay {
    guard travellers == nil else { return self }
    var drawn = self
    drawn.travellers = simulator.travellers(seed: seed)
    return drawn
  }

  /// Days with their travellers at hand, drawn on as many threads as there are processors.
  public static func drawn(_ days: [SimulatedDay]) async -> [SimulatedDay] {
    await withTaskGroup(of: (Int, SimulatedDay).self) { group in
      for (index, day) in days.enumerated() { group.addTask { (index, day.drawn()) } }
      var drawn = days
      for await (index, day) in group { drawn[index] = day }
      return drawn
    }
  }

  /// Plays a timetable, made for the network.
  func run(_ timetable: SignalTimetable) -> Measures {
    simulator.run(timetable, with: travellers ?? simulator.travellers(seed: seed), seed: seed)
  }
}
