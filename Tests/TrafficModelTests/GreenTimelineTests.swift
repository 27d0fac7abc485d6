import TestSupport
import Testing
import TrafficModel

/// Greens of a few groups in a cycle of whole seconds, some of them over the cycle's end.
private struct RandomGreens {
  let cycle: Int
  /// By group: second 0 … cycle - 1 to whether it is green and whether it is yellow there.
  private(set) var isGreen: [[Bool]] = []
  private(set) var isYellow: [[Bool]] = []
  private(set) var timeline: GreenTimeline

  init(seed: Int) {
    var random = LinearCongruential(seed: seed)
    let cycle = random.whole(in: 20...120)
    let groups = random.whole(in: 1...5)
    var spans: [[GreenSpan]] = []
    for _ in 0..<groups {
      var (green, yellow) = ([Bool](repeating: false, count: cycle), [Bool](repeating: false, count: cycle))
      var mine: [GreenSpan] = []
      for _ in 0..<random.whole(in: 0...3) {
        let begin = random.below(cycle)
        let length = random.whole(in: 1...max(1, cycle / 3))
        let needed = length + 5
        // Greens and yellows of a group do not touch each other.
        guard
          (-1...needed).allSatisfy({
            !green[(begin + $0 + cycle) % cycle] && !yellow[(begin + $0 + cycle) % cycle]
          })
        else { continue }
        let after = random.whole(in: 0...4)
        for second in 0..<length { green[(begin + second) % cycle] = true }
        for second in length..<length + after { yellow[(begin + second) % cycle] = true }
        mine.append(GreenSpan(begin: Double(begin), length: Double(length), yellow: Double(after)))
      }
      isGreen.append(green)
      isYellow.append(yellow)
      spans.append(mine)
    }
    var conflicts = spans.map { _ in spans.map { _ in GroupConflict.none } }
    for a in spans.indices {
      for b in spans.indices where b > a {
        let kinds: [GroupConflict] = [.none, .rowYields, .columnYields, .exclusive, .eitherYields]
        conflicts[a][b] = kinds[random.below(kinds.count)]
        conflicts[b][a] = conflicts[a][b].mirrored
      }
    }
    self.cycle = cycle
    timeline = GreenTimeline(cycle: Double(cycle), greens: spans, conflicts: conflicts)
  }

  /// What a group shows in a second of the cycle, told from the seconds alone.
  func state(of group: Int, in second: Int) -> SignalState {
    if isYellow[group][second] { return .yellow }
    guard isGreen[group][second] else { return .red }
    let yields = timeline.greens.indices.contains { other in
      [.rowYields, .eitherYields].contains(timeline.conflicts[group][other])
        && (isGreen[other][second] || isYellow[other][second])
    }
    return yields ? .permissiveGreen : .protectedGreen
  }
}

@Suite("Greens and programmes")
struct GreenTimelineTests {
  static let seeds = 0..<2000

  @Test("A timeline's programme shows every group in every second what its greens say")
  func seconds() {
    forEach(Self.seeds) { seed in
      let random = RandomGreens(seed: seed)
      let program = random.timeline.program(ControllerID(0), name: "random", offset: 7)
      #expect(abs(program.cycle - Double(random.cycle)) < 1e-9)
      for second in 0..<random.cycle {
        let states = program.states(at: 7 + Double(second) + 0.5)
        let expected = random.timeline.greens.indices.map { random.state(of: $0, in: second) }
        #expect(states == expected, "seed \(seed), second \(second)")
      }
      // No two rows that follow each other show the same.
      for (row, next) in zip(program.intervals, program.intervals.dropFirst() + [program.intervals[0]]) {
        #expect(row.states != next.states || program.intervals.count == 1, "seed \(seed)")
      }
    }
  }

