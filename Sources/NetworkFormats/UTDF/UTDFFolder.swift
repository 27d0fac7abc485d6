internal import Foundation

/// The older set of UTDF files in a folder: Layout, Lanes, Timing, Phasing and Volume.
enum UTDFFolder {
  /// The names of the files, without their ending, by what is in them.
  private static let names: [(name: String, kind: UTDFFile.Kind?)] = [
    ("layout", nil), ("lanes", .lanes), ("timing", nil), ("phasing", .phases), ("volume", nil),
  ]

  /// The files of a folder that belong to the set, by name in small letters.
  static func files(in folder: String) -> [String: String] {
    let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var files: [String: String] = [:]
    for file in found.sorted() {
      let url = URL(fileURLWithPath: folder).appendingPathComponent(file)
      let name = url.deletingPathExtension().lastPathComponent.lowercased()
      guard ["csv", "dat", "txt"].contains(url.pathExtension.lowercased()),
        names.contains(where: { $0.name == name }), files[name] == nil
      else { continue }
      files[name] = url.path
    }
    return files
  }

  /// Whether a folder has the set.
  static func isLike(_ folder: String) -> Bool {
    let files = files(in: folder)
    return files["lanes"] != nil && (files["phasing"] != nil || files["layout"] != nil)
  }

  static func read(_ folder: String) throws(InputFailure) -> ReadScenario {
    throw InputFailure("the older set of files is not read", at: SourceLocation(file: folder))
  }
}
