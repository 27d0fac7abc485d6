internal import CZlib
internal import Foundation

/// Why compressed data cannot be used.
struct GunzipFailure: Error {
  let message: String
}

/// Decompresses gzip data (RFC 1952), which may consist of several members.
enum Gunzip {
  /// Whether `data` begins with gzip's magic number.
  static func isCompressed(_ data: Data) -> Bool { data.starts(with: [0x1f, 0x8b]) }

  /// The data inside; at most `limit` bytes, so that a small file cannot fill the memory.
  static func decompress(_ data: Data, limit: Int) throws(GunzipFailure) -> Data {
    var stream = z_stream()
    // 15 bits of window, plus 16 for gzip's header and trailer instead of zlib's.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw GunzipFailure(message: "decompression cannot start") }
    defer { inflateEnd(&stream) }
    var input = [UInt8](data)
    var output = Data()
    let outcome = input.withUnsafeMutableBufferPointer { input in
      inflateAll(input, &stream, limit: limit, into: &output)
    }
    if let outcome { throw outcome }
    return output
  }

  private static func inflateAll(
    _ input: UnsafeMutableBufferPointer<UInt8>, _ stream: inout z_stream, limit: Int, into output: inout Data
  ) -> GunzipFailure? {
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var consumed = 0
    var isMemberOpen = true
    while true {
      // zlib counts in 32 bits, so large input goes in piece by piece.
      let piece = min(input.count - consumed, 1 << 30)
      stream.next_in = input.baseAddress.map { $0 + consumed }
      stream.avail_in = uInt(piece)
      let (status, produced) = chunk.withUnsafeMutableBufferPointer { chunk in
        stream.next_out = chunk.baseAddress
        stream.avail_out = uInt(chunk.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, chunk.count - Int(stream.avail_out))
      }
      consumed += piece - Int(stream.avail_in)
      output.append(contentsOf: chunk[..<produced])
      if output.count > limit { return GunzipFailure(message: "the file unpacks to over \(limit) bytes") }
      switch status {
      case Z_STREAM_END:
        isMemberOpen = false
        guard consumed < input.count, input[consumed] == 0x1f else { return nil }
        guard inflateReset(&stream) == Z_OK else { return GunzipFailure(message: "the gzip data is damaged") }
        isMemberOpen = true
      case Z_OK where produced > 0 || consumed < input.count: continue
      case Z_OK, Z_BUF_ERROR:
        return isMemberOpen ? GunzipFailure(message: "the gzip data ends too soon: the file is cut off") : nil
      default: return GunzipFailure(message: "the gzip data is damaged")
      }
    }
  }
}
