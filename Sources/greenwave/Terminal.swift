internal import Foundation
internal import Reporting
internal import Synchronization
internal import TrafficModel

/// The two streams that the tool writes to.
enum Terminal {
  /// How much is told on standard error.
  enum Talk: Int {
    /// Errors only.
    case quiet
    case usual
    /// Details of the work as well.
    case verbose
  }
  /// What a message is.
  enum Message {
    case error, warning, note, detail
  }

  private static let talkLevel = Atomic<Int>(Talk.usual.rawValue)

  /// How much is told; the usual until a command line says otherwise.
  static var talk: Talk {
    get { Talk(rawValue: talkLevel.load(ordering: .relaxed)) ?? .usual }
    set { talkLevel.store(newValue.rawValue, ordering: .relaxed) }
  }

  /// Writes a result to standard output; what a terminal would obey rather than show has a sign in its place.
  ///
  /// - Throws: `Failure.cannotWrite` when nobody reads it or there is no room for it.
  static func show(_ text: String) throws { try showAsItStands(text.showingControls) }

  private static func showAsItStands(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw Failure.cannotWrite(path: "standard output", reason: OutputFiles.reason(error))
    }
  }

  /// Writes a report to standard output: as wide as the terminal and coloured there, plain and of the usual width elsewhere.
  static func show(report text: () -> String) throws {
    let layout = layout
    let report = ReportLayout.$current.withValue(layout, operation: text)
    // Colours are orders, too.
    try showAsItStands(layout.isColoured ? report : report.showingControls)
  }

  /// Writes a report to standard output, for people or as JSON.
  static func show(
    _ text: @autoclosure () -> String, json: @autoclosure () throws -> String, isJSON: Bool
  ) throws {
    if isJSON { try show(try json()) } else { try show(report: text) }
  }

  /// Writes the reports of some periods to standard output, for people or as JSON.
  ///
  /// - Parameter isList: whether all periods were asked for.
  static func show<Report: PeriodReport>(
    _ reports: [(report: Report, seconds: [String: Double])], isJSON: Bool, isList: Bool
  ) throws {
    try show(
      reports.map(\.report.text).joined(separator: "\n"),
      json: isList
        ? try Report.json(of: reports)
        : try reports.map { try $0.report.json(seconds: $0.seconds) }.joined(), isJSON: isJSON)
  }

  /// Writes a message to standard error, with a line end, if it is of a kind that is told.
  static func tell(_ message: String, _ kind: Message = .note) {
    let isTold =
      switch talk {
      case .quiet: kind == .error
      case .usual: kind != .detail
      case .verbose: true
      }
    guard isTold else { return }
    let message = message.showingControls
    write((isColoured(.standardError) ? coloured(message) : message) + "\n")
  }

  /// Whether somebody watches progress.
  static var showsProgress: Bool { talk != .quiet && isTerminal(.standardError) }

  /// Replaces the last line of standard error.
  static func replaceLine(_ text: String) {
    // Escape sequence "erase in line" (ECMA-48), for a line shorter than the one before.
    write("\r\u{1B}[K\(text)")
  }

  // MARK: Looks

  private static var layout: ReportLayout {
    guard isTerminal(.standardOutput) else { return ReportLayout() }
    return ReportLayout(
      width: max(ReportLayout.usualWidth, columns ?? 0), isColoured: isColoured(.standardOutput))
  }

  /// Columns of the terminal behind standard output.
  private static var columns: Int? {
    var size = winsize()
    guard ioctl(FileHandle.standardOutput.fileDescriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func isTerminal(_ stream: FileHandle) -> Bool { isatty(stream.fileDescriptor) == 1 }

  /// Colours are for terminals that can show them, and whose user has not declined them: no-color.org.
  private static func isColoured(_ stream: FileHandle) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal(stream) && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
  }

  /// The words that say how bad it is, in colour.
  private static func coloured(_ message: String) -> String {
    for (word, colour) in [("error:", ReportLayout.Tone.worse), ("warning:", .strong)] {
      if let place = message.range(of: word) {
        return message.replacingCharacters(in: place, with: colour.painted(word))
      }
    }
    return message
  }

  private static func write(_ text: String) {
    // Where messages cannot be written, that cannot be told either.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
