import Foundation
import NetworkFormats
import Testing
import TrafficModel

@Suite("SUMO reader: bad input")
struct SUMOInvalidTests {
  static let files =
    ((try? FileManager.default.contentsOfDirectory(atPath: SUMOFixture.path("invalid"))) ?? [])
    .filter { !$0.hasSuffix(".expected") }.sorted()

  /// All diagnostics of a file, with paths cut to names; a network is read alone, others with the small one.
  private func diagnostics(_ name: String) -> String {
    let path = SUMOFixture.path("invalid/\(name)")
    do {
      _ =
        name.contains(".net.")
        ? try SUMOReader.read(network: path, routes: [])
        : try SUMOReader.read(network: SUMOFixture.path("small/small.net.xml"), routes: [path])
      return "no error\n"
    } catch {
      return error.diagnostics.map(\.text).joined(separator: "\n")
        .replacingOccurrences(of: SUMOFixture.folder + "/", with: "") + "\n"
    }
  }

  @Test("every error is reported at once, with its place", arguments: files)
  func expected(name: String) throws {
    let found = diagnostics(name)
    let expectation = "invalid/\(name).expected"
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(found.utf8).write(to: URL(fileURLWithPath: SUMOFixture.path(expectation)))
      Issue.record("recorded \(expectation)")
    }
    #expect(found == (try SUMOFixture.text(expectation)))
  }

  @Test("there are invalid fixtures")
  func fixturesExist() { #expect(Self.files.count >= 14) }

  @Test("a missing file and a folder are told apart")
  func missing() throws {
    let network = SUMOFixture.path("small/small.net.xm")
    do {
      _ = try SUMOReader.read(network: network, routes: [SUMOFixture.folder])
      Issue.record("it was read")
    } catch {
      #expect(error.diagnostics.map(\.message) == ["there is no such file", "this is a folder, not a file"])
      #expect(error.diagnostics[0].notes == ["did you mean 'small.net.xml'?"])
    }
  }

  @Test(
    "a plan's errors are located",
    arguments: [
      ("<tlLogic id='路囗'><phase duration='9' state='GG'/></tlLogic>", "unknown signal '路囗'"),
      ("<tlLogic id='路口' programID='p'/>", "signal '路口': programme 'p' has no phase"),
      (
        "<tlLogic id='路口'><phase duration='9' state='G'/></tlLogic>",
        "signal '路口': states of 1 letters, the network wants 2"
      ),
      (
        "<tlLogic id='路口'><phase duration='9' state='GZ'/></tlLogic>",
        "signal '路口': unknown letter 'Z' in the state 'GZ'"
      ),
    ])
  func plan(element: String, expected: String) throws {
    let network = try SUMOReader.read(network: SUMOFixture.path("small/small.net.xml"), routes: [])
      .scenario.network
    try SUMOFixture.withFile("<additional>\n\(element)\n</additional>", name: "p.xml") { path in
      do {
        _ = try SUMOPlan.read(InputFile(path), network: network, time: PlanTime(period: "", time: 0..<3600))
        Issue.record("it was read")
      } catch let failure as InputFailure {
        #expect(failure.diagnostics.map(\.message) == [expected])
        #expect(failure.diagnostics.map(\.location.line) == [2])
      }
    }
  }
}
