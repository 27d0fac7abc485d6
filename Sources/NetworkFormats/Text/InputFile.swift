internal import Foundation

/// A file that an input was read from, so that figures can be traced to it.
public struct InputFile: Hashable, Sendable {
  /// The path.
  public let path: String
  /// Bytes.
  public let size: Int
  /// SHA-256 of the bytes as they lie on disk, in hexadecimal digits: what `sha256sum` prints.
  public let checksum: String

  /// The files of the input at `path`, in the order in which they are read.
  ///
  /// - Parameter routes: route files of a SUMO network.
  /// - Throws: `InputFailure` when one cannot be read.
  public static func files(of path: String, routes: [String]) throws(InputFailure) -> [InputFile] {
    var paths = [path]
    switch try ScenarioReader.format(of: path) {
    case .native: break
    case .sumoNetwork: paths += routes
    case .sumoConfiguration:
      let configuration = try SUMOConfiguration(path: path)
      paths += [configuration.network] + configuration.additionals + configuration.routes
    case .gmns, .utdf:
      if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
        paths = names.filter { $0.lowercased().hasSuffix(".csv") }.sorted().map { "\(path)/\($0)" }
      }
    case .cityFlow: paths = try CityFlowFiles(path).all
    case .matsim: paths = try MATSimFiles(path).all
    }
    var files: [InputFile] = []
    for path in paths { files.append(try InputFile(path)) }
    return files
  }

  private init(_ path: String) throws(InputFailure) {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw InputFailure("the file cannot be read", at: SourceLocation(file: path))
    }
    self.path = path
    size = data.count
    checksum = SHA256.digest(of: Array(data)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
