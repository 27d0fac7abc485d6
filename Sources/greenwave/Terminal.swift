internal import Foundation

/// The two streams that the tool writes to.
enum Terminal {
  /// Writes a result to standard output, as it stands.
  static func show(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Writes a message to standard error, with a line end.
  static func tell(_ message: String) {
    FileHandle.standardError.write(Data((message + "\n").utf8))
  }

  /// Whether somebody watches standard error.
  static var isWatched: Bool { isatty(FileHandle.standardError.fileDescriptor) == 1 }

  /// Replaces the last line of standard error.
  static func replaceLine(_ text: String) {
    // Escape sequence "erase in line" (ECMA-48), for a line shorter than the one before.
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }
}
