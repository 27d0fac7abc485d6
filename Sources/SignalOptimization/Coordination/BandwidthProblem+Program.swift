public import LinearProgramming

/// The mixed-integer program. Everything is in cycles; z = 1 / C.
///
/// w is when the line of progression leaves a signal, after the begin of its green; g when that green begins after
/// the reference point; τ the queue's clearance; overlined letters are inbound.
///
///     w_i ≥ b_j / 2,   w_i + b_j / 2 ≤ G_i + 1 − y_j            at both ends of link j; b_j ≤ y_j
///     g_i + w_i − g_i+1 − w_i+1 + t_i − τ_i+1
///       − (g̅_i + w̅_i) + g̅_i+1 + w̅_i+1 + t̅_i − τ̅_i + s_i = m_i     once out and back is whole cycles
///
/// A band that does not exist (y = 0) binds nothing: neither its line, nor by the slack s the loop. Published forms
/// have no y and so ask for a line through all greens even where the best is no band at all; they can miss the best
/// plan or have none.
extension BandwidthProblem {
  private struct Direction {
    /// By signal.
    var lines: [Variable] = []
    /// By link.
    var bands: [Variable] = []
    /// By link: whether the band exists.
    var exists: [Variable] = []
    /// By link, cycles.
    var times: [Variable] = []
  }
  private struct Built {
    var program: LinearProgram
    var frequency: Variable
    var outbound: Direction
    var inbound: Direction
    /// By signal: its patterns' choices; empty where there is one only.
    var choices: [[Variable]]
    var loops: [Variable]
  }

  /// The mixed-integer program, to look at or to hand to another solver.
  public var linearProgram: LinearProgram { built().program }

  /// The widest bands; proven, unless the node limit comes first.
  ///
  /// - Throws: `LinearProgramError` for numbers that no arterial has.
  public func solve(_ options: SolveOptions = SolveOptions()) throws(LinearProgramError) -> BandwidthSolution?
  {
    let built = built()
    let found = try built.program.solve(options)
    guard let point = found.point else { return nil }
    return solution(built, point: point, bound: found.bound ?? point.objective)
  }

  /// The widest bands with at least these on the mean, fractions of the cycle.
  func solve(
    leastOutbound: Double = 0, leastInbound: Double, _ options: SolveOptions
  ) throws(LinearProgramError) -> BandwidthSolution? {
    var built = built()
    let share = 1 / Double(max(1, inbound.count))
    for (name, bands, least) in [
      ("outbound", built.outbound.bands, leastOutbound), ("inbound", built.inbound.bands, leastInbound),
    ] where least > 0 {
      built.program.addRow("least_\(name)", bands.map { Term($0, share) }, in: least...(.infinity))
    }
    let found = try built.program.solve(options)
    guard let point = found.point else { return nil }
    return solution(built, point: point, bound: found.bound ?? point.objective)
  }

  // MARK: Building

  private func built() -> Built {
    var program = LinearProgram(.maximize, name: "bandwidth")
    let frequency = program.addVariable(
      "cycles_per_second", in: (1 / cycle.upperBound)...(1 / cycle.lowerBound))
    let choices = signals.indices.map { signal -> [Variable] in
      let patterns = signals[signal].patterns
      guard patterns.count > 1 else { return [] }
      let variables = patterns.indices.map {
        program.addVariable("pattern_\(signal + 1)_\($0 + 1)", in: 0...1, kind: .binary)
      }
      program.addRow("one_pattern_\(signal + 1)", variables.map { Term($0, 1) }, in: 1...1)
      return variables
    }
    let out = direction(
      "out", roads: outbound, green: \.outbound, weight: 1, frequency: frequency, choices: choices,
      program: &program)
    let back = direction(
      "in", roads: inbound, green: \.inbound, weight: balance.ratio, frequency: frequency, choices: choices,
      program: &program)
    for (a, b) in Set(zip(out.bands, back.bands).map(Pair.init)).sorted().map({ ($0.outbound, $0.inbound) }) {
      addBalance(a, b, to: &program)
    }
    var built = Built(
      program: program, frequency: frequency, outbound: out, inbound: back, choices: choices, loops: [])
    for link in outbound.indices { addLoop(link, to: &built) }
    return built
  }

