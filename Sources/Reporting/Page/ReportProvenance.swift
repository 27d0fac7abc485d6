/// Where the figures of a page come from.
public struct ReportProvenance: Sendable {
  /// A file that was read.
  public struct Source: Hashable, Sendable {
    /// The name, without folders.
    public var name: String
    /// Bytes.
    public var size: Int
    /// SHA-256 of the content, in hexadecimal digits.
    public var checksum: String

    /// A file.
    public init(name: String, size: Int, checksum: String) {
      (self.name, self.size, self.checksum) = (name, size, checksum)
    }
  }
  /// The tool's version.
  public var version: String
  /// What was read.
  public var sources: [Source]

  /// - Parameters:
  ///   - version: the tool's.
  ///   - sources: what was read, in order.
  public init(version: String, sources: [Source]) {
    (self.version, self.sources) = (version, sources)
  }
}

extension ReportProvenance {
  /// How a page says where its figures come from: in words, by the seeds, the version and the inputs, and by the report as text.
  func lines(_ words: PageWords, intro: [String], seeds: [UInt64], text: String) -> [String] {
    let names = words.provenance
    var lines = intro.map { "<p>\(escaped($0))</p>" }
    let numbers = seeds.map(String.init).joined(separator: ", ")
    lines.append(
      "<p>\(escaped(names.version)) \(escaped(version))\(numbers.isEmpty ? "" : "; \(escaped(names.seeds)): \(numbers)")</p>"
    )
    if !sources.isEmpty {
      lines +=
        Table(
          names.inputs,
          columns: [
            .text("\(names.file)") { Cell($0.name) },
            .number("\(names.bytes)") { .number(Double($0.size), decimals: 0) },
            .text("\(names.checksum)") {
              var cell = Cell($0.checksum)
              cell.style = .code
              return cell
            },
          ], rows: sources
        ).html
    }
    return lines + [
      "<details><summary>\(escaped(names.text))</summary><pre lang=\"en\">\(escaped(text))</pre></details>"
    ]
  }
}
