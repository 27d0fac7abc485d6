import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Errors on several threads")
struct ConcurrentReadingTests {
  /// A grid's files with every decimal number in them out of all ranges: more errors than are quoted.
  private static func broken(_ format: String) throws -> FormatSample {
    // Movements of GMNS are read in several tasks where there are many hundreds.
    let side = format == "gmns" ? 7 : 2
    let text = GridNetwork.yaml(rows: side, columns: side, seed: 1)
    let grid = try NativeReader.read(text: text, file: "grid").scenario
    let writer = try #require(FormatRegistry.shipped.networkWriters.first { $0.name == format })
    let files = try writer.write(grid, origin: nil).files
    return FormatSample(
      testDescription: format, format: format,
      files: files.map { file in
        let name = file.name.isEmpty ? "town" + writer.outputEndings[0] : file.name
        // Of GMNS the roads stay, so that it comes to movements.
        let stays = format == "gmns" && name != "movement.csv"
        return (name, stays ? file.text : damaged(file.text))
      }, main: files[0].name.isEmpty ? "town" + writer.outputEndings[0] : nil)
  }

  private static func damaged(_ text: String) -> String {
    var text = text
    for range in FormatConformanceTests.numbers(in: text).reversed() where text[range].contains(".") {
      text.replaceSubrange(range, with: "-1e30")
    }
    return text
  }

  static let formats = FormatRegistry.shipped.networks.map(\.name).filter { $0 != "sumo" }

  @Test(
    "hundreds of errors have the same words in the same order, however many threads read",
    arguments: formats)
  func sameText(format: String) async throws {
    let sample = try Self.broken(format)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + "/town")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try Self.errors(sample.read(in: folder))
    if format == "gmns" { #expect(first.count > 200) }
    #expect(!first.isEmpty)
    for readers in [1, 4] {
      let texts = await withTaskGroup(of: [String].self) { group in
        for _ in 0..<readers {
          group.addTask {
            let input = InputFiles(sample.main.map { "\(folder)/\($0)" } ?? folder)
            return Self.errors(Result { () throws(InputFailure) in try FormatRegistry.shipped.read(input) })
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      for text in texts { #expect(text == first) }
    }
  }

  private static func errors(_ outcome: Result<ReadScenario, InputFailure>) -> [String] {
    switch outcome {
    case .success: []
    case .failure(let failure): failure.diagnostics.map(\.text)
    }
  }
}
