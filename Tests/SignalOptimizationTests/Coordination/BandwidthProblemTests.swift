import LinearProgramming
import TestSupport
import Testing

@testable import SignalOptimization

extension BandwidthProblem {
  /// An arterial whose greens are the same in both directions, driven at one speed.
  static func symmetric(
    distances: [Double], greens: [Double], cycle: Double, speed: Double,
    balance: Balance = .exactly(1)
  ) -> BandwidthProblem {
    let roads = distances.map { Road(length: $0, speeds: speed...speed) }
    return BandwidthProblem(
      signals: greens.map { green in
        let middle = Green(begin: -green / 2, length: green)
        return Signal(patterns: [Pattern(name: "both", outbound: middle, inbound: middle)])
      }, outbound: roads, inbound: roads, cycle: cycle...cycle, balance: balance)
  }

  /// Widest equal bands over all offsets of 0 or half a cycle between the middles of the greens, which hold an
  /// optimum when greens are the same both ways (Morgan and Little 1964).
  func halfIntegerBand() -> Double {
    let cycle = cycle.lowerBound
    let times = outbound.map { $0.length / $0.speeds.lowerBound }
    let choices = signals.map { _ in 0 }
    return (0..<(1 << (signals.count - 1))).reduce(0) { widest, halves in
      let offsets = signals.indices.map { $0 > 0 && halves & (1 << ($0 - 1)) != 0 ? 0.5 : 0 }
      let bands = bands(
        patterns: choices, offsets: offsets, cycle: cycle, outboundTimes: times, inboundTimes: times)
      return max(widest, min(bands.outbound, bands.inbound))
    }
  }

  /// The bands that a solution has, by looking at its greens.
  func bands(of solution: BandwidthSolution) -> (outbound: Double, inbound: Double) {
    bands(
      patterns: solution.patterns, offsets: solution.offsets, cycle: solution.cycle,
      outboundTimes: solution.outboundTimes, inboundTimes: solution.inboundTimes)
  }

  /// Seen from the other end.
  var mirrored: BandwidthProblem {
    var mirrored = self
    mirrored.signals = signals.reversed().map { signal in
      Signal(
        patterns: signal.patterns.map {
          Pattern(name: $0.name, outbound: $0.inbound, inbound: $0.outbound)
        }, outboundQueueClearance: signal.inboundQueueClearance,
        inboundQueueClearance: signal.outboundQueueClearance)
    }
    mirrored.outbound = inbound.reversed()
    mirrored.inbound = outbound.reversed()
    return mirrored
  }
}

@Suite("BandwidthProblem")
struct BandwidthProblemTests {
  /// The solver takes numbers within 1e-5 of whole ones for whole, and every link may add as much.
  static let wholeNumbers = 2e-4

  static func random(signals: Int, seed: Int) -> BandwidthProblem {
    var numbers = LinearCongruential(seed: seed)
    return .symmetric(
      distances: (1..<signals).map { _ in numbers.number(in: 100...700) },
      greens: (0..<signals).map { _ in numbers.number(in: 0.4...0.75) },
      cycle: numbers.number(in: 60...120), speed: numbers.number(in: 9...16))
  }

  @Test("Equal bands on random arterials equal half-integer enumeration", arguments: 2...12)
  func halfIntegers(signals: Int) throws {
    for seed in 0..<3 {
      let problem = Self.random(signals: signals, seed: 100 * signals + seed)
      let solution = try #require(try problem.solve())
      let best = problem.halfIntegerBand()
      #expect(abs(solution.outboundBands[0] - best) < Self.wholeNumbers)
      #expect(abs(solution.inboundBands[0] - best) < Self.wholeNumbers)
      #expect(solution.gap < Self.wholeNumbers)
      let seen = problem.bands(of: solution)
      #expect(min(seen.outbound, seen.inbound) > best - Self.wholeNumbers)
    }
  }

  @Test(
    "Alternate progression has bands of 50 %, double alternate of 25 %",
    arguments: [(2.0, 0.5), (4.0, 0.25)])
  func alternate(share: Double, band: Double) throws {
    let (cycle, speed) = (80.0, 12.5)
    let problem = BandwidthProblem.symmetric(
      distances: [Double](repeating: cycle * speed / share, count: 5),
      greens: [Double](repeating: 0.5, count: 6), cycle: cycle, speed: speed)
    let solution = try #require(try problem.solve())
    #expect(isClose(solution.outboundBands[0], band))
    #expect(isClose(solution.inboundBands[0], band))
    let seen = problem.bands(of: solution)
    #expect(isClose(seen.outbound, band) && isClose(seen.inbound, band))
  }

  @Test("Simultaneous progression loses the travel time of the whole way")
  func simultaneous() throws {
    let problem = BandwidthProblem.symmetric(
      distances: [50, 50, 50], greens: [0.5, 0.5, 0.5, 0.5], cycle: 100, speed: 10)
    // 1/2 − (n − 1) d / (v C)
    #expect(isClose(try #require(try problem.solve()).outboundBands[0], 0.35))
  }

