internal import Foundation
internal import NetworkBuilding

/// The bytes of a file, piece by piece; unpacked where it is compressed, whatever the file is called.
final class ByteStream {
  /// Files above this are not read, bytes when unpacked: no road network of this planet needs more.
  static let largestSize = 2_000_000_000

  let path: String
  private let handle: FileHandle
  private var unpacker: Gunzip?
  private var isAtStart = true
  private var isAtEnd = false
  private var total = 0

  /// - Throws: `InputFailure` when the file is missing, a folder or unreadable.
  init(_ path: String) throws(InputFailure) {
    self.path = path
    let place = SourceLocation(file: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputFailure("there is no such file", at: place, notes: Self.similarFile(to: path))
    }
    guard !isFolder.boolValue else { throw InputFailure("this is a folder, not a file", at: place) }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw InputFailure("the file cannot be read", at: place)
    }
    self.handle = handle
  }

  deinit { try? handle.close() }

  private static let pieceSize = 1 << 18

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `InputFailure` when the file is unreadable, damaged, cut off or too large.
  func next() throws(InputFailure) -> [UInt8]? {
    while !isAtEnd {
      let piece = try read()
      if isAtStart {
        isAtStart = false
        if Gunzip.isCompressed(piece) { unpacker = try located { () throws(GunzipFailure) in try Gunzip() } }
      }
      var bytes = piece
      if let unpacker {
        bytes = try located { () throws(GunzipFailure) in
          if piece.isEmpty {
            try unpacker.finish()
            return []
          }
          var unpacked: [UInt8] = []
          try unpacker.unpack(piece) { unpacked += $0 }
          return unpacked
        }
      }
      isAtEnd = piece.isEmpty
      total += bytes.count
      guard total <= Self.largestSize else {
        throw InputFailure(
          "the file has over \(Self.largestSize) bytes, more are not read", at: SourceLocation(file: path))
      }
      if !bytes.isEmpty { return bytes }
    }
    return nil
  }

  /// What is left of the file.
  func rest() throws(InputFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try next() { bytes += piece }
    return bytes
  }

  private func read() throws(InputFailure) -> [UInt8] {
    do { return [UInt8](try handle.read(upToCount: Self.pieceSize) ?? Data()) } catch {
      throw InputFailure("the file cannot be read", at: SourceLocation(file: path))
    }
  }

  private func located<Value>(_ work: () throws(GunzipFailure) -> Value) throws(InputFailure) -> Value {
    do { return try work() } catch { throw InputFailure(error.message, at: SourceLocation(file: path)) }
  }

  private static func similarFile(to path: String) -> [String] {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return nearestName(to: url.lastPathComponent, among: names.sorted()).map { ["did you mean '\($0)'?"] }
      ?? []
  }
}
