import NetworkFormats
import TestSupport
import Testing
import TrafficModel
import TrafficSimulation

@testable import SignalOptimization

/// Signals along a one-way street, with a one-way side street at each.
struct Street {
  let network: Network
  let demand: Demand
  let plan: TimingPlan
  let planner: OffsetPlanner

  static let speed = 10.0

  /// - Parameters:
  ///   - lengths: of the links between the signals, m.
  ///   - cycles: by signal, s; the street has half of it, yellow and all-red included.
  ///   - isRouted: whether the demand is by routes and not by counts.
  init(lengths: [Int], cycles: [Int], flow: Int = 600, side: Int = 250, isRouted: Bool = false) throws {
    var text = """
      greenwave: 1
      name: Street
      defaults: {speed: 36, cycle-range: [20, 120]}
      junctions:

      """
    for (index, cycle) in cycles.enumerated() {
      let green = cycle / 2 - 5
      text += "  S\(index):\n    approaches:\n"
      text += "      N: {lanes: [T], exit-lanes: 0}\n      S: {exit-lanes: 1}\n"
      text +=
        "      W: {lanes: [T], exit-lanes: 0}\n      E: {exit-lanes: 1}\n"
      text += "    stages: [[W.T], [N.T]]\n    plan: {cycle: \(cycle), green: [\(green), \(green)]}\n"
    }
    text += "roads:\n"
    for (index, length) in lengths.enumerated() {
      text += "  - {between: [S\(index).E, S\(index + 1).W], length: \(length)}\n"
    }
    text += "periods:\n  peak:\n    time: 08:00-09:00\n"
    if isRouted {
      text += "    routes:\n      - {from: S0.W, to: S\(cycles.count - 1).E, flow: \(flow)}\n"
      for index in cycles.indices {
        text += "      - {from: S\(index).N, to: S\(index).S, flow: \(side)}\n"
      }
    } else {
      text += "    counts:\n"
      for index in cycles.indices {
        text += "      S\(index): {W: {T: \(flow)}, N: {T: \(side)}}\n"
      }
    }
    let scenario = try NativeReader.read(text: text, file: "street.yaml").scenario
    network = scenario.network
    demand = scenario.periods[0].demand
    plan = scenario.periods[0].existingPlan
    planner = OffsetPlanner(
      network: network, demand: demand, flows: MovementFlows(network: network, demand: demand).mean)
  }

  var controllers: [ControllerID] { network.controllers.indices.map { ControllerID($0) } }

  func shifted(_ plan: TimingPlan, by seconds: Double) -> TimingPlan {
    var plan = plan
    for id in controllers { plan[id]?.offset += seconds }
    return plan
  }
}

@Suite("OffsetPlanner")
struct OffsetPlannerTests {
  /// Sums over some hundreds of seconds.
  static let rounding = 1e-9

  @Test("On a one-way street every green follows the last by the way's time", arguments: [false, true])
  func progression(isRouted: Bool) throws {
    let lengths = [200, 310, 150]
    let street = try Street(lengths: lengths, cycles: [60, 60, 60, 60], isRouted: isRouted)
    let (plan, reports) = street.planner.offsets(for: street.plan, groups: [street.controllers])
    let report = try #require(reports.first)
    #expect(report.gap == 0)
    #expect(report.costAfter < 0.6 * report.costBefore)
    let offsets = street.controllers.map { plan[$0]?.offset ?? 0 }
    for (index, length) in lengths.enumerated() {
      let lag = (offsets[index + 1] - offsets[index]).truncatingRemainder(dividingBy: 60)
      let way = Double(length) / Street.speed
      // The way across the junction and starting up take some seconds; while the queue of the side street is
      // missing, a green that comes a little early costs nothing.
      #expect(lag + (lag < 0 ? 60 : 0) > way - 3 && lag + (lag < 0 ? 60 : 0) < way + 12)
    }
    #expect(plan.check(against: street.network).isEmpty)
  }

