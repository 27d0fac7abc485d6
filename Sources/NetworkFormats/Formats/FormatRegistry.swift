public import TrafficModel

/// Formats, in the order in which they are asked whether an input is theirs.
///
/// A program with a format of its own adds it to those that come with Greenwave, as the example `own-format` of
/// `Documentation/Examples` does:
///
/// ```swift
/// let formats = FormatRegistry(FormatRegistry.shipped.formats + [StreetFormat()])
/// let read = try formats.read(InputFiles("town.street"))
/// ```
public struct FormatRegistry: Sendable {
  /// Of different names.
  public let formats: [any FileFormat]

  /// - Precondition: No two formats have one name.
  public init(_ formats: [any FileFormat]) {
    precondition(Set(formats.map(\.name)).count == formats.count, "two formats have one name")
    self.formats = formats
  }

  /// The formats that networks are read from.
  public var networks: [any NetworkFormat] { formats.compactMap { $0 as? any NetworkFormat } }
  /// The formats that networks are written in.
  public var networkWriters: [any NetworkWriter] { formats.compactMap { $0 as? any NetworkWriter } }
  /// The formats that plans are written in.
  public var planWriters: [any PlanWriter] { formats.compactMap { $0 as? any PlanWriter } }

  // MARK: Networks

  /// The scenario in an input of any of the formats.
  ///
  /// - Throws: `InputFailure` with everything that is wrong.
  public func read(_ input: InputFiles) throws(InputFailure) -> ReadScenario {
    try format(of: input).read(input)
  }

  /// The format of an input: by its ending, or by what it holds.
  ///
  /// - Throws: `InputFailure` when the input cannot be read or is of no format.
  public func format(of input: InputFiles) throws(InputFailure) -> any NetworkFormat {
    let name = input.path.lowercased()
    if !input.isFolder {
      for format in networks where format.endings.contains(where: name.hasSuffix) { return format }
    }
    for format in networks where try format.recognizes(input) { return format }
    guard !input.isFolder else {
      throw InputFailure(
        "the folder holds no network of a known kind", at: SourceLocation(file: input.path), notes: [known])
    }
    let root = try input.file.xmlRoot()
    let found = root.map { "its root element is <\($0)>" } ?? "it does not look like any of them"
    throw InputFailure(
      "this is not a kind of file that describes a network: \(found)", at: SourceLocation(file: input.path),
      notes: [known])
  }

  /// What there is, for somebody whose file is none of it.
  private var known: String {
    let files = networks.flatMap(\.kindsOfFiles).sorted { $0.lowercased() < $1.lowercased() }
    var folders = networks.compactMap(\.kindOfFolders)
    let last = folders.popLast().map {
      "and folders of " + (folders.isEmpty ? "" : folders.joined(separator: ", ") + " or ") + $0
    }
    return "known are " + (files + (last.map { [$0] } ?? [])).joined(separator: ", ")
  }

  /// The format that the name of an output suggests, by its ending, or, with a slash at its end, the first that writes folders; nil where
  /// it suggests none.
  public func networkWriter(forOutput path: String) -> (any NetworkWriter)? {
    let name = path.lowercased()
    let isFolder = name.hasSuffix("/")
    return networkWriters.first { writer in
      writer.outputEndings.isEmpty ? isFolder : writer.outputEndings.contains(where: name.hasSuffix)
    }
  }

  // MARK: Plans

  /// The plan in an input of any of the formats. Documentation/PlanFormat.md tells how it is joined to a network.
  ///
  /// - Parameters:
  ///   - network: what the plan is for.
  ///   - time: when it is to run; of an input with plans for several times, the one for it is read.
  ///   - origin: `ReadScenario.origin` of what the network was read from. What a plan of the same format does not say of
  ///     roads and lanes is taken from there.
  /// - Returns: a plan with a programme for each controller that the input names.
  /// - Throws: `InputFailure` with everything that is wrong.
  public func readPlan(
    _ input: InputFiles, for network: Network, at time: PlanTime, origin: (any Sendable)? = nil
  ) throws(InputFailure) -> ReadPlan {
    let readers = formats.compactMap { $0 as? any PlanReader }
    for format in readers where try format.recognizesPlan(input) {
      let read = try format.readPlan(input, for: network, at: time, origin: origin)
      // To say that nothing is wrong with a plan of nothing would be of no use.
      if !network.controllers.isEmpty, read.plan.programs.allSatisfy({ $0 == nil }) {
        throw InputFailure(
          read.warnings + [
            Diagnostic(
              .error, at: SourceLocation(file: input.path, line: 1, column: 1),
              "there is no programme in it for any signal of the network")
          ])
      }
      return read
    }
    let place = SourceLocation(file: input.path)
    guard input.isFolder else {
      throw InputFailure("this is not a kind of file that holds a plan", at: place)
    }
    throw InputFailure(
      "the folder holds no plan", at: place,
      notes: [readers.compactMap(\.planFolder).joined(separator: ", ")])
  }
}
