/// Reads whole text files, compressed or not.
public enum TextFile {
  /// The text of the file at `path`; gzip is recognised by its content, whatever the file is called.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable, too large, cut off, or not UTF-8.
  public static func read(_ path: String) throws(InputFailure) -> String {
    var bytes = try ByteStream(path).rest()[...]
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputFailure("the file is not UTF-8 text", at: SourceLocation(file: path))
    }
    return text
  }

  /// What a file begins with, in whatever encoding it declares; for telling files apart.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or damaged at its beginning.
  static func beginning(of path: String) throws(InputFailure) -> String {
    let bytes = try TextStream(path).next() ?? []
    return String(
      decoding: bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...], as: UTF8.self)
  }
}
