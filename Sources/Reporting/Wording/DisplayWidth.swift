extension String {
  /// Columns that the text fills on a terminal: 2 for each wide East Asian character, 0 for marks that sit on
  /// their neighbour and for escape sequences.
  ///
  /// After Unicode Standard Annex 11, East Asian Width, classes W and F, by blocks.
  var displayWidth: Int {
    var (width, isInEscape) = (0, false)
    for character in self {
      // Escape sequences of ReportLayout end with their first letter.
      if character == "\u{1B}" { isInEscape = true }
      if !isInEscape { width += character.displayWidth }
      if isInEscape, character.isLetter { isInEscape = false }
    }
    return width
  }

  /// The text, filled up with spaces on its right to `width` columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
  }

  /// The text, filled up with spaces on its left to `width` columns.
  func rightAligned(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - displayWidth)) + self
  }

  /// The text on one line, cut to `width` columns; the last one then shows that something is missing.
  func truncated(to width: Int) -> String {
    let line = String(map { $0.isNewline || $0 == "\t" ? " " : $0 })
    guard line.displayWidth > width else { return line }
    var kept = ""
    var used = 0
    for character in line {
      used += character.displayWidth
      guard used <= width - 1 else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// The text in lines of at most `width` columns, broken at spaces; spaces at its begin stay, and all lines but the
  /// first are indented.
  func wrapped(to width: Int, indent: Int = 0) -> String {
    var lines: [String] = []
    var line = String(prefix { $0 == " " })
    var isEmpty = true
    for word in split(separator: " ") {
      if !isEmpty, line.displayWidth + 1 + String(word).displayWidth > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }
}

extension Character {
  /// Columns of a terminal: that of its first scalar, for later ones only modify it.
  var displayWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .control, .format, .nonspacingMark, .enclosingMark: return 0
    default: return Self.wide.contains { $0.contains(first.value) } ? 2 : 1
    }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x231a...0x231b, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3,
    0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6,
    0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff, 0x20000...0x3fffd,
  ]
}
