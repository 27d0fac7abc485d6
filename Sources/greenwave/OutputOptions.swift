internal import ArgumentParser

/// Where the result of a command goes, and how it is told.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder for plans and report.html.", valueName: "dir"))
  var folder: String?

  @Option(help: "The language of report.html.")
  var lang = LanguageArgument.english

  @Flag(help: "Print the summary as JSON instead of tables.")
  var json = false

  func validate() throws {
    if folder == "" { throw ValidationError("A folder must have a name; '.' is the present one.") }
  }
}
