extension Double {
  /// The number of a text in decimal digits, white space around it passed over; nil for anything else.
  ///
  /// Swift also knows hexadecimal numbers, `inf` and `nan`: where a person writes them, something went wrong.
  init?(plain text: some StringProtocol) {
    let digits = Substring(text.drop(while: \.isWhitespace))
    let end = digits.lastIndex { !$0.isWhitespace }.map(digits.index(after:)) ?? digits.startIndex
    let number = digits[..<end]
    guard number.utf8.allSatisfy({ "+-.eE0123456789".utf8.contains($0) }), let value = Double(number),
      value.isFinite
    else { return nil }
    self = value
  }
}
