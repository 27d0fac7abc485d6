/// What a combined file or a folder of the older set says, as one text; where something is wrong with it, it is told in
/// the lines of the file that they stand in.
struct UTDFSource {
  /// The file or the folder.
  let path: String
  private(set) var text = ""
  /// That an encoding was guessed.
  private(set) var warnings: [Diagnostic] = []
  /// The files that it was read from, in the order in which they stand in the text.
  private(set) var files: [InputFile] = []
  let isOlderSet: Bool
  private var lineCount = 0
  /// By file: the number of its first line in the text.
  private var starts: [(file: String, line: Int)] = []

  /// Reads a file, or the files of a folder.
  init(_ input: InputFiles) throws(InputFailure) {
    if input.isFolder {
      self = try UTDFFolder.source(input)
    } else {
      try self.init(combined: input.file)
    }
  }

  /// Reads a combined file.
  init(combined file: InputFile) throws(InputFailure) {
    self.init(path: file.path, isOlderSet: false)
    try append(file, asSection: nil)
  }

  /// The text of a combined file.
  init(text: String, file: String) {
    self.init(path: file, isOlderSet: false)
    append(text, of: file)
  }

  /// A folder without files yet.
  init(folder: String) { self.init(path: folder, isOlderSet: true) }

  private init(path: String, isOlderSet: Bool) {
    self.path = path
    self.isOlderSet = isOlderSet
  }

  /// Adds a file.
  ///
  /// - Parameter section: the section that its records belong to; nil where it has sections of its own.
  mutating func append(_ file: InputFile, asSection section: String?) throws(InputFailure) {
    let (content, found) = try file.tableText()
    files.append(file)
    warnings += found
    if let section {
      // What is wrong with a section as a whole is told at the first line of its file.
      starts.append((file.path, lineCount + 1))
      add("[\(section)]\n")
    }
    append(content, of: file.path)
  }

  private mutating func append(_ content: String, of file: String) {
    starts.append((file, lineCount + 1))
    add(content + (isOlderSet ? "\n" : ""))
  }

  private mutating func add(_ part: String) {
    text += part
    lineCount += part.unicodeScalars.count { $0 == "\n" }
  }

  /// Puts the lines of another source before this one's.
  ///
  /// - Returns: the number of this one's first line.
  mutating func follow(_ other: UTDFSource) -> Int {
    let before = other.text.hasSuffix("\n") ? other.text : other.text + "\n"
    let lines = before.unicodeScalars.count { $0 == "\n" }
    starts = other.starts + starts.map { ($0.file, $0.line + lines) }
    text = before + text
    lineCount += lines
    return lines + 1
  }

  /// The sections; of the older set as those of a combined file.
  func sections(_ log: inout DiagnosticLog) -> UTDFFile { sections(of: text, firstLine: 1, &log) }

  /// The sections of a part of the text that begins in line `firstLine`.
  ///
  /// - Parameter base: a file whose rows hold where the part has none for the same record and node.
  func sections(
    of text: String, firstLine: Int, over base: UTDFFile? = nil, _ log: inout DiagnosticLog
  ) -> UTDFFile {
    var file = UTDFFile(text: text, file: path, firstLine: firstLine, &log)
    if let base { file = file.merged(into: base) }
    if isOlderSet { file.takeOlderTables(&log) }
    return file
  }

  /// Diagnostics of the text in the lines of the files, in order, each once.
  func located(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    UTDFReader.ordered(diagnostics).map { diagnostic in
      guard let line = diagnostic.location.line, let start = starts.last(where: { $0.line <= line }) else {
        return diagnostic
      }
      var moved = diagnostic
      moved.location.file = start.file
      moved.location.line = line - start.line + 1
      return moved
    }
  }
}
