/// A language that pages and pictures speak.
public enum ReportLanguage: String, Hashable, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Simplified Chinese.
  case chinese = "zh"

  var pictureWords: PictureWords { self == .english ? .english : .chinese }

  var pageWords: PageWords { self == .english ? .english : .chinese }

  /// As HTML names it (BCP 47).
  var tag: String { self == .english ? "en" : "zh-Hans" }
}
