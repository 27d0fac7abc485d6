internal import Foundation

/// An installed program that makes PNG of SVG.
struct PNGConverter {
  private let program: String

  /// The best first.
  private static let known = ["rsvg-convert", "inkscape", "chromium", "chromium-browser", "google-chrome"]
  /// px of the PNG for one of the SVG: sharp on dense screens and in print.
  private static let zoom = 2

  /// - Throws: `Failure.usage` when none is on PATH.
  static func find(in environment: [String: String] = ProcessInfo.processInfo.environment) throws
    -> PNGConverter
  {
    guard let program = ExternalProgram.find(known, in: environment) else {
      throw Failure.usage(
        "--png takes a program that makes PNG of SVG, and none is on PATH",
        hint: "'apt-get install librsvg2-bin' installs rsvg-convert; Inkscape and Chromium do as well")
    }
    return PNGConverter(program: program)
  }

  /// The picture as PNG.
  ///
  /// - Throws: `Failure.cannotWrite` with the program's words when it fails.
  func png(of svg: String) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("greenwave-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("picture.svg").path
    let target = folder.appendingPathComponent("picture.png").path
    func failure(_ reason: String) -> Failure { Failure.cannotWrite(path: "PNG", reason: reason) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw failure(OutputFiles.reason(error))
    }
    try OutputFiles.write([OutputFile(path: source, text: svg)])
    let outcome = try ExternalProgram.run(
      program, arguments(from: source, to: target, svg: svg), failure: failure)
    guard outcome.code == 0, let data = FileManager.default.contents(atPath: target) else {
      throw failure("\(FileNames.last(of: program)) failed: \(outcome.messages.prefix(Self.mostWords))")
    }
    return data
  }

  private static let mostWords = 400

  private func arguments(from source: String, to target: String, svg: String) -> [String] {
    switch FileNames.last(of: program) {
    case "rsvg-convert": ["--zoom", "\(Self.zoom)", "--output", target, source]
    case "inkscape":
      ["--export-type=png", "--export-dpi=\(96 * Self.zoom)", "--export-filename=\(target)", source]
    default:
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--force-device-scale-factor=\(Self.zoom)", "--window-size=\(Self.size(of: svg))",
        "--screenshot=\(target)", "file://\(source)",
      ]
    }
  }

  /// Width and height of the root element, px, as `width,height`.
  private static func size(of svg: String) -> String {
    let match = svg.firstMatch(of: /width="([\d.]+)" height="([\d.]+)"/)
    func whole(_ text: Substring?) -> Int { Int((text.flatMap { Double($0) } ?? 0).rounded(.up)) }
    return "\(whole(match?.1)),\(whole(match?.2))"
  }
}
