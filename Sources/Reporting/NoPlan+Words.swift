public import SignalOptimization
public import TrafficModel

extension NoPlan {
  /// Why there is no plan, in words of traffic: one sentence for each reason.
  public func reasons(in network: Network) -> [String] {
    switch self {
    case .junctions(let obstacles): obstacles.map { $0.words(in: network) }
    case .noCommonCycle(let obstacles):
      ["no cycle suits all signals of the arterial"] + obstacles.map { $0.words(in: network) }
    case .noGreenWaves(let reason): [reason.words(in: network)]
    }
  }
}

extension JunctionObstacle {
  fileprivate func words(in network: Network) -> String {
    let junction = "junction '\(network[controller].name)'"
    switch reason {
    case .cycleBounds(let bounds, let cycle):
      return
        "\(junction): the cycle is \(Self.seconds(cycle)), it must be in \(Self.number(bounds.lowerBound)) … \(Self.seconds(bounds.upperBound))"
    case .minimumSplits(let needed, let cycle):
      return "\(junction): minimum splits need \(Self.seconds(needed)), the cycle is \(Self.seconds(cycle))"
    case .minimums(let needed, let cycle, let maximumChange):
      let limit = maximumChange.map { "with changes of at most \(Self.seconds($0)), " } ?? ""
      return needed.isFinite
        ? "\(junction): \(limit)minimum greens, walks and intergreens need \(Self.seconds(needed)), the cycle is \(Self.seconds(cycle))"
        : "\(junction): \(limit)its minimums cannot all be kept"
    case .onlyCycles(let shortest, let longest): return "\(junction) can run \(shortest) … \(longest) s"
    case .keepsCycle(let cycle, let isFrozen):
      return
        "\(junction) \(isFrozen ? "is frozen" : "has no greens to change") and keeps its cycle of \(cycle) s"
    case .noProgram: return "\(junction) has no programme"
    case .splitProgram(let error): return "\(junction): the split program failed: \(error)"
    }
  }

  private static func seconds(_ seconds: Double) -> String { "\(number(seconds)) s" }

  /// Seconds as people write them: tenths at most, rounded up, since what is needed is needed.
  private static func number(_ seconds: Double) -> String {
    let tenths = (seconds * 10 - 1e-6).rounded(.up) / 10
    return tenths == tenths.rounded() && abs(tenths) < 1e9 ? String(Int(tenths)) : String(tenths)
  }
}

extension NoGreenWaves {
  fileprivate func words(in network: Network) -> String {
    func names(_ controllers: [ControllerID]) -> String {
      controllers.map { "'\(network[$0].name)'" }.joined(separator: ", ")
    }
    switch self {
    case .noArterial:
      return "no two neighbouring signals have traffic from each to the other: there is no arterial to find"
    case .tooFew: return "an arterial has two signals at least, each of them once"
    case .frozen(let controllers):
      return "\(names(controllers)) are frozen, but only one signal of an arterial can keep its offset"
    case .existingCycles(let cycles, let controllers):
      let each = zip(controllers, cycles).map { "\(names([$0])) \($1) s" }.joined(separator: ", ")
      return "green waves need one cycle, but the existing ones differ: \(each); '--cycle common' finds one"
    case .cyclesOfTheirOwn:
      return "green waves need one cycle for the whole arterial: '--cycle common', or one in seconds"
    case .severalCycles:
      return "green waves need one cycle for the whole arterial: '--cycle common' finds one"
    case .noTraffic(let from, let to, let next):
      let hint =
        next.isEmpty
        ? "traffic from there comes to no other signal" : "traffic from there comes to \(names(next)) next"
      return
        "no traffic goes from \(names([from])) to \(names([to])) without another signal on its way; \(hint)"
    case .noGreen(let controller):
      return "the traffic along the arterial never has green at \(names([controller]))"
    case .noSolution: return "the bandwidth program failed: no solution within its limits"
    case .bandwidthProgram(let error): return "the bandwidth program failed: \(error)"
    }
  }
}
