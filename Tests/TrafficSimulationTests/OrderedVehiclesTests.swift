import Testing

@testable import TrafficSimulation

@Suite("Vehicles in order")
struct OrderedVehiclesTests {
  private static let spacing = 7.5

  @Test(
    "Those on a segment stand in order of position, however they come and go",
    arguments: 1...5 as ClosedRange<UInt64>)
  func order(seed: UInt64) {
    let (count, segments) = (40, 3)
    var random = SplitMix64(seed: seed)
    var vehicles = OrderedVehicles(count: count, segmentCount: segments)
    var places = [Int32?](repeating: nil, count: count)
    for _ in 0..<2000 {
      let vehicle = Int32.random(in: 0..<Int32(count), using: &random)
      if let segment = places[Int(vehicle)] {
        #expect(vehicles.take(vehicle, spacing: Self.spacing) == segment)
        places[Int(vehicle)] = nil
      } else {
        let segment = Int32.random(in: 0..<Int32(segments), using: &random)
        // Whole numbers, so that some stand side by side.
        let position = Double(Int.random(in: 0..<20, using: &random))
        vehicles.put(vehicle, on: segment, at: position, spacing: Self.spacing)
        places[Int(vehicle)] = segment
      }
      expectOrder(&vehicles, places, segments: segments)
    }
  }

  private func expectOrder(_ vehicles: inout OrderedVehicles, _ places: [Int32?], segments: Int) {
    var active: Set<Int32> = []
    for index in 0..<vehicles.activeCount { active.insert(vehicles.active[index]) }
    for segment in 0..<Int32(segments) {
      let expected = places.indices.filter { places[$0] == segment }
      var line: [Int32] = []
      var vehicle = vehicles.first[segment]
      while vehicle >= 0 {
        #expect(vehicles[vehicle].ahead == line.last ?? -1)
        line.append(vehicle)
        vehicle = vehicles[vehicle].behind
      }
      let positions = line.map { vehicles[$0].position }
      #expect(positions == positions.sorted(by: >))
      #expect(line.map { Int($0) }.sorted() == expected)
      #expect(vehicles.last[segment] == line.last ?? -1)
      #expect(vehicles.occupied[segment] == Double(line.count) * Self.spacing)
      #expect(active.contains(segment) == !line.isEmpty)
    }
    #expect(vehicles.activeCount == active.count)
    #expect(vehicles.onRoad == places.count { $0 != nil })
  }
}
