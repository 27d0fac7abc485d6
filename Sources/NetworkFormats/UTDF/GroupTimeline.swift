internal import TrafficModel

/// Greens of each group within a programme's cycle, at absolute seconds in 0 ..< cycle.
struct GroupTimeline {
  let cycle: Double
  /// By group.
  let greens: [[GreenSpan]]
  /// By group: only where it need not wait for gaps.
  let protectedGreens: [[GreenSpan]]

  init(_ program: SignalProgram) {
    cycle = program.cycle
    let groups = program.intervals.first?.states.indices ?? 0..<0
    greens = groups.map { Self.greens(ofGroup: $0, in: program) }
    protectedGreens = groups.map { Self.spans($0, program) { $0 == .protectedGreen } }
  }

  /// The greens of one group.
  static func greens(ofGroup group: Int, in program: SignalProgram) -> [GreenSpan] {
    spans(group, program, \.isGreen)
  }

  private static func spans(
    _ group: Int, _ program: SignalProgram, _ shows: (SignalState) -> Bool
  ) -> [GreenSpan] {
    let cycle = program.cycle
    return program.spans(ofGroup: group, where: shows).map { span in
      var span = span
      span.begin = (program.offset + span.begin).wrapped(in: cycle)
      return span
    }
  }

  /// s; numbers of files have up to three decimals, and there are several in a sum.
  static let slack = 0.02

  /// Whether greens of two programmes with the same cycle are at the same seconds.
  static func areSame(_ first: [GreenSpan], _ second: [GreenSpan], cycle: Double) -> Bool {
    guard first.count == second.count else { return false }
    return first.allSatisfy { span in
      second.contains { other in
        let isAlways = span.length > cycle - slack
        return abs(span.length - other.length) < slack
          && (isAlways || span.begin.distance(to: other.begin, in: cycle) < slack)
      }
    }
  }
}
