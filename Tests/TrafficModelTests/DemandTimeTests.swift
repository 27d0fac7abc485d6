import Testing
import TrafficModel

@Suite("Parts of a demand's time")
struct DemandTimeTests {
  /// Sums of products of small numbers.
  private static let rounding = 1e-9

  /// Two hours of counts by quarters: 10, 20, …, 80 vehicles; a departure and a stream each quarter of an hour.
  private let demand: Demand = {
    var demand = Demand(begin: 3600, end: 3600 + 7200, routes: [[LinkID(0)]])
    for index in 0..<8 {
      let begin = 3600 + Double(index) * 900
      demand.counts.append(
        CountSlice(
          begin: begin, end: begin + 900, vehicles: [Double(10 * (index + 1)), nil], pedestrians: [4]))
      demand.departures.append(Departure(time: begin + 450, route: 0))
      demand.flows.append(
        RouteFlow(begin: begin, end: begin + 900, rate: Double(index + 1), process: .poisson, route: 0))
    }
    return demand
  }()

  @Test("A part has what begins in it, and streams cut at its ends")
  func during() {
    let part = demand.during(4500..<6000)
    #expect(part.begin == 4500 && part.end == 6000)
    #expect(part.counts.map(\.begin) == [4500, 5400])
    #expect(part.departures.map(\.time) == [4950, 5850])
    #expect(part.flows.map(\.begin) == [4500, 5400])
    #expect(part.flows.map(\.end) == [5400, 6000])
  }

  @Test("A digest keeps level and course: each part is stood for by its mean")
  func digest() {
    let digest = demand.digest(parts: 4, slice: 900)
    #expect(digest.begin == 3600 && digest.end == 7200)
    #expect(digest.counts.map { $0.vehicles[0] } == [15, 35, 55, 75])
    #expect(digest.counts.allSatisfy { $0.vehicles[1] == nil && $0.pedestrians == [4] })
    #expect(digest.counts.map(\.begin) == [3600, 4500, 5400, 6300])
    // Of streams the middle of each part, so half of each of its two.
    let vehicles = digest.flows.reduce(0) { $0 + $1.rate * ($1.end - $1.begin) }
    let expected = demand.flows.reduce(0) { $0 + $1.rate * ($1.end - $1.begin) } / 2
    #expect(abs(vehicles - expected) < Self.rounding * expected)
    #expect(digest.flows.allSatisfy { $0.begin >= 3600 && $0.end <= 7200 })
    #expect(demand.digest(parts: 8, slice: 900) == demand, "what is short already stays as it is")
  }

  @Test("Walks are cut at a part's ends, and a digest has those of the middle of each part")
  func walks() {
    var demand = Demand(begin: 0, end: 3600)
    demand.walks = [PedestrianFlow(crossing: CrossingID(0), begin: 600, end: 3000, people: 24)]
    let part = demand.during(900..<1200)
    #expect(part.walks == [PedestrianFlow(crossing: CrossingID(0), begin: 900, end: 1200, people: 3)])
    // The middles are 750 to 1050 and 2550 to 2850 s.
    let digest = demand.digest(parts: 2, slice: 300)
    #expect(
      digest.walks
        == [(0.0, 300.0), (300, 600)].map {
          PedestrianFlow(crossing: CrossingID(0), begin: $0.0, end: $0.1, people: 3)
        })
  }

  @Test("Demands of different times are joined with nobody on the way between them")
  func joined() throws {
    var later = demand
    let shift = 3 * 3600.0
    (later.begin, later.end) = (demand.begin + shift, demand.end + shift)
    for index in later.counts.indices {
      later.counts[index].begin += shift
      later.counts[index].end += shift
    }
    later.departures = [Departure(time: later.begin, route: 0)]
    let joined = try #require(Demand.joined([later, demand], slice: 900))
    #expect(joined.begin == demand.begin && joined.end == later.end)
    #expect(joined.counts.count == 8 + 4 + 8)
    for (one, next) in zip(joined.counts, joined.counts.dropFirst()) { #expect(one.end == next.begin) }
    #expect(joined.counts[8].vehicles == [0, nil])
    #expect(joined.departures.last?.route == 1)
    #expect(Demand.joined([demand, demand], slice: 900) == nil)
  }
}
