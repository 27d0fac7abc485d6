import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

/// SUMO 1.28 makes the same loops of the same files: `libsumo.inductionloop` tells their lanes and places.
@Suite("Loops of SUMO's actuated programmes")
struct SUMODetectorTests {
  private static let phases =
    "<phase duration='42' state='rrrGGGgrrrGGGg' minDur='5' maxDur='50'/><phase duration='3' state='rrryyyyrrryyyy'/><phase duration='42' state='GGgrrrrGGgrrrr' minDur='8' maxDur='50'/><phase duration='3' state='yyyrrrryyyrrrr'/>"

  /// How the mill's signal responds, and for each of its loops its lane and m from that one's begin.
  private func read(
    parameters: String = "", phases: String = phases
  ) throws -> (actuation: StageActuation, loops: [String: Double], names: [String]) {
    try SUMOFixture.withFolder { folder in
      let path = "\(folder)/a.add.xml"
      try Data(
        "<additional><tlLogic id='Mill' type='actuated' programID='a' offset='0'>\(parameters)\(phases)</tlLogic></additional>"
          .utf8
      ).write(to: URL(fileURLWithPath: path))
      let read = try SUMOReader.read(
        network: SUMOFixture.path("mill/mill.net.xml"), routes: [path, SUMOFixture.path("mill/mill.rou.xml")])
      let network = read.scenario.network
      let actuation = try #require(read.scenario.periods[0].existingPlan.programs[0]?.actuation)
      let names = actuation.detectors.map {
        "\(network[network[$0.lane].link].name)_\(network[$0.lane].sourceIndex)"
      }
      let places = actuation.detectors.map { network[$0.lane].length - $0.distanceToEnd }
      return (actuation, Dictionary(zip(names, places)) { first, _ in first }, names)
    }
  }

  private func expect(_ loops: [String: Double], _ known: [String: Double]) {
    #expect(loops.keys.sorted() == known.keys.sorted())
    // SUMO tells more digits than are written here.
    for (lane, place) in known { #expect(abs((loops[lane] ?? -1) - place) < 0.01, "\(lane)") }
  }

  @Test("they lie two seconds before the stop line, or closer where the least green is short")
  func places() throws {
    let found = try read()
    expect(
      found.loops,
      [
        "e-in_0": 319.31, "e-in_1": 319.31, "w-in_0": 289.31, "w-in_1": 289.31, "n-mid_0": 207.12,
        "s-in_0": 261.82,
      ])
    #expect(
      found.actuation.detectors.allSatisfy { $0.largestGap == 3 && $0.length == 0 && $0.jamThreshold == nil })
  }

  @Test("parameters of programme and lanes change them")
  func parameters() throws {
    let found = try read(
      parameters:
        "<param key='detector-gap' value='1'/><param key='detector-length' value='3'/><param key='w-in_1' value='NO_DETECTOR'/><param key='max-gap:w-in_0' value='4'/>"
    )
    expect(
      found.loops,
      ["e-in_0": 328.91, "e-in_1": 328.91, "w-in_0": 298.91, "n-mid_0": 221.01, "s-in_0": 275.71])
    #expect(found.actuation.detectors.allSatisfy { $0.length == 3 })
    for (name, detector) in zip(found.names, found.actuation.detectors) {
      #expect(detector.largestGap == (name == "w-in_0" ? 4 : 3))
    }
    #expect(found.actuation.passageTime == 1)
  }

  @Test("the loops of lanes that all may go prolong a stage, beside left turns that always wait too")
  func stages() throws {
    let found = try read()
    func lanes(_ interval: Int) -> [String] {
      found.actuation.intervals[interval].detectors.map { found.names[$0] }.sorted()
    }
    #expect(lanes(0) == ["e-in_0", "e-in_1", "w-in_0", "w-in_1"])
    #expect(lanes(2) == ["n-mid_0", "s-in_0"])
    #expect(lanes(1).isEmpty && lanes(3).isEmpty)
  }

  @Test(
    "a lane whose left turn has a stage of its own prolongs no stage in which it waits for gaps; with a jam threshold it does"
  )
  func leftTurns() throws {
    let phases = Self.phases.replacingOccurrences(
      of: "<phase duration='42' state='GGg",
      with:
        "<phase duration='6' minDur='5' maxDur='9' state='rrrrrrGrrrrrrG'/><phase duration='3' state='rrrrrryrrrrrry'/><phase duration='42' state='GGg"
    )
    let strict = try read(phases: phases)
    func lanes(_ found: (actuation: StageActuation, loops: [String: Double], names: [String])) -> [String] {
      found.actuation.intervals[0].detectors.map { found.names[$0] }.sorted()
    }
    #expect(lanes(strict) == ["e-in_0", "w-in_0"])
    let jammed = try read(parameters: "<param key='jam-threshold' value='30'/>", phases: phases)
    #expect(lanes(jammed) == ["e-in_0", "e-in_1", "w-in_0", "w-in_1"])
    #expect(jammed.actuation.detectors.allSatisfy { $0.jamThreshold == 30 })
  }

  @Test("what is played is judged by its shortest greens, and the junction's own programme is legal")
  func rules() throws {
    let path = SUMOFixture.path("mill/mill.net.xml")
    try SUMOFixture.withFolder { folder in
      let file = "\(folder)/a.add.xml"
      let short = Self.phases.replacingOccurrences(of: "minDur='5'", with: "minDur='4'")
      try Data(
        "<additional><tlLogic id='Mill' type='actuated' programID='a' offset='0'>\(short)</tlLogic></additional>"
          .utf8
      ).write(to: URL(fileURLWithPath: file))
      let read = try SUMOReader.read(network: path, routes: [file, SUMOFixture.path("mill/mill.rou.xml")])
      let network = read.scenario.network
      #expect(read.scenario.periods[0].existingPlan.check(against: network).isEmpty)
      #expect(network.controllers[0].groups[4].minimumGreen == 4)
      #expect(network.controllers[0].groups[0].minimumGreen == 5)
    }
  }

  @Test("a detector that somebody made is not played, and the reason is told")
  func custom() throws {
    try SUMOFixture.withFolder { folder in
      let file = "\(folder)/a.add.xml"
      try Data(
        "<additional><tlLogic id='Mill' type='actuated' programID='a'><param key='e-in_1' value='mine'/>\(Self.phases)</tlLogic></additional>"
          .utf8
      ).write(to: URL(fileURLWithPath: file))
      let read = try SUMOReader.read(
        network: SUMOFixture.path("mill/mill.net.xml"), routes: [file, SUMOFixture.path("mill/mill.rou.xml")])
      #expect(read.scenario.network.controllers[0].presentControl == .responding(kind: "actuated"))
      #expect(
        read.warnings.contains {
          $0.message.contains("is not played (its detector 'mine' is somebody's own)")
        })
    }
  }
}
