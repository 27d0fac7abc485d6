import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Sheets, end to end")
struct SheetTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    return scratch
  }

  @Test(
    "A page and a drawing are well-formed, in both languages",
    arguments: [
      ["sheet.html"], ["sheet.html", "--lang", "zh"], ["new/sheet.svg"], ["sheet.svg", "--lang", "zh"],
    ])
  func pages(words: [String]) throws {
    let scratch = try scratch()
    let outcome = try Tool.run(
      ["sheet", "network.yaml", "--junction", "新华", "-o"] + words, in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.isEmpty && outcome.messages == "wrote \(words[0])\n")
    let text = try String(contentsOf: scratch.file(words[0]), encoding: .utf8)
    let root = try XMLDocument(data: Data(text.utf8)).rootElement()?.name
    #expect(root == (words[0].hasSuffix("svg") ? "svg" : "html"))
    #expect(text.contains("新华") && text.contains(words.contains("zh") ? "信号配时表" : "signal timing"))
  }

  @Test("A controller sheet has the stages, whose splits add up to the cycle")
  func controllers() throws {
    let scratch = try scratch()
    #expect(try Tool.run(["sheet", "network.yaml", "-o", "keyed.csv"], in: scratch.folder).code == 0)
    let text = try String(contentsOf: scratch.file("keyed.csv"), encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows[0].firstIndex(of: "split_s"))
    let splits = rows.dropFirst().compactMap { Double($0[column]) }
    #expect(splits.reduce(0, +) == 100 && splits.count == 2)
    #expect(try Tool.run(["sheet", "network.yaml", "-o", "keyed.txt"], in: scratch.folder).code == 0)
    let words = try String(contentsOf: scratch.file("keyed.txt"), encoding: .utf8)
    #expect(words.contains("cycle 100 s") && words.contains("begin of yellow"))
  }

  @Test(
    "What cannot be made is told, and nothing is written",
    arguments: [
      (["-o", "sheet.htm"], "Did you mean .html?"), (["-o", "sheet"], "must end in .html"),
      (["-o", "sheet.html", "--junction", "新花"], "did you mean '新华'?"),
      (["-o", "sheet.html", "--period", "晚高锋"], "did you mean '晚高峰'?"),
    ])
  func failures(words: [String], told: String) throws {
    let scratch = try scratch()
    let outcome = try Tool.run(["sheet", "network.yaml"] + words, in: scratch.folder)
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains(told), "\(outcome.messages)")
    #expect(try scratch.contents() == ["network.yaml"])
  }

  @Test("An SVG file is one sheet; a new plan that is not legal has none")
  func refused() throws {
    let scratch = try scratch()
    let grid = try Tool.run(["generate", "grid", "--rows", "1", "--columns", "2"]).output
    try scratch.write("grid.yaml", grid)
    let several = try Tool.run(["sheet", "grid.yaml", "-o", "sheet.svg"], in: scratch.folder)
    #expect(several.code == 64 && several.messages.contains("--junction"))
    let plan = try Tool.run(["export", "network.yaml", "--format", "csv"], in: scratch.folder).output
    let cut = plan.split(separator: "\n").filter { !$0.contains("y") || $0.contains("cycle_s") }
      .map { $0.replacing(/^(\S+?,\S+?,\S+?,)100,/) { "\($0.1)," } }
    try scratch.write("cut.csv", cut.joined(separator: "\n"))
    let unsafe = try Tool.run(
      ["sheet", "network.yaml", "--plan", "cut.csv", "-o", "sheet.html"], in: scratch.folder)
    #expect(unsafe.code != 0)
    #expect(try scratch.contents() == ["cut.csv", "grid.yaml", "network.yaml"])
  }

  @Test("Without a program that makes PDF the error says what would do, before any work")
  func noConverter() throws {
    let scratch = try scratch()
    let outcome = try Tool.run(
      ["sheet", "network.yaml", "-o", "sheet.pdf"], in: scratch.folder,
      environment: ["PATH": scratch.folder.path])
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains("chromium") && outcome.messages.contains("rsvg-convert"))
    #expect(try scratch.contents() == ["network.yaml"])
  }

  @Test("A converter's PDF is what is written; its failure is told")
  func converter() throws {
    let scratch = try scratch()
    func run(_ script: String) throws -> Tool.Outcome {
      let path = try scratch.write("rsvg-convert", "#!/bin/sh\n\(script)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      return try Tool.run(
        ["sheet", "network.yaml", "-o", "sheet.pdf"], in: scratch.folder,
        environment: ["PATH": "\(scratch.folder.path):/bin"])
    }
    let failed = try run("echo it is broken >&2; exit 3")
    // Where a browser is in /bin it comes first.
    guard failed.code != 0 else { return }
    #expect(failed.code == 73 && failed.messages.contains("it is broken"))
    // Called as `rsvg-convert --format=pdf --output TARGET SOURCE`.
    let outcome = try run("cp \"$4\" \"$3\"")
    #expect(outcome.code == 0 && outcome.messages == "wrote sheet.pdf\n")
    #expect(try String(contentsOf: scratch.file("sheet.pdf"), encoding: .utf8).hasPrefix("<svg"))
  }
}
