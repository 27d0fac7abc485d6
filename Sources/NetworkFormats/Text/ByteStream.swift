/// The bytes of a file, piece by piece; unpacked where it is compressed, whatever the file is called.
final class ByteStream {
  let file: InputFile
  private var position = 0
  private var unpacker: Gunzip?
  private var isAtStart = true
  private var isAtEnd = false
  /// Bytes when unpacked.
  private var total = 0

  init(_ file: InputFile) { self.file = file }

  /// The next bytes; nil at the end.
  ///
  /// - Throws: `InputFailure` when the file is unreadable, damaged, cut off or too large.
  func next() throws(InputFailure) -> [UInt8]? {
    while !isAtEnd {
      let piece = try file.piece(from: position)
      position += piece.count
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
      guard total <= InputLimits.fileSize else {
        throw InputFailure(
          "the file has over \(InputLimits.fileSize) bytes, more are not read",
          at: SourceLocation(file: file.path))
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

  private func located<Value>(_ work: () throws(GunzipFailure) -> Value) throws(InputFailure) -> Value {
    do { return try work() } catch { throw InputFailure(error.message, at: SourceLocation(file: file.path)) }
  }
}
