import TestSupport
import Testing

@testable import SignalOptimization

@Suite("Break points of a day")
struct DayPartitionTests {
  /// Sums of the same numbers in another order.
  private static let rounding = 1e-9

  private func costs(slices: Int, candidates: Int, seed: Int) -> [[Double]] {
    var random = LinearCongruential(seed: seed)
    return (0..<candidates).map { _ in (0..<slices).map { _ in Double(random.below(1000)) } }
  }

  /// The least cost with at most `most` segments of at least `shortest` slices, by trying every set of break points.
  private func bruteForce(_ costs: [[Double]], most: Int, shortest: Int) -> Double {
    let count = costs[0].count
    func cost(_ range: Range<Int>) -> Double {
      costs.map { $0[range].reduce(0, +) }.min() ?? .infinity
    }
    var best = cost(0..<count)
    for breaks in 0..<(1 << (count - 1)) {
      let points = [0] + (1..<count).filter { breaks & (1 << ($0 - 1)) != 0 } + [count]
      guard points.count - 1 <= most, points.count > 2 else { continue }
      let ranges = zip(points, points.dropFirst()).map { $0..<$1 }
      guard ranges.allSatisfy({ $0.count >= shortest }) else { continue }
      best = min(best, ranges.reduce(0) { $0 + cost($1) })
    }
    return best
  }

  @Test("The shortest path is what trying every set of break points finds", arguments: 1...40)
  func exact(seed: Int) {
    let slices = 1 + seed % 10
    let table = costs(slices: slices, candidates: 1 + seed % 5, seed: seed)
    let shortest = 1 + seed % 3
    let found = DayPartition.all(of: SliceCosts(table), most: 5) { $0.count >= shortest }
    #expect(found.count == 5)
    for (index, partition) in found.enumerated() {
      let expected = bruteForce(table, most: index + 1, shortest: shortest)
      #expect(abs(partition.cost - expected) < Self.rounding)
      // What is found says what it costs, and covers the day.
      let total = partition.segments.reduce(0) { $0 + table[$1.candidate][$1.slices].reduce(0, +) }
      #expect(abs(total - partition.cost) < Self.rounding)
      #expect(partition.segments.count <= index + 1)
      #expect(partition.segments.flatMap { Array($0.slices) } == Array(0..<slices))
      if partition.segments.count > 1 {
        #expect(partition.segments.allSatisfy { $0.slices.count >= shortest })
      }
    }
  }

  @Test("More plans never cost more, and a dearer change never makes more periods", arguments: 1...20)
  func monotone(seed: Int) {
    let table = costs(slices: 24, candidates: 6, seed: seed)
    let found = DayPartition.all(of: SliceCosts(table), most: 12) { _ in true }
    for (fewer, more) in zip(found, found.dropFirst()) { #expect(more.cost <= fewer.cost) }
    var periods = Int.max
    for changeCost in stride(from: 0.0, through: 5000, by: 100) {
      let count = DayPartition.cheapest(of: found, changeCost: changeCost).segments.count
      #expect(count <= periods)
      periods = count
    }
    #expect(periods == 1, "no change is worth more than the whole day")
  }

  @Test("With as many plans as slices, each slice has its best one")
  func onePerSlice() {
    let table = costs(slices: 8, candidates: 4, seed: 3)
    let found = DayPartition.all(of: SliceCosts(table), most: 8) { _ in true }
    let least = (0..<8).reduce(0.0) { sum, slice in sum + (table.map { $0[slice] }.min() ?? 0) }
    #expect(abs(found[7].cost - least) < Self.rounding)
  }

  @Test("Candidates are made for single slices, for the whole day, and for what lies between")
  func candidates() {
    #expect(DayCosts.segments(1) == [0..<1])
    #expect(DayCosts.segments(3) == [0..<3, 0..<2, 2..<3, 0..<1, 1..<2])
    let day = DayCosts.segments(96)
    #expect(day.first == 0..<96 && day.filter { $0.count == 1 }.count == 96 && day.count < 200)
  }
}
