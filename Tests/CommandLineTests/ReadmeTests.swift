import Foundation
import Testing

/// What the README shows is what happens.
@Suite("README")
struct ReadmeTests {
  private let readme: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
  }

  /// The first block of code that contains `part`.
  private func block(with part: String) throws -> String {
    let pieces = readme.components(separatedBy: "```")
    let blocks = pieces.indices.filter { $0 % 2 == 1 }.map { pieces[$0] }
    let block = try #require(blocks.first { $0.contains(part) })
    return String(block.drop { $0 != "\n" }.dropFirst())
  }

  private func example() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write("square.yaml", try block(with: "greenwave: 1"))
    return scratch
  }

  @Test("The example is sound, its plan in force is legal and can be bettered")
  func soundExample() throws {
    let scratch = try example()
    let check = try Tool.run(["check", "square.yaml"], in: scratch.folder)
    #expect(check.code == 0)
    #expect(check.output.contains("am-peak, existing plan: legal") && check.output.contains("0 warnings"))
    // One cycle: the search over all of them takes unoptimized code minutes.
    let optimized = try Tool.run(
      ["optimize", "square.yaml", "--cycle", "86", "--time", "0", "-o", "out"], in: scratch.folder)
    #expect(optimized.code == 0)
    #expect(optimized.output.contains("The proposed plan is better"))
    let plan = try String(contentsOf: scratch.file("out/plan.csv"), encoding: .utf8)
    let header = try block(with: "plan,controller").prefix { $0 != "\n" }
    #expect(plan.hasPrefix(header + "\n"))
  }

  @Test("Mistakes are told as shown")
  func mistakes() throws {
    let scratch = try example()
    let text = try block(with: "greenwave: 1")
      .replacingOccurrences(of: "plan: {green", with: "plan: {cycle: 110, green")
      .replacingOccurrences(of: "      Square:", with: "      Sqare:")
    try scratch.write("square.yaml", text)
    let check = try Tool.run(["check", "square.yaml"], in: scratch.folder)
    #expect(check.code == 65)
    // The README leaves the comment of the quoted line out.
    let shown = try block(with: "error:")
    let told = check.messages.replacingOccurrences(
      of: #" +# what runs today"#, with: "", options: .regularExpression)
    #expect(told == shown)
  }

  @Test("Every command that it lists exists")
  func commands() throws {
    let help = try Tool.run(["--help"]).output
    for line in try block(with: "greenwave optimize INPUT -o DIR").split(separator: "\n") {
      let words = line.split(separator: " ")
      #expect(help.contains("\n  \(words[1]) "), "\(line)")
    }
  }
}
