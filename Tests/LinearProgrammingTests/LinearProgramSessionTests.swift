import TestSupport
import Testing

@testable import LinearProgramming

@Suite("LinearProgramSession")
struct LinearProgramSessionTests {
  /// Makes one random change to the program that a session holds.
  func change(_ session: inout LinearProgramSession, _ numbers: inout LinearCongruential) {
    let variables = session.program.variableCount
    let variable = Variable(index: numbers.below(variables))
    switch numbers.below(5) {
    case 0:
      session.setObjective(of: variable, to: Double(numbers.whole(in: -9...9)))
    case 1:
      session.setBounds(of: variable, to: numbers.bounds())
    case 2 where session.program.rowCount > 0:
      session.setBounds(of: Row(index: numbers.below(session.program.rowCount)), to: numbers.bounds())
    default:
      let terms = (0..<variables).map {
        Term(Variable(index: $0), numbers.once(in: 2) ? Double(numbers.whole(in: -9...9)) : 0)
      }
      session.addRow("added", terms, in: -Double(numbers.below(9))...Double(numbers.below(30)))
    }
  }

  @Test("After any changes a session answers as a fresh solve does", arguments: 0..<100)
  func random(seed: Int) throws {
    var numbers = LinearCongruential(seed: seed)
    let program = numbers.program(columns: 8, rows: 6)
    try program.withSession { (session) throws in
      for _ in 0..<12 {
        for _ in 0...numbers.below(3) { change(&session, &numbers) }
        let warm = try session.solve()
        let fresh = try session.program.solve()
        #expect(warm.status == fresh.status && warm.stop == fresh.stop)
        guard let warm = warm.optimum, let fresh = fresh.optimum else { continue }
        #expect(isClose(warm.objective, fresh.objective))
        #expect(session.program.allows(warm.values))
      }
    }
  }

  @Test("Integer programs may change, too", arguments: 0..<30)
  func integers(seed: Int) throws {
    var numbers = LinearCongruential(seed: 300 + seed)
    let boxes = (0..<4).map { _ in
      (-3.0...Double(numbers.whole(in: -3...4)), Double(numbers.whole(in: -9...9)))
    }
    let program = LinearProgram(.maximize, boxes, [([3, 5, -2, 4], .atMost(7))], kind: .integer)
    try program.withSession { (session) throws in
      for _ in 0..<8 {
        let variable = Variable(index: numbers.below(4))
        let lower = numbers.number(in: -4...2)
        session.setBounds(of: variable, to: lower...(lower + numbers.number(in: 0...3)))
        session.setObjective(of: variable, to: Double(numbers.whole(in: -9...9)))
        let (warm, fresh) = (try session.solve(), try session.program.solve())
        #expect(warm.status == fresh.status)
        #expect(warm.optimum.map(\.values.count) == fresh.optimum.map(\.values.count))
        if let warm = warm.optimum, let fresh = fresh.optimum {
          #expect(isClose(warm.objective, fresh.objective))
        }
      }
    }
  }

  @Test("Starting from the last basis saves most of the iterations")
  func fewerIterations() throws {
    var numbers = LinearCongruential(seed: 7)
    let columns = (0..<30).map { _ in (ClosedRange<Double>.nonNegative, numbers.number(in: 1...9)) }
    let rows = (0..<30).map { _ in
      (
        columns.map { _ in numbers.number(in: 0...5) },
        ClosedRange<Double>.atMost(numbers.number(in: 50...99))
      )
    }
    let program = LinearProgram(.maximize, columns, rows)
    let (warm, fresh) = try program.withSession { (session) throws in
      var (warm, fresh) = (0, 0)
      for step in 0..<30 {
        // A bound, a cost or a row at a time, as a sweep over cycles or a cutting plane method changes them.
        switch step % 3 {
        case 0: session.setBounds(of: Row(index: step), to: .atMost(numbers.number(in: 50...99)))
        case 1: session.setObjective(of: Variable(index: step), to: numbers.number(in: 1...9))
        default:
          let terms = (0..<30).map { Term(Variable(index: $0), numbers.number(in: 0...5)) }
          session.addRow("cut", terms, in: .atMost(60))
        }
        warm += try session.solve().iterations
        fresh += try session.program.solve().iterations
      }
      return (warm, fresh)
    }
    #expect(warm * 3 < fresh, "\(warm) iterations against \(fresh)")
  }

  @Test("Unbounded, infeasible and back again are told apart after a solve")
  func throughAllAnswers() throws {
    let program = LinearProgram(
      .maximize, [(.nonNegative, 1), (.nonNegative, 1)], [([1, 1], .atMost(4)), ([1, -1], .atMost(2))])
    try program.withSession { (session) throws in
      #expect(try session.solve().optimum?.objective == 4)
      session.setBounds(of: Row(index: 0), to: .free)
      #expect(try session.solve().status == .unbounded)
      session.setBounds(of: Row(index: 1), to: .atMost(-5))
      session.setBounds(of: Variable(index: 1), to: 0...3)
      #expect(try session.solve().status == .infeasible)
      session.setBounds(of: Row(index: 1), to: .atMost(2))
      session.setObjective(of: Variable(index: 0), to: 3)
      #expect(try session.solve().optimum?.objective == 18)
    }
  }

  @Test("At the iteration limit a solve says so, and the next goes on from there")
  func iterationLimit() throws {
    var numbers = LinearCongruential(seed: 3)
    let columns = (0..<20).map { _ in (ClosedRange<Double>.nonNegative, numbers.number(in: 1...9)) }
    let rows = (0..<20).map { _ in
      (columns.map { _ in numbers.number(in: 0...5) }, ClosedRange<Double>.atMost(90))
    }
    let program = LinearProgram(.maximize, columns, rows)
    let best = try #require(try program.solve().optimum).objective
    try program.withSession { (session) throws in
      let none = try session.solve(SolveOptions(iterationLimit: 0))
      #expect(none.stop == .iterationLimit && none.optimum == nil && none.bound == nil)
      var solves = 0
      var last = none
      while last.status != .optimal, solves < 100 {
        last = try session.solve(SolveOptions(iterationLimit: 2))
        if last.status == .feasible {
          let point = try #require(last.point)
          #expect(program.allows(point.values) && point.objective <= best * (1 + Tolerance.simplex))
        }
        solves += 1
      }
      #expect(solves > 1)
      #expect(last.optimum.map { isClose($0.objective, best) } == true)
    }
  }

  @Test("A mistake made in a session is told by the next solve, and forgiven once it is mended")
  func mended() throws {
    let program = LinearProgram(.maximize, [(0...4, 1)], [([1], .atMost(9))])
    try program.withSession { (session) throws in
      _ = try session.solve()
      session.setObjective(of: Variable(index: 0), to: .nan)
      session.setBounds(of: Row(index: 0), to: .atMost(3))
      #expect(throws: LinearProgramError.invalid(["variable 'x1' has nan in the objective"])) {
        try session.program.solve()
      }
      do {
        _ = try session.solve()
        Issue.record("a mistake went unnoticed")
      } catch let error as LinearProgramError {
        #expect(error == .invalid(["variable 'x1' has nan in the objective"]))
      }
      session.setObjective(of: Variable(index: 0), to: 2)
      #expect(try session.solve().optimum?.objective == 6)
    }
  }
}
