import NetworkFormats
import TestSupport
import Testing
import TrafficModel

@Suite("Plans of many stage patterns, written and read back")
struct StagePatternTests {
  /// Which movements are green together, in order, at a junction of four legs.
  private static let patterns = [
    "[[EW.TR, NS.P], [EW.L], [NS.TR, EW.P], [NS.L]]",
    // Lefts lead in one street and lag in the other.
    "[[EW.L], [EW.TR, NS.P], [NS.TR, EW.P], [NS.L]]",
    // One approach after the other.
    "[[E.LTR], [W.LTR], [N.LTR], [S.LTR]]",
    // A leading left on one side, a lagging one on the other.
    "[[E.LTR], [EW.TR], [W.LTR], [NS.TR], [NS.L]]",
    // Lefts wait for gaps.
    "[[EW.LTR, NS.P], [NS.LTR, EW.P]]",
  ]

  /// A street of junctions with patterns and greens of a seed.
  private static func scenario(seed: Int) throws -> Scenario {
    var random = LinearCongruential(seed: seed)
    var text = "greenwave: 1\nname: Street\njunctions:\n"
    var counts = ""
    for number in 1...(1 + random.below(3)) {
      let pattern = patterns[random.below(patterns.count)]
      let stages = pattern.split(separator: "[").count
      let greens = (0..<stages).map { _ in String(12 + random.below(18)) }
      let mayWait = pattern.contains("[EW.LTR")
      let crossing = pattern.contains(".P") ? ", crossing: 9" : ""
      text += "  J\(number):\n"
      if mayWait { text += "    left-turns: permissive\n" }
      text += "    approaches:\n"
      for leg in ["N", "E", "S", "W"] { text += "      \(leg): {lanes: [L 60, T, TR]\(crossing)}\n" }
      text += "    stages: \(pattern)\n"
      text += "    plan: {green: [\(greens.joined(separator: ", "))], offset: \(random.below(60))}\n"
      counts += "      J\(number):\n"
      for leg in ["N", "E", "S", "W"] { counts += "        \(leg): {L: 50, T: 200, R: 40}\n" }
    }
    text += "periods:\n  am:\n    time: 07:30-08:30\n    counts:\n" + counts
    return try NativeReader.read(text: text, file: "street.yaml").scenario
  }

  @Test("greens are the same at the same seconds", arguments: 1...12)
  func patterns(seed: Int) throws {
    let scenario: Scenario
    do { scenario = try Self.scenario(seed: seed) } catch let failure as InputFailure {
      Issue.record("\(failure.diagnostics.map(\.text).joined(separator: "\n"))")
      return
    }
    let exchange = PlanExchange(scenario: scenario)
    for plan in [scenario.periods[0].existingPlan, PlanSamples.changed(scenario, seed: seed)] {
      for format in PlanExchange.Format.allCases {
        let (read, losses) = try exchange.roundTrip(plan, format)
        #expect(!losses.contains { $0.contains("green") || $0.contains("cannot be said") }, "\(losses)")
        exchange.expectSameGreens(read.plan, plan, "\(format)")
      }
    }
  }
}
