import LinearProgramming
import Reporting
import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("Why there is no plan, in words")
struct NoPlanWordsTests {
  private let network: Network

  init() throws {
    network = try StageNetwork(stages: [[0.5], [0.5]], cycle: 60).network
  }

  @Test(
    "A junction is told with what it needs, in tenths of seconds that are rounded up",
    arguments: [
      (.cycleBounds(40...150, cycle: 20), ": the cycle is 20 s, it must be in 40 … 150 s"),
      (.minimumSplits(needed: 40.01, cycle: 39), ": minimum splits need 40.1 s, the cycle is 39 s"),
      (
        .minimums(needed: 24, cycle: 20, maximumChange: nil),
        ": minimum greens, walks and intergreens need 24 s, the cycle is 20 s"
      ),
      (
        .minimums(needed: 50, cycle: 90, maximumChange: 2.5),
        ": with changes of at most 2.5 s, minimum greens, walks and intergreens need 50 s, the cycle is 90 s"
      ),
      (.minimums(needed: .infinity, cycle: 90, maximumChange: nil), ": its minimums cannot all be kept"),
      (.onlyCycles(shortest: 30, longest: 150), " can run 30.0 … 150.0 s"),
      (.keepsCycle(80, isFrozen: true), " is frozen and keeps its cycle of 80.0 s"),
      (.keepsCycle(80, isFrozen: false), " has no greens to change and keeps its cycle of 80.0 s"),
      (.noProgram, " has no programme"),
      (
        .splitProgram(.invalid(["a cost is no number"])),
        ": the split program failed: invalid([\"a cost is no number\"])"
      ),
    ] as [(JunctionObstacle.Reason, String)])
  func junctions(_ reason: JunctionObstacle.Reason, _ words: String) {
    let obstacle = JunctionObstacle(controller: ControllerID(0), reason: reason)
    #expect(NoPlan.junctions([obstacle]).reasons(in: network) == ["junction 'middle'" + words])
    #expect(
      NoPlan.noCommonCycle([obstacle]).reasons(in: network)
        == ["no cycle suits all signals of the arterial", "junction 'middle'" + words])
  }

  @Test(
    "Green waves are told with what to do about them",
    arguments: [
      (
        .noArterial,
        "no two neighbouring signals have traffic from each to the other: there is no arterial to find"
      ),
      (.tooFew, "an arterial has two signals at least, each of them once"),
      (
        .frozen([ControllerID(0), ControllerID(0)]),
        "'middle', 'middle' are frozen, but only one signal of an arterial can keep its offset"
      ),
      (
        .existingCycles([80, 90], of: [ControllerID(0), ControllerID(0)]),
        "green waves need one cycle, but the existing ones differ: 'middle' 80.0 s, 'middle' 90.0 s; '--cycle common' finds one"
      ),
      (
        .cyclesOfTheirOwn,
        "green waves need one cycle for the whole arterial: '--cycle common', or one in seconds"
      ),
      (.severalCycles, "green waves need one cycle for the whole arterial: '--cycle common' finds one"),
      (
        .noTraffic(from: ControllerID(0), to: ControllerID(0), next: []),
        "no traffic goes from 'middle' to 'middle' without another signal on its way; traffic from there comes to no other signal"
      ),
      (
        .noTraffic(from: ControllerID(0), to: ControllerID(0), next: [ControllerID(0)]),
        "no traffic goes from 'middle' to 'middle' without another signal on its way; traffic from there comes to 'middle' next"
      ),
      (.noGreen(ControllerID(0)), "the traffic along the arterial never has green at 'middle'"),
      (.noSolution, "the bandwidth program failed: no solution within its limits"),
    ] as [(NoGreenWaves, String)])
  func greenWaves(_ reason: NoGreenWaves, _ words: String) {
    #expect(NoPlan.noGreenWaves(reason).reasons(in: network) == [words])
  }
}
