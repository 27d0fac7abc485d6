internal import OrderedCollections

/// Something that a careful colleague would ask about.
public struct ReviewFinding: Hashable, Sendable {
  /// What it is about.
  public enum Subject: String, CaseIterable, Sendable {
    case laneWithoutConnection, conflictGreenTogether, yellow, allRed, minimumGreen, crossing, rings, balance,
      queue
  }
  /// What it is about.
  public var subject: Subject
  /// The link, junction or controller.
  public var place: String
  /// What was found and what was expected, with figures.
  public var message: String
  /// The rule that expects it.
  public var rule: String

  /// `place: message (rule)`.
  public var text: String { "\(place): \(message) (\(rule))" }
}

/// Findings that differ in nothing but what they are of, put together.
struct FindingGroups {
  private struct Entry: Hashable {
    var place: String
    var message: String
    var rule: String
  }
  private var names: OrderedDictionary<Entry, OrderedSet<String>> = [:]

  /// - Parameter message: what follows the names.
  mutating func add(_ name: String, place: String, message: String, rule: String) {
    names[Entry(place: place, message: message, rule: rule), default: []].append(name)
  }

  func findings(_ subject: ReviewFinding.Subject) -> [ReviewFinding] {
    names.map { entry, names in
      ReviewFinding(
        subject: subject, place: entry.place,
        message: "\(names.joined(separator: ", ")): \(entry.message)", rule: entry.rule)
    }
  }
}

/// A figure to a tenth, without a fraction where there is none; one too large to be a whole number as it is.
func reviewNumber(_ value: Double) -> String {
  let tenths = (value * 10).rounded() / 10
  return Int(exactly: tenths).map { String($0) } ?? String(tenths)
}

/// A figure without its fraction; one too large to be a whole number as it is.
func wholeNumber(_ value: Double) -> String {
  Int(exactly: value.rounded()).map { String($0) } ?? String(value)
}
