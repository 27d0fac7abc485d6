import TestSupport
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Rings in other formats")
struct RingFormatsTests {
  private func scenario() throws -> Scenario {
    try NativeReader.read(Native.networks + "dual-ring-junction/network.yaml").scenario
  }

  /// Number, ring, barrier, position, times and names of the groups of each phase.
  private func phases(_ scenario: Scenario) throws -> [String] {
    let controller = scenario.network.controllers[0]
    let rings = try #require(controller.rings)
    return rings.phases.map { phase in
      let places = [phase.number, phase.ring, phase.barrier, phase.position]
      let times = [
        phase.minimumGreen, phase.yellow, phase.allRed, phase.walk, phase.flashingDontWalk,
      ]
      return "\(places) \(times) \(phase.groups.count) \(phase.permitted.count)"
    }
  }

  @Test("GMNS keeps phases, times and who waits")
  func gmns() throws {
    let scenario = try scenario()
    let read = try GMNSFixture.readBack(GMNSWriter.write(scenario)).scenario
    #expect(try phases(read) == phases(scenario))
  }

  /// The scenario with two phases that keep their places and one that may be left out.
  private func limitedScenario() throws -> Scenario {
    var scenario = try scenario()
    let network = scenario.network
    var controllers = network.controllers
    var phases = try #require(controllers[0].rings).phases
    phases[0].keepsPlace = true
    phases[1].keepsPlace = true
    phases[phases.count - 1].isOptional = true
    controllers[0].rings = PhaseRings(phases: phases)
    scenario.network = try network.replacing(controllers: controllers)
    return scenario
  }

  @Test("GMNS keeps which phases keep their places and which may be left out")
  func limits() throws {
    let scenario = try limitedScenario()
    let phases = try #require(scenario.network.controllers[0].rings).phases
    let written = GMNSWriter.write(scenario)
    #expect(!written.losses.contains { $0.contains("left out") })
    let read = try #require(GMNSFixture.readBack(written).scenario.network.controllers[0].rings)
    #expect(read.phases.map(\.keepsPlace) == phases.map(\.keepsPlace))
    #expect(read.phases.map(\.isOptional) == phases.map(\.isOptional))
  }

  @Test("UTDF keeps phases, times and who waits")
  func utdf() throws {
    let scenario = try scenario()
    let written = UTDFWriter.write(scenario)
    let read = try UTDFFixture.read(written.files[0].text).scenario
    #expect(try phases(read) == phases(scenario))
    #expect(written.files[0].text.contains("BRP,1,111,112,211,212,121,122,221,222"))
  }

  @Test("UTDF says what it cannot keep of rings and stages")
  func utdfLosses() throws {
    let limited = UTDFWriter.write(try limitedScenario()).losses
    #expect(
      limited.contains {
        $0.hasPrefix("phases that keep their places or may be left out, at 1 controller")
      })
    let staged = try NativeReader.read(Native.networks + "four-stage-junction/network.yaml").scenario
    #expect(UTDFWriter.write(staged).losses.contains("the stages of 1 controller: they are phases in rings"))
    #expect(
      !UTDFWriter.write(try scenario()).losses.contains { $0.contains("rings") || $0.contains("places") })
  }

  @Test("A controller of stages does not become one of rings by GMNS")
  func stages() throws {
    let scenario = try NativeReader.read(Native.networks + "four-stage-junction/network.yaml").scenario
    let read = try GMNSFixture.readBack(GMNSWriter.write(scenario)).scenario
    #expect(read.network.controllers[0].rings == nil)
  }
}
