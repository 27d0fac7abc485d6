internal import Foundation
internal import NetworkBuilding
internal import Synchronization

/// A file of an input, which is read once: what is told of it, its text, its checksum, the lines that errors quote, is told
/// of the same bytes, even where they came through a pipe.
///
/// It is read on first need and in pieces, so that a look at the beginning of a large one leaves the rest on disk. The bytes are kept
/// as they lie there: of a compressed file, the compressed ones.
public final class InputFile: Sendable {
  private static let pieceSize = 1 << 18

  /// The path, as the user or another file of the input names it.
  public let path: String
  private let content = Mutex(Content())

  private struct Content {
    var bytes: [UInt8] = []
    var handle: FileHandle?
    var isWhole = false
    var failure: InputFailure?
  }

  /// The file at a path, not yet looked for.
  public init(_ path: String) { self.path = path }

  /// A file that lies within another: its bytes are at hand.
  init(_ path: String, bytes: [UInt8]) {
    self.path = path
    content.withLock { ($0.bytes, $0.isWhole) = (bytes, true) }
  }

  /// The bytes from a position on, some at a time; none at the end.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or too large.
  func piece(from position: Int) throws(InputFailure) -> [UInt8] {
    try content.withLock { content throws(InputFailure) in
      if let failure = content.failure { throw failure }
      while content.bytes.count < position + Self.pieceSize, !content.isWhole {
        do throws(InputFailure) { try readOn(&content) } catch {
          content.failure = error
          throw error
        }
      }
      return Array(content.bytes.dropFirst(position).prefix(Self.pieceSize))
    }
  }

  private func readOn(_ content: inout Content) throws(InputFailure) {
    let place = SourceLocation(file: path)
    let handle: FileHandle
    if let open = content.handle {
      handle = open
    } else {
      guard FileManager.default.fileExists(atPath: path) else {
        throw InputFailure("there is no such file", at: place, notes: similarFile)
      }
      guard !InputFiles.isFolder(path) else { throw InputFailure("this is a folder, not a file", at: place) }
      guard let found = FileHandle(forReadingAtPath: path) else {
        throw InputFailure("the file cannot be read", at: place)
      }
      handle = found
      content.handle = found
    }
    let piece: [UInt8]
    do { piece = [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data()) } catch {
      throw InputFailure("the file cannot be read", at: place)
    }
    content.bytes += piece
    guard content.bytes.count <= InputLimits.fileSize else {
      throw InputFailure("the file has over \(InputLimits.fileSize) bytes, more are not read", at: place)
    }
    guard piece.isEmpty else { return }
    content.isWhole = true
    try? handle.close()
    content.handle = nil
  }

  private var similarFile: [String] {
    let url = URL(fileURLWithPath: path)
    let names = InputFiles.names(in: url.deletingLastPathComponent().path)
    return nearestName(to: url.lastPathComponent, among: names).map { ["did you mean '\($0)'?"] } ?? []
  }

  /// All bytes as they lie on disk.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or too large.
  public func bytes() throws(InputFailure) -> [UInt8] {
    var position = 0
    while true {
      let count = try piece(from: position).count
      if count == 0 { return content.withLock { $0.bytes } }
      position += count
    }
  }

  /// SHA-256 of the bytes as they lie on disk, in hexadecimal digits: what `sha256sum` prints.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or too large.
  public func checksum() throws(InputFailure) -> String {
    SHA256.digest(of: try bytes()).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// A name for what a file holds where it says none: the file's own, without folder and endings.
  static func baseName(_ path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return file.split(separator: ".").first.map(String.init) ?? path
  }
}
