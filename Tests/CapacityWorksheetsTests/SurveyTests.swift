import CapacityWorksheets
import HighwayCapacity
import Testing
import TrafficModel

@testable import NetworkFormats

@Suite("Capacity worksheets: what the survey says")
struct SurveyTests {
  private static let counts = """
    N: {L: 40, T: 300, R: 30}
    E: {L: 40, T: 300, R: 30}
    S: {L: 40, T: 300, R: 30}
    W: {L: 40, T: 300, R: 30}
    """

  private func junction(_ keys: String, counts: String = Self.counts) throws -> JunctionWorksheet {
    try JunctionYAML(
      """
      \(keys)
      approaches:
        N: {lanes: [L, T, R]}
        E: {lanes: [L, T, R]}
        S: {lanes: [L, T, R]}
        W: {lanes: [L, T, R]}
      stages: [[NS.TR], [NS.L], [EW.TR], [EW.L]]
      plan: {green: [25, 12, 25, 12]}
      """, counts: counts
    ).worksheet
  }

  /// Keys, and the saturation flow of a through lane by hand: equations 19-8 to 19-12, exhibit 19-20.
  private static let factors: [(keys: String, flow: Double)] = [
    ("speed: 50", 1855.5), ("heavy-vehicles: 0", 1900), ("grade: 4", 1761.3), ("grade: -3", 1973.0),
    ("lane-width: 2.9\nheavy-vehicles: 0", 1824), ("area: business-district\nheavy-vehicles: 0", 1710),
    ("saturation-flow: {T: 1700}\nheavy-vehicles: 20", 1700),
  ]

  @Test("each key is its factor", arguments: factors)
  func factor(keys: String, flow: Double) throws {
    let group = try #require(try junction(keys).laneGroup("NB T")?.service)
    #expect(abs(group.saturationFlow - flow) < 0.1, "\(group.saturationFlow)")
    #expect(group.factors.isGiven == keys.contains("saturation-flow"))
  }

  @Test("parking and buses are of the lane at the kerb alone")
  func kerb() throws {
    let worksheet = try junction("parking: 10\nbuses: 20\nheavy-vehicles: 0")
    #expect(worksheet.laneGroup("NB T")?.service?.factors.parking == 1)
    let right = try #require(worksheet.laneGroup("NB R")?.service)
    // 1 − 0.1 − 18 × 10 ÷ 3600, 1 − 14.4 × 20 ÷ 3600.
    #expect(abs(right.factors.parking - 0.85) < 1e-9)
    #expect(abs(right.factors.buses - 0.92) < 1e-9)
  }

  @Test("the busiest quarter of an hour counts, as told or as counted")
  func peakHourFactor() throws {
    let told = try junction("peak-hour-factor: 0.8")
    #expect(told.laneGroup("NB T")?.service?.flow == 375)
    #expect(told.laneGroup("NB T")?.volume == 300)
    let counted = try junction(
      "speed: 50",
      counts: """
        N: {L: 40, T: [75, 75, 100, 50], R: 40}
        E: {L: 40, T: 300, R: 40}
        S: {L: 40, T: 300, R: 40}
        W: {L: 40, T: 300, R: 40}
        """)
    // 1,520 veh/h in all; 405 vehicles in the third quarter, by the hour 1,620.
    #expect(abs(counted.approaches[0].peakHourFactor - 1520.0 / 1620) < 1e-9)
    #expect(try junction("speed: 50").approaches[0].peakHourFactor == 1)
  }

  @Test("turns on red need no green; platoons and bicycles count")
  func others() throws {
    let worksheet = try junction("turns-on-red: 12\narrival-type: 5\nbicycles: 60\nbicycle-lane: 1.5")
    let right = try #require(worksheet.laneGroup("NB R"))
    #expect(right.service?.flow == 18)
    #expect(right.service?.platoonRatio == 1.67)
    let bicycles = try #require(worksheet.approaches[0].bicycles)
    #expect(bicycles.bicycles == 60 && bicycles.outsideWidth == 3.6 + 1.5)
    #expect(bicycles.capacity > 0 && bicycles.levelOfService <= .f)
    #expect(try junction("speed: 50").approaches[0].bicycles == nil)
  }

  /// veh/h and s: of times that are a hundred-millionth apart.
  private static let rounding = 1e-4

