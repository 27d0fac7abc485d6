/// Reading of JSON values; what is wrong is noted and nil comes back.
extension DiagnosticLog {
  /// The members of an object, each name once and known.
  mutating func object(_ node: JSONNode, _ known: [String], _ what: String) -> [String: JSONNode]? {
    guard case .object(let members) = node.value else {
      error("\(what) must be an object in braces", at: node.place)
      return nil
    }
    var found: [String: JSONNode] = [:]
    for member in members {
      if !known.contains(member.name.value) {
        unknown("key", member.name, known: known)
      } else if found.updateValue(member.value, forKey: member.name.value) != nil {
        error("the key '\(member.name.value)' is there twice", at: member.name.place)
      }
    }
    return found
  }

  /// A member that must be there.
  mutating func required(_ key: String, in members: [String: JSONNode], at place: TextPlace)
    -> JSONNode?
  {
    if let node = members[key] { return node }
    error("the key '\(key)' is missing", at: place)
    return nil
  }

  /// The elements of a list.
  mutating func array(_ node: JSONNode, _ what: String) -> [JSONNode]? {
    if case .array(let elements) = node.value { return elements }
    error("\(what) must be a list in brackets", at: node.place)
    return nil
  }

  /// A text.
  mutating func string(_ node: JSONNode, _ what: String) -> Located<String>? {
    if case .string(let text) = node.value { return Located(value: text, place: node.place) }
    error("\(what) must be a text in quotes", at: node.place)
    return nil
  }

  /// A number as it is written.
  mutating func number(_ node: JSONNode, _ what: String) -> Located<String>? {
    if case .number(let text) = node.value { return Located(value: text, place: node.place) }
    error("\(what) must be a number", at: node.place)
    return nil
  }
}
