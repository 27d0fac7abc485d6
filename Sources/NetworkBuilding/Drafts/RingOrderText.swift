/// The order of a ring's phases as traffic engineers write it: `1 2 | 3 4`, the barrier between; `1 > 2` where the two
/// must not change places, `(1)` for a phase that a plan may leave out.
package struct RingOrderText {
  /// A phase as a ring has it.
  package struct Phase: Hashable {
    package var number: Int
    /// Whether it does not change places with others that keep theirs.
    package var keepsPlace = false
    package var isOptional = false

    package init(number: Int, keepsPlace: Bool = false, isOptional: Bool = false) {
      self.number = number
      self.keepsPlace = keepsPlace
      self.isOptional = isOptional
    }
  }
  /// By barrier.
  package private(set) var phases: [[Phase]] = [[]]

  /// Nil when the text is none.
  package init?(_ text: String) {
    var isOpen = false
    var isChained = false
    var digits = ""
    func finish(_ phases: inout [[Phase]]) -> Bool {
      guard !digits.isEmpty else { return true }
      guard let number = Int(digits), (1...Self.largest).contains(number) else { return false }
      digits = ""
      phases[phases.count - 1].append(Phase(number: number, keepsPlace: isChained, isOptional: isOpen))
      isChained = false
      return true
    }
    for letter in text {
      if letter.isASCII, letter.isNumber {
        digits.append(letter)
        continue
      }
      guard finish(&phases) else { return nil }
      switch letter {
      case " ": break
      case "(" where !isOpen: isOpen = true
      case ")" where isOpen: isOpen = false
      case "|" where !isOpen && !isChained: phases.append([])
      case ">" where !isChained:
        guard let last = phases[phases.count - 1].indices.last else { return nil }
        phases[phases.count - 1][last].keepsPlace = true
        isChained = true
      default: return nil
      }
    }
    guard finish(&phases), !isOpen, !isChained else { return nil }
  }

  /// Phase numbers are at most so large.
  package static let largest = 99

  /// The text; phases of a ring before a barrier that keep their places stand with `>` between them.
  package static func text(_ phases: [[Phase]]) -> String {
    phases.map { segment in
      var text = ""
      for (index, phase) in segment.enumerated() {
        if index > 0 { text += phase.keepsPlace && segment[index - 1].keepsPlace ? " > " : " " }
        text += phase.isOptional ? "(\(phase.number))" : "\(phase.number)"
      }
      return text
    }.joined(separator: " | ")
  }
}
