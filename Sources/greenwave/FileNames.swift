/// Makes file names of names in any script, no two the same.
struct FileNames {
  private var used: Set<String> = []

  /// Longer names are cut, bytes: file systems allow 255, and endings come behind.
  private static let longest = 120

  /// `name` without what file systems reserve; numbered where another name has become the same.
  mutating func unique(_ name: String) -> String {
    let kept = name.map { "/\\:*?\"<>|".contains($0) || $0.isNewline || $0 == "\0" ? "-" : $0 }
    var plain = ""
    for character in kept where plain.utf8.count + String(character).utf8.count <= Self.longest {
      plain.append(character)
    }
    if plain.hasPrefix(".") { plain = "-" + plain.dropFirst() }
    var unique = plain
    var number = 1
    while !used.insert(unique).inserted {
      number += 1
      unique = "\(plain)-\(number)"
    }
    return unique
  }

  /// A path's last part, which reports name files by.
  static func last(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
