import NetworkFormats
import Testing
import TrafficModel

@Suite("SUMO reader: demand")
struct SUMODemandTests {
  private let demand: Demand
  private let network: Network

  init() throws {
    // The route file of this configuration is compressed.
    let read = try SUMOReader.read(configuration: SUMOFixture.path("small/small.sumocfg"))
    demand = read.scenario.periods[0].demand
    network = read.scenario.network
  }

  private func names(_ route: Int) -> String {
    demand.routes[route].map { network[$0].name }.joined(separator: " ")
  }

  private func departures(on route: String) -> [Departure] {
    demand.departures.filter { names($0.route) == route }
  }

  @Test("the period is the configuration's; what departs before or after it is not loaded")
  func period() {
    #expect(demand.begin == 10)
    #expect(demand.end == 100)
    #expect(demand.departures.allSatisfy { $0.time >= 10 && $0.time < 100 })
  }

  @Test("departures are in order of time, those of one second in the files' order")
  func order() {
    // first, every.0, second, every.1, hourly.0, every.2, hourly.1, every.3, hourly.2, bus
    #expect(demand.departures.map(\.time) == [10, 10, 12, 20, 20, 30, 30, 40, 40, 40])
    #expect(names(demand.departures[0].route) == "west out")
  }

  @Test("flows by period and by vehicles per hour depart at equal spacing")
  func regularFlows() {
    #expect(departures(on: "east south").map(\.time) == [10, 12, 20, 30, 40])
    #expect(departures(on: "west out").map(\.time) == [10, 20, 30, 40])
  }

  @Test("random flows stay random, cut to the period")
  func randomFlows() {
    #expect(demand.flows.map(\.process) == [.poisson, .bernoulli])
    #expect(demand.flows.map(\.rate) == [0.05, 0.25])
    #expect(demand.flows.map(\.begin) == [20, 20])
    #expect(demand.flows.map(\.end) == [100, 40])
  }

  @Test("a mix gives each type its share, without chance")
  func mix() {
    let types = departures(on: "east south").filter { $0.time != 12 }.map {
      demand.vehicleTypes[$0.type].name
    }
    // One van in four; after one car both are half a vehicle behind, and the van is named first.
    #expect(types == ["DEFAULT_VEHTYPE", "van", "DEFAULT_VEHTYPE", "DEFAULT_VEHTYPE"])
  }

  @Test("a type has its class's values where it does not say otherwise")
  func types() throws {
    let van = try #require(demand.vehicleTypes.first { $0.name == "van" })
    #expect(van.length == 6)
    #expect(van.minimumGap == 2.5)
    #expect(van.imperfection == 0.4)
    #expect(van.speedFactor == 1.1)
    #expect(van.speedDeviation == 0.2)
    #expect(van.acceleration == 2.6)
  }

  @Test("vehicles come onto their first link as they are told")
  func insertion() {
    // Lane 1 of the edge is the first that cars may use.
    #expect(demand.departures[0].insertion == Insertion(lane: .position(0), place: .begin, speed: .free))
    // Where nothing is said, SUMO 1.28 lets vehicles in at the speed of those that are there.
    #expect(demand.departures[1].insertion == Insertion(lane: .best, place: .begin, speed: .average))
    #expect(demand.departures[2].insertion == Insertion(lane: .emptiest, place: .anywhere, speed: .average))
  }

  @Test("without an end, the period ends some time after the last departure, with a warning")
  func noEnd() throws {
    let read = try SUMOReader.read(configuration: SUMOFixture.path("small/evening.sumocfg"))
    let demand = read.scenario.periods[0].demand
    // "random" may bring a vehicle until 400.
    #expect(demand.end == 1300)
    #expect(read.warnings.contains { $0.message.contains("the period ends at 1300.0 s") })
  }

  @Test("departures out of order are left out, as SUMO does")
  func unsorted() throws {
    let read = try read(
      """
      <routes><route id="r" edges="west out"/>
      <vehicle id="a" depart="20" route="r"/><vehicle id="b" depart="19" route="r"/></routes>
      """)
    #expect(read.scenario.periods[0].demand.departures.map(\.time) == [20])
    #expect(read.warnings.count == 2)
  }

  @Test("a route distribution gives each route its share, without chance")
  func routeDistribution() throws {
    let read = try read(
      """
      <routes><routeDistribution id="d">
        <route id="a" edges="west out" probability="1"/><route id="b" edges="east south" probability="3"/>
      </routeDistribution>
      <flow id="f" begin="0" end="80" number="8" route="d"/></routes>
      """)
    let demand = read.scenario.periods[0].demand
    let first = demand.departures.map { read.scenario.network[demand.routes[$0.route][0]].name }
    #expect(first == ["east", "west", "east", "east", "east", "west", "east", "east"])
    #expect(demand.departures.map(\.time) == [0, 10, 20, 30, 40, 50, 60, 70])
  }

  private func read(_ routes: String) throws -> ReadScenario {
    try SUMOFixture.withFile(routes, name: "test.rou.xml") {
      try SUMOReader.read(network: SUMOFixture.path("small/small.net.xml"), routes: [$0])
    }
  }
}
