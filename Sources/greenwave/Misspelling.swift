internal import ArgumentParser
internal import NetworkBuilding

/// What somebody who typed a command or a value that is not known meant.
enum Misspelling {
  /// A note for the message of a command line that was not understood; nil where nothing known is near.
  ///
  /// - Parameters:
  ///   - arguments: of the command line, without the tool's name.
  ///   - message: what the parser says of it.
  static func note(_ arguments: [String], message: String) -> String? {
    if let command = arguments.first, !command.hasPrefix("-"), !commands.contains(command) {
      return nearestName(to: command, among: commands).map { "did you mean 'greenwave \($0)'?" }
    }
    // The parser lists what a value may be: in quotes, or as a list where there is more of it.
    guard let match = message.firstMatch(of: /The value '(.+)' is invalid for '.+'\. Please provide one of/)
    else { return nil }
    let listed = message[match.range.upperBound...]
    let known = listed.matches(of: /'([^'\n]+)'|\n  - (.+)/).compactMap { ($0.1 ?? $0.2).map(String.init) }
    return nearestName(to: String(match.1), among: known).map { "did you mean '\($0)'?" }
  }

  private static let commands = Greenwave.configuration.subcommands.map { $0._commandName }
}
