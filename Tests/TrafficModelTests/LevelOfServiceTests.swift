import Testing
import TrafficModel

@Suite("Level of service")
struct LevelOfServiceTests {
  @Test(
    "The bounds are the manual's, and belong to the better level",
    arguments: [
      (0, "A"), (10, "A"), (10.01, "B"), (20, "B"), (20.01, "C"), (35, "C"), (35.01, "D"), (55, "D"),
      (55.01, "E"),
      (80, "E"), (80.01, "F"), (.infinity, "F"),
    ])
  func bounds(delay: Double, level: String) {
    #expect(LevelOfService(delayPerVehicle: delay).rawValue == level)
  }
}
