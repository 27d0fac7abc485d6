internal import CExpat
internal import NetworkBuilding
internal import TrafficModel

/// Reads XML element by element: the root's children are handed over one at a time, each with all it holds, so
/// that a large file is never in memory, neither as text nor as a tree.
enum XMLFile {
  /// What entities may grow the text by, as a multiple of what was read, once they have made a megabyte.
  private static let largestExpansion: Float = 20
  private static let freeExpansion: UInt64 = 1 << 20

  /// - Parameters:
  ///   - file: compressed or not, in any encoding that it declares.
  ///   - roots: names that the root element may have.
  ///   - texts: names of the elements whose text is wanted.
  ///   - element: called with each child of the root, in order.
  /// - Returns: the root's name and attributes.
  /// - Throws: `InputFailure` when the file cannot be read, is not well-formed or has another root.
  @discardableResult
  static func read(
    _ file: InputFile, roots: [String], texts: Set<String> = [], element: (XMLNode) -> Void
  ) throws(InputFailure) -> XMLNode {
    let stream = TextStream(file)
    // Text streams give UTF-8, whatever the file declares.
    guard let parser = XML_ParserCreate("UTF-8") else {
      throw InputFailure("there is no memory to read the file", at: SourceLocation(file: file.path))
    }
    defer { XML_ParserFree(parser) }
    // The closure is not kept beyond this call.
    let outcome = withoutActuallyEscaping(element) { element -> Result<XMLNode, InputFailure> in
      let builder = Builder(parser: parser, file: file, roots: roots, texts: texts, element: element)
      return Result { () throws(InputFailure) in try builder.parse(stream) }
    }
    return try outcome.get()
  }

  /// Makes elements of what the parser tells.
  private final class Builder {
    private let parser: XML_Parser
    private let file: InputFile
    private let roots: [String]
    private let texts: Set<String>
    private let element: (XMLNode) -> Void
    private var root: XMLNode?
    private var open: [XMLNode] = []
    /// Why the reading was stopped, and where.
    private var refusal: (message: String, line: Int, column: Int)?

    init(
      parser: XML_Parser, file: InputFile, roots: [String], texts: Set<String>,
      element: @escaping (XMLNode) -> Void
    ) {
      self.parser = parser
      self.file = file
      self.roots = roots
      self.texts = texts
      self.element = element
    }

    func parse(_ stream: TextStream) throws(InputFailure) -> XMLNode {
      XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
      XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, XMLFile.largestExpansion)
      XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, XMLFile.freeExpansion)
      XML_SetElementHandler(parser, { Builder.of($0)?.start($1, $2) }, { data, _ in Builder.of(data)?.end() })
      if !texts.isEmpty {
        XML_SetCharacterDataHandler(parser) { Builder.of($0)?.characters($1, $2) }
      }
      // What a file holds stands in the file: nothing is fetched from elsewhere.
      XML_SetExternalEntityRefHandlerArg(parser, Unmanaged.passUnretained(self).toOpaque())
      XML_SetExternalEntityRefHandler(parser) { data, _, _, _, _ in
        Builder.of(data.map { UnsafeMutableRawPointer($0) })?.refuse("an external entity is not read")
        return Int32(XML_STATUS_ERROR.rawValue)
      }
      XML_SetSkippedEntityHandler(parser) { data, name, _ in
        Builder.of(data)?.refuse("the entity '&\(name.map { String(cString: $0) } ?? "");' is not known")
      }
      while let piece = try stream.next() {
        let status = piece.withUnsafeBytes { bytes in
          XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 0)
        }
        guard status == XML_STATUS_OK else { throw failure() }
      }
      guard XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK, let root else { throw failure() }
      return root
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> Builder? {
      data.map { Unmanaged<Builder>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: What the parser tells

    private func start(
      _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
      guard refusal == nil, let name, let attributes else { return }
      var found: [XMLNode.Attribute] = []
      var position = 0
      while let name = attributes[position], let value = attributes[position + 1] {
        found.append(
          XMLNode.Attribute(name: String(cString: name), value: String(cString: value).showingControls))
        position += 2
      }
      let node = XMLNode(
        name: String(cString: name), attributes: found,
        place: TextPlace(
          line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1))
      if root == nil {
        root = node
        guard !roots.contains(node.name) else { return }
        let expected = roots.map { "<\($0)>" }.joined(separator: " or ")
        refuse("the root element is <\(node.name)>, expected \(expected)")
      } else {
        open.append(node)
        if open.count > InputLimits.xmlDepth {
          refuse("elements stand over \(InputLimits.xmlDepth) deep in each other")
        }
      }
    }

    private func end() {
      guard refusal == nil, let node = open.popLast() else { return }
      if open.isEmpty { element(node) } else { open[open.count - 1].children.append(node) }
    }

    private func characters(_ text: UnsafePointer<CChar>?, _ count: Int32) {
      guard let text, let last = open.indices.last, texts.contains(open[last].name) else { return }
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
      open[last].text += String(decoding: bytes, as: UTF8.self).showingControls
    }

    private func refuse(_ message: String) {
      guard refusal == nil else { return }
      refusal = (message, Int(XML_GetCurrentLineNumber(parser)), Int(XML_GetCurrentColumnNumber(parser)))
      XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    // MARK: What goes wrong

    private func failure() -> InputFailure {
      if let refusal { return failure(refusal.message, line: refusal.line, column: refusal.column) }
      let code = XML_GetErrorCode(parser)
      let (line, column) = (Int(XML_GetCurrentLineNumber(parser)), Int(XML_GetCurrentColumnNumber(parser)))
      let words = XML_ErrorString(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
      guard root != nil || code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH else {
        return failure("this is not an XML file: \(words)", line: line, column: column)
      }
      switch code {
      case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
        XML_ERROR_UNCLOSED_CDATA_SECTION:
        let unclosed = (open.last ?? root).map { "<\($0.name)> of line \($0.place.line) never ends" } ?? words
        return failure("the XML ends too soon: \(unclosed)", line: line, column: column)
      case XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
        return failure("the XML's entities grow without end", line: line, column: column)
      case XML_ERROR_TAG_MISMATCH:
        let expected = (open.last ?? root).map { ", expected </\($0.name)> for line \($0.place.line)" } ?? ""
        return failure("the XML is not well-formed: \(words)\(expected)", line: line, column: column)
      default: return failure("the XML is not well-formed: \(words)", line: line, column: column)
      }
    }

    private static let encodingAdvice =
      "the file is not UTF-8: save it so, or let it begin with <?xml version=\"1.0\" encoding=\"…\"?>"

    /// - Parameter column: scalars before the place.
    private func failure(_ message: String, line: Int, column: Int) -> InputFailure {
      let text = SourceText.file(file).lines([line])[line]
      return InputFailure([
        Diagnostic(
          .error, at: SourceLocation(file: file.path, line: line, column: column + 1), message,
          sourceLine: text.flatMap { $0.isEmpty ? nil : $0 },
          notes: text?.unicodeScalars.contains("\u{fffd}") == true ? [Self.encodingAdvice] : [])
      ])
    }
  }
}
