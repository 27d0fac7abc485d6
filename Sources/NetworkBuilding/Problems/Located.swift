/// A place in a text: both counted from 1, columns in Unicode scalars.
public struct TextPlace: Hashable, Comparable, Sendable {
  /// Counted from 1; 0 for what no text says.
  public var line: Int
  /// Counted from 1, in Unicode scalars.
  public var column: Int

  /// A place in a text.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Of what a program made.
  public static let code = TextPlace(line: 0, column: 0)

  /// In the order in which they are read.
  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A value and where it stands in a text.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public var value: Value
  /// Where it stands.
  public var place: TextPlace

  /// A value and where it stands.
  public init(value: Value, place: TextPlace) {
    self.value = value
    self.place = place
  }

  /// A value that a program made.
  public init(_ value: Value) { self.init(value: value, place: .code) }
}

extension Located: Equatable where Value: Equatable {}

extension Located: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
  ExpressibleByStringLiteral
where Value == String {
  /// A text that a program made.
  public init(stringLiteral value: String) { self.init(value) }
}
