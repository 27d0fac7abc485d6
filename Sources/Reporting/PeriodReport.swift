/// What a command tells of one period: as text for people, and as a summary for programs.
public protocol PeriodReport: Sendable {
  /// For people, in the present `ReportLayout`; the same bytes for the same result.
  var text: String { get }

  /// For programs; Documentation/CommandLine.md has the keys.
  ///
  /// - Parameter seconds: how long each part of the work took, s: all that differs between runs.
  func json(seconds: [String: Double]) throws -> String

  /// The summaries of several periods, as a list.
  static func json(of reports: [(report: Self, seconds: [String: Double])]) throws -> String
}

/// A report whose summary is an object.
protocol SummarizedReport: PeriodReport {
  func summary(_ seconds: [String: Double]) -> JSONObject
}

extension SummarizedReport {
  /// The report for programs.
  ///
  /// - Parameter seconds: how long each phase took.
  public func json(seconds: [String: Double]) throws -> String { try JSONText.text(summary(seconds)) }

  /// Several reports for programs, as a list.
  public static func json(of reports: [(report: Self, seconds: [String: Double])]) throws -> String {
    try JSONText.text(reports.map { $0.report.summary($0.seconds) })
  }
}
