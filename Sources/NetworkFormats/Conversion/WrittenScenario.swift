/// A scenario in the words of some format, and what was lost on the way.
public struct WrittenScenario: Hashable, Sendable {
  /// One file of the format.
  public struct File: Hashable, Sendable {
    /// Its name within the format's folder; for a format of one file, empty.
    public var name: String
    /// All that stands in it.
    public var text: String

    /// A file with its text.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// In the order in which they are to be written.
  public var files: [File]
  /// What the format cannot say and therefore does not, a sentence each.
  public var losses: [String]

  /// Why the files are of no use to anybody, a sentence each: parts of the scenario would be what they were before. Who has any
  /// writes nothing.
  public var failures: [String] = []

  /// Files with what they leave out.
  public init(files: [File], losses: [String]) {
    self.files = files
    self.losses = losses
  }

  /// One file that says everything.
  public init(text: String) {
    self.init(files: [File(name: "", text: text)], losses: [])
  }
}
