internal import Foundation
internal import NetworkBuilding

/// The tables of a GMNS folder that say something about roads, signals and traffic.
final class GMNSFolder {
  let path: String
  private var tables: [GMNSTable] = []
  private var failures: [Diagnostic] = []
  /// By table: what was read of it and not yet asked for.
  private var read: [String: Result<GMNSTable, InputFailure>] = [:]
  /// By table: the name of its file.
  private let files: [String: String]
  /// Where tables are that the folder lacks.
  private let base: GMNSFolder?

  /// Tables that a folder must have.
  static let required = ["node", "link"]

  /// Whether a folder holds a GMNS network.
  static func isGMNS(_ path: String) -> Bool {
    let files = files(in: path)
    return required.allSatisfy { files[$0] != nil }
  }

  /// - Parameter base: a folder that was read before, for tables of roads, controllers and times that this one lacks.
  init(_ path: String, base: GMNSFolder? = nil) {
    self.path = path
    self.base = base
    files = Self.files(in: path)
  }

  /// Whether the folder itself has a table.
  func has(_ name: String) -> Bool { files[name] != nil }

  /// By table, in small letters: the file.
  private static func files(in path: String) -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Dictionary(
      names.sorted().compactMap { name in
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
          .error, at: SourceLocation(file: path), "the folder has no \(name).csv",
          notes: nearest.map { ["it has \($0)"] } ?? []))
      return nil
    }
    switch read.removeValue(forKey: name) ?? Self.read(name, fullPath(file)) {
    case .success(let table):
      tables.append(table)
      return table
    case .failure(let failure):
      failures += failure.diagnostics
      return nil
    }
  }

  private func fullPath(_ file: String) -> String { path.hasSuffix("/") ? path + file : path + "/" + file }

  private static func read(_ name: String, _ file: String) -> Result<GMNSTable, InputFailure> {
    Result { () throws(InputFailure) in
      let (text, encoding) = try TextFile.readAnyEncoding(file)
      let table = GMNSTable(name: name, file: file, text: text)
      if let encoding { table.warning("the file is not UTF-8, it is read as \(encoding)") }
      return table
    }
  }

  /// Reads those of some tables that the folder itself has on all cores, for when they are asked for.
  func prepare(_ names: [String]) {
    let known = names.compactMap { name in files[name].map { (name: name, file: fullPath($0)) } }
    let found = concurrentMap(known.count, inChunksOf: 1) { Self.read(known[$0].name, known[$0].file) }
    for (table, result) in zip(known, found) { read[table.name] = result }
  }

  /// Everything found so far, in order of table, then place.
  var diagnostics: [Diagnostic] { failures + tables.flatMap(\.diagnostics) }
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Notes something about the network as a whole.
  func note(_ severity: Diagnostic.Severity, _ message: String, notes: [String] = []) {
    failures.append(Diagnostic(severity, at: SourceLocation(file: path), message, notes: notes))
  }
}
