internal import TrafficModel

/// The green waves of a named arterial: its signals in order, the greens that a plan gives to the traffic along it,
/// and the plan with the offsets of a solution.
struct Arterial {
  /// The signals, in outbound order.
  let controllers: [ControllerID]
  /// By signal: the programmes that it may run, the plan's first.
  private(set) var programs: [[SignalProgram]]
  /// The bandwidth problem; its reference points are the begins of the signals' programmes, its patterns `programs`.
  var problem: BandwidthProblem

  /// - Parameters:
  ///   - slowest: lowest speed of a band, as a share of the free-flow speed.
  ///   - bands: a band throughout, or one for each link, weighted by the links' flows.
  ///   - others: programmes that a signal may run instead of the plan's, with the same cycle.
  init(
    _ controllers: [ControllerID], plan: TimingPlan, planner: OffsetPlanner, slowest: Double = 0.9,
    bands: BandwidthProblem.Bands = .throughout, balance: BandwidthProblem.Balance = .weighted(1),
    others: (SignalProgram) -> [SignalProgram] = { _ in [] }
  ) throws(NoGreenWaves) {
    guard controllers.count > 1, Set(controllers).count == controllers.count else { throw .tooFew }
    let programs = controllers.compactMap { plan[$0] }
    guard let cycle = programs.first?.cycle, programs.count == controllers.count,
      programs.allSatisfy({ $0.cycle == cycle })
    else { throw .severalCycles }
    let trace = ArterialTrace(planner: planner)
    let outbound = try trace.ways(along: controllers)
    let inbound = Array(try trace.ways(along: controllers.reversed()).reversed())
    var signals: [BandwidthProblem.Signal] = []
    var choices: [[SignalProgram]] = []
    for (index, program) in programs.enumerated() {
      // Where traffic goes on from a signal; at the last one, where it has come to.
      let out = index < outbound.count ? outbound[index].source : outbound[index - 1].target
      let back = index > 0 ? inbound[index - 1].source : inbound[0].target
      let patterns = ([program] + others(program)).compactMap { program -> Choice? in
        guard let there = program.green(of: out, in: planner.network),
          let here = program.green(of: back, in: planner.network)
        else { return nil }
        return (program, .init(name: program.name, outbound: there, inbound: here))
      }
      guard patterns.first?.program == program else { throw .noGreen(controllers[index]) }
      signals.append(.init(patterns: patterns.map(\.pattern)))
      choices.append(patterns.map(\.program))
    }
    let mean = (outbound + inbound).reduce(0) { $0 + $1.flow } / Double(2 * outbound.count)
    func road(_ way: ArterialTrace.Way) -> BandwidthProblem.Road {
      let speed = way.length / way.time
      return .init(length: way.length, speeds: (slowest * speed)...speed, weight: way.flow / mean)
    }
    self.controllers = controllers
    self.programs = choices
    problem = BandwidthProblem(
      signals: signals, outbound: outbound.map(road), inbound: inbound.map(road), cycle: cycle...cycle,
      bands: bands, balance: balance)
  }

  private typealias Choice = (program: SignalProgram, pattern: BandwidthProblem.Pattern)

  /// `plan` with a solution's programmes, and its offsets in whole seconds.
  ///
  /// - Parameter anchor: position of the signal that keeps its offset.
  func plan(_ plan: TimingPlan, with solution: BandwidthSolution, anchor: Int = 0) -> TimingPlan {
    var found = plan
    let start = (plan[controllers[anchor]]?.offset ?? 0)
    for (index, controller) in controllers.enumerated() {
      found[controller] = programs[index][solution.patterns[index]]
      let shift = (solution.offsets[index] - solution.offsets[anchor]) * solution.cycle
      let seconds = (start + shift).rounded()
      found[controller]?.offset =
        index == anchor ? start : fraction(seconds / solution.cycle) * solution.cycle
    }
    return found
  }

  /// Leaves a signal no other programme than the plan's.
  mutating func keepOrder(of index: Int) {
    programs[index].removeLast(programs[index].count - 1)
    problem.signals[index].patterns.removeLast(problem.signals[index].patterns.count - 1)
  }

  /// The widest bands throughout, fractions of the cycle, that the greens of `plan` leave.
  ///
  /// - Parameters:
  ///   - plan: runs the programmes `patterns` of `programs`, with offsets of its own.
  ///   - times: by link, s, outbound and inbound.
  func bands(
    of plan: TimingPlan, patterns: [Int], times: (outbound: [Double], inbound: [Double])
  ) -> (outbound: Double, inbound: Double) {
    let cycle = problem.cycle.lowerBound
    return problem.bands(
      patterns: patterns, offsets: controllers.map { fraction((plan[$0]?.offset ?? 0) / cycle) },
      cycle: cycle,
      outboundTimes: times.outbound, inboundTimes: times.inbound)
  }
}

extension SignalProgram {
  /// The longest green of a movement's signals, in fractions of the cycle; nil where it never has any.
  fileprivate func green(of movement: MovementID, in network: Network) -> BandwidthProblem.Green? {
    let groups = network[movement].connections.compactMap { network[$0].signal }
      .filter { $0.controller == controller }.map(\.group)
    let runs = groups.flatMap { self.runs(ofGroup: $0, where: \.isGreen) }
    guard let longest = runs.max(by: { duration(of: $0) < duration(of: $1) }) else { return nil }
    let begin = intervals[..<longest.first].reduce(0) { $0 + $1.duration }
    return .init(begin: begin / cycle, length: duration(of: longest) / cycle)
  }
}
