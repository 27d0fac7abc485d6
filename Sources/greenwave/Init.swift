internal import ArgumentParser
internal import Foundation
internal import NetworkFormats

/// `greenwave init`
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a network file to begin with: one junction, with a comment at every line.",
    discussion: """
      What is there is not overwritten, unless --force says so.

      EXAMPLES
        greenwave init
        greenwave init -o market.yaml
      """)

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; - for standard output.", valueName: "file"))
  var output = "network.yaml"

  @Flag(help: "Overwrite the file where there is one.")
  var force = false

  func run() throws {
    guard output != "-" else { return try Terminal.show(StarterNetwork.yaml) }
    if !force, FileManager.default.fileExists(atPath: output) {
      throw Failure.usage(
        "'\(output)' is there already", hint: "give another name with -o, or overwrite it with --force")
    }
    try OutputFiles.write([OutputFile(path: output, text: StarterNetwork.yaml)])
    Terminal.tell(
      "wrote \(output); next: greenwave check \(output), then greenwave optimize \(output) -o out")
  }
}
