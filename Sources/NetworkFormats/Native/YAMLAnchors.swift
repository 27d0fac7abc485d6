internal import NetworkBuilding

/// Finds anchors and aliases before the text is parsed: a few lines of them unfold to more nodes than fit into
/// any memory, so they are refused unseen.
enum YAMLAnchors {
  /// The place of the first `&name` or `*name` that stands where a value begins, outside quotes and comments.
  static func first(in text: String) -> TextPlace? {
    var line = 1
    var column = 0
    var quote: Unicode.Scalar?
    var isComment = false
    // The last character that is not a space, and whether one lies between it and this character.
    var previous: Unicode.Scalar?
    var isAfterSpace = true
    var suspect: TextPlace?
    for scalar in text.unicodeScalars {
      column += 1
      if let place = suspect {
        if !scalar.properties.isWhitespace { return place }
        suspect = nil
      }
      if scalar == "\n" {
        (line, column, isComment) = (line + 1, 0, false)
        if quote == nil { (previous, isAfterSpace) = (nil, true) }
        continue
      }
      guard !isComment else { continue }
      if let open = quote {
        if scalar == open, open == "'" || previous != "\\" { quote = nil }
        previous = scalar == "\\" && previous == "\\" ? nil : scalar
        isAfterSpace = false
        continue
      }
      // In single quotes, two of them stand for one.
      let reopens = scalar == "'" && previous == "'" && !isAfterSpace
      let beginsValue = previous.map { "[{,".unicodeScalars.contains($0) } ?? true
      let followsIndicator = isAfterSpace && previous.map { "-:?".unicodeScalars.contains($0) } ?? true
      switch scalar {
      case "#" where isAfterSpace: isComment = true
      case "\"" where beginsValue || followsIndicator, "'" where beginsValue || followsIndicator || reopens:
        quote = scalar
      case "&" where beginsValue || followsIndicator, "*" where beginsValue || followsIndicator:
        suspect = TextPlace(line: line, column: column)
      default: break
      }
      isAfterSpace = scalar == " " || scalar == "\t"
      if !isAfterSpace { previous = scalar }
    }
    return nil
  }
}
