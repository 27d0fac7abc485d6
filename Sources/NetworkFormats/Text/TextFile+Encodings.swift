internal import Foundation

extension TextFile {
  /// The text of a file whose encoding nobody says: UTF-8 or UTF-16 with or without a mark, or else GBK or
  /// Windows-1252, as tables exported by older programs are.
  ///
  /// - Returns: the text, and the encoding where it had to be guessed.
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or in no such encoding.
  static func readAnyEncoding(_ path: String) throws(InputFailure) -> (text: String, encoding: String?) {
    do {
      return (try read(path), nil)
    } catch {
      guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)), !Gunzip.isCompressed(data),
        let decoded = decode(data)
      else {
        throw error
      }
      return decoded
    }
  }

  /// Decodes what is not UTF-8.
  static func decode(_ data: Data) -> (text: String, encoding: String?)? {
    let bytes = [UInt8](data)
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      guard let text = utf16(bytes.dropFirst(2), isBigEndian: bytes[0] == 0xfe) else { return nil }
      return (text, nil)
    }
    // Without a mark, every other byte of plain text is 0.
    let beginning = bytes.prefix(200)
    if beginning.count > 3, beginning.contains(0) {
      let zeros = beginning.indices.filter { beginning[$0] == 0 }
      let isBigEndian = zeros.count { $0 % 2 == 0 } > zeros.count { $0 % 2 == 1 }
      guard let text = utf16(bytes[...], isBigEndian: isBigEndian) else { return nil }
      return (text, "UTF-16")
    }
    if hasPairs(bytes), let text = String(data: data, encoding: gb18030) { return (text, "GBK") }
    return String(data: data, encoding: .windowsCP1252).map { ($0, "Windows-1252") }
  }

  private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

  /// Whether bytes above ASCII come in pairs, as the two of a Chinese character do.
  private static func hasPairs(_ bytes: [UInt8]) -> Bool {
    var run = 0
    for byte in bytes + [0] {
      if byte >= 0x80 {
        run += 1
      } else {
        if run % 2 == 1 { return false }
        run = 0
      }
    }
    return true
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> String? {
    guard bytes.count % 2 == 0 else { return nil }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    return String(validating: units, as: UTF16.self)
  }
}
