/// A language that pages and pictures speak.
public enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Simplified Chinese.
  case chinese = "zh"

  var pictureWords: PictureWords { PictureWords(language: self) }
  var pageWords: PageWords { PageWords(language: self) }

  /// As HTML names it (BCP 47).
  var tag: String { self == .english ? "en" : "zh-Hans" }
}

/// Words that stand in all languages side by side, so that none lacks one.
protocol Spoken: Sendable {
  var language: ReportLanguage { get }
}

extension Spoken {
  /// The text in the language that is spoken.
  func say(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
    switch language {
    case .english: english()
    case .chinese: chinese()
    }
  }
}
