import TestSupport
import Testing

@testable import TrafficModel

@Suite("Programmes of ring-barrier controllers")
struct RingReadingTests {
  let junction: RingNetwork

  init() throws { junction = try RingNetwork() }

  private func violations(_ program: SignalProgram, of junction: RingNetwork? = nil) -> [PlanViolation] {
    let junction = junction ?? self.junction
    return junction.plan(program).check(against: junction.network)
  }

  private func problems(_ program: SignalProgram, of junction: RingNetwork? = nil) -> [String] {
    violations(program, of: junction).filter { $0.rule == .rings }.map(\.message)
  }

  private let splits = [1: 15.0, 2: 35, 3: 12, 4: 28, 5: 22, 6: 28, 7: 16, 8: 24]
  private let orders = [
    [[[1, 2], [5, 6]], [[3, 4], [7, 8]]], [[[2, 1], [5, 6]], [[3, 4], [7, 8]]],
    [[[2, 1], [6, 5]], [[4, 3], [8, 7]]], [[[1, 2], [6, 5]], [[4, 3], [7, 8]]],
  ]

  @Test("What the rings run is legal, and is read as it was made, in any order of lead and lag")
  func legal() throws {
    for order in orders {
      let program = junction.program(splits: splits, order: order)
      #expect(violations(program) == [])
      #expect(program.cycle == 90)
      let reading = RingReading(program, junction.network[ControllerID(0)], rings: junction.rings)
      let timing = try #require(reading.timing)
      for (index, phase) in junction.rings.phases.enumerated() {
        #expect(abs(timing.splits[index] - (splits[phase.number] ?? 0)) < 1e-9)
      }
      let numbers = timing.order.map { $0.map { $0.map { junction.rings.phases[$0].number } } }
      #expect(numbers == order)
    }
  }

  @Test("A programme is read the same from whichever interval it begins")
  func rotation() throws {
    let program = junction.program(splits: splits)
    for first in program.intervals.indices {
      var rotated = program
      rotated.intervals = Array(program.intervals[first...] + program.intervals[..<first])
      #expect(problems(rotated) == [])
      let reading = RingReading(rotated, junction.network[ControllerID(0)], rings: junction.rings)
      let before = program.intervals[..<first].reduce(0) { $0 + $1.duration }
      #expect(abs((reading.origin + before).truncatingRemainder(dividingBy: 90)) < 1e-9)
    }
  }

  @Test("Rings that do not meet at a barrier are told")
  func barrier() {
    // Ring 2 needs 4 s more before the first barrier and 4 s less behind it.
    var uneven = splits
    uneven[6] = 32
    uneven[8] = 20
    // Rings made to wait are legal: nobody goes on before the others.
    #expect(problems(junction.program(splits: uneven)) == [])
    // Phase 3 begins 4 s before phase 7.
    var program = junction.program(splits: splits)
    let rows = program.intervals.indices.filter { program.intervals[$0].states[2] == .protectedGreen }
    let change = rows[0] - 1
    program.intervals[change].duration -= 1
    program.intervals.insert(
      SignalInterval(
        duration: 1,
        states: program.intervals[change].states.enumerated().map { $0 == 2 ? .protectedGreen : $1 }),
      at: change + 1)
    let found = problems(program)
    #expect(found.contains { $0.contains("crosses the barrier with phase 7 at second 50") })
    #expect(found.contains { $0.contains("phase 3 begins 4 s after the green of phase 2") })
  }

  @Test("A phase that runs twice, one that is left out, and two of a ring together are told")
  func phases() {
    let program = junction.program(splits: splits)
    var twice = program
    twice.intervals += program.intervals
    #expect(problems(twice).contains { $0.contains("phase 1 runs 2 times a cycle") })

    var without = program
    for row in without.intervals.indices where without.intervals[row].states[0] != .red {
      without.intervals[row].states[0] = .red
    }
    #expect(problems(without).contains { $0.contains("phase 1 is left out") })

    var together = program
    let last = program.intervals.lastIndex { $0.states[1].isGreen } ?? 0
    for row in 0...last { together.intervals[row].states[0] = .protectedGreen }
    #expect(problems(together).contains { $0.contains("phases 1 and 2 of ring 1 run together") })
  }