  @Test("Counts and routes tell of the same platoons where nobody turns")
  func feeds() throws {
    let counted = try Street(lengths: [200, 310], cycles: [60, 60, 60])
    let routed = try Street(lengths: [200, 310], cycles: [60, 60, 60], isRouted: true)
    let (a, b) = (counted.planner.feeds.ofMovement, routed.planner.feeds.ofMovement)
    #expect(a.map(\.count) == b.map(\.count) && a.map(\.count).reduce(0, +) == 2)
    for (first, second) in zip(a.flatMap { $0 }, b.flatMap { $0 }) {
      #expect(first.source == second.source && first.controller == second.controller)
      #expect(isClose(first.flow, second.flow) && isClose(first.time, second.time))
      #expect(isClose(first.flow, 600.0 / 3600))
    }
  }

  @Test("Adding a constant to all offsets changes nothing", arguments: [1.0, 17, 59])
  func constant(seconds: Double) throws {
    let street = try Street(lengths: [200, 310], cycles: [60, 60, 60])
    let planner = street.planner
    let here = planner.offsets(for: street.plan, groups: [street.controllers])
    let there = planner.offsets(for: street.shifted(street.plan, by: seconds), groups: [street.controllers])
    #expect(isClose(here.reports[0].costBefore, there.reports[0].costBefore, Self.rounding))
    #expect(isClose(here.reports[0].costAfter, there.reports[0].costAfter, Self.rounding))
  }

  @Test("Signals that are frozen keep their offsets, the others follow them")
  func frozen() throws {
    let street = try Street(lengths: [200, 310], cycles: [60, 60, 60])
    let planner = street.planner
    var plan = street.plan
    plan[ControllerID(1)]?.offset = 23.5
    let free = planner.offsets(for: plan, groups: [street.controllers])
    let kept = planner.offsets(for: plan, groups: [street.controllers], frozen: [ControllerID(1)])
    #expect(kept.plan[ControllerID(1)]?.offset == 23.5)
    /// The frozen offset is taken as a whole second.
    let step = 0.05
    #expect(abs(kept.reports[0].costAfter / free.reports[0].costAfter - 1) < step)
  }

  @Test("Half cycles run together with whole ones; cycles that do not fit are left as they are")
  func cycles() throws {
    let half = try Street(lengths: [200, 300], cycles: [80, 40, 80])
    let (plan, reports) = half.planner.offsets(for: half.plan, groups: [half.controllers])
    #expect(reports.count == 1 && reports[0].cycle == 80 && reports[0].gap == 0)
    #expect((plan[ControllerID(1)]?.offset ?? 99) < 40)
    #expect(reports[0].costAfter <= reports[0].costBefore)
    let unfit = try Street(lengths: [200, 300], cycles: [80, 60, 80])
    let (same, none) = unfit.planner.offsets(for: unfit.plan, groups: [unfit.controllers])
    #expect(same == unfit.plan && none.isEmpty)
  }

  @Test("Platoons on their way are neither lost nor made")
  func conservation() throws {
    let street = try Street(lengths: [200, 310], cycles: [60, 60, 60])
    let programs = street.controllers.compactMap { street.plan[$0] }
    let platoons = street.planner.platoons(of: programs)
    let arrivals = platoons.settledArrivals(offsets: [0, 20, 40])
    for (lane, coming) in zip(platoons.lanes, arrivals) {
      #expect(isClose(coming.reduce(0, +), lane.flow * 60, Self.rounding))
    }
    // At saturation first, then as traffic comes: the second signal sees a platoon and then nothing.
    let fed = try #require(platoons.lanes.indices.first { !platoons.lanes[$0].feeds.isEmpty })
    #expect((arrivals[fed].max() ?? 0) > 1.5 * platoons.lanes[fed].flow)
    #expect((arrivals[fed].min() ?? 1) < 0.2 * platoons.lanes[fed].flow)
  }

