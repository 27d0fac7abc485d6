import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Traffic")
struct TrafficTests {
  @Test("Vehicles stay in order, and nobody drives into the one ahead, on lanes and through junctions")
  func order() throws {
    let street = try TwoSignals(length: 80)
    let network = street.network
    var demand = Demand(begin: 0, end: 3600, routes: [(0..<3).map { LinkID($0) }])
    demand.departures = (0..<1200).map { Departure(time: Double($0) * 3, route: 0) }
    let road = RoadModel(network: network, carFollowing: CarFollowing(demand))
    var lanes = RouteLanes()
    for route in demand.routes { lanes.append(route, network: network) }
    let trips = Trips(network: network, demand: demand, fixed: lanes, turning: nil, seed: 1)
    var traffic = Traffic(
      network: network, road: road, range: VisibleRange(road: road, types: demand.vehicleTypes),
      types: demand.vehicleTypes, begin: 0, trips: trips,
      pedestrians: Pedestrians(
        network: network, walkers: Walkers(demand: demand, crossings: [], seed: 1),
        timetable: SignalTimetable(street.plan(25, 20)), period: 0..<3600), seed: 1)
    var logic = FixedTimeLogic(network: network, timetable: SignalTimetable(street.plan(25, 20)))
    var departures = Departures(trips.trips, linkCount: network.links.count)
    var choice = RouteChoice(
      RouteAlternatives(network: network, demand: demand, lanes: &lanes), network: network)
    var recorder = Recorder(
      network: network, demand: trips.trips.count, timetable: SignalTimetable(street.plan(25, 20)))
    var most = 0
    while traffic.now < demand.end {
      logic.advance(to: traffic.now, &traffic.heads)
      traffic.announce()
      for index in 0..<traffic.vehicles.activeCount { _ = traffic.plan(traffic.vehicles.active[index]) }
      traffic.move(&recorder)
      traffic.changeLanes()
      departures.depart(into: &traffic, &choice, &recorder)
      most = max(most, traffic.vehicles.onRoad)
      let least = leastGap(&traffic)
      #expect(least >= 0, "at \(traffic.now) s")
      traffic.tick()
    }
    #expect(most > 20)
    #expect(recorder.arrived > 500)
  }

  /// m between any vehicle and the one ahead on its segment; negative where they overlap.
  private func leastGap(_ traffic: inout Traffic) -> Double {
    var least = Double.infinity
    for place in 0..<traffic.vehicles.activeCount {
      var vehicle = traffic.vehicles.last[traffic.vehicles.active[place]]
      while vehicle >= 0 {
        let ahead = traffic.vehicles[vehicle].ahead
        if ahead >= 0 {
          let rear = traffic.vehicles[ahead].position - traffic.types[traffic.vehicles[ahead].type].length
          least = min(least, rear - traffic.vehicles[vehicle].position)
        }
        vehicle = ahead
      }
    }
    return least
  }
}
