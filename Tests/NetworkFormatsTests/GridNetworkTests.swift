import NetworkFormats
import Testing
import TrafficModel

@Suite("Generated grids")
struct GridNetworkTests {
  static let sizes = [(1, 1), (1, 4), (3, 1), (4, 5)]

  @Test(
    "a grid of any shape is read without warnings, with one controller for each junction", arguments: sizes)
  func reads(rows: Int, columns: Int) throws {
    let read = try NativeReader.read(
      text: GridNetwork.yaml(rows: rows, columns: columns, seed: 3), file: "grid")
    #expect(read.warnings.isEmpty)
    #expect(read.scenario.network.controllers.count == rows * columns)
    #expect(read.scenario.periods[0].existingPlan.check(against: read.scenario.network) == [])
  }

  @Test("what leaves one junction arrives at the next", arguments: sizes)
  func balanced(rows: Int, columns: Int) throws {
    let scenario = try NativeReader.read(
      text: GridNetwork.yaml(rows: rows, columns: columns, seed: 8), file: "grid"
    ).scenario
    let network = scenario.network
    let counts = scenario.periods[0].demand.counts[0].vehicles
    for link in network.links.indices.map({ LinkID($0) })
    where !network.isEntry(link) && !network.isExit(link) {
      let entering = network.movementsIntoLink[link.index].reduce(0) { $0 + (counts[$1.index] ?? 0) }
      let leaving = network.movementsFromLink[link.index].reduce(0) { $0 + (counts[$1.index] ?? 0) }
      // Whole vehicles, after a way through veh/s.
      #expect(abs(entering - leaving) < 1e-6)
    }
    #expect(counts.allSatisfy { $0 != nil })
  }

  @Test(
    "an overload comes in by the middle streets, in quarters of an hour, and still arrives where it leaves for"
  )
  func overload() throws {
    let text = GridNetwork.yaml(rows: 5, columns: 5, seed: 8, overload: 2)
    let scenario = try NativeReader.read(text: text, file: "grid").scenario
    let network = scenario.network
    let counts = scenario.periods[0].demand.counts
    #expect(counts.count == 4)
    func vehicles(_ slice: CountSlice, _ movements: [MovementID]) -> Double {
      movements.reduce(0) { $0 + (slice.vehicles[$1.index] ?? 0) }
    }
    for slice in counts {
      for link in network.links.indices where !network.isEntry(LinkID(link)) && !network.isExit(LinkID(link))
      {
        let difference =
          vehicles(slice, network.movementsIntoLink[link]) - vehicles(slice, network.movementsFromLink[link])
        #expect(abs(difference) < 1e-6)
      }
    }
    let usual = try NativeReader.read(text: GridNetwork.yaml(rows: 5, columns: 5, seed: 8), file: "grid")
      .scenario.periods[0].demand.counts[0]
    func ratio(_ name: String) -> Double {
      let link = network.links.firstIndex { $0.name == name } ?? 0
      return counts.reduce(0) { $0 + vehicles($1, network.movementsFromLink[link]) }
        / vehicles(usual, network.movementsFromLink[link])
    }
    // Streets C and 3 are in the middle, 1 and 5 at the edges.
    #expect(abs(ratio("R3C1.W") - 3) < 0.1)
    #expect(abs(ratio("R1C1.W") - 1) < 0.1)
  }

  @Test("the seed decides, and nothing else")
  func seeds() {
    #expect(GridNetwork.yaml(rows: 2, columns: 2, seed: 5) == GridNetwork.yaml(rows: 2, columns: 2, seed: 5))
    #expect(GridNetwork.yaml(rows: 2, columns: 2, seed: 5) != GridNetwork.yaml(rows: 2, columns: 2, seed: 6))
  }
}
