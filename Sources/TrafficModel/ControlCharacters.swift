/// Characters that are orders rather than text, in names and words of people's files.
///
/// A terminal obeys an escape character, XML cannot hold one however it is written, and marks that turn the direction of writing
/// around make a line say something else than what stands in it. So inputs are read, and diagnostics are shown, with a sign in the
/// place of each.
extension String {
  /// The text with one visible sign for each control character but tabs and line feeds; the same text where it has none.
  package var showingControls: String {
    guard utf8.contains(where: Self.mayBeginControl), unicodeScalars.contains(where: \.isControl) else {
      return self
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: unicodeScalars.lazy.map(\.shown))
    return String(view)
  }

  /// The same on one line: line feeds have a sign as well.
  package var showingControlsInOneLine: String {
    let shown = showingControls
    guard shown.utf8.contains(UInt8(ascii: "\n")) else { return shown }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: shown.unicodeScalars.lazy.map { $0 == "\n" ? "\u{240a}" : $0 })
    return String(view)
  }

  /// Whether a byte of UTF-8 may be, or begin, a control character.
  private static func mayBeginControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0a || byte == 0x7f || byte == 0xc2 || byte == 0xe2
      || byte == 0xef
  }
}

extension Unicode.Scalar {
  /// Whether it is an order: of the sets C0 but tab and line feed, and C1 (ISO/IEC 6429), a mark that turns the direction of writing (Unicode
  /// Standard Annex 9, 2.1 and 2.2), or nothing that XML 1.0 allows.
  fileprivate var isControl: Bool {
    switch value {
    case 0x09, 0x0a: false
    case 0..<0x20, 0x7f...0x9f, 0x202a...0x202e, 0x2066...0x2069, 0xfffe, 0xffff: true
    default: false
    }
  }

  /// Itself, or the sign for it: Unicode has pictures of the set C0.
  fileprivate var shown: Unicode.Scalar {
    guard isControl else { return self }
    if value < 0x20 { return Unicode.Scalar(0x2400 + value) ?? "\u{fffd}" }
    return value == 0x7f ? "\u{2421}" : "\u{fffd}"
  }
}
