internal import TrafficModel
internal import TrafficSimulation

/// Refinement: a search on the simulator that changes many signals at once.
///
/// In every round a random set of controllers that do not share a link is given a random move each. The whole
/// network is played on common days (`SearchDays`), and each move is judged by the delay near its controller; those
/// that help are played together, and stay when the network's total delay falls. Seeds change from round to round,
/// so that no plan is fitted to a few of them.
struct Refinement {
  let days: SearchDays
  let moves: MoveMaker
  private let neighbourhoods: Neighbourhoods
  /// Controllers that may change.
  private let movable: [Int]
  let cost: SearchCost
  /// Vehicle-seconds that may be simulated.
  let budget: Double
  /// Vehicle-seconds that a run counts on top of its own: it takes time even without vehicles.
  let overhead: Double
  let shouldStop: @Sendable () -> Bool

  /// Seeds of a round, and rounds until they change.
  private static let seedsPerRound = 4
  static let roundsPerBlock = 12
  private static let blocks = 6
  private static let firstSeed: UInt64 = 1001
  private static let seed: UInt64 = 0x47_72_65_65_6e
  /// Controllers moved in one round, at most.
  private static let mostMoved = 8
  /// Where so many rounds on end find no move that is possible, there is none.
  private static let mostIdleRounds = 100
  /// One round of so many moves a group of controllers as one.
  private static let roundsPerGroupMove = 6

  private(set) var spent = 0.0
  private(set) var rounds = 0
  private(set) var accepted = 0

  init(
    days: SearchDays, moves: MoveMaker, cost: SearchCost, budget: Double,
    overhead: Double, shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.days = days
    self.moves = moves
    self.cost = cost
    self.budget = budget
    self.overhead = overhead
    self.shouldStop = shouldStop
    neighbourhoods = Neighbourhoods(network: moves.network)
    movable = moves.choices.indices.filter { moves.choices[$0] != nil }
  }

  /// The settings that were best at the end of each block of rounds, the start first.
  ///
  /// - Parameter progress: called with the share of the budget that is spent and the total delay of the best setting,
  ///   veh·s: that of the start on the first seeds, changed by the same factor as each better setting changes it on its own.
  mutating func run(
    from start: PlanSetting, progress: (_ share: Double, _ delay: Double) -> Void
  ) async -> [PlanSetting] {
    var random = SplitMix64(seed: Self.seed)
    var current = start
    var stations = [start]
    var block = 0
    var idleRounds = 0
    var delay: Double?
    var delays: [Double] = []
    guard !movable.isEmpty else { return stations }
    while spent < budget, !shouldStop() {
      // Played again and again, with the same travellers.
      let played = await SimulatedDay.drawn(days(block))
      var runs = await play(current, played)
      var best = delay ?? mean(runs, \.totalDelay)
      for _ in 0..<Self.roundsPerBlock where spent < budget && !shouldStop() {
        rounds += 1
        let before = spent
        let better = await round(current, runs, days: played, &random)
        if let better {
          accepted += 1
          let worse = mean(runs, \.totalDelay)
          (current, runs) = better
          if worse > 0 { best *= mean(runs, \.totalDelay) / worse }
        }
        idleRounds = spent > before ? 0 : idleRounds + 1
        progress(min(1, spent / budget), best)
      }
      delay = best
      delays.append(best)
      guard !hasStoppedPaying(delays), idleRounds < Self.mostIdleRounds else { break }
      if stations.last != current { stations.append(current) }
      block += 1
    }
    return stations
  }

  /// The days of a block of rounds: half of them around the demand given, and one for each of some loads above it, for what
  /// locks up on one day in twenty does so more often when there is more traffic.
  func days(_ block: Int) -> [SimulatedDay] {
    let seeds = seeds(block)
    return days.days(Array(seeds.dropLast(Self.loads.count)))
      + zip(Self.loads, seeds.suffix(Self.loads.count)).map { days.day(scale: $0, seed: $1) }
  }

  private static let loads = [1.05, 1.1]

  /// Blocks over which the search has to gain, and the share of the delay that it has to gain in them.
  private static let patience = 4
  private static let leastGain = 0.004

