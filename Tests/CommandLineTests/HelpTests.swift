import ArgumentParser
import Foundation
import Testing

@testable import greenwave

@Suite("Help")
struct HelpTests {
  private static let commands = [
    [], ["optimize"], ["retime"], ["schedule"], ["simulate"], ["benchmark"], ["capacity"], ["peak"], ["plot"],
    ["sheet"], ["show"], ["export"], ["convert"], ["check"], ["init"],
    ["generate"],
    ["generate", "grid"],
  ]

  @Test("Every command shows its help", arguments: commands)
  func help(command: [String]) throws {
    let outcome = try Tool.run(command + ["--help"])
    #expect(outcome.code == 0)
    #expect(outcome.messages == "")
    let name = (["help"] + command).joined(separator: "-")
    try Snapshot.check(outcome.output, "\(name).txt")
  }

  @Test("Every example of every help is a command that the tool understands", arguments: commands)
  func examples(command: [String]) throws {
    let help = try Tool.run(command + ["--help"]).output
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  greenwave ") }
    #expect(command == ["generate"] || !examples.isEmpty)
    for example in examples {
      let words = example.split(separator: " ").dropFirst().map(String.init)
      #expect(throws: Never.self, "\(example)") { try Greenwave.parseAsRoot(words) }
    }
  }

  @Test("Without arguments the tool shows its help; asked for its version, that")
  func general() throws {
    let bare = try Tool.run([])
    #expect(bare.code == 0)
    #expect(bare.output == (try Tool.run(["--help"]).output))
    #expect(try Tool.run(["--version"]).output.split(separator: ".").count == 3)
  }

  @Test("The exit codes of the help are the documented ones")
  func exitCodes() throws {
    let documentation = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Documentation/CommandLine.md")
    let text = try String(contentsOf: documentation, encoding: .utf8)
    let documented = text.split(separator: "\n").compactMap { line -> Int? in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return cells.count == 2 ? Int(cells[0]) : nil
    }
    let helped = try Tool.run(["--help"]).output.split(separator: "\n")
      .drop { $0 != "EXIT CODES" }.compactMap { line in line.split(separator: " ").first.flatMap { Int($0) } }
    #expect(documented == [0, 1, 64, 65, 69, 70, 73])
    #expect(helped == documented)
  }
}
