import Foundation
import Testing
import TrafficModel
import TrafficSimulation

@testable import Reporting
@testable import SignalOptimization

@Suite("Reports of optimizations")
struct OptimizationReportTests {
  private func report(_ fixtures: ReportFixtures, _ result: OptimizationResult) -> OptimizationReport {
    OptimizationReport(
      scenario: "Star", period: "早高峰", network: fixtures.network, demand: fixtures.demand, result: result)
  }

  @Test("A better plan: table, gain, junctions, prices, idle movements")
  func improvement() async throws {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(
      await fixtures.better(), isImprovement: true,
      idle: [IdleMovement(movement: MovementID(1), reason: .notCounted)])
    #expect(
      report(fixtures, result).text == """
        Star, 早高峰: 1 signal, 7:30 to 8:30, mean of 2 seeds

                                    existing         proposed          change
        demand, veh                    1,200            1,200           0.0 %
        served, veh/h                  1,005 ± 64       1,185 ± 64    +17.9 %
        unserved at the end, veh         195 ± 64          15 ± 64    -92.3 %
        total delay, veh·h              41.0 ± 12.7      10.5 ± 6.4   -74.4 % ± 15.5
        delay per vehicle, s           123.0 ± 38.1      31.5 ± 19.1  -74.4 % ± 15.5
        stops per vehicle               1.71 ± 0.53      0.79 ± 0.53  -53.7 %
        fullest lane, % of storage        50               50           0.0 %
        reserve capacity μ             0.900            1.250         +38.9 %

        The proposed plan is better than the existing one with 95 % confidence.
        It serves 180 vehicles per hour more. Signals can carry 10 % less than this
        demand now, 25 % more than this demand with the proposed plan.

        step           total delay, veh·h   change
        existing plan                41.0
        refinement                   10.5  -74.4 % ± 15.5

                  cycle, s  delay, veh·h  served, veh/h  worst v/c  lane full, %
        junction   now new      now  new      now   new   now  new       now new
        middle      66  48     41.0 10.5    1,005 1,185  1.11 0.80        50  50

        The green times of the proposed plan are within 0.10 % of the best possible for
        delay, proven at each junction for its cycle and stages (largest gap: middle).
        What binds:
          middle, cycle 48 s
            approach 0 lane 1 from the kerb (through), v/c 0.80: one more second of
              green saves 0.50 veh·h of delay per hour
            walk of group 'group 0': one second less of it saves 0.040 veh·h of delay
              per hour

        1 movement has no demand (nobody counted it): approach 1 → exit

        """)
  }

  @Test("Groups of signals: why, at what cycle, and how good their offsets are")
  func coordination() async throws {
    let fixtures = try ReportFixtures()
    let pair = CoordinationPair(
      first: ControllerID(0), second: ControllerID(0), flow: 600.0 / 3600, time: 16.4, gain: 0.7,
      costAtRandom: 1.75, hasCommonCycle: true)
    let group = CoordinationGroups.Group(controllers: [ControllerID(0)], pairs: [pair], nearest: nil)
    let alone = CoordinationGroups.Group(controllers: [ControllerID(0)], pairs: [], nearest: nil)
    let result = fixtures.result(
      await fixtures.better(), isImprovement: true,
      coordination: [
        CoordinationCertificate(
          group: group, offsets: OffsetCertificate(cycle: 48, cost: 1.2, costAtRandom: 2, bound: 1.14)),
        CoordinationCertificate(group: alone, offsets: nil),
      ])
    #expect(
      report(fixtures, result).text.hasSuffix(
        """
        Coordination in the proposed plan (1 group, 1 signal alone):
          'middle' together: good offsets save up to 0.7 veh·h/h; most 'middle' and
            'middle': 600 veh/h, 16 s apart; the best offset saves 40 % of the delay and
            stops between them, 0.7 veh·h/h, against a random one.
            Cycle 48 s. By the platoon model the offsets cost 40 % less than random
            ones; others could save another 5.0 % at most.
          'middle' alone: no traffic comes from or goes to another signal.

        """))
    let json = try report(fixtures, result).json(seconds: [:])
    #expect(json.contains("\"costAtRandom\" : 2"))
  }

  @Test("Pairs of signals whose cycles do not fit say so, and of many signals the first are named")
  func reasons() async throws {
    let fixtures = try ReportFixtures()
    let report = report(fixtures, fixtures.result(await fixtures.better(), isImprovement: true))
    let pair = CoordinationPair(
      first: ControllerID(0), second: ControllerID(0), flow: 0.1, time: 20, gain: 0, costAtRandom: 1,
      hasCommonCycle: false)
    let alone = CoordinationGroups.Group(controllers: [ControllerID(0)], pairs: [], nearest: pair)
    #expect(report.reason(alone).hasPrefix("'middle' alone: too little to gain; most 'middle' and 'middle'"))
    #expect(report.reason(alone).hasSuffix("360 veh/h, 20 s apart; their cycles do not fit each other"))
    let many = CoordinationGroups.Group(
      controllers: [ControllerID](repeating: ControllerID(0), count: 23), pairs: [pair], nearest: nil)
    #expect(report.reason(many).contains("'middle', 'middle' and 3 more together: good offsets"))
  }

  @Test("Where both plans serve everybody, the gain in throughput is zero and the room is told")
  func noThroughputGain() async throws {
    let fixtures = try ReportFixtures()
    let run = fixtures.measures(demand: 1200, served: 1180, delay: 10, stops: 900, onTheRoad: 20)
    let faster = fixtures.measures(demand: 1200, served: 1180, delay: 8, stops: 900, onTheRoad: 20)
    let comparison = await fixtures.comparison(existing: [run, run], proposed: [faster, faster])
    let text = report(fixtures, fixtures.result(comparison, isImprovement: true, existingReserve: 1.1)).text
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("the gain in throughput is zero: the gain is in delay and reserve."))
    #expect(
      words.contains(
        "Signals can carry 10 % more than this demand now, 25 % more than this demand with the proposed plan."
      ))
  }

  @Test("Queues that grow are not called served, whatever the signals could do")
  func growingQueues() async throws {
    let fixtures = try ReportFixtures()
    let run = fixtures.measures(demand: 1200, served: 900, delay: 100, stops: 900, onTheRoad: 150)
    let comparison = await fixtures.comparison(existing: [run, run], proposed: [run, run])
    let text = report(fixtures, fixtures.result(comparison, isImprovement: false, existingReserve: 1.1)).text
    #expect(text.contains("The difference in vehicles served is within chance."))
    #expect(text.contains("Keep your plan"))
    #expect(text.contains("best found"))
    #expect(!text.contains("proposed"))
  }

  @Test("Prices are told in the objective's terms", arguments: Objective.allCases)
  func prices(objective: Objective) async throws {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(await fixtures.better(), isImprovement: true, objective: objective)
    let text = report(fixtures, result).text
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    switch objective {
    case .delay: #expect(words.contains("one more second of green saves 0.50 veh·h of delay per hour"))
    case .throughput: #expect(words.contains("one more second of green serves 1,800 fewer veh/h"))
    case .reserve: #expect(words.contains("one more second of green lowers μ by 0.50"))
    }
  }

  @Test("Why nobody wants to make a movement is told in words")
  func idleReasons() {
    #expect(IdleMovement.Reason.noRoute.words == "no vehicle's route uses it")
    #expect(IdleMovement.Reason.countedZero.words == "the count is zero in every slice")
  }

  @Test("Green waves are told with what they cost", arguments: [true, false])
  func greenWaves(cost: Bool) async throws {
    let fixtures = try ReportFixtures()
    var comparison = await fixtures.better()
    if cost { (comparison.existing, comparison.proposed) = (comparison.proposed, comparison.existing) }
    let result = fixtures.result(comparison, isImprovement: !cost)
    let waves = BandwidthReport(
      controllers: [ControllerID(0)], isFound: false, cycle: 60, kind: .throughout,
      bands: .init(outbound: 30, inbound: 15), existing: .init(outbound: 6, inbound: 0), links: [],
      reordered: [], pareto: [.init(outbound: 30, inbound: 15), .init(outbound: 20, inbound: 25)],
      objective: 45, bound: 45, program: "")
    let report = OptimizationReport(
      scenario: "Fixture", period: "am", network: fixtures.network, demand: fixtures.demand, result: result,
      bandwidth: waves)
    let words = report.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("proposed 30.0 50.0 15.0 25.0"))
    #expect(words.contains("30.0 + 15.0, 20.0 + 25.0"))
    #expect(words.contains("more delay than the existing one, with 95 % confidence") == cost)
    #expect(words.contains("less delay than the existing one, with 95 % confidence") != cost)
    #expect(!words.contains("Keep your plan") && !words.contains("best found"))
    let root = try JSONSerialization.jsonObject(with: Data(try report.json(seconds: [:]).utf8))
    let bandwidth = try #require((root as? [String: Any])?["bandwidth"] as? [String: Any])
    #expect((bandwidth["share"] as? [String: Double])?["inbound"] == 0.25)
    #expect(bandwidth["gap"] as? Double == 0)
  }

  @Test("One seed has no confidence interval, no demand no percent, and nothing traps")
  func emptyMeasures() async throws {
    let fixtures = try ReportFixtures()
    let nothing = fixtures.measures(demand: 0, served: 0, delay: 0, stops: 0, onTheRoad: 0)
    let some = fixtures.measures(demand: 1, served: 1, delay: 1, stops: 1, onTheRoad: 1)
    let comparison = await fixtures.comparison(existing: [nothing], proposed: [some])
    let found = report(
      fixtures, fixtures.result(comparison, isImprovement: false, existingReserve: .infinity))
    #expect(!found.text.contains("±"))
    #expect(!found.text.contains("nan"))
    #expect(!found.text.contains("inf"))
    #expect(try found.json(seconds: [:]).contains("\"isImprovement\" : false"))
  }

  @Test("The summary for programs has the documented keys and the same numbers")
  func json() async throws {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(await fixtures.better(), isImprovement: true)
    let text = try report(fixtures, result).json(seconds: ["splits": 0.5])
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      root.keys.sorted() == [
        "certificate", "change", "existing", "isImprovement", "isStopped", "junctions", "loads", "losses",
        "period",
        "proposed", "scenario", "seconds", "seeds", "spillback", "stages", "steps",
      ])
    let proposed = try #require(root["proposed"] as? [String: Any])
    for (key, value) in [
      ("demand", 1200), ("served", 1185), ("unserved", 15), ("totalDelayHours", 10.5),
      ("delayPerVehicle", 31.5),
      ("stops", 950), ("reserveCapacity", 1.25), ("fullestLane", 0.5), ("servedPerHour", 1185),
    ] as [(String, Double)] {
      #expect(proposed[key] as? Double == value, "\(key)")
    }
    let certificate = try #require(root["certificate"] as? [String: Any])
    #expect(certificate["objective"] as? String == "delay")
    #expect(root["seconds"] as? [String: Double] == ["splits": 0.5])
  }

  @Test("Each step is told with its change against the existing plan")
  func steps() async throws {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(await fixtures.better(), isImprovement: true)
    let text = try report(fixtures, result).json(seconds: [:])
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let steps = try #require(root["steps"] as? [[String: Any]])
    #expect(steps.map { $0["name"] as? String } == ["existing plan", "refinement"])
    #expect(steps.map { $0["totalDelayHours"] as? Double } == [41, 10.5])
    #expect(steps.map { $0["changeHours"] as? Double } == [0, -30.5])
    let halfWidths = steps.map { $0["changeHalfWidthHours"] as? Double }
    #expect(halfWidths[0] == 0)
    // The differences of the two seeds are −30 and −31 veh·h: t(1) × 0.5.
    #expect(abs((halfWidths[1] ?? 0) - 12.706 * 0.5) < 1e-9)
  }

  @Test("The existing plan alone makes no table of steps, and one seed no half-widths")
  func fewSteps() async throws {
    let fixtures = try ReportFixtures()
    let run = fixtures.measures(demand: 10, served: 10, delay: 1, stops: 0, onTheRoad: 1)
    let comparison = await fixtures.comparison(existing: [run], proposed: [run])
    var result = fixtures.result(comparison, isImprovement: false)
    #expect(!(try report(fixtures, result).json(seconds: [:]).contains("changeHalfWidthHours")))
    let withSteps = report(fixtures, result).text
    #expect(withSteps.contains("step "))
    result.steps.removeLast()
    #expect(!report(fixtures, result).text.contains("step "))
  }

  @Test("A report is the same every time")
  func determinism() async throws {
    let fixtures = try ReportFixtures()
    let result = fixtures.result(await fixtures.better(), isImprovement: true)
    let first = report(fixtures, result)
    #expect(first.text == report(fixtures, result).text)
    #expect(try first.json(seconds: [:]) == report(fixtures, result).json(seconds: [:]))
  }
}