  /// Whether the last blocks gained too little, by the total delays of the best setting after each of them.
  private func hasStoppedPaying(_ delays: [Double]) -> Bool {
    guard delays.count > Self.patience else { return false }
    return delays[delays.count - 1] > delays[delays.count - 1 - Self.patience] * (1 - Self.leastGain)
  }

  /// The seeds of a block of rounds.
  func seeds(_ block: Int) -> [UInt64] {
    let first = Self.firstSeed + UInt64(block % Self.blocks * Self.seedsPerRound)
    return (0..<UInt64(Self.seedsPerRound)).map { first + $0 }
  }

  private mutating func play(_ setting: PlanSetting, _ days: [SimulatedDay]) async -> [Measures] {
    let runs = await PlanComparison(of: [moves.assembly.problem.plan(of: setting)], over: days).entries[0]
      .runs
    spent += runs.reduce(0) { $0 + Self.work($1) + overhead }
    return runs
  }

  /// Vehicle-seconds that a run simulated: those in a queue take less than half of the time of those that move.
  private static func work(_ run: Measures) -> Double {
    run.travelTime - queueSaving * min(run.totalDelay, run.travelTime)
  }

  private static let queueSaving = 0.6

  /// A better setting and its runs; nil when the moves tried do not help.
  private mutating func round(
    _ current: PlanSetting, _ base: [Measures], days: [SimulatedDay], _ random: inout SplitMix64
  ) async -> (PlanSetting, [Measures])? {
    let half = days.count / 2
    if movable.count > 1, random.nextIndex(below: Self.roundsPerGroupMove) == 0 {
      guard
        let tried = moves.groupMove(
          from: current, movable: movable, neighbourhoods: neighbourhoods, &random)
      else { return nil }
      return await confirmed(tried, base, days: days)
    }
    let most = 1 + random.nextIndex(below: Self.mostMoved)
    var moved: [Int] = []
    var tried = current
    for index in neighbourhoods.independent(among: movable, most: most, &random) {
      guard let setting = moves.move(index, from: current.controllers[index], &random) else { continue }
      tried.controllers[index] = setting
      moved.append(index)
    }
    guard !moved.isEmpty else { return nil }
    guard moved.count > 1 else { return await confirmed(tried, base, days: days) }
    var runs = await play(tried, Array(days[..<half]))
    let helpful = moved.filter { index in
      let near = { @Sendable [neighbourhoods] in neighbourhoods.delay($0, near: index) }
      return mean(runs, near) < mean(Array(base[..<half]), near)
    }
    guard !helpful.isEmpty else { return nil }
    if helpful.count == moved.count {
      runs += await play(tried, Array(days[half...]))
    } else {
      tried = current.taking(helpful, from: tried)
      runs = await play(tried, days)
    }
    return improves(runs, base) ? (tried, runs) : nil
  }

  /// A setting and its runs if it is better than the base; two seeds tell most of those that are not.
  private mutating func confirmed(
    _ tried: PlanSetting, _ base: [Measures], days: [SimulatedDay]
  ) async -> (PlanSetting, [Measures])? {
    let half = days.count / 2
    var runs = await play(tried, Array(days[..<half]))
    guard mean(runs, cost.relative) < mean(Array(base[..<half]), cost.relative) else {
      return nil
    }
    runs += await play(tried, Array(days[half...]))
    return improves(runs, base) ? (tried, runs) : nil
  }

  private func mean(_ runs: [Measures], _ measure: (Measures) -> Double) -> Double {
    runs.reduce(0) { $0 + measure($1) } / Double(runs.count)
  }

  private func improves(_ runs: [Measures], _ base: [Measures]) -> Bool {
    mean(runs, cost.relative) < mean(base, cost.relative)
  }
}

extension PlanSetting {
  /// This setting with the controllers `indices` of another.
  fileprivate func taking(_ indices: [Int], from other: PlanSetting) -> PlanSetting {
    var taken = self
    for index in indices { taken.controllers[index] = other.controllers[index] }
    return taken
  }
}
