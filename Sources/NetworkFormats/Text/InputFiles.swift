internal import Foundation
internal import Synchronization

/// What somebody names as an input, a file or a folder, with the files that belong to it: each is read once, whoever asks
/// for it.
public final class InputFiles: Sendable {
  /// The file or the folder, as the user names it.
  public let path: String
  /// Paths of files that the user names beside it: the route files of a SUMO network.
  public let routes: [String]
  /// Whether the input is a folder.
  public let isFolder: Bool
  private let known = Mutex<[String: InputFile]>([:])

  /// An input, not yet looked for.
  public init(_ path: String, routes: [String] = []) {
    self.path = path
    self.routes = routes
    isFolder = Self.isFolder(path)
  }

  /// The input where it is one file.
  public var file: InputFile { self[path] }

  /// The file at a path: always the same one for the same path.
  public subscript(path: String) -> InputFile {
    known.withLock { known in
      if let file = known[path] { return file }
      let file = InputFile(path)
      known[path] = file
      return file
    }
  }

  /// The names of what is in the folder, sorted; none where the input is a file.
  public var names: [String] { Self.names(in: path) }

  /// What the path of a file that the input names is relative to: the folder with a slash at its end; empty for the present
  /// one.
  public var folder: String {
    if isFolder { return path.hasSuffix("/") ? path : path + "/" }
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// For formats that have traffic of their own.
  ///
  /// - Parameter reason: why route files do not go with it.
  /// - Throws: `InputFailure` where the user named route files.
  public func refuseRoutes(_ reason: String) throws(InputFailure) {
    guard routes.isEmpty else {
      throw InputFailure("route files go with a SUMO network, \(reason)", at: SourceLocation(file: path))
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}
