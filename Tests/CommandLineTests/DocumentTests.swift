import ArgumentParser
import Foundation
import Testing

@testable import greenwave

/// What the documents tell people to type.
///
/// A command is a line of a block of code that begins with `greenwave`. All of them are parsed by the tool. Those that
/// play nothing, and all those on small networks, are run here, in the order of their page. The others play hours of
/// fourteen signals, for which unoptimized code takes minutes: `make pages` runs the whole tutorial with the optimized
/// tool. What needs SUMO is parsed only.
@Suite("Commands of the documents")
struct DocumentTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL
  private static let tutorial = "Documentation/Tutorial.md"
  private static let howTo = "Documentation/HowTo"

  /// Every page but the synopsis of CommandLine.md, which is no command, and what it has beside it.
  private static let pages: [String] = {
    let guides = try? FileManager.default.subpathsOfDirectory(
      atPath: root.appendingPathComponent("Documentation").path)
    return ["README.md"]
      + (guides ?? []).filter { $0.hasSuffix(".md") && $0 != "CommandLine.md" && !$0.contains(".build/") }
      .map { "Documentation/" + $0 }.sorted()
  }()

  /// The words of each command of a page, without `greenwave`.
  private static func commands(_ page: String) throws -> [[String]] {
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    let blocks = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }
    return blocks.flatMap { $0.element.split(separator: "\n") }.filter { $0.hasPrefix("greenwave ") }
      // Lists of commands explain them after some spaces.
      .map { words($0.components(separatedBy: "  ")[0]).dropFirst().map { $0 } }
  }

  /// A line's words as a shell has them; double quotes are all that the pages use.
  private static func words(_ line: String) -> [String] {
    var words = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words
  }

  @Test("Every command of every page is understood", arguments: pages)
  func understood(page: String) throws {
    for words in try Self.commands(page) {
      #expect(throws: Never.self, "\(words.joined(separator: " "))") { try Greenwave.parseAsRoot(words) }
      for file in words where file.hasPrefix("networks/") || file.hasPrefix("Documentation/") {
        #expect(
          FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(file).path),
          "\(page): \(file)")
      }
    }
  }

  @Test("The pages that promise commands have some")
  func promised() throws {
    #expect(try Self.commands(Self.tutorial).count >= 10)
    for page in ["SUMO", "Synchro", "Researcher", "Holiday"] {
      #expect(try Self.commands("\(Self.howTo)/\(page).md").count >= 3)
    }
  }

  /// Runs the commands of a page in a folder, all or those that play nothing.
  private func run(_ page: String, in scratch: Scratch, playing: Bool) throws {
    for var words in try Self.commands(page) where !words.contains("--sumo") {
      let playsNothing =
        ["check", "convert", "export", "generate"].contains(words[0])
        || words.starts(with: ["plot", "stages"])
      guard playing || playsNothing else { continue }
      // One cycle and no search on the clock: all of them take unoptimized code minutes.
      if words[0] == "optimize" { words += ["--cycle", "80", "--time", "0"] }
      let outcome = try Tool.run(words, in: scratch.folder)
      #expect(outcome.code == 0, "\(page): \(words.joined(separator: " "))\n\(outcome.messages)")
    }
  }

  /// A folder that looks like the repository, with the existing plan where pages expect the proposed one.
  private func clone(plans: [(file: String, period: String)]) throws -> Scratch {
    let scratch = try Scratch()
    for name in ["networks", "Documentation"] {
      try FileManager.default.createSymbolicLink(
        at: scratch.file(name), withDestinationURL: Self.root.appendingPathComponent(name))
    }
    for (file, period) in plans {
      try FileManager.default.createDirectory(
        at: scratch.file(file).deletingLastPathComponent(), withIntermediateDirectories: true)
      let outcome = try Tool.run(
        [
          "export", "networks/lijiang-old-town/network.yaml", "--period", period, "--format", "csv", "-o",
          file,
        ],
        in: scratch.folder)
      #expect(outcome.code == 0, "\(outcome.messages)")
    }
    return scratch
  }

  @Test("What the tutorial does without playing works as written")
  func tutorial() throws {
    let scratch = try clone(plans: [("out/plan.csv", "am-peak")])
    try run(Self.tutorial, in: scratch, playing: false)
  }

  @Test("What the page on holidays does without playing works as written")
  func holiday() throws {
    let scratch = try clone(plans: [("festival/plan.csv", "holiday-night")])
    try run("\(Self.howTo)/Holiday.md", in: scratch, playing: false)
  }

  @Test(
    "The pages on SUMO and research work as written on a small scenario", arguments: ["SUMO", "Researcher"])
  func sumo(page: String) throws {
    let scratch = try Scratch()
    let fixture = Self.root.appendingPathComponent("Tests/NetworkFormatsTests/Fixtures/sumo/small")
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.path) {
      try FileManager.default.copyItem(at: fixture.appendingPathComponent(name), to: scratch.file(name))
    }
    try FileManager.default.moveItem(at: scratch.file("small.sumocfg"), to: scratch.file("city.sumocfg"))
    // A baseline made elsewhere: here the programmes that the scenario has.
    let baseline = try Tool.run(
      ["export", "city.sumocfg", "--format", "sumo", "-o", "baseline.add.xml"], in: scratch.folder)
    #expect(baseline.code == 0, "\(baseline.messages)")
    try run("\(Self.howTo)/\(page).md", in: scratch, playing: true)
  }

  @Test("The page on Synchro works as written on a small file")
  func synchro() throws {
    let scratch = try Scratch()
    try scratch.write("network.yaml", SmallNetwork.text)
    for name in ["town.csv", "synchro.csv"] {
      let made = try Tool.run(["convert", "network.yaml", name, "--to", "utdf"], in: scratch.folder)
      #expect(made.code == 0, "\(made.messages)")
    }
    try run("\(Self.howTo)/Synchro.md", in: scratch, playing: true)
  }
}
