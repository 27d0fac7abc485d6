internal import Foundation

/// An installed SUMO simulator.
struct SUMOInstallation {
  /// The path of its command line program.
  var program: String
  /// E.g. `1.28.0`.
  var version: String

  /// Earlier versions leave out vehicles that never depart, and so the worst of a bad plan.
  private static let oldest = [1, 14, 0]
  private static let advice =
    "'pip install eclipse-sumo' installs it; SUMO_HOME says where it is, unless 'sumo' is on PATH"

  /// Looks in SUMO_HOME, then along PATH.
  ///
  /// - Throws: `Failure.sumo` when there is none, or none that can be used.
  static func find(in environment: [String: String] = ProcessInfo.processInfo.environment) throws
    -> SUMOInstallation
  {
    let home = environment["SUMO_HOME"].map { [$0 + "/bin"] } ?? []
    guard let program = ExternalProgram.find(["sumo"], in: environment, before: home) else {
      throw Failure.sumo("SUMO is not installed, or not found", notes: [advice])
    }
    let outcome = try ExternalProgram.run(program, ["--version"]) { Failure.sumo($0, notes: []) }
    guard outcome.code == 0, let version = version(in: outcome.output) else {
      throw Failure.sumo("'\(program)' does not tell its version", notes: [advice])
    }
    guard !version.lexicographicallyPrecedes(oldest) else {
      throw Failure.sumo(
        "SUMO \(text(version)) ('\(program)') is too old, \(text(oldest)) is needed", notes: [advice])
    }
    return SUMOInstallation(program: program, version: text(version))
  }

  /// The three numbers of a version, in what `sumo --version` prints: `Version 1.28.0`, `Version v1_20_0`.
  static func version(in text: String) -> [Int]? {
    guard let match = text.firstMatch(of: /[vV ](\d+)[._](\d+)[._](\d+)/) else { return nil }
    let numbers = [match.1, match.2, match.3].compactMap { Int($0) }
    return numbers.count == 3 ? numbers : nil
  }

  private static func text(_ version: [Int]) -> String { version.map(String.init).joined(separator: ".") }
}
