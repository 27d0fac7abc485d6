/// A day as a simulation plays it: who wants to travel, and which drivers they are.
public struct SimulatedDay: Sendable {
  /// The day's network and demand.
  public var simulator: Simulator
  /// The seed of its drivers.
  public var seed: UInt64

  /// A day.
  public init(simulator: Simulator, seed: UInt64) {
    self.simulator = simulator
    self.seed = seed
  }
}
