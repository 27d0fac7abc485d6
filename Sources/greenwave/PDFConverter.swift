internal import Foundation
internal import Reporting

/// An installed program that makes PDF of sheets.
struct PDFConverter {
  private let program: String

  /// The best first: browsers lay out the page, rsvg-convert takes the drawings.
  private static let known = ["chromium", "chromium-browser", "google-chrome", "rsvg-convert"]

  /// - Throws: `Failure.usage` when none is on PATH.
  static func find(in environment: [String: String] = ProcessInfo.processInfo.environment) throws
    -> PDFConverter
  {
    guard let program = ExternalProgram.find(known, in: environment) else {
      throw Failure.usage(
        "a PDF takes a program that makes it, and none is on PATH",
        hint:
          "'apt-get install chromium' or 'apt-get install librsvg2-bin' (rsvg-convert) installs one; a browser prints the .html file as well"
      )
    }
    return PDFConverter(program: program)
  }

  private var isBrowser: Bool { FileNames.last(of: program) != "rsvg-convert" }

  /// The sheets as PDF, each on a page of its own.
  ///
  /// - Throws: `Failure.cannotWrite` with the program's words when it fails.
  func pdf(of sheets: [JunctionSheet]) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("greenwave-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    func failure(_ reason: String) -> Failure { Failure.cannotWrite(path: "PDF", reason: reason) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw failure(OutputFiles.reason(error))
    }
    let target = folder.appendingPathComponent("sheets.pdf").path
    let files =
      isBrowser
      ? [OutputFile(path: folder.appendingPathComponent("sheets.html").path, text: SheetPage(sheets).html)]
      : sheets.enumerated().map { number, sheet in
        OutputFile(path: folder.appendingPathComponent("\(number + 1).svg").path, text: sheet.svg)
      }
    try OutputFiles.write(files)
    let arguments =
      isBrowser
      ? [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--print-to-pdf=\(target)",
        "file://\(files[0].path)",
      ] : ["--format=pdf", "--output", target] + files.map(\.path)
    let outcome = try ExternalProgram.run(program, arguments, failure: failure)
    guard outcome.code == 0, let data = FileManager.default.contents(atPath: target) else {
      throw failure("\(FileNames.last(of: program)) failed: \(outcome.messages.prefix(Self.mostWords))")
    }
    return data
  }

  private static let mostWords = 400
}
