internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// A page for each junction, of which a script shows one at a time.
  var junctions: [String] {
    let performance = MovementPerformance(report.result.comparison, figures: figures)
    let prices = lanePrices
    let pedestrians = PedestrianDelay(network: network, demand: report.demand)
    return JunctionSection(pictures: pictures, words: words).lines(notes: words.junctions.notes) { id in
      movementTable(id, performance: performance, prices: prices).html + binding(of: id)
        + pedestrianTable(id, pedestrians)
    }
  }

  // MARK: Movements

  /// By lane that binds under the proposed plan: what one more second of its green changes.
  private var lanePrices: [LaneID: Double] {
    report.result.certificate.splits.flatMap(\.binding).reduce(into: [:]) { prices, constraint in
      if let lane = constraint.lane { prices[lane] = constraint.pricePerSecond }
    }
  }

  /// A movement that has traffic, and how it fares.
  private struct MovementRow {
    var name: String
    /// veh/h.
    var flow: Double
    var saturationFlow: Double
    var sides: Sides<MovementPerformance.Side>
    /// What one more second of green of its dearest lane changes.
    var price: Double?
  }

  private func movementTable(
    _ id: ControllerID, performance: MovementPerformance, prices: [LaneID: Double]
  ) -> Table {
    let movements = network.movements.indices.map { MovementID($0) }.filter { movement in
      network[movement].connections.contains { network[$0].signal?.controller == id }
    }
    let rows = movements.filter { figures.flows.mean[$0.index] > 0 }.map { movement in
      MovementRow(
        name: name(of: movement, among: movements),
        flow: Quantities.perHour(vehiclesPerSecond: figures.flows.mean[movement.index]),
        saturationFlow: Quantities.perHour(vehiclesPerSecond: performance.saturationFlow(movement)),
        sides: Sides(performance.of(movement, plan: 0), performance.of(movement, plan: 1)),
        price: network[movement].connections.compactMap { prices[network[$0].from] }
          .max { abs($0) < abs($1) })
    }
    let names = words.junctions
    func pair(_ title: String, _ cell: @escaping (MovementPerformance.Side) -> Cell) -> TableGroup<
      MovementRow
    > {
      .pair(Title(title, title), words, of: \.sides, cell)
    }
    return Table(
      names.movements,
      [
        TableGroup(.text("\(names.movement)") { Cell($0.name) }),
        TableGroup(.number("\(names.flow)") { .number($0.flow, decimals: 0) }),
        TableGroup(.number("\(names.saturationFlow)") { .number($0.saturationFlow, decimals: 0) }),
        pair(names.saturation) {
          var cell = Cell.number($0.saturation, decimals: 2)
          if $0.saturation ?? 0 >= Self.nearlyFull { cell.style = .strong }
          return cell
        }, pair(names.delay) { .number($0.delay, decimals: 1) }, pair(names.level) { Cell($0.level) },
        pair(names.queue) { Cell("\($0.queue)") },
        TableGroup(.number("\(names.price)") { Cell($0.price.map(price) ?? "") }),
      ], rows: rows)
  }

  /// Higher degrees of saturation stand out.
  private static let nearlyFull = 0.9

  private func name(of id: MovementID, among others: [MovementID]) -> String {
    let movement = network[id]
    let name = "\(network[movement.from].name) \(words.junctions.turn(movement.turn))"
    // Two ways to the left are told apart by where they lead.
    let twins = others.count { network[$0].from == movement.from && network[$0].turn == movement.turn }
    return twins > 1 ? "\(name) → \(network[movement.to].name)" : name
  }

  private func binding(of id: ControllerID) -> [String] {
    guard let split = report.result.certificate.splits.first(where: { $0.controller == id }) else {
      return []
    }
    let names = words.junctions
    guard !split.binding.isEmpty else { return ["<p>\(escaped(names.noBinding))</p>"] }
    return ["<h4>\(escaped(names.binding))</h4><ul>"]
      + split.binding.map { "<li>\(escaped(binding($0, at: id)))</li>" } + ["</ul>"]
  }

  // MARK: Pedestrians

  private func pedestrianTable(_ id: ControllerID, _ pedestrians: PedestrianDelay) -> [String] {
    let names = words.junctions
    let crossings = network.crossings.indices.map { CrossingID($0) }.filter {
      network[$0].signal?.controller == id
    }
    guard !crossings.isEmpty else { return [] }
    let programs = Sides(figures.plans[0][id], figures.plans[1][id])
    func pair(
      _ title: String, _ seconds: @escaping (SignalProgram, _ group: Int) -> Double?
    ) -> TableGroup<CrossingID> {
      .pair(
        Title(title, title), words,
        of: { crossing in
          let group = network[crossing].signal?.group ?? 0
          return programs.map { $0.flatMap { seconds($0, group) } }
        }
      ) { .number($0, decimals: 0) }
    }
    return Table(
      names.pedestrians,
      [
        TableGroup(.text("\(names.crossing)") { Cell(network[$0].name) }),
        TableGroup(
          .number("\(names.perHour)") { crossing in
            let counted = pedestrians.crossings.first { $0.id == crossing }?.pedestrians
            return .number(counted.map { $0 / max(report.demand.hours, 1e-9) }, decimals: 0)
          }),
        TableGroup(.number("\(names.clearance)") { .number(network[$0].clearanceTime, decimals: 0) }),
        pair(names.walk) { program, group in
          program.runs(ofGroup: group, where: \.isGreen).map { program.duration(of: $0) }.max() ?? 0
        }, pair(names.meanWait) { $0.meanWait(ofGroup: $1) },
        pair(names.longestWait) { $0.longestWait(ofGroup: $1) },
      ], rows: crossings
    ).html
  }
}

/// How movements fared in the runs of a comparison.
struct MovementPerformance {
  /// Of a movement under a plan.
  struct Side {
    /// Degree of saturation of its fullest lane; nil without a signal.
    var saturation: Double?
    /// s per vehicle.
    var delay: Double
    var level: String
    /// veh that the queue of its longest lane keeps within in 95 % of the cycles.
    var queue: Int
  }
  private let figures: PeriodFigures
  private let comparison: PlanPair
  private let queues: [[Int]]

  /// Share of the cycles that turn pockets are designed for.
  private static let share = 0.95

  init(_ comparison: PlanPair, figures: PeriodFigures) {
    self.comparison = comparison
    self.figures = figures
    queues = figures.observations.map { runs in
      figures.network.lanes.indices.map {
        TrafficObservation.queue(withinShare: Self.share, ofLane: LaneID($0), runs: runs)
      }
    }
  }

  func of(_ movement: MovementID, plan: Int) -> Side {
    let lanes = figures.network[movement].connections.map { figures.network[$0].from }
    let runs = comparison.both[plan].runs.map { $0.movements[movement.index] }
    let vehicles = runs.reduce(0) { $0 + $1.demand }
    let delay = vehicles == 0 ? 0 : runs.reduce(0) { $0 + $1.delay } / Double(vehicles)
    return Side(
      saturation: lanes.compactMap { figures.loads[plan][$0]?.saturation }.max(), delay: delay,
      level: LevelOfService(delayPerVehicle: delay).rawValue,
      queue: lanes.map { queues[plan][$0.index] }.max() ?? 0)
  }

  /// Under the proposed plan, veh/s.
  func saturationFlow(_ movement: MovementID) -> Double {
    figures.loads[figures.loads.count - 1].saturationFlow(of: movement)
  }
}
