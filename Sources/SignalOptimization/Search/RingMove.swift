internal import TrafficModel
internal import TrafficSimulation

/// Moves of a ring-barrier controller that stages do not know: seconds from phase to phase of one ring, and lead or lag.
extension MoveMaker {
  /// Seconds from one phase to another of the same ring before the same barrier.
  func shiftSplit(
    _ index: Int, _ rings: PhaseRings, _ setting: ControllerSetting, seconds: Double,
    _ random: inout SplitMix64
  ) -> ControllerSetting? {
    changed(index, rings, setting) { timing in
      guard let (barrier, ring) = Self.segment(of: timing, &random) else { return false }
      let segment = timing.order[barrier][ring]
      let giver = random.nextIndex(below: segment.count)
      let taker = (giver + 1 + random.nextIndex(below: segment.count - 1)) % segment.count
      timing.splits[segment[giver]] -= seconds
      timing.splits[segment[taker]] += seconds
      return rings.keepsMinimums(timing)
    }
  }

  /// Two neighbouring phases of a ring with changed places, or the first two of every ring before a barrier: where turns
  /// also wait for gaps, one that lags alone would trap the other.
  func swapPhases(
    _ index: Int, _ rings: PhaseRings, _ setting: ControllerSetting, _ random: inout SplitMix64
  ) -> ControllerSetting? {
    changed(index, rings, setting) { timing in
      guard let (barrier, ring) = Self.segment(of: timing, &random) else { return false }
      let first = random.nextIndex(below: timing.order[barrier][ring].count - 1)
      if random.nextIndex(below: 2) == 0 {
        timing.order[barrier][ring].swapAt(first, first + 1)
      } else {
        for ring in timing.order[barrier].indices where timing.order[barrier][ring].count > 1 {
          timing.order[barrier][ring].swapAt(0, 1)
        }
      }
      return true
    }
  }

  /// A ring's phases before a barrier, where there are several.
  private static func segment(
    of timing: RingTiming, _ random: inout SplitMix64
  ) -> (barrier: Int, ring: Int)? {
    let places = timing.order.indices.flatMap { barrier in
      timing.order[barrier].indices.filter { timing.order[barrier][$0].count > 1 }.map { (barrier, $0) }
    }
    guard !places.isEmpty else { return nil }
    return places[random.nextIndex(below: places.count)]
  }

  /// The setting with another timing of the same cycle; nil where the rings cannot run it.
  private func changed(
    _ index: Int, _ rings: PhaseRings, _ setting: ControllerSetting, _ change: (inout RingTiming) -> Bool
  ) -> ControllerSetting? {
    let id = ControllerID(index)
    let controller = network[id]
    let program = setting.program
    let reading = RingReading(program, controller, rings: rings)
    guard var timing = reading.timing, change(&timing) else { return nil }
    let compatibility = GroupCompatibility(network: network, id: id, program: program)
    let made = RingProgram(controller, rings: rings, following: compatibility)
    let moved = SignalProgram(
      controller: id, name: "greenwave",
      offset: (setting.offset + reading.origin).positiveRemainder(setting.cycle),
      intervals: made.intervals(timing)
    ).beginningWithStage()
    let plan = TimingPlan(
      name: "", programs: network.controllers.indices.map { $0 == index ? moved : nil })
    guard Set(program.yellowTraps(on: network)).isSuperset(of: moved.yellowTraps(on: network)),
      plan.check(against: network).isEmpty
    else { return nil }
    return ControllerSetting(moved, controller: controller)
  }
}
