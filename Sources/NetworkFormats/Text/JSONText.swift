internal import NetworkBuilding
internal import TrafficModel

/// A value of a JSON text, with the place where it begins.
struct JSONNode {
  indirect enum Value {
    case object([JSONMember])
    case array([JSONNode])
    case string(String)
    /// As it is written.
    case number(String)
    case bool(Bool)
    case null
  }
  var value: Value
  var place: TextPlace
}

/// A name in an object, with its value.
struct JSONMember {
  var name: Located<String>
  var value: JSONNode
}

/// Reads JSON (RFC 8259) with the place of every value, which the decoders of the standard libraries do not tell.
enum JSONText {
  /// The value that `text` holds; nil, and noted, when it is not JSON.
  static func read(_ text: String, log: inout DiagnosticLog) -> JSONNode? {
    var parser = Parser(scalars: Array(text.unicodeScalars))
    do {
      return try parser.document()
    } catch {
      log.error(error.message, at: error.place)
      return nil
    }
  }

  private struct SyntaxError: Error {
    var message: String
    var place: TextPlace
  }

  private struct Parser {
    let scalars: [Unicode.Scalar]
    private var position = 0
    private var place = TextPlace(line: 1, column: 1)
    private var depth = 0

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func advance() {
      if current == "\n" {
        place = TextPlace(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
      position += 1
    }

    private func problem(_ expected: String) -> SyntaxError {
      let found = current.map { "'\($0)'" } ?? "the end of the file"
      return SyntaxError(message: "expected \(expected), found \(found)", place: place)
    }

    private mutating func skipSpace() {
      while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" {
        advance()
      }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard current == scalar else { return false }
      advance()
      return true
    }

    mutating func document() throws(SyntaxError) -> JSONNode {
      let node = try value()
      skipSpace()
      guard current == nil else { throw problem("the end of the file") }
      return node
    }

    private mutating func value() throws(SyntaxError) -> JSONNode {
      skipSpace()
      depth += 1
      defer { depth -= 1 }
      guard depth <= InputLimits.jsonDepth else {
        throw SyntaxError(message: "values are nested over \(InputLimits.jsonDepth) deep", place: place)
      }
      let start = place
      switch current {
      case "{": return JSONNode(value: .object(try members()), place: start)
      case "[": return JSONNode(value: .array(try elements()), place: start)
      case "\"": return JSONNode(value: .string(try string()), place: start)
      default: return JSONNode(value: try word(), place: start)
      }
    }

    private mutating func members() throws(SyntaxError) -> [JSONMember] {
      advance()
      var members: [JSONMember] = []
      skipSpace()
      if take("}") { return members }
      while true {
        skipSpace()
        let start = place
        guard current == "\"" else { throw problem("a name in quotes") }
        let name = try string()
        skipSpace()
        guard take(":") else { throw problem("':'") }
        members.append(JSONMember(name: Located(value: name, place: start), value: try value()))
        skipSpace()
        if take("}") { return members }
        guard take(",") else { throw problem("',' or '}'") }
      }
    }

    private mutating func elements() throws(SyntaxError) -> [JSONNode] {
      advance()
      var elements: [JSONNode] = []
      skipSpace()
      if take("]") { return elements }
      while true {
        elements.append(try value())
        skipSpace()
        if take("]") { return elements }
        guard take(",") else { throw problem("',' or ']'") }
      }
    }

    private mutating func word() throws(SyntaxError) -> JSONNode.Value {
      let start = self
      var text = ""
      while let scalar = current, scalar.isWordPart {
        text.unicodeScalars.append(scalar)
        advance()
      }
      switch text {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null": return .null
      default:
        let first = text.unicodeScalars.first
        let isNumber = first.map { $0 == "-" || ("0"..."9").contains($0) } ?? false
        guard isNumber, Double(plain: text) != nil else { throw start.problem("a value") }
        return .number(text)
      }
    }

    private mutating func string() throws(SyntaxError) -> String {
      let start = place
      advance()
      var text = String.UnicodeScalarView()
      while let scalar = current, scalar != "\n" {
        if scalar == "\"" {
          advance()
          return String(text).showingControls
        }
        advance()
        text.append(scalar == "\\" ? try escaped() : scalar)
      }
      throw SyntaxError(message: "the text never ends", place: start)
    }

    private mutating func escaped() throws(SyntaxError) -> Unicode.Scalar {
      guard let letter = current else { throw problem("an escaped letter") }
      let plain: [Unicode.Scalar: Unicode.Scalar] = [
        "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t",
      ]
      if let scalar = plain[letter] {
        advance()
        return scalar
      }
      guard take("u") else { throw problem("one of \" \\ / b f n r t u after '\\'") }
      let first = try codeUnit()
      guard (0xd800..<0xdc00).contains(first) else {
        guard let scalar = Unicode.Scalar(first) else { throw problem("the first half of a surrogate pair") }
        return scalar
      }
      guard take("\\"), take("u") else { throw problem("the second half of a surrogate pair") }
      let second = try codeUnit()
      guard (0xdc00..<0xe000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
      else { throw problem("the second half of a surrogate pair") }
      return scalar
    }

    private mutating func codeUnit() throws(SyntaxError) -> UInt32 {
      var unit: UInt32 = 0
      for _ in 0..<4 {
        guard let scalar = current, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
          throw problem("four hexadecimal digits")
        }
        unit = unit << 4 + UInt32(digit)
        advance()
      }
      return unit
    }
  }
}

extension Unicode.Scalar {
  /// Whether it may be part of a JSON number or of `true`, `false` and `null`.
  fileprivate var isWordPart: Bool {
    ("0"..."9").contains(self) || ("a"..."z").contains(self) || self == "E" || self == "+" || self == "-"
      || self == "."
  }
}
