internal import NetworkBuilding

/// Reading of attributes; what is wrong goes to the log and nil comes back.
extension XMLNode {
  /// A required text.
  func text(_ attribute: String, _ log: inout DiagnosticLog) -> String? {
    if let value = self[attribute] { return value }
    log.error("<\(name)> has no attribute '\(attribute)'", at: place, quote: "<\(name)")
    return nil
  }

  /// A required number.
  func number(_ attribute: String, _ log: inout DiagnosticLog) -> Double? {
    guard let value = text(attribute, &log) else { return nil }
    return Self.number(value, of: attribute, at: place, &log)
  }

  /// A number that may be absent.
  func number(_ attribute: String, default missing: Double, _ log: inout DiagnosticLog) -> Double? {
    guard let value = self[attribute] else { return missing }
    return Self.number(value, of: attribute, at: place, &log)
  }

  /// A required whole number from 0 to 1,000,000.
  func position(_ attribute: String, _ log: inout DiagnosticLog) -> Int? {
    guard let value = text(attribute, &log) else { return nil }
    guard let number = Int(value.words.joined(separator: " ")), (0...1_000_000).contains(number) else {
      log.error("'\(attribute)' must be a whole number from 0, not '\(value)'", at: place, quote: value)
      return nil
    }
    return number
  }

  private static func number(
    _ value: String, of attribute: String, at place: TextPlace, _ log: inout DiagnosticLog
  ) -> Double? {
    guard let number = Double(plain: value) else {
      log.error("'\(attribute)' must be a finite number, not '\(value)'", at: place, quote: value)
      return nil
    }
    return number
  }
}

extension String {
  /// The parts between white space.
  var words: [String] {
    utf8.split { $0 == 0x20 || (0x09...0x0d).contains($0) }.map { String(Substring($0)) }
  }
}
