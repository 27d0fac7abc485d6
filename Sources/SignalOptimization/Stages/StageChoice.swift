internal import LinearProgramming
internal import TrafficModel

/// A stage that may be chosen: its states, and what every lane discharges in it.
struct CandidateStage {
  let states: [SignalState]
  /// By lane of the demand: veh/s while the stage lasts.
  let rates: [Double]
  /// By turn that waits for gaps inside the junction: veh/s, if its lane served nothing else.
  let turnRates: [Double]
  /// By such turn: whether its green is protected.
  let protects: [Bool]
  /// By lane: the vehicles after which one that may not go blocks it; infinite where all may.
  let limits: [Double]
}

/// Stages: the mixed-integer program that chooses a controller's stages for a cycle.
///
/// Variables: for each candidate k whether it runs, y_k, and its green g_k; for each lane the vehicles v_l that it
/// can discharge in a cycle and its delay D_l; n_lk vehicles of a lane in stages where only some of them may go.
///
///     minimize Σ D_l + w Σ z_t
///     Σ g_k + L Σ y_k = C                    L: lost time of a change of stage
///     g_min y_k ≤ g_k ≤ C y_k
///     Σ_{k serves j} y_k ≥ 1                 for each group j that must be served
///     y_k = 1                                for each stage k that belongs to people on foot alone
///     v_l ≤ const_l + Σ rate_lk g_k + Σ n_lk,   n_lk ≤ rate_lk g_k,   n_lk ≤ limit_lk y_k
///     Σ rate_tk g_k + z_t ≥ q_t C / 0.9        for each turn t that waits for gaps inside the junction,
///                                              unless a stage that protects it runs
///     D_l ≥ tangents of the lane's delay function at a few degrees of saturation
///
/// The order does not matter here, and so changes of stage that let some groups run through cost as much as others;
/// `StageOrder` sees to it afterwards.
struct StageChoice {
  let candidates: [CandidateStage]
  /// Positions of candidates that must run.
  let kept: [Int]
  let compatibility: GroupCompatibility
  /// By lane: discharge under full green, flow (veh/s), and vehicles per cycle lost to starting.
  let saturationFlows: [Double]
  let flows: [Double]
  let constants: [Double]
  /// Flows of the turns that wait for gaps inside the junction, veh/s.
  let turnFlows: [Double]
  /// s.
  let lostTime: Double
  let period: Double

  /// Stages shorter than this serve nobody, s.
  static let shortestGreen = 5.0
  /// Green share at which the rates of a candidate are worked out.
  private static let usualGreenShare = 0.4
  /// Degrees of saturation at which delay functions are linearised.
  static let degrees = [0.4, 0.6, 0.75, 0.85, 0.92, 0.98, 1.05, 1.2, 1.5, 2.5]
  /// Nodes after which the search for a better set stops; small programs need a few dozen.
  private static let nodeLimit = 300
  /// Share of the best delay within which the search for a set ends.
  static let relativeGap = 0.02

  init(
    network: Network, demand: ControllerDemand, id: ControllerID, compatibility: GroupCompatibility,
    stages: [[SignalState]], cycle: Double, period: Double
  ) {
    self.compatibility = compatibility
    self.period = period
    let controller = compatibility.controller
    lostTime = Self.usualChange(controller)
    flows = demand.lanes.indices.map { demand.flow(ofLane: $0) }
    let turns = demand.streamsWaitingInside(network)
    turnFlows = turns.map { demand.flow(ofStream: $0) }
    var candidates: [CandidateStage] = []
    var saturation = [Double](repeating: 0, count: flows.count)
    var constants = [Double](repeating: 0, count: flows.count)
    for states in stages {
      let green = Self.usualGreenShare * cycle
      let program = SignalProgram(
        controller: id, name: "", offset: 0,
        intervals: [
          SignalInterval(duration: green, states: states),
          SignalInterval(duration: cycle - green, states: compatibility.background),
        ])
      let model = CapacityModel(
        network: network, demand: demand,
        structure: ProgramStructure(program: program, stages: [0], controller: controller),
        durations: [green, cycle - green])
      let lanes = model.lanes()
      candidates.append(
        CandidateStage(
          states: states,
          rates: lanes.map { lane in
            lane.rates[0] + (lane.partials.first { $0.interval == 0 }?.rate ?? 0)
          },
          turnRates: turns.map { model.streamRates($0)[0] },
          protects: turns.map { turn in
            demand.streams[turn].connections.allSatisfy { connection in
              network[connection].signal.map { states[$0.group] == .protectedGreen } ?? true
            }
          },
          limits: lanes.map { lane in lane.partials.first { $0.interval == 0 }?.limit ?? .infinity }))
      for (index, lane) in lanes.enumerated() {
        saturation[index] = max(saturation[index], lane.saturationFlow)
        constants[index] = min(constants[index], lane.constant)
      }
    }
    self.candidates = candidates
    kept = stages.indices.filter { controller.pedestrianStages.exclusive.contains(stages[$0]) }
    self.constants = constants
    saturationFlows = saturation
  }

  /// What a change of stage usually costs, s: the middle of the conflicting pairs' intergreens and yellows.
  private static func usualChange(_ controller: SignalController) -> Double {
    var changes: [Double] = []
    for a in controller.groups.indices {
      for b in controller.groups.indices where controller.conflicts[a][b] != .none {
        changes.append(max(controller.intergreens[a][b], controller.groups[a].yellow))
      }
    }
    changes.sort()
    return changes.isEmpty ? 0 : changes[changes.count / 2]
  }