  @Test(
    "The eight-signal arterial of Chinese textbooks has its known bands", .tags(.published),
    arguments: [
      (80.0, 11.1, 0.2806, [1, 4, 6, 7]), (80, 12.5, 0.3050, [1, 4, 7]), (80, 12.1, 0.3733, []),
      (90, 11.1, 0.3073, []),
    ])
  func eightSignals(cycle: Double, speed: Double, band: Double, halves: [Int]) throws {
    /// The figures are printed with four digits.
    let printed = 1e-4
    let problem = BandwidthProblem.symmetric(
      distances: [350, 400, 160, 540, 280, 280, 270],
      greens: [0.55, 0.6, 0.65, 0.65, 0.6, 0.65, 0.7, 0.5], cycle: cycle, speed: speed)
    let solution = try #require(try problem.solve())
    #expect(abs(solution.outboundBands[0] - band) < printed)
    guard !halves.isEmpty else { return }
    let times = problem.outbound.map { $0.length / speed }
    let seen = problem.bands(
      patterns: [Int](repeating: 0, count: 8), offsets: (0..<8).map { halves.contains($0) ? 0.5 : 0 },
      cycle: cycle, outboundTimes: times, inboundTimes: times)
    #expect(abs(seen.outbound - band) < printed && abs(seen.inbound - band) < printed)
  }

