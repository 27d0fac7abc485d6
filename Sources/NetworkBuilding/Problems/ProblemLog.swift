/// Collects what is wrong in an input, each with its place.
public protocol ProblemLog {
  /// Whether anything keeps the input from being used.
  var hasErrors: Bool { get }
  /// Notes an error, in one sentence without a full stop; hints are notes.
  mutating func error(_ message: String, at place: TextPlace, notes: [String])
  /// Notes what somebody should look at.
  mutating func warning(_ message: String, at place: TextPlace, notes: [String])
  /// Notes an error of the input as a whole.
  mutating func error(_ message: String, notes: [String])
}

extension ProblemLog {
  /// Notes an error without hints.
  public mutating func error(_ message: String, at place: TextPlace) { error(message, at: place, notes: []) }

  /// Notes what somebody should look at, without hints.
  public mutating func warning(_ message: String, at place: TextPlace) {
    warning(message, at: place, notes: [])
  }

  /// Notes that a name is unknown, with the nearest known one, or all of them where they are few or only letters.
  public mutating func unknown(_ what: String, _ name: Located<String>, known: [String]) {
    var notes: [String] = []
    let areLetters = known.allSatisfy { $0.utf8.count <= 2 }
    if let nearest = nearestName(to: name.value, among: known),
      !areLetters || nearest.lowercased() == name.value.lowercased()
    {
      notes = ["did you mean '\(nearest)'?"]
    } else if !known.isEmpty, known.count <= 30 {
      notes = ["known: " + known.joined(separator: ", ")]
    }
    error("unknown \(what) '\(name.value)'", at: name.place, notes: notes)
  }
}

/// What is wrong with a draft.
public struct InvalidDraft: Error, Hashable, Sendable {
  /// All of it, in the order in which it was found, each in one sentence without a full stop.
  public var problems: [String]
}

/// The problems of a draft that no text tells.
struct DraftProblems: ProblemLog {
  private(set) var errors: [String] = []
  var hasErrors: Bool { !errors.isEmpty }

  mutating func error(_ message: String, at _: TextPlace, notes: [String]) {
    error(message, notes: notes)
  }
  mutating func error(_ message: String, notes: [String]) {
    errors.append(notes.isEmpty ? message : "\(message) (\(notes.joined(separator: "; ")))")
  }
  mutating func warning(_: String, at _: TextPlace, notes _: [String]) {}
}
