import TestSupport
import Testing
import TrafficModel

@Suite("SignalProgram")
struct SignalProgramTests {
  let star: StarNetwork

  init() throws { star = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5]) }

  @Test("The cycle is the sum of the intervals, the stages are the rows without yellow")
  func cycleAndStages() {
    let program = star.program(greens: [20, 15, 10], allRed: 2)
    #expect(program.cycle == 60)
    #expect(program.stages == [0, 3, 6])
  }

  @Test("Interval 0 begins at offset + n × cycle", arguments: [-130.0, -10, 0, 7.5, 50, 1000])
  func offset(_ offset: Double) {
    let program = star.program(greens: [20, 15, 10], offset: offset)
    for n in -2...2 {
      let start = offset + Double(n) * program.cycle
      #expect(program.states(at: start)[0] == .protectedGreen)
      #expect(program.states(at: start - 0.5)[2] == .yellow)
      #expect(program.positionInCycle(at: start + 21) == 21)
    }
  }

  @Test("Rotating a programme to begin with a stage changes no absolute second", arguments: 0..<9)
  func rotation(_ shift: Int) {
    var program = star.program(greens: [20, 15, 10], allRed: 2, offset: 13)
    program.intervals = Array(program.intervals[shift...] + program.intervals[..<shift])
    let rotated = program.beginningWithStage()
    #expect(!rotated.intervals[0].isTransition)
    #expect(rotated.offset >= 0 && rotated.offset < rotated.cycle + 13)
    for second in 0..<120 {
      #expect(rotated.states(at: Double(second)) == program.states(at: Double(second)))
    }
  }

  @Test("A green that wraps past the end of the cycle is one run")
  func wrappedRun() {
    var program = star.program(greens: [20, 15, 10])
    program.intervals = Array(program.intervals[1...] + [program.intervals[0]])
    program.intervals.insert(program.intervals[5], at: 0)
    let runs = program.runs(ofGroup: 0, where: \.isGreen)
    #expect(runs == [IntervalRun(first: 6, count: 2)])
    #expect(program.duration(of: runs[0]) == 40)
    #expect(program.green(ofGroup: 0) == 40)
  }

  @Test("Rounding makes no clearance of a whole cycle out of none")
  func noClearance() throws {
    // 0.7 + (0.1 + 0.2) is more than (0.7 + 0.1) + 0.2.
    let rows: [(Double, [SignalState])] = [
      (0.7, [.red, .red]), (0.1, [.protectedGreen, .red]), (0.2, [.protectedGreen, .red]),
      (10, [.red, .protectedGreen]),
    ]
    let program = SignalProgram(
      controller: ControllerID(0), name: "two", offset: 0,
      intervals: rows.map { SignalInterval(duration: $0.0, states: $0.1) })
    #expect(program.clearances.shortest(from: 0, to: 1) == 0)
    let back = try #require(program.clearances.shortest(from: 1, to: 0))
    #expect(abs(back - 0.7) < 1e-9)
  }
}
