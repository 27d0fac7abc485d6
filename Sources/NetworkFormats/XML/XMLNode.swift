/// An XML element with what it holds.
struct XMLNode: Sendable {
  let name: String
  let attributes: [String: String]
  /// 1-based line on which its start tag ends.
  let line: Int
  var children: [XMLNode] = []
  /// What stands between its tags, where the reader asked for it.
  var text = ""

  /// The value of an attribute; nil when it is absent.
  subscript(attribute: String) -> String? { attributes[attribute] }

  /// The children of a name.
  func children(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }
}
