internal import TrafficModel

/// Greens of each group within a programme's cycle.
struct GroupTimeline {
  struct Span {
    /// Absolute second, 0 ..< cycle.
    var begin: Double
    var length: Double
  }
  let cycle: Double
  private(set) var greens: [[Span]] = []
  /// Only where it need not wait for gaps.
  private(set) var protectedGreens: [[Span]] = []
  private let program: SignalProgram

  init(_ program: SignalProgram) {
    self.program = program
    cycle = program.cycle
    let count = program.intervals.first?.states.count ?? 0
    for group in 0..<count {
      greens.append(Self.greens(ofGroup: group, in: program))
      protectedGreens.append(Self.spans(group, program) { $0 == .protectedGreen })
    }
  }

  /// The greens of one group.
  static func greens(ofGroup group: Int, in program: SignalProgram) -> [Span] {
    spans(group, program, \.isGreen)
  }

  private static func spans(
    _ group: Int, _ program: SignalProgram, _ shows: (SignalState) -> Bool
  ) -> [Span] {
    program.runs(ofGroup: group, where: shows).map { run in
      Span(
        begin: (program.offset + program.intervals[..<run.first].reduce(0) { $0 + $1.duration })
          .wrapped(in: program.cycle), length: program.duration(of: run))
    }
  }

  /// s of yellow that follow a green.
  func yellow(after span: Span, group: Int) -> Double {
    let end = span.begin + span.length
    let runs = Self.spans(group, program) { $0 == .yellow }
    return runs.first {
      abs(($0.begin - end).wrapped(in: cycle)) < 0.01 || cycle - ($0.begin - end).wrapped(in: cycle) < 0.01
    }?
    .length ?? 0
  }

  /// s; numbers of files have up to three decimals, and there are several in a sum.
  static let slack = 0.02

  /// Whether greens of two programmes with the same cycle are at the same seconds.
  static func areSame(_ first: [Span], _ second: [Span], cycle: Double) -> Bool {
    guard first.count == second.count else { return false }
    return first.allSatisfy { span in
      second.contains { other in
        let apart = (span.begin - other.begin).wrapped(in: cycle)
        let isAlways = span.length > cycle - slack
        return abs(span.length - other.length) < slack && (isAlways || min(apart, cycle - apart) < slack)
      }
    }
  }
}
