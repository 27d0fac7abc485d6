internal import Foundation

/// Reads whole text files, compressed or not.
public enum TextFile {
  /// Files above this are not read, bytes: no road network of this planet needs more.
  static let largestSize = 2_000_000_000

  /// The text of the file at `path`; gzip is recognised by its content, whatever the file is called.
  ///
  /// - Throws: `InputFailure` when the file is missing, a folder, unreadable, too large, cut off, or not UTF-8.
  public static func read(_ path: String) throws(InputFailure) -> String {
    let place = SourceLocation(file: path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw InputFailure("there is no such file", at: place, notes: similarFile(to: path))
    }
    guard !isFolder.boolValue else { throw InputFailure("this is a folder, not a file", at: place) }
    guard var data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw InputFailure("the file cannot be read", at: place)
    }
    if Gunzip.isCompressed(data) {
      do { data = try Gunzip.decompress(data, limit: largestSize) } catch {
        throw InputFailure(error.message, at: place)
      }
    }
    guard data.count <= largestSize else {
      throw InputFailure("the file has \(data.count) bytes, at most \(largestSize) are read", at: place)
    }
    if data.starts(with: [0xef, 0xbb, 0xbf]) { data = data.dropFirst(3) }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw InputFailure("the file is not UTF-8 text", at: place)
    }
    return text
  }

  private static func similarFile(to path: String) -> [String] {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return nearestName(to: url.lastPathComponent, among: names.sorted()).map { ["did you mean '\($0)'?"] }
      ?? []
  }
}
