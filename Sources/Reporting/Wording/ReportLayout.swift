/// How reports look: where text is shown, not what it says.
public struct ReportLayout: Sendable {
  /// What a piece of text means.
  public enum Tone: Sendable {
    case strong, better, worse

    /// The text in this tone, by ECMA-48's escape sequences.
    public func painted(_ text: String) -> String {
      let code =
        switch self {
        case .strong: "1"
        case .better: "32"
        case .worse: "31"
        }
      return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
  }

  /// Columns where nobody says otherwise.
  public static let usualWidth = 80
  /// Sentences are not wider: long lines are hard to read.
  private static let widestSentence = 100

  /// The widest line of a table, columns.
  public var width: Int
  /// Whether what matters stands out by escape sequences for colour.
  public var isColoured: Bool

  /// A layout; without arguments that of files and pipes, the same everywhere.
  public init(width: Int = ReportLayout.usualWidth, isColoured: Bool = false) {
    self.width = width
    self.isColoured = isColoured
  }

  /// The layout of reports that are made within `$current.withValue`.
  @TaskLocal public static var current = ReportLayout()

  /// The widest line of sentences, columns.
  var sentenceWidth: Int { min(width, Self.widestSentence) }

  func painted(_ text: String, _ tone: Tone?) -> String {
    guard isColoured, let tone, !text.isEmpty else { return text }
    return tone.painted(text)
  }
}