  private struct Pair: Hashable, Comparable {
    let outbound: Variable
    let inbound: Variable

    init(_ bands: (Variable, Variable)) { (outbound, inbound) = bands }

    static func < (left: Self, right: Self) -> Bool { left.outbound.index < right.outbound.index }
  }

  private func addBalance(_ outbound: Variable, _ inbound: Variable, to program: inout LinearProgram) {
    let terms = [Term(inbound, 1), Term(outbound, -balance.ratio)]
    switch balance {
    case .weighted: break
    case .favoured(let ratio) where ratio < 1: program.addRow("balance", terms, in: 0...(.infinity))
    case .favoured(let ratio) where ratio > 1: program.addRow("balance", terms, in: (-.infinity)...0)
    case .favoured: break
    case .exactly: program.addRow("balance", terms, in: 0...0)
    }
  }

  private func direction(
    _ name: String, roads: [Road], green: KeyPath<Pattern, Green>, weight: Double, frequency: Variable,
    choices: [[Variable]], program: inout LinearProgram
  ) -> Direction {
    var direction = Direction()
    let widest = signals.map { signal in signal.patterns.map { $0[keyPath: green].length }.max() ?? 0 }
    direction.lines = signals.indices.map { program.addVariable("line_\(name)_\($0 + 1)", in: 0...1) }
    for (link, road) in roads.enumerated() {
      if link == 0 || bands == .perLink {
        let most = bands == .perLink ? min(widest[link], widest[link + 1]) : widest.min() ?? 0
        let share = bands == .perLink ? road.weight / Double(roads.count) : 1
        let exists = program.addVariable("exists_\(name)_\(link + 1)", in: 0...1, kind: .binary)
        let band = program.addVariable(
          "band_\(name)_\(link + 1)", in: 0...max(0, most), objective: weight * share)
        program.addRow(
          "band_exists_\(name)_\(link + 1)", [Term(band, 1), Term(exists, -max(most, 0))],
          in: (-.infinity)...0)
        direction.exists.append(exists)
        direction.bands.append(band)
      } else {
        direction.exists.append(direction.exists[0])
        direction.bands.append(direction.bands[0])
      }
      let time = program.addVariable("time_\(name)_\(link + 1)", in: 0...(.infinity))
      direction.times.append(time)
      program.addRow(
        "fastest_\(name)_\(link + 1)",
        [Term(time, 1), Term(frequency, -road.length / road.speeds.upperBound)],
        in: 0...(.infinity))
      program.addRow(
        "slowest_\(name)_\(link + 1)",
        [Term(time, 1), Term(frequency, -road.length / road.speeds.lowerBound)],
        in: (-.infinity)...0)
      for end in [link, link + 1] {
        let place = "\(name)_\(link + 1)_at_\(end + 1)"
        let (line, band) = (direction.lines[end], direction.bands[link])
        program.addRow("front_\(place)", [Term(line, 1), Term(band, -0.5)], in: 0...(.infinity))
        let (terms, constant) = patternTerms(end, choices: choices) { $0[keyPath: green].length }
        program.addRow(
          "back_\(place)",
          [Term(line, 1), Term(band, 0.5), Term(direction.exists[link], 1)]
            + terms.map { Term($0.variable, -$0.coefficient) }, in: (-.infinity)...(1 + constant))
      }
    }
    return direction
  }

