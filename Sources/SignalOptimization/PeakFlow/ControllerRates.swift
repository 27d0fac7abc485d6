internal import TrafficModel

/// What the lanes of one controller discharge in each interval of its programme, and what may change in it.
///
/// Permissive rates depend on the opposing greens; they are those of the programme as it stands, scaled to the cycle.
struct ControllerRates {
  let structure: ProgramStructure
  /// s.
  let durations: [Double]
  private let demand: ControllerDemand
  private let model: CapacityModel

  /// - Parameters:
  ///   - flows: mean flow by movement, veh/s.
  ///   - cycle: s; nil for the programme's.
  init?(network: Network, program: SignalProgram, flows: [Double], cycle: Double?) {
    let structure = ProgramStructure(program: program, controller: network[program.controller])
    guard !structure.stages.isEmpty else { return nil }
    let now = structure.stages.map { program.intervals[$0].duration }
    let green = max((cycle ?? program.cycle) - structure.lostTime, 0)
    let total = now.reduce(0, +)
    let durations = structure.durations(stages: now.map { total > 0 ? $0 * green / total : 0 })
    var demand = ControllerDemand(controller: program.controller, network: network, flows: flows)
    let equal = CapacityModel(network: network, demand: demand, structure: structure, durations: durations)
    demand.shareLanes(capacities: equal.streamCapacities())
    self.structure = structure
    self.durations = durations
    self.demand = demand
    model = CapacityModel(network: network, demand: demand, structure: structure, durations: durations)
  }

  /// veh/s of a movement on a lane, by interval.
  func rates(_ movement: MovementID, _ lane: LaneID) -> [Double] {
    let stream = demand.streamsOfMovement[movement.index].first {
      demand.lanes[demand.streams[$0].lane].id == lane
    }
    return stream.map { model.streamRates($0) } ?? durations.map { _ in 0 }
  }

  /// The controller as the problem sees it: where minimums do not fit the green, its greens are as they stand.
  var controller: PeakFlowProblem.Controller {
    var least = structure.stages.map { _ in ProgramStructure.shortestStage }
    var needs = structure.stages.map { _ in PeakFlowProblem.Controller.Need.shortestStage }
    var minimums: [PeakFlowProblem.Controller.Minimum] = []
    for minimum in structure.minimums {
      let seconds = minimum.seconds - structure.fixedTime(of: minimum.intervals)
      let stages = structure.stages.indices.filter { minimum.intervals.contains(structure.stages[$0]) }
      if stages.count == 1 {
        if seconds > least[stages[0]] {
          (least[stages[0]], needs[stages[0]]) = (seconds, .minimum(minimum.cause))
        }
      } else if !stages.isEmpty, seconds > stages.reduce(0, { $0 + least[$1] }) {
        minimums.append(.init(stages: stages, seconds: seconds, cause: minimum.cause))
      }
    }
    let now = structure.stages.map { durations[$0] }
    let controller = PeakFlowProblem.Controller(
      id: structure.program.controller, cycle: durations.reduce(0, +), green: now.reduce(0, +), least: least,
      needs: needs, minimums: minimums)
    if controller.isFeasible { return controller }
    return PeakFlowProblem.Controller(
      id: controller.id, cycle: controller.cycle, green: controller.green, least: now,
      needs: now.map { _ in .minimumsBeyondCycle })
  }
}
