internal import NetworkBuilding
internal import TrafficModel
internal import Yams

/// Turns YAML text into nodes with places.
enum YAMLText {
  /// The root of the text's one document; nil, with an error in the log, when it is not well-formed.
  ///
  /// Keys given twice are errors that do not hide others: the later value counts and reading goes on.
  static func root(of text: String, _ log: inout DiagnosticLog) -> YAMLNode? {
    if let place = YAMLAnchors.first(in: text) {
      log.error("anchors and aliases (& and *) are not part of this format", at: place)
      return nil
    }
    var text = text
    var renamed: [String: String] = [:]
    while true {
      do {
        let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
          .singleRoot()
        guard let root, !isEmpty(root) else {
          log.error("the file is empty")
          return nil
        }
        return node(root, renamed: renamed, &log)
      } catch let error as YamlError {
        guard renamed.count < mostDuplicates,
          case .duplicatedKeysInMapping(_, let context) = error,
          let hidden = hideKey(at: TextPlace(context.mark), in: text, number: renamed.count)
        else {
          report(error, text, &log)
          return nil
        }
        text = hidden.text
        renamed[hidden.newName] = hidden.oldName
      } catch {
        log.error("the YAML cannot be read")
        return nil
      }
    }
  }

  /// More keys than this are not looked for one by one.
  private static let mostDuplicates = 100

  private static func isEmpty(_ node: Node) -> Bool {
    if case .scalar(let scalar) = node { scalar.string.isEmpty } else { false }
  }

  // The parser stops at a key given twice. Its first occurrence is overwritten, in place, by characters that
  // no text uses, so that parsing can go on and every place stays what it is.
  private static func hideKey(
    at place: TextPlace, in text: String, number: Int
  ) -> (text: String, oldName: String, newName: String)? {
    guard let stranger = Unicode.Scalar(0xF0000 + UInt32(number)) else { return nil }
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0) }
    guard lines.indices.contains(place.line - 1) else { return nil }
    var line = lines[place.line - 1]
    var start = place.column - 1
    guard line.indices.contains(start) else { return nil }
    let quote: Unicode.Scalar? = line[start] == "\"" || line[start] == "'" ? line[start] : nil
    if quote != nil { start += 1 }
    var end = start
    while end < line.count, quote.map({ line[end] != $0 }) ?? (line[end] != ":") { end += 1 }
    if quote == nil { while end > start, line[end - 1] == " " { end -= 1 } }
    guard end > start else { return nil }
    func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return String(view)
    }
    let old = string(line[start..<end])
    let new = string(repeatElement(stranger, count: end - start))
    line.replaceSubrange(start..<end, with: repeatElement(stranger, count: end - start))
    lines[place.line - 1] = line
    return (string(lines.joined(separator: CollectionOfOne<Unicode.Scalar>("\n"))), old, new)
  }

  private static func node(
    _ node: Node, renamed: [String: String], _ log: inout DiagnosticLog
  ) -> YAMLNode {
    let place = node.mark.map { TextPlace($0) } ?? TextPlace(line: 1, column: 1)
    switch node {
    case .scalar(let scalar):
      return YAMLNode(
        content: .scalar(
          scalar.string.showingControls, isPlain: scalar.style == .plain || scalar.style == .any),
        place: place)
    case .sequence(let sequence):
      return YAMLNode(
        content: .sequence(sequence.map { Self.node($0, renamed: renamed, &log) }), place: place)
    case .mapping(let mapping):
      return YAMLNode(content: .mapping(entries(mapping, renamed: renamed, &log)), place: place)
    case .alias:
      log.error("anchors and aliases (& and *) are not part of this format", at: place)
      return YAMLNode(content: .scalar("", isPlain: true), place: place)
    }
  }

  private static func entries(
    _ mapping: Node.Mapping, renamed: [String: String], _ log: inout DiagnosticLog
  ) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var earlier: [(name: String, place: TextPlace)] = []
    for (key, value) in mapping {
      let place = key.mark.map { TextPlace($0) } ?? TextPlace(line: 1, column: 1)
      guard case .scalar(let scalar) = key else {
        log.error("a key must be a single text", at: place)
        continue
      }
      if let name = renamed[scalar.string] {
        earlier.append((name, place))
        continue
      }
      entries.append(
        YAMLNode.Entry(
          key: Located(value: scalar.string.showingControls, place: place),
          value: node(value, renamed: renamed, &log)))
    }
    for (name, place) in earlier {
      let later = entries.first { $0.key.value == name }
      log.error(
        "'\(name)' is given twice", at: later?.key.place ?? place,
        notes: ["it is first given in line \(place.line), column \(place.column)"])
    }
    return entries
  }

  private static func report(_ error: YamlError, _ text: String, _ log: inout DiagnosticLog) {
    switch error {
    case .composer(_, let problem, let mark, _) where problem.contains("another document"):
      log.error("a network file is one document, here a second begins", at: inside(text, TextPlace(mark)))
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let notes = context.map { ["\($0.text), in line \($0.mark.line), column \($0.mark.column)"] } ?? []
      log.error("the YAML is not well-formed: \(problem)", at: inside(text, TextPlace(mark)), notes: notes)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      log.error("given twice: \(names)", at: inside(text, TextPlace(context.mark)))
    case .reader(let problem, let offset, _, _):
      guard let offset else {
        log.error("the text cannot be read: \(problem)")
        return
      }
      log.error("the text cannot be read: \(problem)", at: place(ofCharacter: offset, in: text))
    default: log.error("the YAML cannot be read")
    }
  }

  /// The place, or the text's end where it lies beyond, as it does when a file is cut off.
  private static func inside(_ text: String, _ place: TextPlace) -> TextPlace {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let line = min(max(place.line, 1), lines.count)
    let length = lines[line - 1].count
    return TextPlace(line: line, column: line < place.line ? length + 1 : min(place.column, length + 1))
  }

  private static func place(ofCharacter offset: Int, in text: String) -> TextPlace {
    var place = TextPlace(line: 1, column: 1)
    for scalar in String(text.prefix(offset)).unicodeScalars {
      if scalar == "\n" {
        place = TextPlace(line: place.line + 1, column: 1)
      } else {
        place.column += 1
      }
    }
    return place
  }
}

extension TextPlace {
  fileprivate init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}
