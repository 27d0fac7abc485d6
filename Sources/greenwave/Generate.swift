internal import ArgumentParser
internal import NetworkFormats

/// `greenwave generate`
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a network file for tests and benchmarks.", subcommands: [Grid.self])

  /// `greenwave generate grid`
  struct Grid: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "A grid of signalled junctions with seeded demand.",
      discussion: """
        EXAMPLES
          greenwave generate grid --rows 4 --columns 4 --seed 1
          greenwave generate grid --rows 10 --columns 20 -o grid.yaml
        """)

    @Option(help: "Rows of junctions, from 1 to 100.")
    var rows: Int

    @Option(help: "Columns of junctions, from 1 to 100.")
    var columns: Int

    @Option(help: "The seed of the demand.")
    var seed: UInt64 = 1

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
    var output: String?

    func validate() throws {
      for (name, value) in [("--rows", rows), ("--columns", columns)] where !(1...100).contains(value) {
        throw ValidationError("\(name) must be from 1 to 100.")
      }
    }

    func run() throws {
      let text = GridNetwork.yaml(rows: rows, columns: columns, seed: seed)
      if let output {
        try OutputFiles.write([OutputFile(path: output, text: text)])
      } else {
        try Terminal.show(text)
      }
    }
  }
}
