import LinearProgramming
import TestSupport
import Testing

@Suite("Parallel solves")
struct ParallelSolvesTests {
  @Test("64 programs at once give what they give one after another, to the last bit")
  func sameAsSerial() async throws {
    let programs = (0..<64).map { seed -> LinearProgram in
      var numbers = LinearCongruential(seed: seed)
      return numbers.program(columns: 20, rows: 20)
    }
    let serial = try programs.map { try $0.solve() }
    let parallel = try await withThrowingTaskGroup(of: (Int, LinearSolution).self) { group in
      for (index, program) in programs.enumerated() {
        group.addTask { (index, try program.solve()) }
      }
      var solutions = [LinearSolution?](repeating: nil, count: programs.count)
      for try await (index, solution) in group { solutions[index] = solution }
      return solutions
    }
    #expect(parallel == serial)
    #expect(serial.contains { $0.status == .optimal })
  }
}
