import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("UTDF writer")
struct UTDFWriterTests {
  private func isAboutGreens(_ loss: String) -> Bool {
    loss.contains("green") || loss.contains("cannot be said")
  }

  @Test("grids keep roads, movements and greens", arguments: [(1, 1), (2, 3), (3, 4)])
  func grids(rows: Int, columns: Int) throws {
    for seed in [1, 7] as [UInt64] {
      let text = GridNetwork.yaml(rows: rows, columns: columns, seed: seed)
      let scenario = try NativeReader.read(text: text, file: "grid").scenario
      let written = UTDFWriter.write(scenario)
      #expect(!written.losses.contains(where: isAboutGreens), "\(written.losses)")
      let read = try UTDFFixture.read(written.files[0].text).scenario
      #expect(read.network.links.map(\.length).sorted() == scenario.network.links.map(\.length).sorted())
      #expect(Set(read.network.junctions.map(\.name)) == Set(scenario.network.junctions.map(\.name)))
      #expect(Set(read.network.links.map(\.name)) == Set(scenario.network.links.map(\.name)))
      let volumes = { (scenario: Scenario) -> [Double] in
        let counts = scenario.periods[0].demand.counts
        return scenario.network.movements.indices.map { index in
          counts.reduce(0) { $0 + ($1.vehicles[index] ?? 0) }.rounded()
        }.sorted()
      }
      #expect(volumes(read) == volumes(scenario))
    }
  }

  @Test(
    "shipped networks are green at the same seconds",
    arguments: ["four-stage-junction", "dual-ring-junction", "eight-signal-arterial", "lijiang-old-town"])
  func shipped(name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("networks/\(name)/network.yaml").path
    let scenario = try NativeReader.read(path).scenario
    let losses = UTDFWriter.write(scenario).losses
    #expect(!losses.contains(where: isAboutGreens), "\(losses)")
  }

  @Test("what is written of a dual ring is one again, and reads back as the same scenario")
  func dualRing() throws {
    let scenario = try UTDFFixture.read(UTDFFixture.text(offset: 24)).scenario
    let written = UTDFWriter.write(scenario)
    #expect(!written.losses.contains(where: isAboutGreens), "\(written.losses)")
    #expect(written.files[0].text.contains("BRP,10,111,112,211,212,121,122,221,222"))
    let read = try UTDFFixture.read(written.files[0].text).scenario
    for group in scenario.network.controllers[0].groups.map(\.name) {
      #expect(UTDFFixture.greens(read, group) == UTDFFixture.greens(scenario, group), "\(group)")
    }
    // Written once more, nothing changes.
    #expect(UTDFWriter.write(read).files == written.files)
  }

  @Test("another plan goes into a file in which all else stays as it is")
  func updating() throws {
    let original = UTDFFixture.text() + "\n[Detectors]\nof,a vendor\n1,2\n"
    let scenario = try UTDFFixture.read(original).scenario
    // Ten seconds later, and five seconds of green more for the main street, five less for the side street.
    var plan = scenario.periods[0].existingPlan
    var program = try #require(plan.programs[0])
    let groups = scenario.network.controllers[0].groups.map(\.name)
    let (main, side) = (groups.firstIndex(of: "EBT") ?? 0, groups.firstIndex(of: "E.P") ?? 0)
    let longest = { (group: Int) in
      program.intervals.indices.filter { program.intervals[$0].states[group].isGreen }
        .max { program.intervals[$0].duration < program.intervals[$1].duration } ?? 0
    }
    let (longer, shorter) = (longest(main), longest(side))
    program.intervals[longer].duration += 5
    program.intervals[shorter].duration -= 5
    program.offset += 10
    plan.programs[0] = program
    let written = try UTDFWriter.write(plan, updating: original, file: "town.csv")
    #expect(written.losses == [])
    let text = written.files[0].text
    let read = try UTDFFixture.read(text).scenario
    let wanted = Scenario(
      name: "", network: scenario.network,
      periods: [Period(name: "", demand: scenario.periods[0].demand, existingPlan: plan)])
    for group in groups where !group.hasSuffix(".P") {
      #expect(UTDFFixture.greens(read, group) == UTDFFixture.greens(wanted, group), "\(group)")
    }
    let changed = zip(original.split(separator: "\n"), text.split(separator: "\n")).filter { $0 != $1 }.map(
      \.0)
    #expect(
      changed.allSatisfy { line in
        ["Offset,10", "MaxGreen,10", "Start,10", "End,10"].contains { line.hasPrefix($0) }
      }, "\(changed)")
    #expect(text.split(separator: "\n").count == original.split(separator: "\n").count)
  }
}
