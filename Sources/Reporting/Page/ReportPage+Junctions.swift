internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

extension ReportPage {
  /// A page for each junction, of which a script shows one at a time.
  var junctions: [String] {
    let performance = MovementPerformance(comparison, figures: figures)
    let prices = lanePrices
    let pedestrians = PedestrianDelay(network: network, demand: report.demand)
    return JunctionSection(pictures: pictures, words: words).lines(notes: words.junctions.notes) { id in
      movementTable(id, performance: performance, prices: prices) + binding(of: id)
        + pedestrianTable(id, pedestrians)
    }
  }

  // MARK: Movements

  func turnWord(_ turn: Turn) -> String {
    switch turn {
    case .left: words.junctions.turns.left
    case .through: words.junctions.turns.through
    case .right: words.junctions.turns.right
    case .uTurn: words.junctions.turns.uTurn
    }
  }

  /// By lane that binds under the proposed plan: what one more second of its green changes.
  private var lanePrices: [LaneID: Double] {
    report.result.certificate.splits.flatMap(\.binding).reduce(into: [:]) { prices, constraint in
      if let lane = constraint.lane { prices[lane] = constraint.pricePerSecond }
    }
  }

  private func movementTable(
    _ id: ControllerID, performance: MovementPerformance, prices: [LaneID: Double]
  ) -> [String] {
    let names = words.junctions
    let pairs = [names.saturation, names.delay, names.level, names.queue]
    var table = HTMLTable(
      caption: names.movements,
      groups: [HTMLTable.Heading(title: "", columns: 3)]
        + pairs.map { HTMLTable.Heading(title: $0, columns: 2) } + [HTMLTable.Heading(title: "")],
      columns: [names.movement, names.flow, names.saturationFlow]
        + pairs.flatMap { _ in [words.map.now, words.map.new] } + [names.price])
    let movements = network.movements.indices.map { MovementID($0) }.filter { movement in
      network[movement].connections.contains { network[$0].signal?.controller == id }
    }
    for movement in movements {
      let flow = figures.flows.mean[movement.index]
      guard flow > 0 else { continue }
      let sides = figures.plans.indices.map { performance.of(movement, plan: $0) }
      let dearest = network[movement].connections.compactMap { prices[network[$0].from] }
        .max { abs($0) < abs($1) }
      table.add(
        escaped(name(of: movement, among: movements)),
        [
          NumberText.fixed(Quantities.perHour(vehiclesPerSecond: flow), decimals: 0),
          NumberText.fixed(
            Quantities.perHour(vehiclesPerSecond: performance.saturationFlow(movement)), decimals: 0),
        ]
          + sides.map { mark($0.saturation) }
          + sides.map { NumberText.fixed($0.delay, decimals: 1) }
          + sides.map { $0.level } + sides.map { "\($0.queue)" } + [dearest.map(price) ?? ""])
    }
    return table.html
  }

  /// A degree of saturation; too high ones stand out.
  private func mark(_ saturation: Double?) -> String {
    guard let saturation else { return "–" }
    let text = NumberText.fixed(saturation, decimals: 2)
    return saturation >= Self.nearlyFull ? "<strong>\(text)</strong>" : text
  }
  private static let nearlyFull = 0.9

  private func name(of id: MovementID, among others: [MovementID]) -> String {
    let movement = network[id]
    let name = "\(network[movement.from].name) \(turnWord(movement.turn))"
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
    let pairs = [names.walk, names.meanWait, names.longestWait]
    var table = HTMLTable(
      caption: names.pedestrians,
      groups: [HTMLTable.Heading(title: "", columns: 3)]
        + pairs.map { HTMLTable.Heading(title: $0, columns: 2) },
      columns: [names.crossing, names.perHour, names.clearance]
        + pairs.flatMap { _ in [words.map.now, words.map.new] })
    for crossing in crossings {
      guard let signal = network[crossing].signal else { continue }
      let counted = pedestrians.crossings.first { $0.id == crossing }?.pedestrians
      let programs = figures.plans.map { $0[id] }
      func each(_ value: (SignalProgram) -> Double?) -> [String] {
        programs.map { $0.flatMap(value).map { NumberText.fixed($0, decimals: 0) } ?? "–" }
      }
      table.add(
        escaped(network[crossing].name),
        [
          counted.map { NumberText.fixed($0 / max(report.hours, 1e-9), decimals: 0) } ?? "–",
          NumberText.fixed(network[crossing].clearanceTime, decimals: 0),
        ]
          + each { program in
            program.runs(ofGroup: signal.group, where: \.isGreen).map { program.duration(of: $0) }.max() ?? 0
          }
          + each { $0.meanWait(ofGroup: signal.group) } + each { $0.longestWait(ofGroup: signal.group) })
    }
    return table.html
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
