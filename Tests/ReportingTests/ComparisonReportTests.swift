import Foundation
import SignalOptimization
import Testing
import TrafficModel
import TrafficSimulation

@testable import Reporting

@Suite("Reports of comparisons")
struct ComparisonReportTests {
  private func report(_ labels: [String], withSUMO: Bool = false) async throws -> ComparisonReport {
    let fixtures = try ReportFixtures()
    let pair = await fixtures.better()
    let comparison = PlanComparison(seeds: pair.seeds, entries: Array(pair.both.prefix(labels.count)))
    return ComparisonReport(
      scenario: "Star", period: "am-peak", network: fixtures.network, demand: fixtures.demand, labels: labels,
      comparison: comparison,
      sumo: withSUMO ? SUMOVerdict(version: "1.28.0", comparison: comparison) : nil)
  }

  @Test("What SUMO says of the plans stands below, and in the JSON beside them")
  func sumo() async throws {
    let report = try await report(["existing", "plan.csv"], withSUMO: true)
    let own = try await self.report(["existing", "plan.csv"]).text
    #expect(
      report.text.contains(
        """
        The same plans and 1,200 vehicles in SUMO 1.28.0

                  served  unserved         delay  stops    delay change
        plan       veh/h       veh  s/veh          /veh
        existing   1,005       195  123.0 ± 38.1   1.71
        plan.csv   1,185        15   31.5 ± 19.1   0.79  -74.4 % ± 15.5

        """))
    #expect(report.text.hasPrefix(own.components(separatedBy: "Every plan")[0]))
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(try report.json().utf8)) as? [String: Any])
    let sumo = try #require(root["sumo"] as? [String: Any])
    #expect(sumo["version"] as? String == "1.28.0")
    let plans = try #require(sumo["plans"] as? [[String: Any]])
    #expect(plans.map { $0["plan"] as? String } == ["existing", "plan.csv"])
    #expect(plans[0]["links"] == nil)
  }

  @Test("A single plan's JSON has its links, several plans' has not")
  func links() async throws {
    func plans(_ labels: [String]) async throws -> [[String: Any]] {
      let text = try await report(labels).json()
      let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return try #require(root?["plans"] as? [[String: Any]])
    }
    let links = try #require(try await plans(["existing"])[0]["links"] as? [[String: Any]])
    let network = try ReportFixtures().network
    #expect(links.map { $0["link"] as? String } == network.links.map(\.name))
    // 40 and 42 veh·h, all on the first link.
    #expect(abs((links[0]["totalDelayHours"] as? Double ?? 0) - 41) < 1e-9)
    #expect(links[1]["totalDelayHours"] as? Double == 0)
    #expect(try await plans(["existing", "plan.csv"]).allSatisfy { $0["links"] == nil })
  }

  @Test("Several plans: one row each, changes against the first")
  func plans() async throws {
    #expect(
      try await report(["existing", "plan.csv"]).text == """
        Star, am-peak: 1,200 vehicles from 7:30 to 8:30, mean of 2 seeds

                  served  unserved         delay  stops     lane    delay change
        plan       veh/h       veh  s/veh          /veh  full, %
        existing   1,005       195  123.0 ± 38.1   1.71       50
        plan.csv   1,185        15   31.5 ± 19.1   0.79       50  -74.4 % ± 15.5

        Every plan met the same vehicles; ± is the half-width of the 95 % confidence
        interval, and change is against the first plan, seed by seed.

        """)
  }

  @Test("One plan: its measures, then its junctions")
  func onePlan() async throws {
    #expect(
      try await report(["existing"]).text == """
        Star, am-peak: 1,200 vehicles from 7:30 to 8:30, mean of 2 seeds

                                    existing
        demand, veh                    1,200
        served, veh/h                  1,005 ± 64
        unserved at the end, veh         195 ± 64
        total delay, veh·h              41.0 ± 12.7
        delay per vehicle, s           123.0 ± 38.1
        stops per vehicle               1.71 ± 0.53
        fullest lane, % of storage        50

        junction  cycle, s  delay, veh·h  served, veh/h  lane full, %
        middle          66          41.0          1,005            50

        """)
  }

  @Test("The comparison for programs has each plan and its change")
  func json() async throws {
    let text = try await report(["existing", "plan.csv"]).json()
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let plans = try #require(root["plans"] as? [[String: Any]])
    #expect(plans.map { $0["plan"] as? String } == ["existing", "plan.csv"])
    #expect(plans[0]["change"] == nil)
    let change = try #require(plans[1]["change"] as? [String: [String: Double]])
    // (10 − 40 + 11 − 42) / (40 + 42)
    let expected = -61.0 / 82 * 100
    #expect(abs((change["totalDelayHours"]?["percent"] ?? 0) - expected) < 1e-9)
  }
}
