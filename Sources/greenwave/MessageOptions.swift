internal import ArgumentParser

/// How much the tool says beside its result.
struct MessageOptions: ParsableArguments {
  @Flag(
    name: .shortAndLong, help: "Say nothing but errors: no warnings, no progress, no names of files written.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell of each step of the work when it ends, with the time it took.")
  var verbose = false

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  var talk: Terminal.Talk { quiet ? .quiet : verbose ? .verbose : .usual }
}
