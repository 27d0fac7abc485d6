internal import Foundation

/// A new content for a file, beside its place until it is put there.
///
/// Its temporary file has a name that nobody can guess, is made anew, follows no link, and may be read by whom the file that it replaces
/// may; none is left behind where the program is told to end.
struct FileReplacement {
  private let target: String
  /// The file's name as the user gave it.
  private let name: String
  private let temporary: String
  /// Another name for what is replaced, until all is in place; nil where there is nothing.
  private let earlier: String?

  /// - Throws: `Failure.cannotWrite` when the folder takes no file, or has no room.
  init(of target: String, with data: Data, named name: String) throws {
    self.target = target
    self.name = name
    let folder = (target as NSString).deletingLastPathComponent
    let stem = (folder as NSString).appendingPathComponent(".greenwave-\(UUID().uuidString)")
    (temporary, earlier) = (stem, access(target, F_OK) == 0 ? stem + "-earlier" : nil)
    LeftFiles.add(temporary)
    if let earlier { LeftFiles.add(earlier) }
    do {
      try Self.write(data, to: temporary, likeFile: target)
    } catch {
      discard()
      throw Failure.cannotWrite(path: name, reason: OutputFiles.reason(error))
    }
  }

  private static func write(_ data: Data, to path: String, likeFile target: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    if stat(target, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    try handle.write(contentsOf: data)
    try handle.close()
  }

  /// Replaces the file, in one step.
  ///
  /// - Throws: `Failure.cannotWrite` when the system refuses; the file is then as it was.
  func putInPlace() throws {
    if let earlier, link(target, earlier) != 0 {
      // Some file systems know no second name.
      do { try FileManager.default.copyItem(atPath: target, toPath: earlier) } catch {
        throw Failure.cannotWrite(path: name, reason: OutputFiles.reason(error))
      }
    }
    guard rename(temporary, target) == 0 else {
      throw Failure.cannotWrite(path: name, reason: String(cString: strerror(errno)))
    }
  }

  /// Makes the file what it was before it was put in place.
  func takeBack() {
    if let earlier { rename(earlier, target) } else { unlink(target) }
  }

  /// Leaves nothing but the file itself.
  func discard() {
    for path in [temporary, earlier].compactMap(\.self) {
      unlink(path)
      LeftFiles.remove(path)
    }
  }
}
