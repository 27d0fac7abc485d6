extension Double {
  /// The number of a text in decimal digits, white space around it passed over; nil for anything else.
  ///
  /// Swift also knows hexadecimal numbers, `inf` and `nan`: where a person writes them, something went wrong.
  init?(plain text: some StringProtocol) {
    var number = Substring(text)
    // Most numbers stand alone, and characters are slow to look at.
    if !number.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) {
      number = number.drop(while: \.isWhitespace)
      let end = number.lastIndex { !$0.isWhitespace }.map(number.index(after:)) ?? number.startIndex
      number = number[..<end]
    }
    guard number.utf8.allSatisfy({ Self.isOfDecimal($0) }), let value = Double(number),
      value.isFinite
    else { return nil }
    self = value
  }

  private static func isOfDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
