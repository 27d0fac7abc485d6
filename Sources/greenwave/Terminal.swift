internal import Foundation

/// The two streams that the tool writes to.
enum Terminal {
  /// Writes a result to standard output, as it stands.
  ///
  /// - Throws: `Failure.cannotWrite` when nobody reads it or there is no room for it.
  static func show(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw Failure.cannotWrite(path: "standard output", reason: OutputFiles.reason(error))
    }
  }

  /// Writes a message to standard error, with a line end.
  static func tell(_ message: String) { write(message + "\n") }

  /// Whether somebody watches standard error.
  static var isWatched: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }

  /// Replaces the last line of standard error.
  static func replaceLine(_ text: String) {
    // Escape sequence "erase in line" (ECMA-48), for a line shorter than the one before.
    write("\r\u{1B}[K\(text)")
  }

  private static func write(_ text: String) {
    // Where messages cannot be written, that cannot be told either.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
