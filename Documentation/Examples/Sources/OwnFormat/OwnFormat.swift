// Reads a network of any format, this example's own among them, and prints it in another:
//
//     printf 'west mill 300\nmill east 250\n' > town.street
//     swift run own-format town.street native

import Foundation
import NetworkFormats

@main
struct OwnFormat {
  /// The formats that come with Greenwave, and one more.
  static let formats = FormatRegistry(FormatRegistry.shipped.formats + [StreetFormat()])

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 2, let path = arguments.first,
      let writer = formats.networkWriters.first(where: { $0.name == arguments.last })
    else {
      let known = formats.networkWriters.map(\.name).joined(separator: "|")
      print("usage: own-format NETWORK \(known)")
      exit(64)
    }
    let read = try formats.read(InputFiles(path))
    let written = try writer.write(read.scenario, origin: read.origin)
    for file in written.files { print(file.text, terminator: "") }
    for loss in written.losses { FileHandle.standardError.write(Data("not written: \(loss)\n".utf8)) }
  }
}
