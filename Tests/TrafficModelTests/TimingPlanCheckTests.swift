import TestSupport
import Testing
import TrafficModel

@Suite("TimingPlan.check")
struct TimingPlanCheckTests {
  let star: StarNetwork

  init() throws {
    star = try StarNetwork(
      approaches: 3, saturationFlow: [0.5, 0.5, 0.5], minimumGreen: 6, yellow: 3, intergreen: 5)
  }

  func rules(_ plan: TimingPlan) -> Set<PlanViolation.Rule> {
    Set(plan.check(against: star.network).map(\.rule))
  }

  func changed(_ change: (inout SignalProgram) -> Void) -> TimingPlan {
    var program = star.program(greens: [20, 15, 10], allRed: 2)
    change(&program)
    return TimingPlan(name: "changed", programs: [program])
  }

  /// The network with another description of its controller.
  func altered(_ change: (inout SignalController) -> Void) throws -> Network {
    var controller = star.network.controllers[0]
    change(&controller)
    return try star.network.replacing(controllers: [controller])
  }

  @Test("A plan that keeps every rule has no violation")
  func legal() {
    #expect(rules(star.plan(greens: [20, 15, 10], allRed: 2)).isEmpty)
    #expect(rules(star.plan(greens: [6, 6, 6], allRed: 2)).isEmpty)
  }

  @Test("A plan that leaves a controller alone breaks nothing there")
  func untouched() {
    #expect(rules(TimingPlan(name: "none", programs: [nil])).isEmpty)
  }

  @Test("Each rule is found when it alone is broken")
  func eachRule() {
    #expect(rules(star.plan(greens: [20, 15, 5], allRed: 2)) == [.minimumGreen])
    #expect(rules(star.plan(greens: [20, 15, 10], allRed: 1)) == [.intergreen])
    #expect(rules(star.plan(greens: [20, 15, 10], yellow: 2, allRed: 3)) == [.yellow])
    #expect(rules(star.plan(greens: [100, 60, 10], allRed: 2)) == [.cycleLength])
    #expect(rules(changed { $0.intervals.removeSubrange(3..<6) }) == [.unserved])
    #expect(rules(changed { $0.intervals[0].duration = -20 }) == [.duration])
    #expect(rules(changed { $0.intervals[0].duration = .nan }) == [.duration])
    #expect(rules(changed { $0.intervals[0].states.removeLast() }) == [.structure])
    #expect(rules(changed { $0.intervals = [] }) == [.structure])
    #expect(rules(changed { $0.offset = .infinity }) == [.structure])
    #expect(rules(TimingPlan(name: "wrong", programs: [])) == [.structure])
  }

  @Test("Conflicting greens are found, and are no violation where the permissive one yields")
  func conflicts() throws {
    let both = changed { $0.intervals[0].states[1] = .protectedGreen }
    #expect(rules(both).contains(.conflict))
    let permissive = changed {
      // Group 1 is green with group 0, ends with it, and is served again in its own stage.
      $0.intervals[0].states[1] = .permissiveGreen
      $0.intervals[1].states[1] = .yellow
    }
    #expect(rules(permissive).contains(.conflict))
    let lenient = try altered {
      $0.conflicts[0][1] = .columnYields
      $0.conflicts[1][0] = .rowYields
    }
    #expect(permissive.check(against: lenient).isEmpty)
    #expect(both.check(against: lenient).map(\.rule).contains(.conflict))
  }

  @Test(
    "An arrow beside permissive green lasts as long as its group needs, and the splits' minimums say the same"
  )
  func arrows() throws {
    // Group 0 has permissive green for 20 s, then its arrow.
    func plan(arrow: Double) -> TimingPlan {
      changed {
        var row = $0.intervals[0]
        $0.intervals[0].states[0] = .permissiveGreen
        row.duration = arrow
        $0.intervals.insert(row, at: 1)
      }
    }
    var controller = star.network.controllers[0]
    controller.groups[0].minimumProtectedGreen = 5
    let network = try altered { $0 = controller }
    #expect(plan(arrow: 5).check(against: network).isEmpty)
    #expect(plan(arrow: 4).check(against: network).map(\.rule) == [.minimumGreen])
    #expect(plan(arrow: 1).check(against: star.network).isEmpty)
    let program = try #require(plan(arrow: 4).programs[0])
    #expect(program.arrows(ofGroup: 0) == [IntervalRun(first: 1, count: 1)])
    #expect(program.minimums(of: controller).contains { $0.intervals == [1] && $0.seconds == 5 })
    // Green all the time, or protected alone, has no arrow.
    #expect(changed { $0.intervals[0].states[0] = .protectedGreen }.programs[0]?.arrows(ofGroup: 0) == [])
  }

  @Test("Turn on red, blinking and off are for groups that have them")
  func unusualStates() throws {
    let onRed = changed { $0.intervals[0].states[1] = .stopThenGo }
    #expect(rules(onRed) == [.unusualState])
    let network = try altered {
      $0.groups[1].otherStates = [.stopThenGo]
      $0.groups[2].otherStates = [.stopThenGo]
      $0.groups[2].mustBeServed = false
    }
    #expect(onRed.check(against: network).isEmpty)
    // Whoever had nothing but a turn on red must still have that, or better.
    let never = changed { $0.intervals.removeLast(3) }
    #expect(never.check(against: network).map(\.rule) == [.unserved])
    let sometimes = changed {
      $0.intervals.removeLast(3)
      $0.intervals[0].states[2] = .stopThenGo
    }
    #expect(sometimes.check(against: network).isEmpty)
  }

  @Test("A green that begins during a conflicting yellow is found")
  func startDuringYellow() throws {
    let plan = changed { $0.intervals[1].states[1] = .protectedGreen }
    #expect(rules(plan).isSuperset(of: [.startDuringYellow, .intergreen]))
    // Allowed from the yellow's group to the green's, and not the other way round.
    for (yellow, green, isAllowed) in [(0, 1, true), (1, 0, false)] {
      let network = try altered { $0.startsDuringYellow[yellow][green] = true }
      #expect(plan.check(against: network).contains { $0.rule == .startDuringYellow } == !isAllowed)
    }
  }

  @Test("A cycle may have the whole of its bounds and not half a second more or less")
  func cycleBounds() throws {
    let network = try altered { $0.cycleBounds = 45...60 }
    for (green, isAllowed) in [(20, true), (5, true), (20.5, false), (4.5, false)] {
      let plan = star.plan(greens: [green, 15, 10], allRed: 2)
      #expect(plan.check(against: network).contains { $0.rule == .cycleLength } == !isAllowed)
    }
  }

  @Test("Messages name the groups and the seconds")
  func message() {
    let violations = star.plan(greens: [20, 15, 5], allRed: 2).check(against: star.network)
    #expect(
      violations.map(\.message) == ["controller 'middle': group 'group 2' has 5.0 s of green, it needs 6.0 s"]
    )
  }
}
