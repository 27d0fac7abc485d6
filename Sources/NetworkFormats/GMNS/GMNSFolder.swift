internal import NetworkBuilding

/// The tables of a GMNS folder that say something about roads, signals and traffic.
final class GMNSFolder {
  private let input: InputFiles
  private var tables: [GMNSTable] = []
  private var failures: [Diagnostic] = []
  /// By table: what was read of it and not yet asked for.
  private var read: [String: Result<GMNSTable, InputFailure>] = [:]
  /// Names of the tables that somebody asked for.
  private var asked: Set<String> = []
  /// By table: the name of its file.
  private let files: [String: String]
  /// Where tables are that the folder lacks.
  private let base: GMNSFolder?

  /// Tables that a folder must have.
  static let required = ["node", "link"]

  /// Whether a folder holds a GMNS network.
  static func isGMNS(_ input: InputFiles) -> Bool {
    let files = files(of: input)
    return required.allSatisfy { files[$0] != nil }
  }

  /// - Parameter base: a folder that was read before, for tables of roads, controllers and times that this one lacks.
  init(_ input: InputFiles, base: GMNSFolder? = nil) {
    self.input = input
    self.base = base
    files = Self.files(of: input)
  }

  /// The files of the tables that were asked for, in order of their names.
  var filesRead: [InputFile] {
    files.filter { asked.contains($0.key) }.map(\.value).sorted().map { input[input.folder + $0] }
  }

  /// Whether the folder itself has a table.
  func has(_ name: String) -> Bool { files[name] != nil }

  /// By table, in small letters: the file.
  private static func files(of input: InputFiles) -> [String: String] {
    Dictionary(
      input.names.compactMap { name in
        let lower = name.lowercased()
        let ending = [".csv", ".csv.gz"].first { lower.hasSuffix($0) }
        return ending.map { (String(lower.dropLast($0.count)), name) }
      }
    ) { first, _ in first }
  }

  /// A table; nil where there is none, with an error where it is required or cannot be read.
  func table(_ name: String) -> GMNSTable? {
    guard let file = files[name] else {
      // Plans belong together: the base's own are not mixed with these.
      let isOfPlans = name.hasPrefix("signal_") && name != "signal_controller"
      if let base, !isOfPlans { return base.table(name) }
      guard Self.required.contains(name) else { return nil }
      let nearest = nearestName(to: name + ".csv", among: files.values.sorted())
      failures.append(
        Diagnostic(
          .error, at: SourceLocation(file: input.path), "the folder has no \(name).csv",
          notes: nearest.map { ["it has \($0)"] } ?? []))
      return nil
    }
    asked.insert(name)
    switch read.removeValue(forKey: name) ?? Self.read(name, input[input.folder + file]) {
    case .success(let table):
      tables.append(table)
      return table
    case .failure(let failure):
      failures += failure.diagnostics
      return nil
    }
  }

  private static func read(_ name: String, _ file: InputFile) -> Result<GMNSTable, InputFailure> {
    Result { () throws(InputFailure) in
      let guessed = try file.guessedText()
      let table = GMNSTable(name: name, file: file.path, text: guessed.text)
      if let encoding = guessed.encoding { table.warning("the file is not UTF-8, it is read as \(encoding)") }
      return table
    }
  }

  /// Reads those of some tables that the folder itself has on all cores, for when they are asked for.
  func prepare(_ names: [String]) {
    let known = names.compactMap { name in files[name].map { (name: name, file: input[input.folder + $0]) } }
    let found = concurrentMap(known.count, inChunksOf: 1) { Self.read(known[$0].name, known[$0].file) }
    for (table, result) in zip(known, found) { read[table.name] = result }
  }

  /// Everything found so far, in order of table, then place.
  var diagnostics: [Diagnostic] { failures + tables.flatMap(\.diagnostics) }
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Notes something about the network as a whole.
  func note(_ severity: Diagnostic.Severity, _ message: String, notes: [String] = []) {
    failures.append(Diagnostic(severity, at: SourceLocation(file: input.path), message, notes: notes))
  }
}
