import Testing
import TrafficModel

@Suite("Demand that grows")
struct DemandScalingTests {
  private func departures(_ count: Int) -> Demand {
    var demand = Demand(begin: 100, end: 3700, routes: [[LinkID(0)], [LinkID(1)]])
    demand.departures = (0..<count).map {
      Departure(time: 100 + Double($0) * 3600 / Double(count), route: $0 % 2)
    }
    return demand
  }

  /// A Weyl sequence of the golden ratio misses its share by a few at most, however long (its discrepancy grows with
  /// the logarithm).
  private static let evenness = 6

  @Test(
    "Departures: as many times as the factor says, for each route and within the period",
    arguments: [
      0.0, 0.3, 0.6, 0.999, 1.0, 1.25, 1.6, 2.0, 3.7,
    ])
  func departures(factor: Double) {
    let demand = departures(1000)
    for seed in [1, 2, 77] as [UInt64] {
      let scaled = demand.scaled(by: factor, seed: seed)
      for route in 0...1 {
        let count = scaled.departures.count { $0.route == route }
        #expect(abs(count - Int(500 * factor)) <= Self.evenness)
      }
      #expect(scaled.departures.allSatisfy { $0.time >= 100 && $0.time < 3700 })
      #expect(zip(scaled.departures, scaled.departures.dropFirst()).allSatisfy { $0.time <= $1.time })
    }
  }

  @Test("Each quarter of an hour keeps its share")
  func time() {
    let scaled = departures(1000).scaled(by: 0.7, seed: 5)
    for quarter in 0..<4 {
      let begin = 100 + 900 * Double(quarter)
      let count = scaled.departures.count { $0.time >= begin && $0.time < begin + 900 }
      #expect(abs(count - 175) <= Self.evenness)
    }
  }

  @Test("Who departs at some factor departs at every larger one, and a factor of 1 changes nothing")
  func nested() {
    let demand = departures(400)
    #expect(demand.scaled(by: 1, seed: 9) == demand)
    var smaller: Set<Departure> = []
    for factor in [0.2, 0.5, 0.8, 1.3, 1.7, 2.0, 2.4] {
      let scaled = Set(demand.scaled(by: factor, seed: 9).departures)
      #expect(smaller.isSubset(of: scaled))
      smaller = scaled
    }
  }

  @Test("The same seed gives the same demand, another seed another one")
  func seeds() {
    let demand = departures(400)
    #expect(demand.scaled(by: 0.5, seed: 3) == demand.scaled(by: 0.5, seed: 3))
    #expect(demand.scaled(by: 0.5, seed: 3) != demand.scaled(by: 0.5, seed: 4))
  }

  @Test("Counts and rates are multiplied, pedestrians are not; what was not counted stays so")
  func countsAndStreams() {
    var demand = Demand(begin: 0, end: 900)
    demand.counts = [CountSlice(begin: 0, end: 900, vehicles: [40, nil, 0], pedestrians: [30])]
    demand.flows = [RouteFlow(begin: 0, end: 900, rate: 0.4, process: .poisson, route: 0)]
    let scaled = demand.scaled(by: 1.5, seed: 1)
    #expect(scaled.counts[0].vehicles == [60, nil, 0])
    #expect(scaled.counts[0].pedestrians == [30])
    #expect(abs(scaled.flows[0].rate - 0.6) < 1e-12)
  }

  @Test("A Bernoulli stream of more than a vehicle a second becomes several")
  func bernoulli() {
    var demand = Demand(begin: 0, end: 900)
    demand.flows = [RouteFlow(begin: 0, end: 900, rate: 0.8, process: .bernoulli, route: 0)]
    let rates = demand.scaled(by: 2, seed: 1).flows.map(\.rate)
    #expect(rates == [0.8, 0.8])
  }
}
