internal import NetworkBuilding
internal import TrafficModel

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

/// Reading of JSON that other programs define: members that nobody knows here are theirs.
extension DiagnosticLog {
  /// The members of an object by name; of ones that are there twice the last. One that looks misspelt is pointed at.
  mutating func members(_ node: JSONNode, _ known: [String], _ what: String) -> [String: JSONNode]? {
    guard case .object(let members) = node.value else {
      error("\(what) must be an object in braces", at: node.place)
      return nil
    }
    let names = Set(members.map(\.name.value))
    for member in members where !known.contains(member.name.value) {
      guard let nearest = nearestName(to: member.name.value, among: known), !names.contains(nearest) else {
        continue
      }
      warning(
        "'\(member.name.value)' is not read", at: member.name.place, notes: ["did you mean '\(nearest)'?"])
    }
    return Dictionary(members.map { ($0.name.value, $0.value) }) { $1 }
  }

  /// A number within a range.
  mutating func decimal(_ node: JSONNode, _ what: String, _ range: ClosedRange<Double>) -> Double? {
    guard let text = number(node, what) else { return nil }
    guard let value = Double(plain: text.value), range.contains(value) else {
      error(
        "\(what) must be in \(plainNumber(range.lowerBound)) … \(plainNumber(range.upperBound)), not \(text.value)",
        at: node.place)
      return nil
    }
    return value
  }

  /// A whole number from 0 up to, not including, a limit.
  mutating func index(_ node: JSONNode, _ what: String, below limit: Int) -> Int? {
    guard let text = number(node, what) else { return nil }
    guard let value = Double(plain: text.value).flatMap({ Int(exactly: $0) }), value >= 0, value < limit
    else {
      let bounds = limit > 0 ? "a whole number from 0 to \(limit - 1)" : "absent, there is nothing to number"
      error("\(what) must be \(bounds), not \(text.value)", at: node.place)
      return nil
    }
    return value
  }

  /// `true` or `false`.
  mutating func bool(_ node: JSONNode, _ what: String) -> Bool? {
    if case .bool(let value) = node.value { return value }
    error("\(what) must be true or false", at: node.place)
    return nil
  }

  /// A point `{"x": m, "y": m}`.
  mutating func point(_ node: JSONNode, _ what: String) -> Point? {
    guard let members = members(node, ["x", "y"], what) else { return nil }
    let range = -1e7...1e7
    let x = required("x", in: members, at: node.place).flatMap { decimal($0, "'x'", range) }
    let y = required("y", in: members, at: node.place).flatMap { decimal($0, "'y'", range) }
    guard let x, let y else { return nil }
    return Point(x: x, y: y)
  }
}
