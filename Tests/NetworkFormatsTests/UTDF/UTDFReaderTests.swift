import Foundation
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("UTDF reader")
struct UTDFReaderTests {
  @Test("a crossroads is read whole, in metres and seconds")
  func crossroads() throws {
    let read = try UTDFFixture.read(UTDFFixture.text())
    let network = read.scenario.network
    #expect(read.warnings.isEmpty, "\(read.warnings.map(\.text))")
    #expect(network.junctions.count == 5)
    #expect(network.links.count == 8)
    #expect(network.movements.count == 12)
    let east = try #require(network.links.first { $0.name == "10.W" })
    #expect(abs(east.length - 304.8) < 1e-9)
    #expect(abs(east.speed - 45 * 0.44704) < 1e-9)
    #expect(east.street == "Main St, north side")
    // From the kerb: straight on and right, straight on, a pocket for left turns.
    let lanes = network.lanes.filter { network[$0.link].name == "10.W" }
    #expect(lanes.map { ($0.length * 100).rounded() / 100 } == [304.8, 304.8, 60.96])
    let through = try #require(
      network.connections.first { network[network[$0.from].link].name == "10.W" && $0.turn == .through })
    #expect(abs(through.saturationFlow * 3600 - 1750) < 1e-6)
    #expect(through.startUpLostTime == through.yellowUsed)
    #expect(read.scenario.periods[0].existingPlan.check(against: network) == [])
  }

  @Test("volumes are of the hour that the file names, with the peak quarter that the peak hour factor gives")
  func volumes() throws {
    let scenario = try UTDFFixture.read(UTDFFixture.text()).scenario
    let demand = scenario.periods[0].demand
    #expect(demand.begin == 16.5 * 3600)
    #expect(demand.counts.count == 4)
    let network = scenario.network
    let index = try #require(
      network.movements.indices.first { network.name(of: MovementID($0)) == "10.W → 10.E out" })
    let quarters = demand.counts.map { $0.vehicles[index] ?? 0 }
    #expect(abs(quarters.reduce(0, +) - 1200) < 1e-9)
    // Peak hour factor = volume / (4 × busiest quarter).
    #expect(abs(1200 / (4 * (quarters.max() ?? 1)) - 0.92) < 1e-9)
  }

  @Test("phases of a dual ring are green beside each other, a permitted left turn waits for gaps")
  func rings() throws {
    let scenario = try UTDFFixture.read(UTDFFixture.text()).scenario
    #expect(UTDFFixture.greens(scenario, "WBL") == [[12, 8]])
    #expect(UTDFFixture.greens(scenario, "EBT") == [[24, 28]])
    #expect(UTDFFixture.greens(scenario, "EBL") == [[12, 11]])
    #expect(UTDFFixture.greens(scenario, "WBT") == [[27, 25]])
    // Protected from 57, then permitted until second 7 of the next cycle: green all the way.
    #expect(UTDFFixture.greens(scenario, "NBL") == [[57, 40]])
    // A right turn in the lane of straight traffic goes with it.
    #expect(UTDFFixture.greens(scenario, "EBR") == [[24, 28]])
    let controller = scenario.network.controllers[0]
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    let left = try #require(controller.groups.firstIndex { $0.name == "NBL" })
    #expect(program.states(at: 60)[left] == .protectedGreen)
    #expect(program.states(at: 75)[left] == .permissiveGreen)
  }

  @Test("walks are green until flashing don't walk must begin, which conflicting traffic waits for")
  func pedestrians() throws {
    let scenario = try UTDFFixture.read(UTDFFixture.text()).scenario
    // Phase 2 is eastbound: pedestrians cross the leg on its right, in the south.
    #expect(UTDFFixture.greens(scenario, "S.P") == [[24, 16]])
    let controller = scenario.network.controllers[0]
    let walk = try #require(controller.groups.firstIndex { $0.name == "S.P" })
    let side = try #require(controller.groups.firstIndex { $0.name == "NBT" })
    #expect(controller.groups[walk].minimumGreen == 7)
    #expect(controller.intergreens[walk][side] == 12 + 4 + 1)
    let crossing = scenario.network.crossings.first { $0.name == "10.S.P" }
    #expect(abs((crossing?.clearanceTime ?? 0) - 12) < 1e-9)
  }

  /// The second at which the event of phases 2 and 6 happens, when the plan begins at 12 s: phase 2 is green from
  /// 24 and 6 from 27, both until 52, with yellow until 56 and all-red until 57; 2 has flashing don't walk from 40.
  static let references: [(Int, Double)] = [(0, 27), (1, 52), (2, 57), (3, 24), (4, 40)]

  @Test("offsets of every reference give the same greens, without Start and End", arguments: references)
  func offsets(reference: Int, offset: Double) throws {
    let text = UTDFFixture.text(reference: reference, offset: offset, starts: false)
    let scenario = try UTDFFixture.read(text).scenario
    let known = try UTDFFixture.read(UTDFFixture.text(reference: 3, offset: 24)).scenario
    for group in known.network.controllers[0].groups.map(\.name) {
      #expect(UTDFFixture.greens(scenario, group) == UTDFFixture.greens(known, group), "\(group)")
    }
  }

  @Test("an offset that Start and End contradict is told, unless it stands behind them")
  func contradiction() throws {
    let read = try UTDFFixture.read(UTDFFixture.text(offset: 40))
    #expect(
      read.warnings.map(\.message) == [
        "the offset is 40 s, the phases' Start and End make it 24 s, which counts"
      ])
    let forced =
      UTDFFixture.text(offset: 24)
      + "\n[Timeplans]\nTiming Plan Settings\nRECORDNAME,INTID,DATA\nOffset,10,34\n"
    let scenario = try UTDFFixture.read(forced).scenario
    #expect(UTDFFixture.greens(scenario, "EBT") == [[34, 28]])
  }

  @Test("what spreadsheets do to a file changes nothing")
  func vendors() throws {
    let text = UTDFFixture.text(offset: 24)
    let known = try UTDFFixture.read(text)
    let padded = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + ",,,," }
    let variants = [
      "\u{feff}" + text, text.replacing("\n", with: "\r\n"), padded.joined(separator: "\r\n"),
      text.replacing("Cycle Length", with: "cycle length").replacing("Up ID", with: "UpID"),
    ]
    for (index, variant) in variants.enumerated() {
      // A mark at the beginning is the file's, not the text's.
      let read = try UTDFFixture.read(index == 0 ? String(variant.dropFirst()) : variant)
      #expect(read.scenario.periods == known.scenario.periods, "variant \(index)")
      #expect(read.scenario.network.links == known.scenario.network.links)
    }
  }

  @Test(
    "a file is read in whatever encoding it is",
    arguments: [String.Encoding.utf8, .utf16LittleEndian, .utf16BigEndian, .init(rawValue: 0x8000_0632)])
  func encodings(encoding: String.Encoding) throws {
    let text = UTDFFixture.text(offset: 24).replacing("Side St,Side St", with: "长征路,长征路")
    let path = NSTemporaryDirectory() + "utdf-\(encoding.rawValue).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let marks: [String.Encoding: [UInt8]] = [
      .utf8: [0xef, 0xbb, 0xbf], .utf16LittleEndian: [0xff, 0xfe], .utf16BigEndian: [0xfe, 0xff],
    ]
    let data = try #require(text.data(using: encoding))
    try (Data(marks[encoding] ?? []) + data).write(to: URL(fileURLWithPath: path))
    let read = try ScenarioReader.read(path, routes: [])
    #expect(read.scenario.network.links.first { $0.name == "10.S" }?.street == "长征路")
    #expect(read.warnings.count == (marks[encoding] == nil ? 1 : 0))
  }

  @Test("unknown records, columns and sections are passed over")
  func unknown() throws {
    let text =
      UTDFFixture.text(offset: 24).replacing("PED,HOLD", with: "PED,HOLD,Favourite")
      + "\n[Detectors]\nx,y\n1,2\n"
    let read = try UTDFFixture.read(text)
    #expect(read.warnings.map(\.message) == ["the section 'detectors' is not read"])
  }

  @Test("errors come all at once, each at its place")
  func errors() throws {
    let text = UTDFFixture.text(offset: 24)
      .replacing("Distance,10,1000", with: "Distance,10,far")
      .replacing("30,1,1000,0,0,", with: "30,7,1000,0,0,")
      .replacing("BRP,10,111", with: "BRP,10,7")
    let failure = #expect(throws: InputFailure.self) { try UTDFFixture.read(text) }
    let errors = (failure?.diagnostics ?? []).filter { $0.severity == .error }
    #expect(
      errors.map(\.message) == [
        "the type of a node is 0 (signals), 1 (external), 2 (bend), 3 (no signals) or 4 (roundabout), not 7",
        "'Distance' must be a number, not 'far'",
        "BRP is barrier, ring and position, a digit each, not 7",
      ])
    #expect(errors.allSatisfy { $0.location.line != nil && $0.location.column != nil })
  }
}
