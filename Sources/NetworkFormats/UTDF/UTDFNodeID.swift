internal import NetworkBuilding

/// What a file calls a node by: a number, as Synchro does, or a name, as tools that write its format from other networks do.
struct UTDFNodeID: Hashable, CustomStringConvertible {
  /// A number in its plain form: `7`, `7.0` and `07` are one node.
  let description: String
  /// Whether it is a name.
  let isName: Bool

  /// The settings of the whole file, which are no node's.
  static let network = UTDFNodeID(number: 0)

  /// A node with a number.
  init(number: Int) { (description, isName) = (String(number), false) }

  private init(name: String) { (description, isName) = (name, true) }

  /// What lies beyond a leg of a node whose neighbours the file does not name.
  init(beyond leg: Compass, of node: UTDFNodeID) { self.init(name: "\(node).\(leg.name) outside") }

  /// The node of a field.
  ///
  /// - Returns: nil where the field is empty or 0, which means none, or with an error in the log where it holds a number that
  ///   is no node's.
  static func read(_ field: Located<String>?, _ what: String, _ log: inout DiagnosticLog) -> UTDFNodeID? {
    guard let field else { return nil }
    // What programs write for numbers that are none, such as nan, is no name.
    let isNumber = UTDFNumber.value(field.value) != nil || Double(field.value) != nil
    if !isNumber, field.value.contains(where: \.isLetter) {
      return UTDFNodeID(name: field.value)
    }
    guard let number = UTDFNumber.whole(field, what, UTDFNumber.codes, &log), number != 0 else { return nil }
    return UTDFNodeID(number: number)
  }

  /// Whether a field says this node.
  func isSaid(in text: String) -> Bool {
    if isName { return text.trimmed == description }
    let number = UTDFNumber.value(text).flatMap { Int(whole: $0, in: UTDFNumber.codes) }
    return number.map { UTDFNodeID(number: $0) } == self
  }
}
