internal import TrafficModel

/// Texts as XML holds them.
enum XMLText {
  /// A text as an attribute's value.
  static func escaped(_ text: String) -> String {
    // By scalar: a sign that something combines with is still a sign.
    text.showingControls.unicodeScalars.reduce(into: "") { result, letter in
      switch letter {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      // Readers make spaces of them where they stand as they are.
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      default: result.unicodeScalars.append(letter)
      }
    }
  }
}
