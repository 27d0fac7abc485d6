import CapacityWorksheets
import Foundation
import HighwayCapacity
import NetworkFormats
import Testing
import TrafficModel

/// HCM 7, chapter 31, example problem 1, written as a network file: exhibits 31-76 to 31-82.
@Suite("Capacity worksheets: the manual's example problem 1", .tags(.published))
struct ExampleProblem1Tests {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/fifth-and-twelfth.yaml").path

  let worksheet: JunctionWorksheet

  init() throws {
    let scenario = try FixtureFile.scenario("fifth-and-twelfth.yaml")
    let period = scenario.periods[0]
    let study = CapacityStudy(
      network: scenario.network, plan: period.existingPlan, demand: period.demand, detectorsDecide: true)
    worksheet = try #require(study.worksheets.first)
  }

  /// A row of the exhibits: s, c, d, level.
  struct Row: Sendable {
    let name: String
    let saturationFlow, capacity, delay: Double
    let level: HighwayCapacity.LevelOfService

    init(
      _ name: String, _ saturationFlow: Double, _ capacity: Double, _ delay: Double,
      _ level: HighwayCapacity.LevelOfService
    ) {
      self.name = name
      self.saturationFlow = saturationFlow
      self.capacity = capacity
      self.delay = delay
      self.level = level
    }
  }

  static let rows = [
    Row("EB L", 702, 149, 45.5, .d), Row("EB T", 1643, 484, 29.9, .c), Row("EB TR", 1201, 354, 30.6, .c),
    Row("WB L", 825, 208, 43.5, .d), Row("WB T", 1643, 484, 35.5, .d), Row("WB TR", 1398, 412, 36.2, .d),
    Row("NB L", 1603, 328, 13.5, .b), Row("NB T", 1683, 827, 72.0, .f), Row("NB TR", 1648, 809, 76.7, .f),
    Row("SB L", 1603, 225, 32.6, .c), Row("SB T", 1683, 887, 17.0, .b), Row("SB TR", 1630, 859, 17.1, .b),
  ]
  /// The exhibits print whole vehicles and tenths of a second, of durations with more digits than they print.
  static let flowTolerance = 1.0, delayTolerance = 0.15

  @Test("saturation flow, capacity, delay and level of each lane group are the printed ones", arguments: rows)
  func laneGroup(row: Row) throws {
    let group = try #require(worksheet.laneGroup(row.name)?.service)
    #expect(abs(group.saturationFlow - row.saturationFlow) <= Self.flowTolerance, "\(group.saturationFlow)")
    #expect(abs(group.capacity - row.capacity) <= Self.flowTolerance, "\(group.capacity)")
    #expect(abs(group.delay - row.delay) <= Self.delayTolerance, "\(group.delay)")
    #expect(group.levelOfService == row.level)
  }

  @Test("the junction's delay and level are the printed ones, by detectors")
  func junction() throws {
    let delay = try #require(worksheet.delay)
    #expect(abs(delay - 45.9) <= 0.05)
    #expect(worksheet.levelOfService == .d)
    #expect(worksheet.isActuated && worksheet.isCovered && worksheet.evaluations.count == 1)
    #expect(worksheet.laneGroups.count == Self.rows.count)
  }
}
