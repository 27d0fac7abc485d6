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

  /// Writes all of `files`, or none: the texts go to temporary files beside their places first, and what was there before is kept until
  /// all are in their places.
  static func write(_ files: [OutputFile]) throws {
    var replacements: [FileReplacement] = []
    defer { for replacement in replacements { replacement.discard() } }
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
      replacements.append(try FileReplacement(of: target.path, with: file.data, named: file.path))
    }
    for (index, replacement) in replacements.enumerated() {
      do { try replacement.putInPlace() } catch {
        for earlier in replacements[..<index].reversed() { earlier.takeBack() }
        throw error
      }
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