  @Test("Reading the greens of a programme gives the greens that it was made of")
  func roundTrip() {
    forEach(Self.seeds) { seed in
      let random = RandomGreens(seed: seed)
      let program = random.timeline.program(ControllerID(0), name: "random", offset: 0)
      for (group, greens) in random.timeline.greens.enumerated() {
        let read = program.greens(ofGroup: group).map { green in
          GreenSpan(
            begin: (green.begin + program.offset).wrapped(in: program.cycle).rounded(),
            length: green.length.rounded(),
            yellow: green.yellow.rounded())
        }
        #expect(Set(read) == Set(greens), "seed \(seed), group \(group)")
        let shortest = greens.map(\.length).min()
        #expect(program.shortestGreen(ofGroup: group)?.rounded() == shortest, "seed \(seed), group \(group)")
        #expect(
          program.shortestYellow(ofGroup: group)?.rounded() == greens.map(\.yellow).min(), "seed \(seed)")
      }
    }
  }

  @Test("Clearances and starts during a yellow are those that counting seconds finds")
  func clearances() {
    forEach(Self.seeds) { seed in
      let random = RandomGreens(seed: seed)
      let cycle = random.cycle
      let program = random.timeline.program(ControllerID(0), name: "random", offset: 3)
      let clearances = program.clearances
      for a in random.isGreen.indices {
        for b in random.isGreen.indices where b != a {
          let begins = (0..<cycle).filter {
            random.isGreen[b][$0] && !random.isGreen[b][($0 + cycle - 1) % cycle]
          }
          // A start in the same second as the other's is no start while the other is green.
          let free = begins.filter { begin in
            !(random.isGreen[a][begin] && random.isGreen[a][(begin + cycle - 1) % cycle])
          }
          let counted = free.compactMap { begin in
            (0..<cycle).first { random.isGreen[a][(begin - 1 - $0 + 2 * cycle) % cycle] }
          }.min()
          #expect(clearances.shortest(from: a, to: b)?.rounded() == counted.map(Double.init), "seed \(seed)")
          #expect(
            program.starts(b, duringYellowOf: a) == begins.contains { random.isYellow[a][$0] }, "seed \(seed)"
          )
        }
      }
    }
  }

  @Test("Greens overlap where they share a second")
  func overlaps() {
    forEach(Self.seeds) { seed in
      var random = LinearCongruential(seed: seed)
      let cycle = random.whole(in: 10...90)
      func green() -> (GreenSpan, Set<Int>) {
        let (begin, length) = (random.below(cycle), random.whole(in: 1...cycle))
        return (
          GreenSpan(begin: Double(begin), length: Double(length)),
          Set((0..<length).map { (begin + $0) % cycle })
        )
      }
      let ((one, seconds), (other, others)) = (green(), green())
      #expect(one.overlaps(other, in: Double(cycle)) == !seconds.isDisjoint(with: others), "seed \(seed)")
    }
  }

  @Test("Times wrap in a cycle, and rounding makes no cycle of nothing")
  func wrapping() {
    #expect(Double(-1).wrapped(in: 90) == 89)
    #expect(Double(180).wrapped(in: 90) == 0)
    #expect((0.1 + 0.2 - 0.3).wrapped(in: 90) < 1e-9)
    #expect((0.3 - 0.1 - 0.2).wrapped(in: 90) == 0)
    #expect(Double(2).distance(to: 88, in: 90) == 4)
    #expect(Double(88).distance(to: 2, in: 90) == 4)
  }

  @Test("A group stays green from phase to phase, and through the clearance of one that fills the cycle")
  func phases() {
    func phase(_ begin: Double, _ groups: [Int], permissive: [Int] = []) -> RunningPhase {
      RunningPhase(
        begin: begin, green: 25, yellow: 3, clearance: 5, walk: 18,
        services: groups.map { RunningPhase.Service(group: $0, isPermissive: permissive.contains($0)) })
    }
    let none = [[GroupConflict]](repeating: [GroupConflict](repeating: .none, count: 3), count: 3)
    // Group 0 is served by both phases, 1 by the first, 2 walks with the second.
    let timeline = GreenTimeline(
      cycle: 60, phases: [phase(0, [0, 1]), phase(30, [0, 2], permissive: [0])],
      of: [.vehicle, .vehicle, .pedestrian], conflicts: none)
    let program = timeline.program(ControllerID(0), name: "phases", offset: 0)
    #expect(program.green(ofGroup: 0) == 60)
    #expect(program.spans(ofGroup: 0) { $0 == .protectedGreen }.map(\.length) == [25])
    #expect(program.greens(ofGroup: 1) == [GreenSpan(begin: 0, length: 25, yellow: 3)])
    #expect(program.greens(ofGroup: 2) == [GreenSpan(begin: 30, length: 18, yellow: 0)])
    let alone = GreenTimeline(
      cycle: 30, phases: [phase(0, [0])], of: [.vehicle], conflicts: [[.none]])
    #expect(alone.intervals.map(\.states) == [[.protectedGreen]])
  }
}
