internal import CZlib

/// Why compressed data cannot be used.
struct GunzipFailure: Error, Equatable {
  let message: String
}

/// Decompresses gzip data (RFC 1952) piece by piece; it may consist of several members.
///
/// A small file cannot fill the memory or the hours: what it unpacks to is bounded, by itself and as a multiple of its size.
final class Gunzip {
  /// zlib refuses a stream that has moved in memory.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var isMemberOpen = true
  private var hasEnded = false
  /// Bytes taken in and given out so far.
  private var consumed = 0
  private var produced = 0

  /// Whether data begins with gzip's magic number.
  static func isCompressed(_ data: some Sequence<UInt8>) -> Bool { data.starts(with: [0x1f, 0x8b]) }

  init() throws(GunzipFailure) {
    stream.initialize(to: z_stream())
    // 15 bits of window, plus 16 for gzip's header and trailer instead of zlib's.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw GunzipFailure(message: "decompression cannot start") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// What the next piece of compressed data unpacks to, handed over in blocks; a block may be empty.
  ///
  /// - Throws: `GunzipFailure` when the data is damaged or unpacks to too much.
  func unpack(
    _ piece: [UInt8], _ use: (UnsafeBufferPointer<UInt8>) throws(GunzipFailure) -> Void
  ) throws(GunzipFailure) {
    var piece = piece
    var block = [UInt8](repeating: 0, count: 1 << 18)
    var (position, failure): (Int, GunzipFailure?) = (0, nil)
    piece.withUnsafeMutableBufferPointer { piece in
      block.withUnsafeMutableBufferPointer { block in
        do throws(GunzipFailure) {
          while !hasEnded {
            let count = try step(piece, &position, into: block)
            try use(UnsafeBufferPointer(rebasing: block[..<count]))
            // Without output room to spare there may be more to come of what was taken in.
            if position == piece.count, count < block.count { break }
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  /// - Throws: `GunzipFailure` when no more data comes though a member has not ended.
  func finish() throws(GunzipFailure) {
    if isMemberOpen { throw GunzipFailure(message: "the gzip data ends too soon: the file is cut off") }
  }

  /// Unpacks into one block; how many bytes of it are filled.
  private func step(
    _ piece: UnsafeMutableBufferPointer<UInt8>, _ position: inout Int,
    into block: UnsafeMutableBufferPointer<UInt8>
  ) throws(GunzipFailure) -> Int {
    if !isMemberOpen {
      guard position < piece.count else { return 0 }
      // What follows a member and does not begin like another one is padding.
      guard piece[position] == 0x1f, inflateReset(stream) == Z_OK else {
        hasEnded = true
        return 0
      }
      isMemberOpen = true
    }
    let left = piece.count - position
    stream.pointee.next_in = piece.baseAddress.map { $0 + position }
    stream.pointee.avail_in = uInt(left)
    stream.pointee.next_out = block.baseAddress
    stream.pointee.avail_out = uInt(block.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let taken = left - Int(stream.pointee.avail_in)
    let count = block.count - Int(stream.pointee.avail_out)
    position += taken
    consumed += taken
    produced += count
    if produced > InputLimits.freeUnpackedSize, produced / InputLimits.unpackingRatio > consumed {
      throw GunzipFailure(
        message:
          "the file unpacks to over \(InputLimits.unpackingRatio) times its size: it is taken for a trap and not read"
      )
    }
    switch status {
    case Z_STREAM_END: isMemberOpen = false
    case Z_OK, Z_BUF_ERROR: break
    default: throw GunzipFailure(message: "the gzip data is damaged")
    }
    return count
  }
}
