import Foundation
import NetworkBuilding
import TrafficModel

/// Networks and plans for the tests of plan files.
enum PlanFixtures {
  /// Controllers without roads: plan files know nothing of roads. Names hold what tables and JSON must escape.
  static func network() throws -> Network {
    try Network(
      junctions: [], links: [], lanes: [], connections: [], conflicts: [],
      controllers: [
        controller("A", groups: ["N", "S", "walk"]),
        controller("长征路口", groups: ["东进口", "西进口"]),
        controller("Main St, \"north\"", groups: ["0"]),
        controller("two\nlines; and\ta tab", groups: ["a, b", " c ", "d\"e", "f\\g"]),
      ])
  }

  private static func controller(_ name: String, groups: [String]) -> SignalController {
    let count = groups.count
    return SignalController(
      name: name, groups: groups.map { SignalGroup(name: $0, minimumGreen: 5, yellow: 3) },
      conflicts: [[GroupConflict]](repeating: [GroupConflict](repeating: .none, count: count), count: count),
      intergreens: [[Double]](repeating: [Double](repeating: 0, count: count), count: count))
  }

  /// A plan of the first two controllers, easy to read.
  static func plan() -> TimingPlan {
    func rows(_ rows: [(Double, String)]) -> [SignalInterval] {
      rows.map { SignalInterval(duration: $0, states: $1.compactMap { SignalState(rawValue: String($0)) }) }
    }
    return TimingPlan(
      name: "am-peak",
      programs: [
        SignalProgram(
          controller: ControllerID(0), name: "day", offset: 12,
          intervals: rows([(30.5, "Ggr"), (3, "yyr"), (2, "rrr"), (10, "rrG"), (4.5, "rrr")])),
        SignalProgram(
          controller: ControllerID(1), name: "day", offset: -0.25,
          intervals: rows([(20, "Gr"), (3, "yr"), (20, "rG"), (3, "ry")])),
        nil, nil,
      ])
  }

  /// A plan with random rows, decimals and offsets, none of which is a sum of binary fractions that stands for a decimal, and some controllers left out.
  static func randomPlan(seed: UInt64, network: Network) -> TimingPlan {
    var random = SplitMix(state: seed)
    let names = ["", "晚高峰", "a,b", "say \"no\"", " spaces ", "line\nend", "\u{1F6A6}", "0012"]
    var programs = network.controllers.enumerated().map { index, controller -> SignalProgram? in
      guard random.below(4) > 0 else { return nil }
      let intervals = (0..<(1 + random.below(6))).map { _ in
        SignalInterval(
          duration: random.duration(),
          states: controller.groups.map { _ in SignalState.allCases[random.below(SignalState.allCases.count)]
          })
      }
      return SignalProgram(
        controller: ControllerID(index), name: names[random.below(names.count)],
        offset: wholeThousandths(random.duration() - 40), intervals: intervals)
    }
    if programs.allSatisfy({ $0 == nil }) {
      programs[0] = plan().programs[0]
    }
    return TimingPlan(name: names[random.below(names.count)], programs: programs)
  }

  /// The folder of the fixtures.
  static var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/plans")
  }

  /// A small seeded generator for test data.
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// Whole seconds, tenths, or all the digits that a number can have; above 0.
    mutating func duration() -> Double {
      switch below(3) {
      case 0: Double(1 + below(90))
      case 1: Double(1 + below(900)) / 10
      default: Double.random(in: 0.001...90, using: &self)
      }
    }
  }
}
