import Foundation
import NetworkFormats
import Testing
import TrafficModel

@testable import own_format

@Suite("Registry of formats")
struct FormatRegistryTests {
  private static let text = "west mill 300\nmill east 250.5\nmill north 80\n"
  private let formats = OwnFormat.formats

  private func read(_ text: String, name: String = "town.street") throws -> ReadScenario {
    try SUMOFixture.withFile(text, name: name) { try formats.read(InputFiles($0)) }
  }

  @Test("a format that a program adds is read by its ending, with the files that it was made of")
  func reads() throws {
    let read = try read(Self.text)
    #expect(read.scenario.network.links.map(\.length) == [300, 250.5, 80])
    #expect(read.scenario.network.connections.count == 2)
    #expect(read.files.map { $0.path.split(separator: "/").last } == ["town.street"])
    #expect(try read.files[0].bytes() == Array(Self.text.utf8))
  }

  @Test("it is converted to all that the others write, and back by the network file between")
  func converts() throws {
    let scenario = try read(Self.text).scenario
    for writer in formats.networkWriters {
      #expect(try !writer.write(scenario, origin: nil).files.isEmpty, "\(writer.name)")
    }
    let native = try #require(formats.networkWriter(forOutput: "town.yaml"))
    let street = try #require(formats.networkWriter(forOutput: "TOWN.STREET"))
    let file = try native.write(scenario, origin: nil).files[0].text
    let back = try read(file, name: "town.yaml").scenario
    expectEqual(back, scenario)
    #expect(
      try street.write(back, origin: nil).files[0].text
        == Self.text.replacing("300", with: "300.0").replacing("80", with: "80.0"))
    #expect(try street.write(PlanSamples.network("four-stage-junction"), origin: nil).losses.count == 2)
  }

  @Test("what is wrong is told in its words, and what is no format's, with all that are known")
  func failures() throws {
    let error = #expect(throws: InputFailure.self) { try read("a b nan\nb c 1e30\nb c\n") }
    #expect(error?.diagnostics.map(\.location.line) == [1, 2, 3])
    let unknown = #expect(throws: InputFailure.self) { try read("<gates/>", name: "town.xml") }
    let known = try #require(unknown?.diagnostics.first?.notes.first)
    #expect(
      known
        == "known are network files (.yaml, .yml), streets (.street), SUMO configurations (.sumocfg), SUMO networks (.net.xml, .net.xml.gz), UTDF files of Synchro (.csv), and folders of GMNS, CityFlow or MATSim"
    )
    #expect(formats.networkWriter(forOutput: "town.pdf") == nil)
    #expect(formats.networkWriter(forOutput: "town/")?.name == "gmns")
  }

  @Test("names are not given twice")
  func names() {
    let names = FormatRegistry.shipped.formats.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