  @Test("Phases on the wrong side of the barrier are told with their order")
  func acrossBarrier() throws {
    // A stage controller's plan that is free of conflicts, but serves the side street between the main street's phases.
    let other = try RingNetwork(change: { phase in
      phase.barrier = [1: 1, 3: 2, 2: 3, 4: 4][(phase.number - 1) % 4 + 1] ?? 0
    })
    let even = [1: 15.0, 2: 35, 3: 12, 4: 28, 5: 15, 6: 35, 7: 12, 8: 28]
    let program = other.program(
      splits: even, order: [[[1], [5]], [[3], [7]], [[2], [6]], [[4], [8]]])
    #expect(violations(program, of: other).isEmpty)
    #expect(
      problems(program) == [
        "controller 'middle': ring 1 runs its phases in the order 1, 3, 2, 4, across the barriers",
        "controller 'middle': ring 2 runs its phases in the order 5, 7, 6, 8, across the barriers",
      ])
  }

  @Test("Lead and lag change places only where they may")
  func places() throws {
    let fixed = try RingNetwork(change: { $0.keepsPlace = $0.number <= 2 })
    #expect(problems(fixed.program(splits: splits, order: orders[0]), of: fixed) == [])
    #expect(
      problems(fixed.program(splits: splits, order: orders[1]), of: fixed).contains {
        $0.contains("phase 2 must keep its place in ring 1, it has changed places with phase 1")
      })
    #expect(
      problems(
        fixed.program(splits: splits, order: [[[1, 2], [6, 5]], [[4, 3], [8, 7]]]), of: fixed) == [])
  }

  @Test("A split below its minimum is told with what needs it")
  func minimum() throws {
    let walking = try RingNetwork(change: {
      if $0.number == 4 {
        $0.walk = 7
        $0.flashingDontWalk = 17
      }
    })
    #expect(
      problems(walking.program(splits: splits), of: walking) == [
        "controller 'middle': phase 4 has a split of 28 s, its minimum is 29 s (walk 7 s, flashing don't walk 17 s, yellow 3 s, all-red 2 s)"
      ])
    var longer = splits
    longer[4] = 29
    longer[8] = 25
    #expect(problems(walking.program(splits: longer), of: walking) == [])
  }

  @Test("A phase may be left out where the controller permits it")
  func optional() throws {
    let free = try RingNetwork(change: { $0.isOptional = $0.number == 1 })
    let order = [[[2], [5, 6]], [[3, 4], [7, 8]]]
    var splits = splits
    splits[2] = 50
    // The group is not served then, which is another rule.
    #expect(Set(violations(free.program(splits: splits, order: order), of: free).map(\.rule)) == [.unserved])
    #expect(
      problems(junction.program(splits: splits, order: order)).contains { $0.contains("phase 1 is left out") }
    )
  }

  @Test("Left turns that also wait for gaps are read by their protected green")
  func permissive() throws {
    let turning = try RingNetwork(permissive: true)
    for order in orders {
      let program = turning.program(splits: splits, order: order)
      #expect(violations(program, of: turning) == [])
      let timing = RingReading(
        program, turning.network[ControllerID(0)], rings: turning.rings
      ).timing
      let read = try #require(timing)
      for (index, phase) in turning.rings.phases.enumerated() {
        #expect(abs(read.splits[index] - (splits[phase.number] ?? 0)) < 1e-9)
      }
    }
  }

  @Test("Lengthening an interval without clearance keeps the rings in step, lengthening another does not")
  func adjustable() {
    for order in orders {
      let program = junction.program(splits: splits, order: order)
      let controller = junction.network[ControllerID(0)]
      let adjustable = RingReading(program, controller, rings: junction.rings).adjustableIntervals
      #expect(adjustable.count >= 4)
      for row in program.intervals.indices {
        var longer = program
        longer.intervals[row].duration += 7
        let isLegal = violations(longer).isEmpty
        #expect(isLegal == adjustable.contains(row), "interval \(row + 1)")
      }
    }
  }
}
