internal import TrafficModel

/// A person who wants to cross.
struct Walker: BitwiseCopyable, Sendable {
  /// When he comes to the kerb, absolute s.
  var arrival: Double
  /// m/s.
  var speed: Double
  /// Whether he comes from the side where traffic leaves the junction.
  var isFromExitSide: Bool
}

/// Everybody who wants to cross in a run, crossing by crossing.
struct Walkers: Sendable {
  /// The crossings that people walk on.
  let crossings: [CrossingID]
  /// By such crossing: people in order of arrival.
  private(set) var people: [[Walker]] = []

  /// Nobody walks more slowly, m/s.
  private static let slowest = 0.5

  /// Those crossings on which people walk.
  static func crossings(of demand: Demand) -> [CrossingID] {
    Set(demand.pedestrianFlows.map(\.crossing.index)).sorted().map { CrossingID($0) }
  }

  /// People of a seed: as many as there are, on average, at random times, half of them from each side.
  init(demand: Demand, crossings: [CrossingID], seed: UInt64) {
    self.crossings = crossings
    let root = SplitMix64(seed: seed)
    let flows = demand.pedestrianFlows
    for crossing in crossings {
      var random = root.split(UInt64(crossing.index) &+ 0x2_0000_0000)
      var found: [Walker] = []
      for flow in flows where flow.crossing == crossing {
        let rate = flow.people / (flow.end - flow.begin)
        var time = flow.begin + random.nextExponential() / rate
        while time < flow.end {
          let speed = max(
            Self.slowest, WalkingModel.speed + WalkingModel.speedDeviation * random.nextNormal())
          found.append(Walker(arrival: time, speed: speed, isFromExitSide: random.nextUnit() < 0.5))
          time += random.nextExponential() / rate
        }
      }
      people.append(found.sorted { $0.arrival < $1.arrival })
    }
  }
}
