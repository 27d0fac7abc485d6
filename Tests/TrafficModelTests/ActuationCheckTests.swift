import TestSupport
import Testing
import TrafficModel

@Suite("Checks of programmes that respond")
struct ActuationCheckTests {
  /// Two approaches, 5 s of green at least, 3 s of yellow, 3 s between.
  private let star: StarNetwork

  init() throws {
    star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
  }

  private static func letters(_ text: String) -> [SignalState] {
    text.compactMap { SignalState(rawValue: String($0)) }
  }

  /// Green and yellow of both approaches, in turn.
  private func program(
    _ change: (inout StageActuation) -> Void = { _ in }
  ) -> SignalProgram {
    var program = star.program(greens: [20, 20])
    var actuation = StageActuation(
      intervals: [("Gr", 5.0, 40.0), ("yr", 3, 3), ("rG", 5, 40), ("ry", 3, 3)].enumerated().map {
        index, row in
        ActuatedInterval(
          states: Self.letters(row.0), minimum: row.1, maximum: row.2, successors: [(index + 1) % 4])
      }, detectors: [])
    change(&actuation)
    program.actuation = actuation
    return program
  }

  private func rules(_ program: SignalProgram) -> [PlanViolation.Rule] {
    TimingPlan(name: "present", programs: [program]).check(against: star.network).map(\.rule)
  }

  @Test("settings that keep all rules are legal")
  func legal() { #expect(rules(program()).isEmpty) }

  @Test("a green that may end too soon is too short, however long it may get")
  func minimumGreen() {
    #expect(rules(program { $0.intervals[0].minimum = 4 }) == [.minimumGreen])
  }

  @Test("yellow and intergreen are judged over every way from one stage to the next")
  func yellow() {
    // 2 s of yellow are too short for themselves, and for the intergreen.
    #expect(
      rules(
        program {
          $0.intervals[1].minimum = 2
          $0.intervals[1].maximum = 2
        }) == [.yellow, .intergreen])
    // A stage that may follow without any yellow.
    let shortcut = rules(program { $0.intervals[0].successors = [1, 2] })
    #expect(Set(shortcut) == [.yellow, .intergreen])
  }

  @Test("conflicting greens are found in intervals that are chosen now and then only")
  func conflict() {
    let found = rules(
      program {
        $0.intervals.append(
          ActuatedInterval(states: Self.letters("GG"), minimum: 5, maximum: 9, successors: [1]))
        $0.intervals[3].successors = [0, 4]
      })
    #expect(found.contains(.conflict))
  }

  @Test("a group that no interval gives a green is not served")
  func unserved() {
    let found = rules(
      program {
        $0.intervals[2].states = Self.letters("rr")
        $0.intervals[3].states = Self.letters("rr")
      })
    #expect(found.contains(.unserved))
  }

  @Test("a green over several intervals lasts as long as the shortest way through them")
  func greenOverIntervals() {
    // The green of the second approach is interval 3 of 3 s, and 1 s more where interval 5 follows.
    let found = { (direct: Bool) in
      rules(
        program {
          $0.intervals[2].minimum = 4
          $0.intervals[2].successors = direct ? [3, 4] : [4]
          $0.intervals.append(
            ActuatedInterval(states: Self.letters("rG"), minimum: 1, maximum: 1, successors: [3]))
        })
    }
    #expect(found(false).isEmpty)
    #expect(found(true) == [.minimumGreen])
  }

  @Test("what a programme pictures runs by the clock, and is judged as such")
  func picture() {
    let short = program { $0.intervals[0].minimum = 1 }
    #expect(!rules(short).isEmpty)
    #expect(rules(short.fixedTime).isEmpty)
  }

  @Test("a plan's file leaves what responds as it is, but not a fixed programme that takes its place")
  func leftOut() {
    let existing = TimingPlan(name: "existing", programs: [program()])
    var network = star.network
    var controller = network.controllers[0]
    controller.presentControl = .actuated(kind: "actuated")
    network = network.replacingControllers([controller])
    #expect(existing.leavingOutStandIns(of: existing, on: network).programs == [nil])
    let fixed = TimingPlan(name: "fixed", programs: existing.programs.map { $0?.fixedTime })
    #expect(fixed.leavingOutStandIns(of: existing, on: network) == fixed)
    #expect(existing.responding == [ControllerID(0)])
    #expect(fixed.responding.isEmpty)
  }
}
