public import SignalOptimization
public import TrafficModel

extension ReviewFinding {
  /// What was found and what was expected, and in brackets the rule that expects it.
  public func words(_ rules: TimingRules) -> String {
    let what = names.isEmpty ? found : "\(names.joined(separator: ", ")): \(found)"
    return "\(what) (\(rule(rules)))"
  }

  private var found: String {
    switch matter {
    case .laneWithoutConnection(let lane): "no connection leaves lane \(lane) from the kerb"
    case .linkWithoutConnection(let junction):
      "no connection leaves it, though junction '\(junction)' has others"
    case .conflictGreenTogether(let first, let second, let interval):
      "\(first) and \(second) meet and are both green without yielding in interval \(interval)"
    case .yellow(let yellow, let needed, let speed):
      "yellow of \(tenths(yellow)) s, \(tenths(needed)) s at \(tenths(speed)) km/h"
    case .allRed(let allRed, let needed, let width, let speed):
      "all-red of \(tenths(allRed)) s, \(tenths(needed)) s over \(tenths(width)) m at \(tenths(speed)) km/h"
    case .green(let green, let expected):
      "green of \(tenths(green)) s, drivers expect \(tenths(expected)) s"
    case .minimumGreen(let minimum, let expected):
      "a minimum green of \(tenths(minimum)) s lets plans go below the \(tenths(expected)) s that drivers expect"
    case .walk(let walk, let needed, _): "walk of \(tenths(walk)) s, \(tenths(needed)) s asked for"
    case .clearance(let clear, let needed, let speed, _):
      "\(tenths(clear)) s to clear it, \(tenths(needed)) s asked for at \(speed) m/s"
    case .walkAndClearance(let time, let needed, _):
      "walk and clearance of \(tenths(time)) s, \(tenths(needed)) s asked for who walks slowly"
    case .minimumSplits(let needed, let cycle):
      "minimum splits need \(tenths(needed)) s, the cycle is \(tenths(cycle)) s"
    case .minimumSplitsBeyondBounds(let needed, let cycle):
      "minimum splits need \(tenths(needed)) s, the longest cycle is \(tenths(cycle)) s"
    case .yellowTrap(let turn, let oncoming):
      "\(turn) waits for gaps and turns yellow while \(oncoming) stays green"
    case .balance(let arriving, let from, let leaving, let to, _):
      "\(whole(arriving)) veh/h are counted into it at '\(from)', \(whole(leaving)) veh/h out of it at '\(to)'"
    case .queue(let lane, let isPocket, let queue, let length):
      "the queue on lane \(lane) from the kerb is \(whole(queue)) m long, the \(isPocket ? "pocket" : "lane") \(whole(length)) m"
    }
  }

  private func rule(_ rules: TimingRules) -> String {
    switch matter {
    case .laneWithoutConnection, .linkWithoutConnection: "every lane leads somewhere"
    case .conflictGreenTogether: "one of two that meet must yield"
    case .yellow: "yellow, \(rules.vehicleSource)"
    case .allRed: "red clearance, \(rules.vehicleSource)"
    case .green, .minimumGreen: "minimum green, Signal Timing Manual"
    case .walk(_, _, let length), .clearance(_, _, _, let length), .walkAndClearance(_, _, let length):
      "crossing of \(tenths(length)) m, \(rules.walkingSource)"
    case .minimumSplits, .minimumSplitsBeyondBounds:
      "max(minimum green, walk + flashing don't walk) + yellow + all-red"
    case .yellowTrap: "yellow trap, Signal Timing Manual"
    case .balance(_, _, _, _, let geh): "GEH of \(tenths(geh)), at most 5"
    case .queue: "q r / (1 − y), Webster"
    }
  }
}

extension TimingRules {
  /// The rules of vehicle times.
  fileprivate var vehicleSource: String {
    switch self {
    case .ite: "ITE 2020"
    case .gb: "practice in China"
    }
  }

  /// The rules of walking times.
  fileprivate var walkingSource: String {
    switch self {
    case .ite: "MUTCD 4E"
    case .gb: "practice in China"
    }
  }
}

extension SignalController {
  /// What the minimum splits of its rings need; nil where it has none.
  public var ringNeeds: String? {
    guard let rings else { return nil }
    func list(_ items: [String]) -> String {
      items.count < 2
        ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + (items.last ?? "")
    }
    let barriers = zip(rings.barriers, rings.minimumSums).map { barrier, sums in
      "\(list(sums.map { "\(tenths($0)) s" })) before barrier \(barrier)"
    }
    let places = rings.rings.map { String($0) }
    return
      "minimum splits: ring\(places.count == 1 ? "" : "s") \(list(places)) need\(places.count == 1 ? "s" : "") \(list(barriers)): a cycle of \(tenths(rings.shortestCycle)) s at least"
  }
}

/// A figure to a tenth, without a fraction where there is none; one too large to be a whole number as it is.
private func tenths(_ value: Double) -> String {
  let tenths = (value * 10).rounded() / 10
  return Int(exactly: tenths).map { String($0) } ?? String(tenths)
}

/// A figure without its fraction; one too large to be a whole number as it is.
private func whole(_ value: Double) -> String {
  Int(exactly: value.rounded()).map { String($0) } ?? String(value)
}
