internal import NetworkBuilding
internal import TrafficModel

/// Reads networks in Greenwave's own format, YAML that people write: Documentation/NetworkFormat.md.
public enum NativeReader {
  /// The scenario in the file at `path`.
  ///
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(_ path: String) throws(InputFailure) -> ReadScenario {
    try read(InputFiles(path))
  }

  /// The scenario in an input of one file.
  static func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    var read = try read(text: input.file.text(), file: input.path)
    read.files = [input.file]
    return read
  }

  /// The scenario that `text` describes.
  ///
  /// - Parameter file: the file's name, for diagnostics.
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(text: String, file: String) throws(InputFailure) -> ReadScenario {
    var log = DiagnosticLog(file: file, text: text)
    var scenario: Scenario?
    if let root = YAMLText.root(of: text, &log) {
      scenario =
        DetailedReader.reads(root)
        ? DetailedReader.scenario(root, &log) : NetworkDraft(root, &log).scenario(&log)
    }
    let diagnostics = ordered(log.diagnostics)
    guard let scenario, !log.hasErrors else { throw InputFailure(diagnostics) }
    return ReadScenario(scenario: scenario, warnings: diagnostics)
  }

  private static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    // A junction's plan holds in every period, and its errors would be told for each.
    let unique = diagnostics.filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a.line ?? 0, a.column ?? 0, first.offset) < (b.line ?? 0, b.column ?? 0, second.offset)
    }.map(\.element)
  }
}
