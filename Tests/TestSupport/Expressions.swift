/// Runs `body` for every value, so that exhaustive tests read as sentences.
public func forEach<Values: Sequence>(_ values: Values, _ body: (Values.Element) throws -> Void) rethrows {
  for value in values { try body(value) }
}
