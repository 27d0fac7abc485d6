/// Where a way through a junction meets a pedestrian crossing.
public struct CrossedWay: Hashable, Sendable {
  /// The way.
  public var connection: ConnectionID
  /// m from its stop line to the crossing.
  public var begin: Double
  /// m along the crossing, from the kerb on the side where traffic leaves the junction, to the middle of the lane that it
  /// crosses.
  public var middle: Double
  /// Whether it lies right behind where traffic yields, so that a driver decides there whether people come. On longer ways he
  /// drives into the junction, and stops before those on the crossing.
  public var isNear: Bool
}

extension Network {
  /// The ways that lead over a crossing.
  ///
  /// A leg's crossing lies before its stop line and across the lanes that lead away: who comes from the leg meets it at the
  /// begin of the way, who goes there at the end.
  public func crossedWays(of id: CrossingID) -> [CrossedWay] {
    let crossing = self[id]
    let leg = leg(of: crossing)
    let lanesOut = leg.out.map { lanesOfLink[$0.index].count } ?? 0
    let lanesIn = leg.into.map { lanesOfLink[$0.index].count } ?? 0
    let lane = min(WalkingModel.widestLane, crossing.length / Double(max(1, lanesOut + lanesIn)))
    return crossing.crossedConnections.map { connection in
      let (from, to) = (self[self[connection].from], self[self[connection].to])
      let isExit = to.link == leg.out
      let aside = (Double(isExit ? to.position : from.position) + 0.5) * lane
      let begin = isExit ? max(0, self[connection].length - WalkingModel.width) : 0
      return CrossedWay(
        connection: connection, begin: begin, middle: isExit ? aside : crossing.length - aside,
        isNear: begin - (self[connection].waitingPosition ?? 0) < WalkingModel.nearestInside)
    }
  }

  /// The links that come in and go out where a crossing lies: the pair that most of what it crosses uses.
  package func leg(of crossing: PedestrianCrossing) -> (into: LinkID?, out: LinkID?) {
    let crossed = crossing.crossedConnections.map {
      (from: self[self[$0].from].link, to: self[self[$0].to].link)
    }
    func unique(_ links: [LinkID]) -> [LinkID?] { Set(links).sorted { $0.index < $1.index } + [nil] }
    var best: (into: LinkID?, out: LinkID?, crossed: Int, used: Int) = (nil, nil, 0, 3)
    for into in unique(crossed.map(\.from)) {
      for out in unique(crossed.map(\.to)) {
        let count = crossed.count { $0.from == into || $0.to == out }
        // A road of one direction has one of the two.
        let used = (into == nil ? 0 : 1) + (out == nil ? 0 : 1)
        if (count, -used) > (best.crossed, -best.used) { best = (into, out, count, used) }
      }
    }
    return (best.into, best.out)
  }
}

/// How people walk, and when vehicles wait for them: SUMO's pedestrians and its drivers' behaviour at crossings, which
/// Documentation/Pedestrians.md compares with this.
public enum WalkingModel {
  /// Mean of the speeds at which people walk, m/s.
  public static let speed = 1.39
  /// Standard deviation of these speeds, m/s.
  public static let speedDeviation = 0.139
  /// m along the road that a crossing takes up.
  public static let width = 4.0
  /// No lane that people cross is wider, m.
  static let widestLane = 3.5
  /// s by which people follow each other onto a crossing of that width: 2.7 s for a person and foot, as the Highway
  /// Capacity Manual's crossing times have it.
  public static let headway = 0.82 / width
  /// Vehicles wait for who comes up to their way within so much, m, until he is `clearance` beyond it.
  public static let gap = 10.0
  /// A vehicle's width and a person's depth, m.
  public static let clearance = 2.015
  /// m from where traffic yields to a crossing, from which on a vehicle has room to wait before it.
  static let nearestInside = 8.0
  /// A vehicle that has waited is over a crossing after so long, s: who comes to the kerb before goes first.
  public static let timeToCross = 4.0
}
