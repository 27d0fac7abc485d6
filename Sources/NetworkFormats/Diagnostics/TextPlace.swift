/// A place in a text: both counted from 1, columns in Unicode scalars.
struct TextPlace: Hashable, Comparable, Sendable {
  var line: Int
  var column: Int

  static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A value and where it stands in the file.
struct Located<Value: Sendable>: Sendable {
  var value: Value
  var place: TextPlace
}

extension Located: Equatable where Value: Equatable {}
