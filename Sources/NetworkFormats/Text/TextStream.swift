internal import Foundation

/// The text of a file in UTF-8, piece by piece: of a file that says its encoding itself, by a byte order mark or an XML
/// declaration, and is UTF-8 where it does not.
///
/// Whether bytes that are declared as UTF-8 are so is left to whoever reads them.
final class TextStream {
  private let bytes: ByteStream
  private var converter: Converter?
  private var isAtStart = true
  /// Lines that have been converted so far.
  private var lines = 0

  init(_ file: InputFile) { bytes = ByteStream(file) }

  /// The next bytes of text, not necessarily whole letters; nil at the end.
  ///
  /// - Throws: `InputFailure` when the file is unreadable, damaged, cut off, too large, or not in its encoding.
  func next() throws(InputFailure) -> [UInt8]? {
    guard var piece = try bytes.next() else {
      if let converter, !converter.isBetweenLetters { throw notInEncoding(converter) }
      return nil
    }
    if isAtStart {
      isAtStart = false
      if let name = Self.encoding(declaredBy: piece) {
        guard let converter = Converter(from: name) else {
          throw InputFailure(
            "the encoding '\(name)' is not known", at: SourceLocation(file: bytes.file.path, line: 1))
        }
        self.converter = converter
      }
    }
    guard let converter else { return piece }
    let isWhole = converter.convert(&piece)
    lines += piece.count { $0 == UInt8(ascii: "\n") }
    guard isWhole else { throw notInEncoding(converter) }
    return piece
  }

  private func notInEncoding(_ converter: Converter) -> InputFailure {
    InputFailure(
      "what stands here is not \(converter.name) text",
      at: SourceLocation(file: bytes.file.path, line: lines + 1),
      notes: ["the file declares that encoding, or begins with its mark"])
  }

  /// The encoding that a file declares by its first bytes; nil for UTF-8, which needs no conversion.
  static func encoding(declaredBy bytes: [UInt8]) -> String? {
    switch (bytes.first, bytes.dropFirst().first) {
    case (0xff, 0xfe), (UInt8(ascii: "<"), 0): return "UTF-16LE"
    case (0xfe, 0xff), (0, UInt8(ascii: "<")): return "UTF-16BE"
    default: break
    }
    let head = String(decoding: bytes.prefix(200), as: Unicode.ASCII.self)
    guard let match = head.prefixMatch(of: /[^<]{0,3}<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']/) else {
      return nil
    }
    let name = String(match.1)
    return ["utf-8", "utf8", "us-ascii", "ascii"].contains(name.lowercased()) ? nil : name
  }
}

/// Converts text to UTF-8 by the C library.
private final class Converter {
  let name: String
  private let descriptor: iconv_t
  /// Bytes of a letter that has begun but not ended.
  private var rest: [UInt8] = []

  /// - Parameter name: of an encoding; nil is the answer where nobody knows it.
  init?(from name: String) {
    guard let descriptor = iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else { return nil }
    self.name = name
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  var isBetweenLetters: Bool { rest.isEmpty }

  /// Converts a piece in place; false where it holds something that is not in the encoding, of which the text before
  /// is left.
  func convert(_ piece: inout [UInt8]) -> Bool {
    var input = rest + piece
    // A byte becomes three at most in all encodings that are in use; a round of them may need another.
    var output = [UInt8](repeating: 0, count: 3 * input.count + 16)
    piece = []
    var (taken, isWhole) = (0, true)
    while taken < input.count, isWhole {
      var (inLeft, outLeft) = (input.count - taken, output.count)
      let status = input.withUnsafeMutableBytes { input in
        output.withUnsafeMutableBytes { output in
          var from = input.baseAddress.map { ($0 + taken).assumingMemoryBound(to: CChar.self) }
          var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
          let result = iconv(descriptor, &from, &inLeft, &to, &outLeft)
          return result == -1 ? errno : 0
        }
      }
      piece += output[..<(output.count - outLeft)]
      taken = input.count - inLeft
      if status == EINVAL { break }
      isWhole = status == 0 || status == E2BIG
    }
    rest = Array(input[taken...])
    return isWhole
  }
}
