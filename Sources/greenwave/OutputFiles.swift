internal import Foundation

/// A file to be written.
struct OutputFile {
  var path: String
  var data: Data

  init(path: String, text: String) { self.init(path: path, data: Data(text.utf8)) }

  init(path: String, data: Data) { (self.path, self.data) = (path, data) }
}

/// Writes files whole or not at all.
enum OutputFiles {
  /// Makes sure that `folder` is there and takes files, before long work whose result would be lost.
  static func prepare(folder: String) throws {
    if let file = fileAmongFolders(of: folder) {
      throw Failure.cannotWrite(path: folder, reason: "'\(file)' is not a folder")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.cannotWrite(path: folder, reason: reason(error))
    }
    guard FileManager.default.isWritableFile(atPath: folder) else {
      throw Failure.cannotWrite(path: folder, reason: "no permission")
    }
  }

  /// The first of a path's folders that is there and is no folder.
  private static func fileAmongFolders(of path: String) -> String? {
    var isFolder: ObjCBool = false
    var ancestor = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      ancestor += part
      if !part.isEmpty, FileManager.default.fileExists(atPath: ancestor, isDirectory: &isFolder),
        !isFolder.boolValue
      {
        return ancestor
      }
      ancestor += "/"
    }
    return nil
  }

  /// Writes all of `files`, or none: the texts go to temporary files beside their places first.
  static func write(_ files: [OutputFile]) throws {
    var moves: [(from: String, to: String, name: String)] = []
    defer { for move in moves { try? FileManager.default.removeItem(atPath: move.from) } }
    for file in files {
      // A link stays a link: what it leads to is replaced.
      let target = URL(fileURLWithPath: file.path).resolvingSymlinksInPath()
      if let found = fileAmongFolders(of: target.deletingLastPathComponent().path) {
        throw Failure.cannotWrite(path: file.path, reason: "'\(found)' is not a folder")
      }
      if try isStream(target.path, named: file.path) {
        try writeToStream(file)
        continue
      }
      let temporary = target.deletingLastPathComponent()
        .appendingPathComponent(".\(target.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
        .path
      moves.append((temporary, target.path, file.path))
      do {
        try file.data.write(to: URL(fileURLWithPath: temporary))
      } catch {
        throw Failure.cannotWrite(path: file.path, reason: reason(error))
      }
    }
    for move in moves where rename(move.from, move.to) != 0 {
      throw Failure.cannotWrite(path: move.name, reason: String(cString: strerror(errno)))
    }
  }

  /// Whether a path leads to a device or a pipe, which cannot be replaced but written to.
  private static func isStream(_ path: String, named name: String) throws -> Bool {
    guard let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    else {
      return false
    }
    if type == .typeDirectory { throw Failure.cannotWrite(path: name, reason: "it is a folder") }
    return type != .typeRegular
  }

  private static func writeToStream(_ file: OutputFile) throws {
    guard let handle = FileHandle(forWritingAtPath: file.path) else {
      throw Failure.cannotWrite(path: file.path, reason: "it cannot be opened")
    }
    do {
      try handle.write(contentsOf: file.data)
      try handle.close()
    } catch {
      throw Failure.cannotWrite(path: file.path, reason: reason(error))
    }
  }

  /// Why the system refused.
  static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
  }
}
