internal import NetworkBuilding

/// An XML element with what it holds.
struct XMLNode: Sendable {
  /// A name with its value.
  struct Attribute: Sendable {
    var name: String
    var value: String
  }
  let name: String
  /// In the file's order; a handful, so that looking through them is quicker than a table.
  let attributes: [Attribute]
  /// Where its start tag begins.
  let place: TextPlace
  var children: [XMLNode] = []
  /// What stands between its tags, where the reader asked for it.
  var text = ""

  /// The value of an attribute; nil when it is absent.
  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The children of a name.
  func children(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }
}
