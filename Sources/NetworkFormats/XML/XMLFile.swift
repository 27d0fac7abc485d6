internal import Foundation

#if canImport(FoundationXML)
  internal import FoundationXML
#endif

/// Reads XML element by element: the root's children are handed over one at a time, each with all it holds, so
/// that a large file is never in memory as a tree.
enum XMLFile {
  /// - Parameters:
  ///   - roots: names that the root element may have.
  ///   - texts: names of the elements whose text is wanted.
  ///   - element: called with each child of the root, in order.
  /// - Returns: the root's name and attributes.
  /// - Throws: `InputFailure` when the text is not well-formed or has another root.
  @discardableResult
  static func read(
    text: String, file: String, roots: [String], texts: Set<String> = [], element: (XMLNode) -> Void
  ) throws(InputFailure) -> XMLNode {
    let parser = XMLParser(data: Data(text.utf8))
    // The closure is not kept beyond this call.
    let outcome = withoutActuallyEscaping(element) { element in
      let delegate = Delegate(roots: roots, texts: texts, element: element)
      parser.delegate = delegate
      _ = parser.parse()
      parser.delegate = nil
      return (root: delegate.root, error: parser.parserError)
    }
    guard let root = outcome.root else {
      throw problem(text, file, parser, "this is not an XML file")
    }
    guard roots.contains(root.name) else {
      let expected = roots.map { "<\($0)>" }.joined(separator: " or ")
      throw InputFailure(
        "the root element is <\(root.name)>, expected \(expected)",
        at: SourceLocation(file: file, line: root.line))
    }
    if outcome.error != nil {
      throw problem(text, file, parser, "the XML is not well-formed or ends too soon")
    }
    return root
  }

  private static func problem(
    _ text: String, _ file: String, _ parser: XMLParser, _ message: String
  ) -> InputFailure {
    let line = max(1, parser.lineNumber)
    let column = max(1, parser.columnNumber)
    let source = SourceText(text: text).line(line)
    // A column beyond the line would point at nothing.
    let length = source?.unicodeScalars.count ?? 0
    return InputFailure([
      Diagnostic(
        .error, at: SourceLocation(file: file, line: line, column: min(column, length + 1)), message,
        sourceLine: source)
    ])
  }

  private final class Delegate: NSObject, XMLParserDelegate {
    let roots: [String]
    let texts: Set<String>
    let element: (XMLNode) -> Void
    var root: XMLNode?
    var open: [XMLNode] = []

    init(roots: [String], texts: Set<String>, element: @escaping (XMLNode) -> Void) {
      self.roots = roots
      self.texts = texts
      self.element = element
    }

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let node = XMLNode(name: name, attributes: attributes, line: parser.lineNumber)
      if root == nil {
        root = node
        if !roots.contains(name) { parser.abortParsing() }
      } else {
        open.append(node)
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      guard !texts.isEmpty, let last = open.indices.last, texts.contains(open[last].name) else { return }
      open[last].text += string
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      guard let node = open.popLast() else { return }
      if open.isEmpty { element(node) } else { open[open.count - 1].children.append(node) }
    }
  }
}
