internal import TrafficModel

/// The green waves of a named arterial: its signals in order, the greens that a plan gives to the traffic along it,
/// and the plan with the offsets of a solution.
struct Arterial {
  /// The signals, in outbound order.
  let controllers: [ControllerID]
  /// The bandwidth problem; its reference points are the begins of the signals' programmes.
  let problem: BandwidthProblem

  /// Why a list of signals is no arterial.
  enum Failure: Error, Hashable {
    /// Fewer than two signals, or one of them twice.
    case tooFew
    /// They have not all the same cycle.
    case cycles
    /// No traffic goes from one of them to the next.
    case noTraffic(from: ControllerID, to: ControllerID)
    /// The traffic along the arterial has no green at a signal.
    case noGreen(ControllerID)
  }

  /// - Parameters:
  ///   - slowest: lowest speed of a band, as a share of the free-flow speed.
  ///   - bands: a band throughout, or one for each link, weighted by the links' flows.
  /// - Throws: `Failure`.
  init(
    _ controllers: [ControllerID], plan: TimingPlan, planner: OffsetPlanner, slowest: Double = 0.9,
    bands: BandwidthProblem.Bands = .throughout, balance: BandwidthProblem.Balance = .weighted(1)
  ) throws(Failure) {
    guard controllers.count > 1, Set(controllers).count == controllers.count else { throw .tooFew }
    let programs = controllers.compactMap { plan[$0] }
    guard let cycle = programs.first?.cycle, programs.count == controllers.count,
      programs.allSatisfy({ $0.cycle == cycle })
    else { throw .cycles }
    let trace = ArterialTrace(planner: planner)
    let outbound = try trace.ways(along: controllers)
    let inbound = Array(try trace.ways(along: controllers.reversed()).reversed())
    var signals: [BandwidthProblem.Signal] = []
    for (index, program) in programs.enumerated() {
      // Where traffic goes on from a signal; at the last one, where it has come to.
      let out = index < outbound.count ? outbound[index].source : outbound[index - 1].target
      let back = index > 0 ? inbound[index - 1].source : inbound[0].target
      guard let there = program.green(of: out, in: planner.network),
        let here = program.green(of: back, in: planner.network)
      else { throw .noGreen(controllers[index]) }
      signals.append(.init(patterns: [.init(name: program.name, outbound: there, inbound: here)]))
    }
    let mean = (outbound + inbound).reduce(0) { $0 + $1.flow } / Double(2 * outbound.count)
    func road(_ way: ArterialTrace.Way) -> BandwidthProblem.Road {
      let speed = way.length / way.time
      return .init(length: way.length, speeds: (slowest * speed)...speed, weight: way.flow / mean)
    }
    self.controllers = controllers
    problem = BandwidthProblem(
      signals: signals, outbound: outbound.map(road), inbound: inbound.map(road), cycle: cycle...cycle,
      bands: bands, balance: balance)
  }

  /// `plan` with a solution's offsets in whole seconds; the first signal keeps its own.
  func plan(_ plan: TimingPlan, with solution: BandwidthSolution) -> TimingPlan {
    var found = plan
    let first = plan[controllers[0]]?.offset ?? 0
    for (controller, offset) in zip(controllers, solution.offsets) {
      let seconds = (first + offset * solution.cycle).rounded()
      found[controller]?.offset =
        controller == controllers[0] ? first : fraction(seconds / solution.cycle) * solution.cycle
    }
    return found
  }
}

/// Follows the strongest traffic from signal to signal.
private struct ArterialTrace {
  struct Way {
    let source: MovementID
    let target: MovementID
    /// veh/s.
    let flow: Double
    /// s at free flow.
    let time: Double
    /// m.
    let length: Double
  }
  let planner: OffsetPlanner

  func ways(along controllers: [ControllerID]) throws(Arterial.Failure) -> [Way] {
    var ways: [Way] = []
    for (from, to) in zip(controllers, controllers.dropFirst()) {
      guard let way = strongest(from: from, to: to) else { throw .noTraffic(from: from, to: to) }
      ways.append(way)
    }
    return ways
  }

  private func strongest(from: ControllerID, to: ControllerID) -> Way? {
    let network = planner.network
    var best: Way?
    for (index, feeds) in planner.feeds.ofMovement.enumerated() {
      let movement = network.movements[index]
      guard movement.connections.contains(where: { network[$0].signal?.controller == to }) else { continue }
      for feed in feeds where feed.controller == from && feed.flow > best?.flow ?? 0 {
        best = Way(
          source: feed.source, target: MovementID(index), flow: feed.flow, time: feed.time,
          length: feed.time * network[movement.from].speed)
      }
    }
    return best
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
