internal import ArgumentParser
internal import Reporting

/// The command line's names of the languages of pages and pictures.
enum LanguageArgument: String, CaseIterable, ExpressibleByArgument {
  case english = "en"
  case chinese = "zh"

  var language: ReportLanguage { self == .english ? .english : .chinese }
}
