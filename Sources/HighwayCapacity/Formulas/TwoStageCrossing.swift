/// One leg crossed in two stages, with a refuge between (HCM 7, chapter 19, equations 19-78 to 19-88).
public struct TwoStageCrossing: Hashable, Sendable {
  /// A stage: its walk setting and when the walk begins in the cycle, both s.
  public struct Stage: Hashable, Sendable {
    /// s.
    public var walk: Double
    /// s after the start of the cycle.
    public var start: Double

    /// A stage with this walk that starts then.
    public init(walk: Double, start: Double) {
      self.walk = walk
      self.start = start
    }
  }
  /// Cycle C, s.
  public var cycle: Double
  /// From the kerb to the refuge.
  public var first: Stage
  /// From the refuge on.
  public var second: Stage
  /// From the kerb to the far side of the refuge, m.
  public var distance: Double
  /// Walking speed, m/s; 3.5 ft/s unless said otherwise.
  public var speed: Double

  /// A crossing as described by its parts.
  public init(cycle: Double, first: Stage, second: Stage, distance: Double, speed: Double = 3.5 * 0.3048) {
    self.cycle = cycle
    self.first = first
    self.second = second
    self.distance = distance
    self.speed = speed
  }

  /// Mean wait at kerb and refuge together, s (equation 19-86).
  public var delay: Double {
    let walk = PedestrianCrossing.effectiveWalk(first.walk)
    let atKerb = (cycle - walk) * (cycle - walk) / (2 * cycle)
    let onRed = (cycle - walk) / cycle
    return atKerb + refugeWaitAfterRed * onRed + refugeWaitOnWalk * (1 - onRed)
  }

  /// From reaching the refuge to the second walk, for who starts with the first walk, s (equations 19-79, 19-81, 19-88).
  private var wait: Double {
    let time = (second.start - first.start - distance / speed).truncatingRemainder(dividingBy: cycle)
    return time < 0 ? time + cycle : time
  }

  /// At the refuge, of who waited at the kerb, s (equation 19-80).
  private var refugeWaitAfterRed: Double {
    wait < cycle - PedestrianCrossing.effectiveWalk(second.walk) ? wait : 0
  }

  /// At the refuge, of who came during the first walk, s (equations 19-82 to 19-85).
  private var refugeWaitOnWalk: Double {
    let (walk, next) = (
      PedestrianCrossing.effectiveWalk(first.walk), PedestrianCrossing.effectiveWalk(second.walk)
    )
    if wait < walk {
      if wait + next < walk {
        let late = walk - next - wait
        return (0.5 * (late + wait) * (late + wait) + late * (cycle - walk)) / walk
      }
      let counted = wait + next <= cycle ? wait : cycle - next
      return 0.5 * counted * counted / walk
    }
    if wait + next < cycle { return wait - 0.5 * walk }
    guard wait + next <= cycle + walk else { return 0 }
    let late = walk - next - wait + cycle
    return (0.5 * late * late + late * (wait - walk)) / walk
  }
}
