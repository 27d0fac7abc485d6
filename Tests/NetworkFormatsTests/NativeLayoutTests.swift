import NetworkBuilding
import NetworkFormats
import Testing
import TrafficModel

@Suite("Native files: roads, lanes and demand")
struct NativeLayoutTests {
  private func network(_ approaches: String, counted turn: Turn = .through) throws -> Network {
    let text = """
      greenwave: 1
      name: Test
      junctions: {X: {control: all-way-stop, approaches: {\(approaches)}}}
      periods: {peak: {time: 08:00-09:00, counts: {X: {N: {\(turn.rawValue.prefix(1).uppercased()): 100}}}}}
      """
    return try NativeReader.read(text: text, file: "test").scenario.network
  }

  /// Lane left → lane entered, from the kerb, for a turn from the north.
  private func lanes(_ turn: Turn, _ network: Network) -> [String] {
    network.connections.filter { $0.turn == turn && network[network[$0.from].link].name == "X.N" }
      .map { "\(network[$0.from].position)→\(network[$0.to].position)" }
  }

  @Test(
    "straight-on lanes keep their distance from the kerb as far as there are lanes",
    arguments: [
      ("[L, T, TR]", 3, ["0→0", "1→1"]), ("[L, T, T, R]", 2, ["1→0", "2→1"]),
      ("[T, T, T]", 1, ["0→0", "1→0", "2→0"]),
      ("[L, T, R]", 3, ["1→1"]), ("[T, T, T]", 2, ["0→0", "1→0", "2→1"]),
    ])
  func throughLanes(lanes: String, exits: Int, expected: [String]) throws {
    let network = try network(
      "N: {lanes: \(lanes)}, S: {exit-lanes: \(exits)}, E: {exit-lanes: 2}, W: {exit-lanes: 2}")
    #expect(self.lanes(.through, network) == expected)
  }

  @Test("left turns enter at the centre, right turns at the kerb")
  func turningLanes() throws {
    let network = try network(
      "N: {lanes: [L, L, T, R, R]}, S: {exit-lanes: 1}, E: {exit-lanes: 3}, W: {exit-lanes: 3}")
    #expect(lanes(.left, network) == ["3→1", "4→2"])
    #expect(lanes(.right, network) == ["0→0", "1→1"])
  }

  @Test("pockets are short, and nobody enters a road by them")
  func pockets() throws {
    let text = """
      greenwave: 1
      name: Test
      junctions:
        A: {control: all-way-stop, approaches: {W: {lanes: [T]}, E: {lanes: [T]}}}
        B: {control: all-way-stop, approaches: {W: {lanes: [L 60, T, R 40]}, E: {lanes: [T]}, N: {exit-lanes: 1}, S: {exit-lanes: 1}}}
      roads:
        - {between: [A.E, B.W], length: 250, speed: 36, street: 民主路}
      periods: {peak: {time: 08:00-09:00, counts: {A: {W: {T: 100}}}}}
      """
    let network = try NativeReader.read(text: text, file: "test").scenario.network
    let road = try #require(network.links.firstIndex { $0.name == "B.W" })
    #expect(network.lanes(of: LinkID(road)).map { network[$0].length } == [40, 250, 60])
    #expect(network.links[road].speed == 10)
    #expect(network.links[road].street == "民主路")
    #expect(network.junctions[network.links[road].from.index].name == "A")
    let entered = network.connections.filter { network[$0.to].link.index == road }.map {
      network[$0.to].position
    }
    #expect(entered == [1])
    // B lies 250 m east of A; the way back is a link of the same length.
    #expect(network.junctions[1].position == Point(x: 250, y: 0))
    #expect(network.links.first { $0.name == "A.E" }?.length == 250)
    #expect(
      network.links.map(\.name) == ["A.W", "A.W out", "A.E", "B.W", "B.E", "B.E out", "B.N out", "B.S out"])
  }

  @Test("a Y has a left and a right, a T has what its legs allow, 'to' overrides the compass")
  func turns() throws {
    func turns(_ approaches: String, counted: Turn = .through) throws -> [String] {
      let network = try network(approaches, counted: counted)
      return network.movements.filter { network[$0.from].name == "X.N" }
        .map { "\($0.turn.rawValue) \(network[$0.to].name)" }
    }
    #expect(
      try turns("N: {lanes: [LR]}, SE: {exit-lanes: 1}, SW: {exit-lanes: 1}", counted: .left) == [
        "left X.SE out", "right X.SW out",
      ])
    #expect(
      try turns("N: {lanes: [LT]}, E: {exit-lanes: 1}, SW: {exit-lanes: 1}") == [
        "left X.E out", "through X.SW out",
      ])
    #expect(
      try turns("N: {lanes: [LT], to: {L: SW}}, S: {exit-lanes: 1}, SW: {exit-lanes: 1}")
        == ["through X.S out", "left X.SW out"])
    #expect(try turns("N: {lanes: [U]}", counted: .uTurn) == ["uTurn X.N out"])
  }

  private func demand(_ period: String) throws -> (network: Network, demand: Demand) {
    let text = """
      greenwave: 1
      name: Test
      junctions:
        X: {approaches: {W: {lanes: [T], crossing: 10}, E: {lanes: [T]}}}
      periods:
        peak:
      \(period)
      """
    let scenario = try NativeReader.read(text: text, file: "test").scenario
    return (scenario.network, scenario.periods[0].demand)
  }

  @Test("hourly flows fill the period, lists count in slices, what nobody counted is nil")
  func counts() throws {
    let (network, demand) = try demand("    time: 07:30-08:00\n    counts: {X: {W: {T: [40, 50], P: 120}}}")
    #expect(demand.counts.map(\.begin) == [27_000, 27_900])
    #expect(demand.end == 28_800)
    let west = try #require(network.movements.firstIndex { network[$0.from].name == "X.W" })
    // Slices go through veh/s, so they come back with rounding.
    #expect(demand.counts.allSatisfy { abs(($0.vehicles[west] ?? 0) - ($0.begin < 27_900 ? 40 : 50)) < 1e-9 })
    #expect(demand.counts.map(\.pedestrians) == [[30], [30]])
    #expect(demand.counts.allSatisfy { $0.vehicles[1 - west] == nil })
  }

  @Test("a period may pass midnight")
  func midnight() throws {
    let (_, demand) = try demand("    time: 23:30-00:30\n    counts: {X: {W: {T: 100}}}")
    #expect(demand.begin == 84_600 && demand.end == 88_200)
  }

  @Test("routes become streams over the links of the quickest way, slice by slice")
  func routes() throws {
    let (network, demand) = try demand(
      "    time: 08:00-09:00\n    routes: [{from: X.W, to: X.E, flow: 360}, {from: X.E, to: X.W, flow: [9, 0, 0, 18]}]"
    )
    #expect(demand.routes.map { $0.map { network[$0].name } } == [["X.W", "X.E out"], ["X.E", "X.W out"]])
    #expect(demand.flows.map(\.rate) == [0.1, 0.01, 0.02])
    #expect(demand.flows.map(\.begin) == [28_800, 28_800, 31_500])
    #expect(demand.counts.isEmpty)
  }
}
