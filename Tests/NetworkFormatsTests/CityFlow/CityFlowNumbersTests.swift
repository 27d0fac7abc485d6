import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("Numbers of CityFlow files")
struct CityFlowNumbersTests {
  /// What a number may be that somebody typed wrong, or a program that divided by zero wrote.
  static let texts = ["1e30", "-1e30", "-1", "nan", "1e-300", ""]

  static let keys: [(file: String, key: String, value: String)] = [
    ("roadnet", "x", "300"), ("roadnet", "y", "300"), ("roadnet", "width", "20"),
    ("roadnet", "maxSpeed", "10"),
    ("roadnet", "time", "5"), ("roadnet", "startLaneIndex", "1"), ("roadnet", "endLaneIndex", "0"),
    ("flow", "length", "5"), ("flow", "usualPosAcc", "2"), ("flow", "usualNegAcc", "4.5"),
    ("flow", "minGap", "2.5"), ("flow", "maxSpeed", "11"), ("flow", "headwayTime", "1.5"),
    ("flow", "interval", "5.0"), ("flow", "startTime", "0"), ("flow", "endTime", "590"),
  ]

  @Test(
    "whatever a number is, reading ends in a scenario or in errors with their lines", arguments: keys.indices)
  func anything(index: Int) throws {
    let known = Self.keys[index]
    for value in Self.texts {
      func changed(_ text: String) throws -> String {
        var text = text
        let range = try #require(text.range(of: "\"\(known.key)\": \(known.value)"))
        text.replaceSubrange(range, with: "\"\(known.key)\": \(value)")
        return text
      }
      let isRoad = known.file == "roadnet"
      let roadnet = isRoad ? try changed(CityFlowFixture.roadnet) : CityFlowFixture.roadnet
      let flow = isRoad ? CityFlowFixture.flow : try changed(CityFlowFixture.flow)
      do {
        let scenario = try CityFlowFixture.read(roadnet: roadnet, flow: flow).scenario
        #expect(!value.hasSuffix("1e30") && value != "nan" && value != "", "\(known.key) of \(value)")
        for program in scenario.periods[0].existingPlan.programs.compactMap({ $0 }) {
          #expect(program.cycle >= 1)
        }
        _ = CityFlowWriter.write(scenario)
      } catch let failure as InputFailure {
        let errors = failure.diagnostics.filter { $0.severity == .error }
        #expect(
          !errors.isEmpty && errors.allSatisfy { $0.location.line != nil }, "\(known.key) of \(value)")
      }
    }
  }

  @Test("more vehicles than a computer holds are an error of their flow")
  func vehicles() throws {
    let flow = CityFlowFixture.flow.replacingOccurrences(
      of: "\"interval\": 5.0, \"startTime\": 0,\n  \"endTime\": 590",
      with: "\"interval\": 0.001, \"startTime\": 0,\n  \"endTime\": 1e7")
    #expect(flow != CityFlowFixture.flow)
    #expect(
      try CityFlowFixture.failure(flow: flow) == [
        "flow.json:1: with this flow there are more than 2000000 vehicles"
      ])
    // The first second counts as the last does.
    let most = flow.replacingOccurrences(of: "1e7", with: "1999.998")
    #expect(try CityFlowFixture.read(flow: most).scenario.periods[0].demand.departures.count == 2_000_000)
  }

  @Test("phases that are over before they begin are an error")
  func phases() throws {
    let times = ["5", "10", "20", "30"]
    let roadnet = times.reduce(CityFlowFixture.roadnet) { text, time in
      text.replacingOccurrences(of: "{\"time\": \(time),", with: "{\"time\": 1e-300,")
    }
    #expect(
      try CityFlowFixture.failure(roadnet: roadnet) == [
        "roadnet.json:15: the phases of intersection 'C' last 6e-300 s, less than 1 s"
      ])
  }
}
