import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Plot, end to end")
struct PlotTests {
  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    return scratch
  }

  @Test(
    "Every picture of one junction is an SVG file that stands alone",
    arguments: [["stages"], ["stages", "--lang", "zh"], ["map"], ["map", "--colour", "queues"], ["queues"]])
  func pictures(words: [String]) throws {
    let scratch = try scratch()
    let outcome = try Tool.run(
      ["plot", words[0], "network.yaml", "-o", "new/picture.svg"] + words.dropFirst(), in: scratch.folder)
    #expect(outcome.code == 0, "\(outcome.messages)")
    #expect(outcome.output.isEmpty && outcome.messages == "wrote new/picture.svg\n")
    let svg = try String(contentsOf: scratch.file("new/picture.svg"), encoding: .utf8)
    #expect(try XMLDocument(data: Data(svg.utf8)).rootElement()?.name == "svg")
    #expect(svg.contains("新华") && !svg.contains("var(--"))
  }

  @Test(
    "What cannot be drawn is told, and nothing is written",
    arguments: [
      (["time-space", "network.yaml"], "there is no arterial to draw"),
      (["stages", "network.yaml", "--junction", "新花"], "did you mean '新华'?"),
      (["map", "network.yaml", "--junction", "新华"], "--junction goes with stages"),
      (["queues", "network.yaml", "--arterial", "a,b"], "--arterial goes with time-space"),
      (["map", "network.yaml", "--period", "晚高锋"], "did you mean '晚高峰'?"),
    ])
  func failures(words: [String], told: String) throws {
    let scratch = try scratch()
    let outcome = try Tool.run(["plot"] + words + ["-o", "picture.svg"], in: scratch.folder)
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains(told), "\(outcome.messages)")
    #expect(try scratch.contents() == ["network.yaml"])
  }

  @Test("Without a converter --png says what would do, before any work")
  func noConverter() throws {
    let scratch = try scratch()
    let outcome = try Tool.run(
      ["plot", "stages", "network.yaml", "-o", "picture.svg", "--png"], in: scratch.folder,
      environment: ["PATH": scratch.folder.path])
    #expect(outcome.code == 64)
    #expect(outcome.messages.contains("rsvg-convert"))
    #expect(try scratch.contents() == ["network.yaml"])
  }

  @Test("A converter's PNG stands beside the SVG file; its failure is told")
  func converter() throws {
    let scratch = try scratch()
    func install(_ script: String) throws {
      let path = try scratch.write("rsvg-convert", "#!/bin/sh\n\(script)\n")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    func run() throws -> Tool.Outcome {
      try Tool.run(
        ["plot", "stages", "network.yaml", "-o", "picture.svg", "--png"], in: scratch.folder,
        environment: ["PATH": "\(scratch.folder.path):/usr/bin:/bin"])
    }
    try install("echo it is broken >&2; exit 3")
    let failed = try run()
    #expect(failed.code == 73 && failed.messages.contains("it is broken"))
    #expect(try scratch.contents() == ["network.yaml", "rsvg-convert"])
    // Called as `rsvg-convert --zoom 2 --output TARGET SOURCE`.
    try install("cp \"$5\" \"$4\"")
    let outcome = try run()
    #expect(outcome.code == 0 && outcome.messages == "wrote picture.svg\nwrote picture.png\n")
    #expect(
      try Data(contentsOf: scratch.file("picture.png")) == Data(contentsOf: scratch.file("picture.svg")))
  }
}
