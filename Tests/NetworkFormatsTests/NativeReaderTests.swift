import Foundation
import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("Native files: what is read")
struct NativeReaderTests {
  @Test("a file that uses every key of the format is read without warnings")
  func everything() throws {
    let read = try NativeReader.read(Native.fixtures + "valid/everything.yaml")
    #expect(read.warnings.map(\.text) == [])
    #expect(read.scenario.periods.map(\.name) == ["am-peak", "holiday-night"])
  }

  @Test("a day's profile adds up multiples of its periods' mean flows, slice by slice")
  func days() throws {
    let scenario = try NativeReader.read(Native.fixtures + "valid/everything.yaml").scenario
    #expect(scenario.days.map(\.name) == ["weekday", "节日", "市集"])
    let day = scenario.days[0].demand
    #expect(day.begin == 21_600 && day.end == 32_400)
    #expect(day.counts.map(\.begin) == [21_600, 25_200, 28_800])
    let network = scenario.network
    let movement = try #require(
      network.movements.firstIndex { network[$0.from].name == "路口.N" && $0.turn == .through })
    let expected = [0.4, 1, 0.6].map { 480 * $0 }
    for (slice, vehicles) in zip(day.counts, expected) {
      let counted = try #require(slice.vehicles[movement])
      #expect(abs(counted / vehicles - 1) < Native.rounding)
    }
    // Of the routes of the other period, a fifth: 300 veh/h, and 140 vehicles in two and a half hours.
    let flows = day.flows.filter { $0.begin == 25_200 }
    #expect(flows.map(\.route) == [0, 1])
    for (flow, perHour) in zip(flows, [60, 11.2]) {
      #expect(abs(flow.rate * 3600 / perHour - 1) < Native.rounding)
      #expect(flow.end == 28_800)
    }
    #expect(scenario.days[1].demand.counts.count == 3 && scenario.days[1].demand.end == 86_400)
    #expect(scenario.days[2].demand.end == 93_600)
  }

  @Test("the published four-stage junction has its greens, its stages and its flow ratios")
  func fourStages() throws {
    let read = try NativeReader.read(Native.networks + "four-stage-junction/network.yaml")
    #expect(read.warnings.isEmpty)
    let period = try #require(read.scenario.periods.first)
    let program = try #require(period.existingPlan.programs.first ?? nil)
    #expect(program.stages.map { program.intervals[$0].duration } == [28, 22, 30, 28])
    #expect(program.cycle == 120)
    let network = read.scenario.network
    let critical = [
      ("Junction.E", Turn.right), ("Junction.E", .left), ("Junction.S", .through), ("Junction.N", .left),
    ]
    let ratios = try critical.map { name, turn in
      let index = try #require(
        network.movements.firstIndex { network[$0.from].name == name && $0.turn == turn })
      let flow = try #require(period.demand.counts[0].vehicles[index]) / period.demand.duration
      return flow / network[network.movements[index].connections[0]].saturationFlow
    }
    for (ratio, published) in zip(ratios, [0.2117, 0.1669, 0.2206, 0.2059]) {
      #expect(abs(ratio - published) < Native.rounding)
    }
  }
}

/// Where the files of the tests lie, and what tests of them share.
enum Native {
  /// What is wrong with the reader's answer to a text that may be damaged: nothing, when it is a scenario, or diagnostics
  /// with an error, each caret inside its line or just behind it.
  static func faults(readingDamaged text: some StringProtocol) -> [String] {
    do throws(InputFailure) {
      _ = try NativeReader.read(text: String(text), file: "damaged")
      return []
    } catch {
      let isError = error.diagnostics.contains { $0.severity == .error }
      let misplaced = error.diagnostics.filter { diagnostic in
        guard let line = diagnostic.sourceLine, let column = diagnostic.location.column else { return false }
        return column < 1 || column > line.unicodeScalars.count + 1
      }
      return (isError ? [] : ["no error"]) + misplaced.map(\.text)
    }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let fixtures = folder.path + "/Fixtures/native/"
  static let root = folder.deletingLastPathComponent().deletingLastPathComponent().path
  static let networks = root + "/networks/"
  static let documentation = root + "/Documentation/"

  /// The shipped networks and the fixtures that must be read.
  static func validFiles() throws -> [String] {
    let shipped = try FileManager.default.contentsOfDirectory(atPath: networks).sorted()
      .map { networks + $0 + "/network.yaml" }
      .filter { FileManager.default.fileExists(atPath: $0) }
    return try shipped + files(in: "valid/")
  }

  /// The fixtures that must be refused.
  static func invalidFiles() throws -> [String] { try files(in: "invalid/") }

  /// The ones among them that a schema can find fault with; their names begin so.
  static func structuralFiles() throws -> [String] {
    try invalidFiles().filter { URL(fileURLWithPath: $0).lastPathComponent.hasPrefix("structure-") }
  }

  private static func files(in subfolder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: fixtures + subfolder).sorted()
      .filter { $0.hasSuffix(".yaml") }.map { fixtures + subfolder + $0 }
  }

  /// Values that go from veh/h to veh/s and back differ by rounding of doubles only.
  static let rounding = 1e-12
}
