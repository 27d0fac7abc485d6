internal import NetworkBuilding

/// Numbers as survey sheets have them; what is wrong goes to the log and nil comes back.
struct SurveyText {
  /// More in one interval is taken for a mistake.
  private static let mostVehicles = 100_000.0

  /// Whether a comma parts decimals, and a point thousands: in sheets whose fields something else parts, where some number
  /// can be read in no other way.
  let hasDecimalCommas: Bool

  /// - Parameters:
  ///   - separator: what parts the fields.
  ///   - numbers: all fields that hold numbers.
  init(separator: UInt8, numbers: some Sequence<String>) {
    hasDecimalCommas = separator != UInt8(ascii: ",") && numbers.contains(where: Self.hasDecimalComma)
  }

  private static func hasDecimalComma(_ text: String) -> Bool {
    let parts = text.trimmed.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[1].count != 3 && !parts[1].isEmpty
      && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } }
  }

  /// A count: digits, with or without a separator between thousands (`1,234`, `1 234`, `1'234`).
  func vehicles(_ field: Located<String>, _ log: inout DiagnosticLog) -> Double? {
    var digits = field.value.trimmed.filter { !$0.isWhitespace && !"'’".contains($0) }
    if hasDecimalCommas { digits = String(digits.map { $0 == "," ? "." : $0 == "." ? "," : $0 }) }
    if Self.hasThousandsSeparators(digits) { digits.removeAll { $0 == "," } }
    let isPlain = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    guard isPlain, let number = Double(digits) else {
      let notes = digits.contains(",") ? ["decimals are written with a point"] : []
      log.error(
        "the number of vehicles must be 0 or more, not '\(field.value)'", at: field.place, notes: notes)
      return nil
    }
    guard number <= Self.mostVehicles else {
      log.error("\(field.value) vehicles in one interval are not possible", at: field.place)
      return nil
    }
    return number
  }

  /// Whether commas stand where they part thousands, and nowhere else.
  private static func hasThousandsSeparators(_ text: String) -> Bool {
    let whole = text.prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, (1...3).contains(groups[0].count) else { return false }
    return groups.dropFirst().allSatisfy { $0.count == 3 } && !text.dropFirst(whole.count).contains(",")
  }
}
