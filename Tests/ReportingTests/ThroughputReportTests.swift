import Foundation
import TestSupport
import Testing
import TrafficModel

@testable import Reporting
@testable import SignalOptimization
@testable import TrafficSimulation

@Suite("Reports of throughput curves")
struct ThroughputReportTests {
  /// Two plans at three scales: the second breaks down later.
  private func report(_ labels: [String] = ["existing", "plan.csv"]) throws -> ThroughputReport {
    let fixtures = try ReportFixtures()
    func run(_ demand: Int, _ served: Int) -> Measures {
      fixtures.measures(demand: demand, served: served, delay: 10, stops: 0, onTheRoad: 20)
    }
    let served = [[1180, 1380, 1400], [1180, 1480, 1600]]
    let points = [1200, 1500, 1800].enumerated().map { index, demand in
      ThroughputCurve.Point(
        scale: Double(demand) / 1500,
        comparison: PlanComparison(
          seeds: [1, 2],
          entries: labels.indices.map { plan in
            PlanComparison.Entry(
              plan: fixtures.star.plan(greens: [30, 30]),
              runs: [run(demand, served[min(plan, 1)][index]), run(demand, served[min(plan, 1)][index] + 10)])
          }))
    }
    let demand = Demand(
      begin: 27_000, end: 30_600,
      counts: [CountSlice(begin: 27_000, end: 30_600, vehicles: [900, 600], pedestrians: [])])
    return ThroughputReport(
      scenario: "星", period: "am-peak", network: fixtures.network, demand: demand, labels: labels,
      curve: ThroughputCurve(points: points, duration: 3600),
      reserves: labels.map { _ in
        ReserveCapacity(
          of: fixtures.star.plan(greens: [30, 30]), network: fixtures.network, demand: demand)
      })
  }

  @Test("Served against demand, then where each plan breaks down")
  func text() throws {
    let parts = try report().text.components(separatedBy: "\n\n")
    #expect(
      parts.prefix(2).joined(separator: "\n\n") == """
        星, am-peak: 0.80 to 1.20 times the demand from 7:30 to 8:30, mean of 2 seeds

               demand       existing       plan.csv
        scale   veh/h  served         served
         0.80   1,200   1,185 ± 64     1,185 ± 64
         1.00   1,500   1,385 ± 64 *   1,485 ± 64
         1.20   1,800   1,405 ± 64 *   1,605 ± 64 *
        """)
    let lines = try report().text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines.contains { $0.hasPrefix("existing            0.8") })
    #expect(lines.contains { $0.hasPrefix("plan.csv            1.0") })
  }

  @Test("Many plans stand in several tables")
  func many() throws {
    let labels = (1...6).map { "plan \($0)" }
    let text = try report(labels).text
    #expect(text.components(separatedBy: "scale   veh/h").count == 3)
    for label in labels { #expect(text.contains(label)) }
  }

  @Test("JSON has every point; the picture has every plan")
  func files() throws {
    let report = try report()
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(try report.json().utf8)) as? [String: Any])
    let plans = try #require(root["plans"] as? [[String: Any]])
    let points = try #require(plans[1]["points"] as? [[String: Any]])
    #expect(points.map { $0["keepsUp"] as? Bool } == [true, true, false])
    let served = points.map { $0["servedPerHour"] as? Double ?? 0 }
    #expect(zip(served, [1185, 1485, 1605]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(plans[0]["reserveSetBy"] as? String == "middle")
    let svg = report.picture().svg
    #expect(svg.contains(">existing: breaks down at 0.8"))
    #expect(report.picture(.chinese).svg.contains("需求全部通过"))
    #expect(svg.contains(">plan.csv: breaks down at 1.0"))
    #expect(svg.components(separatedBy: "<polyline").count == 3)
  }
}
