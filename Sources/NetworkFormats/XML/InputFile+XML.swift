extension InputFile {
  /// The name of the root element; nil when the file does not begin like XML.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable or damaged at its beginning.
  public func xmlRoot() throws(InputFailure) -> String? {
    var rest = try beginning()[...].drop { $0.isWhitespace }
    // Declarations and comments may come first.
    while rest.hasPrefix("<?") || rest.hasPrefix("<!") {
      let end = rest.hasPrefix("<!--") ? "-->" : Self.hasSubset(rest) ? "]>" : ">"
      guard let found = rest.firstRange(of: end) else { return nil }
      rest = rest[found.upperBound...].drop { $0.isWhitespace }
    }
    guard rest.first == "<" else { return nil }
    return String(rest.dropFirst().prefix { $0.isLetter || $0 == "_" })
  }

  /// Whether a declaration holds others.
  private static func hasSubset(_ text: Substring) -> Bool {
    text.hasPrefix("<!DOCTYPE") && text.prefix { $0 != ">" }.contains("[")
  }

  /// `grid` of `maps/grid.net.xml.gz`.
  static func xmlBaseName(of path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".gz", ".xml", ".net", ".sumocfg", ".sumo"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name.isEmpty ? path : name
  }
}
