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
          greenwave generate grid --rows 8 --columns 8 --overload 3 -o jam.yaml
        """)

    @Option(help: "Rows of junctions, from 1 to 100.")
    var rows: Int

    @Option(help: "Columns of junctions, from 1 to 100.")
    var columns: Int

    @Option(help: "The seed of the demand.")
    var seed: UInt64 = 1

    @Option(
      help: ArgumentHelp(
        "How much more traffic comes in by the streets that lead to the middle, as a share of the usual; with any, flows rise and fall over the hour.",
        valueName: "share"))
    var overload = 0.0

    @Option(
      name: [.customShort("o"), .customLong("output")],
      help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
    var output: String?

    func validate() throws {
      for (name, value) in [("--rows", rows), ("--columns", columns)] where !(1...100).contains(value) {
        throw ValidationError("\(name) must be from 1 to 100.")
      }
      guard (0...100).contains(overload) else { throw ValidationError("--overload must be from 0 to 100.") }
    }

    func run() throws {
      let text = GridNetwork.yaml(rows: rows, columns: columns, seed: seed, overload: overload)
      if let output {
        try OutputFiles.write([OutputFile(path: output, text: text)])
      } else {
        try Terminal.show(text)
      }
    }
  }
}
