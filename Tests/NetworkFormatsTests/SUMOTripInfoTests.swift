import NetworkFormats
import Testing

@Suite("SUMO's trip output")
struct SUMOTripInfoTests {
  private func trip(_ attributes: String) -> String { "<tripinfo id=\"v\" \(attributes)/>" }

  private func read(_ trips: [String]) throws -> SUMOTripInfo {
    try SUMOFixture.withFile(
      "<?xml version=\"1.0\"?>\n<tripinfos>\n\(trips.joined(separator: "\n"))\n</tripinfos>\n",
      name: "trips.xml"
    ) { try SUMOTripInfo(path: $0) }
  }

  @Test("Arrived, unfinished and undeparted vehicles all count; those due after the end do not")
  func sums() throws {
    let info = try read([
      trip(
        "depart=\"10.00\" departDelay=\"2.00\" arrival=\"70.00\" duration=\"60.00\" timeLoss=\"12.50\" waitingCount=\"2\""
      ),
      trip(
        "depart=\"20.00\" departDelay=\"0.00\" arrival=\"-1.00\" duration=\"80.00\" timeLoss=\"30.25\" waitingCount=\"1\""
      ),
      trip(
        "depart=\"-1\" departDelay=\"40.00\" arrival=\"-1.00\" duration=\"0.00\" timeLoss=\"0.00\" waitingCount=\"0\""
      ),
      trip(
        "depart=\"-1\" departDelay=\"-5.00\" arrival=\"-1.00\" duration=\"0.00\" timeLoss=\"0.00\" waitingCount=\"0\""
      ),
    ])
    #expect(info.demand == 3)
    #expect(info.served == 1)
    #expect(info.waitingOutside == 1)
    #expect(info.stops == 3)
    // Sums of binary fractions are exact.
    #expect(info.totalDelay == 2 + 12.5 + 30.25 + 40)
    #expect(info.travelTime == 140)
  }

  @Test("All faults are told at once, with their lines")
  func faults() throws {
    let error = #expect(throws: InputFailure.self) {
      try read([trip("depart=\"soon\" departDelay=\"2\""), trip("departDelay=\"2\"")])
    }
    let found = error?.diagnostics.map { "\($0.location.line ?? 0): \($0.message)" }
    #expect(
      found == [
        "3: 'depart' must be a finite number, not 'soon'", "4: <tripinfo> has no attribute 'depart'",
      ])
  }

  @Test("An output that ends too soon is no output")
  func truncated() throws {
    #expect(throws: InputFailure.self) {
      try SUMOFixture.withFile("<tripinfos><tripinfo id=\"v\"", name: "trips.xml") {
        try SUMOTripInfo(path: $0)
      }
    }
  }
}