  @Test("the detailed form of the file brings all of it back")
  func roundTrip() throws {
    let scenario = try FixtureFile.scenario("fifth-and-twelfth.yaml")
    let back = try FixtureFile.detailed(scenario)
    #expect(back.network.links.map(\.conditions) == scenario.network.links.map(\.conditions))
    #expect(back.network.controllers == scenario.network.controllers)
    // Files hold seconds without what binary fractions make of thousandths of them.
    let studies = [back, scenario].map { JunctionYAML.study($0).worksheets.flatMap(\.laneGroups) }
    #expect(studies[0].map(\.name) == studies[1].map(\.name))
    for (first, second) in zip(studies[0], studies[1]) {
      let (first, second) = try (#require(first.service), #require(second.service))
      #expect(
        abs(first.capacity - second.capacity) < Self.rounding
          && abs(first.delay - second.delay) < Self.rounding)
    }
    let given = try JunctionYAML(
      """
      saturation-flow: {L: 1500, T: 1700}
      start-up-lost-time: 1.5
      grade: -2.5
      approaches: {N: {lanes: [LTR]}, E: {lanes: [LTR]}, S: {lanes: [LTR]}, W: {lanes: [LTR]}}
      """, counts: Self.counts
    ).scenario
    let again = try FixtureFile.detailed(given)
    #expect(again.network.connections == given.network.connections)
    #expect(again.network.links == given.network.links)
    #expect(JunctionYAML.study(again) == JunctionYAML.study(given))
  }

  /// What the guide says of the optimizer's capacity: saturation flow × effective green ÷ cycle.
  @Test("with saturation flows given, protected lanes have the capacity that plans are made with")
  func sameCapacity() throws {
    let scenario = try FixtureFile.shipped("four-stage-junction")
    let network = scenario.network
    let program = try #require(scenario.periods[0].existingPlan.programs[0])
    for group in JunctionYAML.study(scenario).worksheets[0].laneGroups {
      let service = try #require(group.service)
      let connection = network[try #require(network.connectionsFromLane[group.lanes[0].index].first)]
      let displayed = program.green(ofGroup: try #require(connection.signal?.group))
      let green = displayed + connection.yellowUsed - connection.startUpLostTime
      let flow = Quantities.perHour(vehiclesPerSecond: connection.saturationFlow)
      #expect(abs(service.capacity - flow * green / program.cycle) < 0.01, "\(group.name)")
    }
  }

  @Test("other formats say that they leave it out")
  func losses() throws {
    let told = [
      "what only capacity worksheets ask of approaches is left out, such as heavy vehicles and grades",
      "what detectors may do with phases is left out",
    ]
    let scenario = try FixtureFile.scenario("fifth-and-twelfth.yaml")
    #expect(scenario.network.surveyLosses == told)
    #expect(try FixtureFile.shipped("dual-ring-junction").network.surveyLosses == [])
  }

  @Test("a plan with more green has more capacity, and the junction's other greens less")
  func moreGreen() throws {
    let scenario = try FixtureFile.shipped("four-stage-junction")
    let period = scenario.periods[0]
    var plan = period.existingPlan
    let program = try #require(plan.programs[0])
    let stages = program.stages
    var longer = program
    longer.intervals[stages[0]].duration += 6
    longer.intervals[stages[1]].duration -= 6
    plan.programs[0] = longer
    func worksheet(_ plan: TimingPlan) -> JunctionWorksheet {
      CapacityStudy(network: scenario.network, plan: plan, demand: period.demand).worksheets[0]
    }
    let (now, new) = (worksheet(period.existingPlan), worksheet(plan))
    #expect(new.cycle == now.cycle)
    var (more, less) = (0, 0)
    for (group, other) in zip(now.laneGroups, new.laneGroups) {
      let (before, after) = (try #require(group.service), try #require(other.service))
      let gained = after.green - before.green
      let expected = before.capacity + before.saturationFlow * gained / before.cycle
      #expect(abs(after.capacity - expected) < 0.01)
      #expect(abs(gained) < 0.01 || (after.capacity > before.capacity) == (gained > 0))
      more += gained > 1 ? 1 : 0
      less += gained < -1 ? 1 : 0
    }
    #expect(more > 0 && less > 0)
  }
}
