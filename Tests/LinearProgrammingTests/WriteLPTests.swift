import LinearProgramming
import Testing

@Suite("LinearProgram.writeLP")
struct WriteLPTests {
  @Test("The text says what the program says")
  func wholeProgram() {
    var program = LinearProgram(.maximize, name: "路口\nsplits")
    let stage = program.addVariable("stage 1", in: 5...60, objective: 0.5)
    let free = program.addVariable("free", in: .free, objective: -2)
    let whole = program.addVariable("2nd", in: .atMost(9.5), kind: .integer)
    let binary = program.addVariable("stage_1", in: -3...8, kind: .binary)
    _ = program.addVariable("e1", in: .exactly(4))
    program.addRow("cycle", [Term(stage, 1), Term(free, 1)], in: .exactly(108))
    program.addRow("range", [Term(whole, -1.5), Term(binary, 1)], in: -1...2)
    program.addRow("at most", [Term(stage, 1e-5)], in: .atMost(7))
    program.addRow("empty", [], in: .atLeast(-1))
    program.addRow("any", [Term(stage, 1)], in: .free)
    program.constant = -3
    #expect(
      program.writeLP() == """
        \\ 路口 splits
        Maximize
         objective: + 0.5 stage_1 - 2.0 x_free - 3.0 constant.one
        Subject To
         cycle: + 1.0 stage_1 + 1.0 x_free = 108.0
         range.low: - 1.5 x_2nd + 1.0 stage_1.4 >= -1.0
         range.high: - 1.5 x_2nd + 1.0 stage_1.4 <= 2.0
         at_most: + 1e-05 stage_1 <= 7.0
         r_empty: 0 stage_1 >= -1.0
        Bounds
         5.0 <= stage_1 <= 60.0
         x_free free
         -inf <= x_2nd <= 9.0
         0.0 <= stage_1.4 <= 1.0
         x_e1 = 4.0
         constant.one = 1.0
        Generals
         x_2nd
         stage_1.4
        End

        """)
  }

  @Test("Long sums go on on the next line")
  func longSum() {
    let program = LinearProgram(
      .minimize, (0..<40).map { _ in (0...1, 1) }, [([Double](repeating: 1, count: 40), .atMost(2))])
    let lines = program.writeLP().split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 101 })
    #expect(lines.joined().contains("+ 1.0 x40 <= 2.0"))
  }

  @Test("A program without anything is still a file")
  func empty() {
    #expect(
      LinearProgram(.minimize).writeLP() == """
        \\ program
        Minimize
         objective: 0 constant.one
        Subject To
         nothing: 0 constant.one <= 1.0
        Bounds
         constant.one = 1.0
        End

        """)
  }
}
