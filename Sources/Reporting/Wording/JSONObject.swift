internal import Foundation

/// An object of a summary for programs, written with its keys sorted: the same values give the same bytes.
///
/// What is absent, infinite or not a number has no key: JSON cannot say it.
struct JSONObject: Encodable, ExpressibleByDictionaryLiteral {
  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
  private var values: [String: any Encodable] = [:]

  init(dictionaryLiteral elements: (String, (any Encodable)?)...) {
    for (key, value) in elements { self[key] = value }
  }

  subscript(key: String) -> (any Encodable)? {
    get { values[key] }
    set {
      let value = (newValue as? any MaybeAbsent).map(\.present) ?? newValue
      values[key] = (value as? Double)?.isFinite == false ? nil : value
    }
  }

  /// The object with the values of another, too.
  func with(_ other: JSONObject) -> JSONObject {
    var both = self
    both.values.merge(other.values) { $1 }
    return both
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for (key, value) in values { try container.encode(value, forKey: Name(stringValue: key)) }
  }
}

/// What may be absent and is hidden behind `any Encodable`.
private protocol MaybeAbsent {
  var present: (any Encodable)? { get }
}

extension Optional: MaybeAbsent where Wrapped: Encodable {
  fileprivate var present: (any Encodable)? { self }
}

/// How reports write JSON.
enum JSONText {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