  /// A signal's value that depends on its pattern: terms of the choices, or a constant.
  private func patternTerms(
    _ signal: Int, choices: [[Variable]], _ value: (Pattern) -> Double
  ) -> (terms: [Term], constant: Double) {
    let patterns = signals[signal].patterns
    guard patterns.count > 1 else { return ([], value(patterns[0])) }
    return (zip(choices[signal], patterns).map { Term($0, value($1)) }, 0)
  }

  private func addLoop(_ link: Int, to built: inout Built) {
    let (out, back) = (built.outbound, built.inbound)
    let next = link + 1
    var terms = [
      Term(out.lines[link], 1), Term(out.lines[next], -1), Term(out.times[link], 1),
      Term(back.lines[link], -1), Term(back.lines[next], 1), Term(back.times[link], 1),
      Term(
        built.frequency, -signals[next].outboundQueueClearance - signals[link].inboundQueueClearance),
    ]
    let shift: (Pattern) -> Double = { $0.outbound.begin - $0.inbound.begin }
    let here = patternTerms(link, choices: built.choices, shift)
    let there = patternTerms(next, choices: built.choices, shift)
    terms += here.terms + there.terms.map { Term($0.variable, -$0.coefficient) }
    let constant = here.constant - there.constant
    // Any slack does where a band is missing, so one cycle of it.
    for exists in [out.exists[link], back.exists[link]] {
      let slack = built.program.addVariable("slack_\(link + 1)", in: 0...1)
      built.program.addRow("slack_\(link + 1)", [Term(slack, 1), Term(exists, 1)], in: (-.infinity)...1)
      terms.append(Term(slack, 1))
    }
    let longest = [outbound[link], inbound[link]].reduce(0) {
      $0 + $1.length / $1.speeds.lowerBound / cycle.lowerBound
    }
    let clearance =
      (signals[next].outboundQueueClearance + signals[link].inboundQueueClearance) / cycle.lowerBound
    let integer = built.program.addVariable(
      "loop_\(link + 1)", in: (-6 - clearance).rounded(.down)...(6 + longest).rounded(.up), kind: .integer)
    built.loops.append(integer)
    terms.append(Term(integer, -1))
    built.program.addRow("loop_\(link + 1)", terms, in: -constant...(-constant))
  }

  // MARK: Reading

  private func solution(_ built: Built, point: LinearPoint, bound: Double) -> BandwidthSolution {
    let patterns = built.choices.map { choice in
      choice.indices.max { point[choice[$0]] < point[choice[$1]] } ?? 0
    }
    let (out, back) = (built.outbound, built.inbound)
    let frequency = point[built.frequency]
    var offsets = [0.0]
    for link in outbound.indices {
      let (here, there) = (
        signals[link].patterns[patterns[link]], signals[link + 1].patterns[patterns[link + 1]]
      )
      let difference: Double
      if point[out.exists[link]] > 0.5 {
        difference =
          here.outbound.begin + point[out.lines[link]] + point[out.times[link]] - there.outbound.begin
          - point[out.lines[link + 1]] - signals[link + 1].outboundQueueClearance * frequency
      } else {
        difference =
          here.inbound.begin + point[back.lines[link]] + signals[link].inboundQueueClearance * frequency
          - there.inbound.begin - point[back.lines[link + 1]] - point[back.times[link]]
      }
      offsets.append(fraction(offsets[link] + difference))
    }
    return BandwidthSolution(
      cycle: 1 / frequency, patterns: patterns, offsets: offsets,
      outboundBands: out.bands.map { max(0, point[$0]) }, inboundBands: back.bands.map { max(0, point[$0]) },
      outboundTimes: out.times.map { point[$0] / frequency },
      inboundTimes: back.times.map { point[$0] / frequency },
      loopIntegers: built.loops.map { Int(point[$0].rounded()) }, objective: point.objective, bound: bound)
  }
}

/// `number` brought into 0 ..< 1.
func fraction(_ number: Double) -> Double {
  let rest = number - number.rounded(.down)
  return rest < 1 ? rest : 0
}
