internal import LinearProgramming
internal import TrafficModel

/// Splits: the linear program of one controller at a fixed cycle and fixed stages.
///
/// Variables: the stage durations g, for each lane l the vehicles v_l that it can discharge in a cycle, and
/// for each partial interval of a lane the vehicles n that pass in it.
///
///     Σ g + lost time = C
///     Σ over the intervals of each minimum ≥ its seconds
///     v_l ≤ constant_l + Σ rate_lk g_k + Σ n_lj,   n_lj ≤ rate g_k,   0 ≤ n_lj ≤ limit
///
/// The objectives add their own rows; see `SplitProgram+Objectives.swift` and Documentation/Splits.md.
struct SplitProgram {
  let structure: ProgramStructure
  let lanes: [LaneCapacity]
  /// The network's lanes, one for each capacity.
  let laneIDs: [LaneID]
  /// Flow by lane, veh/s.
  let flows: [Double]
  /// s.
  let cycle: Double
  /// Length of the demand's period, s.
  let period: Double
  /// Bounds of each stage's duration, s.
  let stageBounds: [ClosedRange<Double>]
  /// By lane: the degree of saturation above which each vehicle that has no room costs `excessDelay`.
  let limits: [Double]
  /// Pedestrians whose delay counts; empty where it has no weight.
  var waits: [PedestrianWait] = []

  /// The variables and rows that all objectives share.
  struct Base {
    var program: LinearProgram
    var stages: [Variable] = []
    var discharges: [Variable] = []
    var capacityRows: [Row] = []
    var minimumRows: [Row] = []
    var cycleRow: Row?
  }

  func base(_ direction: Direction, name: String) -> Base {
    var base = Base(program: LinearProgram(direction, name: name))
    let available = cycle - structure.lostTime
    for (index, stage) in structure.stages.enumerated() {
      base.stages.append(base.program.addVariable("stage_\(stage + 1)", in: stageBounds[index]))
    }
    base.cycleRow = base.program.addRow(
      "cycle", base.stages.map { Term($0, 1) }, in: available...available)
    for (name, minimum) in zip(structure.minimumNames, structure.minimums) {
      let fixed = structure.fixedTime(of: minimum.intervals)
      let row = base.program.addRow(
        name, stageTerms(minimum.intervals, base: base), in: (minimum.seconds - fixed)...(.infinity))
      base.minimumRows.append(row)
    }
    addLanes(to: &base)
    return base
  }

  /// Adds the lanes' variables and rows to a program that has the stages.
  ///
  /// - Parameter prefix: of their names, where the program has lanes of several demands.
  func addLanes(to base: inout Base, prefix: String = "") {
    for lane in lanes.indices { addLane(lane, named: "\(prefix)lane_\(lane + 1)", to: &base) }
  }

  private func stageTerms(_ intervals: [Int], base: Base) -> [Term] {
    zip(structure.stages, base.stages).filter { intervals.contains($0.0) }.map { Term($0.1, 1) }
  }

  private func addLane(_ index: Int, named name: String, to base: inout Base) {
    let lane = lanes[index]
    let discharge = base.program.addVariable(
      "vehicles_\(name)", in: (-Double.infinity)...(.infinity))
    var terms = [Term(discharge, 1)]
    var constant = lane.constant
    for (interval, rate) in lane.rates.enumerated() where rate > 0 {
      if let stage = structure.stages.firstIndex(of: interval) {
        terms.append(Term(base.stages[stage], -rate))
      } else {
        constant += rate * structure.program.intervals[interval].duration
      }
    }
    for partial in lane.partials {
      guard let stage = structure.stages.firstIndex(of: partial.interval) else {
        constant += min(
          partial.rate * structure.program.intervals[partial.interval].duration, partial.limit)
        continue
      }
      let passing = base.program.addVariable(
        "\(name)_until_blocked_in_\(partial.interval + 1)", in: 0...partial.limit)
      base.program.addRow(
        "\(name)_discharge_in_\(partial.interval + 1)",
        [Term(passing, 1), Term(base.stages[stage], -partial.rate)], in: (-Double.infinity)...0)
      terms.append(Term(passing, -1))
    }
    base.discharges.append(discharge)
    base.capacityRows.append(
      base.program.addRow("capacity_\(name)", terms, in: (-Double.infinity)...constant))
  }

  /// Vehicles per cycle of each lane for given stage durations, s.
  func discharges(stages: [Double]) -> [Double] {
    let durations = structure.durations(stages: stages)
    return lanes.map { $0.vehicles(durations: durations) }
  }

  /// The delay function of a lane.
  func delay(ofLane lane: Int) -> DelayFunction {
    DelayFunction(
      flow: flows[lane], saturationFlow: lanes[lane].saturationFlow, cycle: cycle, period: period)
  }

  /// Vehicles per cycle that lanes lack to be no more saturated than they may be.
  func excess(stages: [Double]) -> Double {
    zip(discharges(stages: stages), lanes.indices).reduce(0) { sum, lane in
      sum + max(0, flows[lane.1] * cycle / limits[lane.1] - lane.0)
    }
  }

  /// What each of them costs, veh·s per second: more than any delay that greens could save elsewhere.
  static let excessDelay = 100.0

  /// Total delay for given stage durations, veh·s per second, with that of pedestrians by its weight.
  func delay(stages: [Double]) -> Double {
    let vehicles = discharges(stages: stages).enumerated().reduce(0) {
      $0 + delay(ofLane: $1.offset).value(at: $1.element / cycle)
    }
    guard !waits.isEmpty else { return vehicles }
    let durations = structure.durations(stages: stages)
    return waits.reduce(vehicles) { $0 + $1.delay(durations: durations, cycle: cycle) }
  }

  /// Largest factor by which all demand can grow before some lane is oversaturated; infinite without demand.
  func reserveCapacity(stages: [Double]) -> Double {
    discharges(stages: stages).enumerated().reduce(.infinity) {
      min($0, $1.element / (flows[$1.offset] * cycle))
    }
  }

  /// Vehicles served per second for given stage durations.
  func throughput(stages: [Double]) -> Double {
    discharges(stages: stages).enumerated().reduce(0) { $0 + min(flows[$1.offset], $1.element / cycle) }
  }
}
