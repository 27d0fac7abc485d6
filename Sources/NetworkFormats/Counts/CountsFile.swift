public import TrafficModel

/// What a reader made of a counts file.
public struct ReadCounts: Sendable {
  /// The counts.
  public var counts: TurningCounts
  /// What somebody should look at.
  public var warnings: [Diagnostic]
}

/// Reads turning counts from tables: Documentation/Counts.md.
public enum CountsFile {
  /// The counts of the file at `path`, named after it.
  ///
  /// - Throws: `InputFailure` with everything that is wrong.
  public static func read(_ path: String, network: Network) throws(InputFailure) -> ReadCounts {
    let (text, warnings) = try InputFile(path).tableText()
    var read = try read(text: text, file: path, network: network)
    read.warnings = warnings + read.warnings
    return read
  }

  /// The counts that `text` holds.
  ///
  /// - Parameter file: the file's name, for diagnostics.
  /// - Throws: `InputFailure` with everything that is wrong, in order of place.
  public static func read(text: String, file: String, network: Network) throws(InputFailure) -> ReadCounts {
    var reader = CountsReader(text: text, file: file, network: network)
    return try reader.read()
  }
}
