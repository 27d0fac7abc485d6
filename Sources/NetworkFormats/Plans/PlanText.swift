internal import NetworkBuilding
internal import TrafficModel

/// How plan files of every kind write numbers and states.
enum PlanText {
  /// The shortest decimal that reads back as the same number; whole numbers without a point.
  static func number(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Seconds, without what binary fractions make of thousandths of them.
  static func seconds(_ value: Double) -> String { number(wholeThousandths(value)) }

  /// Seconds to a thousandth, in tables that are not read back.
  static func roundedSeconds(_ value: Double) -> String { number((value * 1000).rounded() / 1000 + 0) }

  /// One letter for each group.
  static func states(_ interval: SignalInterval) -> String { interval.states.map(\.rawValue).joined() }

  /// The names of the groups that show a green of any kind.
  static func greenGroups(_ interval: SignalInterval, of controller: SignalController) -> String {
    zip(controller.groups, interval.states).filter { $0.1.isGreen }.map(\.0.name).joined(separator: " + ")
  }

  /// By interval: the number of the stage it is, from 1; nil for transitions.
  static func stageNumbers(_ program: SignalProgram) -> [Int?] {
    var stage = 0
    return program.intervals.map { interval in
      if interval.isTransition { return nil }
      stage += 1
      return stage
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    // Most texts have none: a look at both ends is quicker than a copy.
    guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
    let front = drop(while: \.isWhitespace)
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}
