internal import CZlib

/// Why an archive cannot be used.
struct ZipFailure: Error, Equatable {
  let message: String
}

/// The files in a zip archive (PKWARE APPNOTE 6.3), as workbooks are: stored, or packed by deflate.
///
/// A small archive cannot fill the memory: what a file unpacks to is bounded by what the archive says of it, and that by
/// `largestFile`.
struct ZipFile {
  /// A file of the archive.
  struct Entry {
    var name: String
    /// 0 for stored, 8 for deflate.
    var method: Int
    var isEncrypted: Bool
    var checksum: Int
    /// Bytes in the archive, and unpacked.
    var (packed, size): (Int, Int)
    /// Where its local header begins.
    var offset: Int
  }

  /// Larger files are not unpacked, bytes: a sheet of a million cells has some 30 MB.
  static let largestFile = 32 << 20
  /// Beyond a megabyte a file may unpack to so many times its packed size; deflate's own limit is about 1,030, workbooks
  /// reach 50.
  private static let largestRatio = 400
  private static let alwaysAllowed = 1 << 20
  private static let mostEntries = 10_000
  private static let endLength = 22

  private let bytes: [UInt8]
  /// In the archive's order.
  let entries: [Entry]

  /// Whether data begins with a zip archive's magic number.
  static func isArchive(_ data: some Sequence<UInt8>) -> Bool { data.starts(with: [0x50, 0x4b, 3, 4]) }

  /// - Throws: `ZipFailure` when the directory is not there, is damaged, or tells of what is not read.
  init(_ bytes: [UInt8]) throws(ZipFailure) {
    self.bytes = bytes
    guard let end = Self.end(of: bytes) else {
      throw ZipFailure(message: "the archive has no directory at its end: the file is cut off")
    }
    let count = Self.number(bytes, end + 10, 2)
    var position = Self.number(bytes, end + 16, 4)
    guard count != 0xffff, position != 0xffff_ffff, count <= Self.mostEntries else {
      throw ZipFailure(message: "the archive has more files than are read")
    }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard position + 46 <= end, Self.number(bytes, position, 4) == 0x0201_4b50 else {
        throw ZipFailure(message: "the archive's directory is damaged")
      }
      let lengths = [28, 30, 32].map { Self.number(bytes, position + $0, 2) }
      let name = position + 46
      guard name + lengths[0] <= end else { throw ZipFailure(message: "the archive's directory is damaged") }
      entries.append(
        Entry(
          name: String(decoding: bytes[name..<(name + lengths[0])], as: UTF8.self),
          method: Self.number(bytes, position + 10, 2),
          isEncrypted: Self.number(bytes, position + 8, 2) & 1 == 1,
          checksum: Self.number(bytes, position + 16, 4),
          packed: Self.number(bytes, position + 20, 4), size: Self.number(bytes, position + 24, 4),
          offset: Self.number(bytes, position + 42, 4)))
      position = name + lengths.reduce(0, +)
    }
    self.entries = entries
  }

  /// The bytes of a file of the archive; nil when there is none of the name.
  ///
  /// - Throws: `ZipFailure` when it is damaged, too large, encrypted or packed in another way.
  func file(_ name: String) throws(ZipFailure) -> [UInt8]? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    guard !entry.isEncrypted else { throw ZipFailure(message: "'\(name)' in the archive is encrypted") }
    guard entry.size <= Self.largestFile else {
      throw ZipFailure(
        message:
          "'\(name)' in the archive has \(entry.size) bytes, more than \(Self.largestFile) are not read")
    }
    guard entry.size <= max(Self.alwaysAllowed, Self.largestRatio * entry.packed) else {
      throw ZipFailure(
        message:
          "'\(name)' in the archive unpacks to over \(Self.largestRatio) times its size: it is taken for a trap and not read"
      )
    }
    let header = entry.offset
    guard header + 30 <= bytes.count, Self.number(bytes, header, 4) == 0x0403_4b50 else {
      throw ZipFailure(message: "'\(name)' in the archive is damaged")
    }
    let start = header + 30 + Self.number(bytes, header + 26, 2) + Self.number(bytes, header + 28, 2)
    guard start + entry.packed <= bytes.count else {
      throw ZipFailure(message: "'\(name)' in the archive ends too soon: the file is cut off")
    }
    var packed = Array(bytes[start..<(start + entry.packed)])
    let unpacked: [UInt8]?
    switch entry.method {
    case 0: unpacked = packed.count == entry.size ? packed : nil
    case 8: unpacked = Self.inflated(&packed, size: entry.size)
    default:
      throw ZipFailure(
        message: "'\(name)' in the archive is packed by method \(entry.method), which is not read")
    }
    guard let unpacked, Self.checksum(unpacked) == entry.checksum else {
      throw ZipFailure(message: "'\(name)' in the archive is damaged")
    }
    return unpacked
  }

  /// Unpacks raw deflate data (RFC 1951); nil when it is damaged or has not exactly the size.
  private static func inflated(_ packed: inout [UInt8], size: Int) -> [UInt8]? {
    var stream = z_stream()
    // Negative: no header and no trailer around the data.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    // One byte more than claimed would be too many.
    var unpacked = [UInt8](repeating: 0, count: size + 1)
    let status = packed.withUnsafeMutableBufferPointer { input in
      unpacked.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, stream.avail_out == 1 else { return nil }
    unpacked.removeLast()
    return unpacked
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    Int(clamping: bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, uInt($0.count)) })
  }

  /// Where the record at the archive's end begins; a comment of up to 65,535 bytes may stand behind it.
  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= endLength else { return nil }
    let last = bytes.count - endLength
    return stride(from: last, through: max(0, last - 0xffff), by: -1).first {
      number(bytes, $0, 4) == 0x0605_4b50 && $0 + endLength + number(bytes, $0 + 20, 2) <= bytes.count
    }
  }

  /// A number of some bytes, the least first.
  private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }
}