  @Test("Pairs gain with traffic and nearness, and say why; groups follow the gain")
  func pairs() throws {
    let street = try Street(lengths: [150, 1400, 300], cycles: [60, 60, 60, 60])
    let pairs = street.planner.pairs(for: street.plan)
    #expect(pairs.map { [$0.first.index, $0.second.index] } == [[0, 1], [1, 2], [2, 3]])
    #expect(pairs.allSatisfy { $0.hasCommonCycle && isClose($0.flow, 600.0 / 3600) })
    #expect(pairs[0].gain > pairs[2].gain && pairs[2].gain > 2 * pairs[1].gain)
    // 150 m at the street's speed.
    #expect(pairs[0].time.rounded() == 16)
    let groups = CoordinationGroups(
      pairs, controllers: street.controllers, leastGain: (pairs[1].gain + pairs[2].gain) / 2
    ).groups
    #expect(groups.map { $0.controllers.map(\.index) } == [[0, 1], [2, 3]])
    #expect(groups.map { $0.pairs.count } == [1, 1] && groups[0].gain == pairs[0].gain)
    let alone = CoordinationGroups(pairs, controllers: street.controllers, leastGain: .infinity).groups
    #expect(alone.count == 4 && alone[3].pairs.isEmpty && alone[3].nearest == pairs[2])
    let long = try Street(
      lengths: [Int](repeating: 150, count: 22), cycles: [Int](repeating: 60, count: 23))
    let one = CoordinationGroups(
      long.planner.pairs(for: long.plan), controllers: long.controllers, leastGain: 0
    ).groups
    #expect(one.map(\.controllers) == [long.controllers])
    let unfit = try Street(lengths: [200], cycles: [80, 60])
    let pair = try #require(unfit.planner.pairs(for: unfit.plan).first)
    #expect(!pair.hasCommonCycle && pair.gain == 0)
  }

  @Test("The certificate's bound is the least cost of all offsets, and a shift of all changes nothing")
  func certificate() throws {
    let street = try Street(lengths: [150, 300], cycles: [40, 40, 40])
    let certificates = street.planner.certificates(for: street.plan)
    #expect(certificates.count == 1 && certificates[0].group.controllers == street.controllers)
    let found = try #require(certificates[0].offsets)
    let platoons = street.planner.platoons(of: street.controllers.compactMap { street.plan[$0] })
    let present = [0, 0, 0]
    let links = platoons.links(arrivals: platoons.settledArrivals(offsets: present), offsets: present)
    let problem = platoons.problem(links, fixed: [nil, nil, nil])
    let costs = (0..<40 * 40).map { problem.cost(of: [0, $0 / 40, $0 % 40]) }
    #expect(isClose(found.bound, costs.min() ?? 0, Self.rounding))
    #expect(isClose(found.cost, costs[0], Self.rounding) && found.gap > 0.1)
    #expect(isClose(found.costAtRandom, costs.reduce(0, +) / Double(costs.count), Self.rounding))
    let shifted = street.planner.certificates(for: street.shifted(street.plan, by: 7))
    #expect(isClose(shifted[0].offsets?.cost ?? 0, found.cost, Self.rounding))
    #expect(isClose(shifted[0].offsets?.bound ?? 0, found.bound, Self.rounding))
    let unfit = try Street(lengths: [200], cycles: [80, 60])
    let alone = unfit.planner.certificates(for: unfit.plan)
    #expect(alone.count == 2 && alone.allSatisfy { $0.offsets == nil })
  }

  @Test("On the eight-signal arterial simulated delay falls, and the plan is legal")
  func arterial() async throws {
    let path = "\(#filePath)".split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    let read = try ScenarioReader.read(path + "/networks/eight-signal-arterial/network.yaml", routes: [])
    let (network, period) = (read.scenario.network, read.scenario.periods[0])
    let flows = MovementFlows(network: network, demand: period.demand)
    let planner = OffsetPlanner(network: network, demand: period.demand, flows: flows.mean)
    let group = network.controllers.indices.map { ControllerID($0) }
    let plan = planner.offsets(for: period.existingPlan, groups: [group]).plan
    #expect(plan.check(against: network).isEmpty)
    // A quarter of an hour will do.
    var demand = period.demand
    demand.end = demand.begin + 900
    demand.counts = demand.counts.map { slice in
      CountSlice(
        begin: demand.begin, end: demand.end, vehicles: slice.vehicles.map { $0.map { $0 / 4 } },
        pedestrians: slice.pedestrians)
    }
    #expect(demand.counts.count == 1)
    let simulator = Simulator(network: network, demand: demand)
    let comparison = await PlanComparison(
      of: [period.existingPlan, plan], on: simulator, seeds: [11])
    // Over an hour and three seeds it is 65.5 s per vehicle before and 50.5 s after.
    #expect(comparison.estimate(1, \.totalDelay).mean < 0.9 * comparison.estimate(0, \.totalDelay).mean)
  }
}
