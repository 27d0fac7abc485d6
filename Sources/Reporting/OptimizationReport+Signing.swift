internal import SignalOptimization
internal import TrafficModel
internal import TrafficSimulation

/// What an engineer asks before signing: how much the plan bears, who loses, and what became of the stages.
extension OptimizationReport {
  // MARK: Load

  /// Both plans at a load.
  private struct Load {
    var scale: Double
    var plans: Sides<PlanComparison.Entry>
  }

  private var loads: [Load] {
    (result.loading?.points ?? []).map {
      Load(scale: $0.scale, plans: Sides($0.comparison.entries[0], $0.comparison.entries[1]))
    }
  }

  /// Both plans under more and more traffic.
  func loadTable(_ words: PageWords) -> Table {
    Table(
      words.load.caption,
      [
        TableGroup(.number(Title("demand, times", words.load.scale)) { .number($0.scale, decimals: 2) }),
        .pair(Title("delay, s/veh", words.load.delay), words, of: \.plans) {
          .number($0.estimate(\.delayPerVehicle).mean, decimals: 1)
        },
        .pair(Title("runs locked up", words.load.lockUps), words, of: \.plans) {
          Cell("\($0.lockUps) of \($0.runs.count)")
        },
      ], rows: loads)
  }

  /// Up to which load each plan keeps up; empty where that was not played.
  func loadSentence(_ words: PageWords) -> [String] {
    guard presentControl.isPlayed, let curve = result.loading, let most = curve.points.last?.scale else {
      return []
    }
    func limit(_ plan: Int) -> String {
      guard let breakdown = curve.breakdown(of: plan) else {
        return words.load.keepsUp(NumberText.fixed(most, decimals: 2))
      }
      let scale = NumberText.fixed(breakdown.scale, decimals: 2)
      return breakdown.isBelow ? words.load.fallsBehindBelow(scale) : words.load.fallsBehind(scale)
    }
    return [words.load.limits(limit(0), limit(1))]
  }

  /// For programs: every seed's delay, s per vehicle, and how many lock up.
  var loadsJSON: [JSONObject] {
    loads.map { load in
      load.plans.map { entry -> JSONObject in
        ["delayPerVehicle": entry.runs.map(\.delayPerVehicle), "lockUps": entry.lockUps]
      }.json.with(["scale": load.scale])
    }
  }

  // MARK: Who loses

  /// Movements named in a sentence.
  private static let mostNamed = 5
  /// Movements whose delay grows by a smaller share are not told of.
  private static let noticeable = 0.05

  /// Who pays for the gain of others; empty where nothing is proposed.
  func losers(_ words: PageWords) -> [String] {
    guard isProposed, presentControl.isPlayed else { return [] }
    return [slowedSentence(words), lossSentence(words)].filter { !$0.isEmpty }
  }

  private func lossSentence(_ words: PageWords) -> String {
    let names = result.losses.map { loss in
      let delays = Sides(loss.existing, loss.proposed).map { NumberText.fixed($0, decimals: 0) }
      return words.load.loss(network.name(of: loss.movement), delays.existing, delays.proposed)
    }
    guard !names.isEmpty else { return "" }
    return words.load.losses(
      names.listed(atMost: Self.mostNamed, separator: words.say("; ", "；")) { words.load.more($0) })
  }

  private func slowedSentence(_ words: PageWords) -> String {
    let movements = network.movements.indices.compactMap { movement -> Sides<Double>? in
      let delays = plans.map { MovementMeasures.delayPerVehicle(of: movement, in: $0.entry.runs) }
      guard let existing = delays.existing, let proposed = delays.proposed else { return nil }
      return Sides(existing, proposed)
    }
    let slowed = movements.filter { $0.proposed > $0.existing * (1 + Self.noticeable) }
    guard !slowed.isEmpty else { return "" }
    let falling = slowed.filter {
      $0.map { LevelOfService(delayPerVehicle: $0) == .f }.both == [false, true]
    }
    return words.load.slowed(slowed.count, movements.count, falling.count)
  }

  /// For programs, s per vehicle.
  var lossesJSON: [JSONObject] {
    result.losses.map {
      ["movement": network.name(of: $0.movement), "existing": $0.existing, "proposed": $0.proposed]
    }
  }

  // MARK: SUMO

  /// What SUMO says of the plan; empty where it was not asked.
  func judgeSentence(_ words: PageWords) -> [String] {
    guard let judge else { return [] }
    let plans = Sides(PlanPair(judge.comparison), hours: 1)
    let delays = plans.map { $0.cell(.delayPerVehicle).inSentence }
    let sentence = words.load.inSUMO(
      judge.version, judge.comparison.seeds.count, delays.existing, delays.proposed,
      NumberText.percentChange(plans.percentChange()))
    return [sentence + words.say(" ", "") + (judge.holds ? words.load.holds : words.load.doesNotHold)]
  }

  /// For programs, s per vehicle and seed.
  var judgeJSON: JSONObject? {
    guard let judge else { return nil }
    let entries = Sides(judge.comparison.entries[0], judge.comparison.entries[1])
    return entries.map { entry -> JSONObject in
      ["delayPerVehicle": entry.runs.map(\.delayPerVehicle), "lockUps": entry.lockUps]
    }.json.with([
      "simulator": "SUMO \(judge.version)", "seeds": judge.comparison.seeds, "holds": judge.holds,
    ])
  }

  // MARK: Stages

  private var stageChanges: [StageDifference] {
    StageDifference.all(from: plans.existing.plan, to: plans.proposed.plan, on: network)
  }

  /// What was removed, added and reordered, junction by junction.
  func stageTable(_ words: PageWords) -> Table {
    func names(_ stages: [[Int]], _ change: StageDifference) -> Cell {
      let groups = network[change.controller].groups
      return Cell(stages.map { $0.map { groups[$0].name }.joined(separator: "+") }.joined(separator: " / "))
    }
    return Table(
      words.load.stages,
      columns: [
        .text(Title("junction", words.map.junction), room: .atMost(16)) { [network] in
          Cell(network[$0.controller].name, address: $0.controller.address)
        },
        .text(Title("stages gone", words.load.removed), room: .atMost(26)) { names($0.removed, $0) },
        .text(Title("new stages", words.load.added), room: .atMost(26)) { names($0.added, $0) },
        .text(Title("order", words.load.order)) { Cell($0.isReordered ? words.load.reordered : "") },
      ], rows: stageChanges)
  }

  /// For programs.
  var stagesJSON: [JSONObject] {
    stageChanges.map { change in
      let groups = network[change.controller].groups
      func names(_ stages: [[Int]]) -> [[String]] { stages.map { $0.map { groups[$0].name } } }
      return [
        "junction": network[change.controller].name, "removed": names(change.removed),
        "added": names(change.added), "isReordered": change.isReordered,
      ]
    }
  }
}
