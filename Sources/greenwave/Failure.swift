internal import ArgumentParser
internal import NetworkFormats

/// Why a command ends without doing what it was asked to.
enum Failure: Error {
  /// The command line names something that is not there.
  case usage(String, hint: String?)
  /// No plan can be given that is legal and as asked for.
  case noPlan([String])
  /// The check found these violations.
  case violations(count: Int)
  /// A format cannot say so many things that the input has.
  case notExpressible(format: String, count: Int)
  /// A file cannot be written.
  case cannotWrite(path: String, reason: String)
  /// SUMO is missing or failed; with its own words, or how to get it.
  case sumo(String, notes: [String])
}

/// Words and exit code for an error; Documentation/CommandLine.md lists the codes.
struct FailureReport {
  let text: String
  let code: ExitCode

  init(_ error: any Error) {
    switch error {
    case Failure.usage(let message, let hint):
      self.init(Self.lines("error: \(message)", notes: hint.map { [$0] } ?? []), 64)
    case Failure.noPlan(let reasons):
      self.init(Self.lines("error: there is no plan as asked for", notes: reasons), 1)
    case Failure.violations(let count):
      self.init("error: \(count) \(count == 1 ? "violation" : "violations")", 1)
    case Failure.notExpressible(let format, let count):
      self.init(
        "error: \(format) cannot say \(count) \(count == 1 ? "thing" : "things"), nothing is written", 1)
    case Failure.cannotWrite(let path, let reason):
      self.init("error: '\(path)' cannot be written: \(reason)", 73)
    case Failure.sumo(let message, let notes):
      self.init(Self.lines("error: \(message)", notes: notes), 69)
    case let error as InputFailure:
      self.init(error.diagnostics.map(\.text).joined(separator: "\n"), 65)
    default:
      let code = Greenwave.exitCode(for: error)
      let isInternal = code != .success && code != .validationFailure
      self.init(
        isInternal ? "internal error: \(error)\nPlease report this." : Greenwave.message(for: error),
        isInternal ? 70 : code.rawValue)
    }
  }

  private init(_ text: String, _ code: Int32) {
    self.text = text
    self.code = ExitCode(code)
  }

  private static func lines(_ first: String, notes: [String]) -> String {
    ([first] + notes.map { "  note: \($0)" }).joined(separator: "\n")
  }
}
