import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Files of an input")
struct InputFileTests {
  @Test("a file is read once: text, checksum and quoted lines are of the same bytes, whatever becomes of it")
  func once() throws {
    try SUMOFixture.withFile("<net>\n  <lane speed=\"fast\"/>\n</net>\n", name: "a.xml") { path in
      let files = InputFiles(path)
      var log = DiagnosticLog(files.file)
      try XMLFile.read(files[path], roots: ["net"]) { log.error("no speed", at: $0.place, quote: "fast") }
      try Data("<net>\n</net>\n".utf8).write(to: URL(fileURLWithPath: path))
      #expect(log.diagnostics.map(\.sourceLine) == ["  <lane speed=\"fast\"/>"])
      // From `printf '<net>\n  <lane speed="fast"/>\n</net>\n' | sha256sum`.
      #expect(
        try files.file.checksum() == "6c95d677496395018d6d75196c21038379c5a65b7ce27efacf83422d25112479")
      #expect(try InputFile(path).text() == "<net>\n</net>\n")
    }
  }

  @Test("a look at the beginning of a large file leaves the rest on disk until somebody wants it")
  func beginning() throws {
    let text = String(repeating: "0123456789\n", count: 100_000)
    try SUMOFixture.withFile(text, name: "a.txt") { path in
      let file = InputFile(path)
      let (beginning, whole) = (try file.beginning(), try file.text())
      #expect(beginning.utf8.count < text.utf8.count)
      #expect(whole == text)
    }
  }

  @Test("a pipe, which can be read but once, is an input like any other")
  func pipe() throws {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/town"
      #expect(mkfifo(path, 0o600) == 0)
      Thread {
        FileHandle(forWritingAtPath: path)?.write(Data(UTDFFixture.text().utf8))
      }.start()
      let read = try ScenarioReader.read(path)
      #expect(read.scenario.network.junctions.count == 5)
      #expect(try read.files[0].bytes() == Array(UTDFFixture.text().utf8))
    }
  }

  @Test("files that are not there, and folders, are told as such, each time")
  func missing() throws {
    try SUMOFixture.withFile("", name: "here.yaml") { path in
      let folder = String(path.dropLast("/here.yaml".count))
      let file = InputFile("\(folder)/hree.yaml")
      for _ in 1...2 {
        let failure = #expect(throws: InputFailure.self) { try file.text() }
        #expect(failure?.diagnostics.first?.message == "there is no such file")
        #expect(failure?.diagnostics.first?.notes == ["did you mean 'here.yaml'?"])
      }
      let failure = #expect(throws: InputFailure.self) { try InputFiles(folder).file.bytes() }
      #expect(failure?.diagnostics.first?.message == "this is a folder, not a file")
    }
  }
}
