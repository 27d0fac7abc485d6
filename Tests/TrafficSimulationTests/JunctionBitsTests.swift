import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("JunctionBits")
struct JunctionBitsTests {
  /// A junction without signals: a turn (from link 0) that yields to opposing traffic (from link 1), into links 2 and 3,
  /// or both into link 2. A third road (links 4 and 5) that is in nobody's way has the junction's first `others`
  /// connections, one to each lane of its exit.
  private func network(others: Int, merging: Bool = false) throws -> Network {
    let junctions = (0..<7).map {
      Junction(name: "\($0)", position: Point(x: Double($0), y: 0), control: .uncontrolled)
    }
    let links = (0..<6).map { index in
      let isApproach = [0, 1, 4].contains(index)
      return Link(
        name: "\(index)", from: JunctionID(isApproach ? index + 1 : 0),
        to: JunctionID(isApproach ? 0 : index + 1), length: 300, speed: 13.9)
    }
    let laneCounts = [1, 1, 1, 1, 1, others]
    let lanes = laneCounts.enumerated().flatMap { link, count in
      (0..<count).map {
        Lane(link: LinkID(link), position: $0, sourceIndex: $0, length: 300, speed: 13.9)
      }
    }
    func connection(_ from: Int, _ to: Int, _ turn: Turn) -> LaneConnection {
      LaneConnection(
        from: LaneID(from), to: LaneID(to), turn: turn, length: 16, speed: turn == .left ? 7 : 13.9,
        saturationFlow: 0.5, startUpLostTime: 0, yellowUsed: 0)
    }
    let turn = ConnectionID(others)
    let opposing = ConnectionID(others + 1)
    return try Network(
      junctions: junctions, links: links, lanes: lanes,
      connections: (0..<others).map { connection(4, 5 + $0, .through) }
        + [connection(0, 2, .left), connection(1, merging ? 2 : 3, .through)],
      conflicts: (0..<others).map { _ in [] } + [
        [ConnectionConflict(other: opposing, yields: true)], [ConnectionConflict(other: turn, yields: false)],
      ], controllers: [])
  }

  /// What a demand on the first two roads meets.
  private func measures(_ network: Network) -> Measures {
    var demand = Demand(begin: 0, end: 1800, routes: [[LinkID(0), LinkID(2)], [LinkID(1), LinkID(3)]])
    demand.flows = [0.15, 0.2].enumerated().map {
      RouteFlow(begin: 0, end: 1800, rate: $1, process: .poisson, route: $0)
    }
    return Simulator(network: network, demand: demand).run(TimingPlan(name: "none", programs: []), seed: 1)
  }

  @Test("each connection has a bit, and knows those of who crosses it and of who leaves its lane")
  func bits() throws {
    let places = JunctionBits(network: try network(others: 3)).places
    #expect(places.map(\.own) == [1, 2, 4, 8, 16])
    #expect(places.map(\.siblings) == [0b110, 0b101, 0b011, 0, 0])
    #expect(places.map(\.foes) == [0, 0, 0, 16, 8])
    #expect(places.map(\.crossings) == [0, 0, 0, 16, 8])
  }

  @Test("who enters the same lane is in the way, but does not cross")
  func merging() throws {
    let places = JunctionBits(network: try network(others: 1, merging: true)).places
    #expect(places.map(\.foes) == [0, 4, 2])
    #expect(places.map(\.crossings) == [0, 0, 0])
  }

  @Test("connections beyond a word's bits have none of their own and count as always driven on")
  func fallback() throws {
    let places = JunctionBits(network: try network(others: 63)).places
    #expect(places[62].own == 1 << 62)
    #expect(places[63...].map(\.own) == [0, 0])
    #expect(places[63...].map(\.foes) == [JunctionBits.others, JunctionBits.others])
  }

  @Test(
    "traffic through a junction with more connections than a word has bits is the same",
    arguments: [61, 62, 63, 80])
  func sameTraffic(others: Int) throws {
    let few = measures(try network(others: 1))
    let many = measures(try network(others: others))
    #expect(few.served > 500)
    // The turn does wait for gaps.
    #expect(few.links[0].delay > 4 * few.links[1].delay)
    #expect(many.totalDelay == few.totalDelay)
    #expect(many.stops == few.stops)
    #expect(many.links == few.links)
  }
}