  @Test("Mirroring the arterial swaps the bands", arguments: 0..<6)
  func mirror(seed: Int) throws {
    var problem = Self.random(signals: 5, seed: 300 + seed)
    problem.balance = .weighted(1.5)
    for index in problem.signals.indices {
      problem.signals[index].patterns[0].inbound.length *= 0.8
      problem.signals[index].outboundQueueClearance = Double(index)
    }
    var mirrored = problem.mirrored
    mirrored.balance = .weighted(1 / 1.5)
    let (solution, other) = (try #require(try problem.solve()), try #require(try mirrored.solve()))
    #expect(abs(solution.objective - 1.5 * other.objective) < Self.wholeNumbers)
    let seen = mirrored.bands(of: other)
    #expect(abs(seen.outbound - other.outboundBands[0]) < Self.wholeNumbers)
    #expect(abs(seen.inbound - other.inboundBands[0]) < Self.wholeNumbers)
  }

  @Test("No random offsets give wider bands; the bands told are there", arguments: 0..<8)
  func noneBetter(seed: Int) throws {
    var numbers = LinearCongruential(seed: 400 + seed)
    var problem = Self.random(signals: 4, seed: 400 + seed)
    problem.balance = .weighted(numbers.number(in: 0.5...2))
    for index in problem.signals.indices {
      problem.signals[index].patterns = BandwidthProblem.Pattern.leftTurns(
        commonRed: numbers.number(in: 0.2...0.4), outboundLeft: numbers.number(in: 0.05...0.2),
        inboundLeft: numbers.number(in: 0.05...0.2))
      problem.signals[index].inboundQueueClearance = numbers.number(in: 0...5)
    }
    let solution = try #require(try problem.solve())
    let seen = problem.bands(of: solution)
    #expect(seen.outbound > solution.outboundBands[0] - Self.wholeNumbers)
    #expect(seen.inbound > solution.inboundBands[0] - Self.wholeNumbers)
    let cycle = problem.cycle.lowerBound
    let times = problem.outbound.map { $0.length / $0.speeds.lowerBound }
    for _ in 0..<2000 {
      let bands = problem.bands(
        patterns: problem.signals.map { _ in numbers.below(4) },
        offsets: problem.signals.map { _ in numbers.number(in: 0...1) }, cycle: cycle,
        outboundTimes: times, inboundTimes: times)
      let value = max(0, bands.outbound) + problem.balance.ratio * max(0, bands.inbound)
      #expect(value <= solution.bound + Self.wholeNumbers)
    }
  }

  @Test("Where no band fits both ways, one direction has all of its narrowest green")
  func oneWay() throws {
    // Half a cycle there and back, greens of a third: no vehicle could go both ways.
    var problem = BandwidthProblem.symmetric(
      distances: [400, 400, 250], greens: [0.2, 0.2, 0.2, 0.2], cycle: 80, speed: 10, balance: .weighted(0.9))
    let solution = try #require(try problem.solve())
    #expect(isClose(solution.outboundBands[0], 0.2))
    #expect(solution.objective >= 0.2 - Self.wholeNumbers)
    problem.balance = .exactly(1)
    #expect(try #require(try problem.solve()).outboundBands[0] < 0.2)
  }

  @Test("Wider ranges of speed and cycle, lead and lag never narrow the bands", arguments: 0..<4)
  func freedom(seed: Int) throws {
    var problem = Self.random(signals: 5, seed: 500 + seed)
    problem.balance = .weighted(1)
    let fixed = try #require(try problem.solve()).objective
    for index in problem.outbound.indices {
      let speed = problem.outbound[index].speeds.lowerBound
      problem.outbound[index].speeds = (0.9 * speed)...(1.1 * speed)
      problem.inbound[index].speeds = (0.9 * speed)...(1.1 * speed)
    }
    let free = try #require(try problem.solve())
    #expect(free.objective >= fixed - Self.wholeNumbers)
    let seen = problem.bands(of: free)
    #expect(seen.outbound > free.outboundBands[0] - Self.wholeNumbers)
    #expect(seen.inbound > free.inboundBands[0] - Self.wholeNumbers)
    for (road, time) in zip(problem.outbound, free.outboundTimes) {
      #expect(road.length / time > road.speeds.lowerBound * (1 - Self.wholeNumbers))
      #expect(road.length / time < road.speeds.upperBound * (1 + Self.wholeNumbers))
    }
    problem.cycle = (0.8 * problem.cycle.lowerBound)...(1.2 * problem.cycle.upperBound)
    let freer = try #require(try problem.solve())
    #expect(freer.objective >= free.objective - Self.wholeNumbers)
    #expect(problem.cycle.contains(freer.cycle))
  }

  @Test("A wanted ratio is kept")
  func ratio() throws {
    var problem = Self.random(signals: 5, seed: 600)
    problem.balance = .exactly(0.5)
    let exact = try #require(try problem.solve())
    #expect(isClose(exact.inboundBands[0], 0.5 * exact.outboundBands[0]))
    #expect(exact.outboundBands[0] > 0)
    problem.balance = .favoured(0.8)
    let favoured = try #require(try problem.solve())
    #expect(favoured.inboundBands[0] >= 0.8 * favoured.outboundBands[0] - Self.wholeNumbers)
    // The pair of ratio 0.8 is one of those that may be chosen.
    problem.balance = .exactly(0.8)
    let bound = try #require(try problem.solve())
    #expect(favoured.objective >= bound.objective - Self.wholeNumbers)
  }

  @Test("Bands of each link are together no narrower than a band throughout", arguments: 0..<3)
  func perLink(seed: Int) throws {
    var problem = Self.random(signals: 5, seed: 700 + seed)
    problem.balance = .weighted(1)
    let throughout = try #require(try problem.solve())
    problem.bands = .perLink
    let own = try #require(try problem.solve())
    #expect(own.objective >= throughout.objective - Self.wholeNumbers)
    // Each link's bands are really there.
    for link in problem.outbound.indices {
      let part = BandwidthProblem(
        signals: Array(problem.signals[link...(link + 1)]), outbound: [problem.outbound[link]],
        inbound: [problem.inbound[link]], cycle: problem.cycle)
      let seen = part.bands(
        patterns: [0, 0], offsets: Array(own.offsets[link...(link + 1)]), cycle: own.cycle,
        outboundTimes: [own.outboundTimes[link]], inboundTimes: [own.inboundTimes[link]])
      #expect(seen.outbound > own.outboundBands[link] - Self.wholeNumbers)
      #expect(seen.inbound > own.inboundBands[link] - Self.wholeNumbers)
    }
  }

  @Test("Pareto pairs run from the widest outbound to the widest inbound band, none dominated")
  func pareto() throws {
    let problem = Self.random(signals: 6, seed: 800)
    let pairs = try problem.paretoBands(count: 5)
    #expect(pairs.count > 1)
    for (a, b) in zip(pairs, pairs.dropFirst()) {
      #expect(a.outboundBands[0] > b.outboundBands[0] - Self.wholeNumbers)
      #expect(a.inboundBands[0] < b.inboundBands[0] + Self.wholeNumbers)
    }
    let narrowest = problem.signals.map { $0.patterns[0].outbound.length }.min() ?? 0
    #expect(abs((pairs.first?.outboundBands[0] ?? 0) - narrowest) < Self.wholeNumbers)
    #expect(abs((pairs.last?.inboundBands[0] ?? 0) - narrowest) < Self.wholeNumbers)
  }

  @Test("Lead and lag: the four patterns share the cycle out as told")
  func patterns() {
    let patterns = BandwidthProblem.Pattern.leftTurns(commonRed: 0.3, outboundLeft: 0.1, inboundLeft: 0.2)
    #expect(patterns.count == 4)
    for pattern in patterns {
      #expect(isClose(pattern.outbound.length, 0.5) && isClose(pattern.inbound.length, 0.6))
    }
    // Outbound left leads: inbound traffic starts when it has ended.
    #expect(isClose(patterns[1].inbound.begin, 0.25) && isClose(patterns[1].outbound.begin, 0.15))
  }
}