  /// The best sets of stages for a cycle, best first: positions in `candidates`, at most `count` sets.
  func best(_ count: Int, cycle: Double) throws(LinearProgramError) -> [[Int]] {
    var model = model(cycle: cycle)
    var found: [[Int]] = []
    while found.count < count {
      let solution = try model.program.solve(
        SolveOptions(nodeLimit: Self.nodeLimit, relativeGap: Self.relativeGap))
      guard let point = solution.point else { break }
      let chosen = model.runs.indices.filter { point[model.runs[$0]] > 0.5 }
      found.append(chosen)
      // The same set must not come again, nor one with more stages.
      model.program.addRow(
        "not_again_\(found.count)", chosen.map { Term(model.runs[$0], 1) },
        in: (-Double.infinity)...(Double(chosen.count) - 1))
    }
    return found
  }

  private struct Model {
    var program = LinearProgram(.minimize, name: "stages")
    var runs: [Variable] = []
    var greens: [Variable] = []
  }

  private func model(cycle: Double) -> Model {
    var model = Model()
    for index in candidates.indices {
      model.runs.append(
        model.program.addVariable("runs_\(index + 1)", in: 0...1, objective: 0, kind: .binary))
      model.greens.append(model.program.addVariable("green_\(index + 1)", in: 0...cycle))
    }
    model.program.addRow(
      "cycle", model.greens.map { Term($0, 1) } + model.runs.map { Term($0, lostTime) }, in: cycle...cycle)
    for index in candidates.indices {
      let (run, green) = (model.runs[index], model.greens[index])
      model.program.addRow(
        "longest_\(index + 1)", [Term(green, 1), Term(run, -cycle)], in: (-Double.infinity)...0)
      model.program.addRow(
        "shortest_\(index + 1)", [Term(green, 1), Term(run, -Self.shortestGreen)], in: 0...(.infinity))
    }
    for index in kept {
      model.program.addRow("kept_\(index + 1)", [Term(model.runs[index], 1)], in: 1...1)
    }
    for group in compatibility.controller.groups.indices
    where compatibility.controller.groups[group].mustBeServed && compatibility.isUsed[group] {
      let serving = candidates.indices.filter { candidates[$0].states[group].isGreen }
      model.program.addRow(
        "serve_\(group + 1)", serving.map { Term(model.runs[$0], 1) }, in: 1...(.infinity))
    }
    for lane in flows.indices where flows[lane] > 0 { addLane(lane, cycle: cycle, to: &model) }
    for turn in turnFlows.indices { addTurn(turn, cycle: cycle, to: &model) }
    return model
  }

  /// Delay that a vehicle per cycle which finds no gap counts for, veh·s per second.
  private static let caughtDelay = 5.0

  /// Turns shall find gaps: who is caught in the junction when the stage ends may lock it.
  private func addTurn(_ turn: Int, cycle: Double, to model: inout Model) {
    let caught = model.program.addVariable(
      "caught_\(turn + 1)", in: 0...(.infinity), objective: Self.caughtDelay)
    let needed = turnFlows[turn] * cycle / SaturationLimits.highestTurnSaturation
    let terms = candidates.indices.filter { candidates[$0].turnRates[turn] > 0 }.map { index in
      candidates[index].protects[turn]
        ? Term(model.runs[index], needed) : Term(model.greens[index], candidates[index].turnRates[turn])
    }
    model.program.addRow("turn_\(turn + 1)", terms + [Term(caught, 1)], in: needed...(.infinity))
  }

  private func addLane(_ lane: Int, cycle: Double, to model: inout Model) {
    let name = "lane_\(lane + 1)"
    let vehicles = model.program.addVariable("vehicles_\(name)", in: (-Double.infinity)...(.infinity))
    let delay = model.program.addVariable("delay_\(name)", in: 0...(.infinity), objective: 1)
    var terms = [Term(vehicles, 1)]
    for (index, candidate) in candidates.enumerated() where candidate.rates[lane] > 0 {
      if candidate.limits[lane].isFinite {
        let passing = model.program.addVariable(
          "\(name)_until_blocked_in_\(index + 1)", in: 0...(.infinity))
        model.program.addRow(
          "\(name)_discharge_in_\(index + 1)",
          [Term(passing, 1), Term(model.greens[index], -candidate.rates[lane])], in: (-Double.infinity)...0)
        model.program.addRow(
          "\(name)_blocked_in_\(index + 1)",
          [Term(passing, 1), Term(model.runs[index], -candidate.limits[lane])], in: (-Double.infinity)...0)
        terms.append(Term(passing, -1))
      } else {
        terms.append(Term(model.greens[index], -candidate.rates[lane]))
      }
    }
    model.program.addRow(
      "capacity_\(name)", terms, in: (-Double.infinity)...constants[lane])
    let function = DelayFunction(
      flow: flows[lane], saturationFlow: saturationFlows[lane], cycle: cycle, period: period)
    for (index, degree) in Self.degrees.enumerated() {
      let capacity = min(flows[lane] / degree, saturationFlows[lane])
      let slope = function.slope(at: capacity)
      // D ≥ value + slope (v / C − capacity)
      model.program.addRow(
        "\(name)_tangent_\(index + 1)", [Term(delay, 1), Term(vehicles, -slope / cycle)],
        in: (function.value(at: capacity) - slope * capacity)...(.infinity))
    }
  }
}
