extension String {
  /// The text in lines of a sentence's width in the present `ReportLayout`; all but the first are indented.
  func sentence(indent: Int = 0) -> String {
    wrapped(to: ReportLayout.current.sentenceWidth, indent: indent)
  }
}

extension [[String]] {
  /// A text of sections, each of lines; those without lines are left out.
  var asText: String {
    filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

extension [String] {
  /// The first so many names, and how many more there are.
  ///
  /// - Parameter more: what follows where there are more.
  func listed(
    atMost count: Int, separator: String = ", ", more: (Int) -> String = { " and \($0) more" }
  ) -> String {
    prefix(count).joined(separator: separator) + (self.count > count ? more(self.count - count) : "")
  }
}

/// `1 signal`, `2 signals`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
