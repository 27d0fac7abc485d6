internal import TrafficModel

/// The programmes that come of changing places of two stages.
struct StageSwaps {
  let network: Network

  /// With transitions rebuilt, stages in proportion to what they were, and the same cycle; legal ones only. None for
  /// two stages, whose order is no order. Of a ring-barrier controller phases change places instead.
  func programs(of program: SignalProgram) -> [SignalProgram] {
    let controller = network[program.controller]
    if let rings = controller.rings {
      return RingOrders(network: network).programs(of: program, rings: rings)
    }
    let setting = ControllerSetting(program, controller: controller)
    guard setting.stages.count > 2 else { return [] }
    let states = setting.structure.stages.map { program.intervals[$0].states }
    let places = states.indices
    // Of three stages there are two orders: any swap gives the other.
    let swaps = states.count == 3 ? [(0, 1)] : places.map { ($0, ($0 + 1) % states.count) }
    return swaps.compactMap { first, second in
      var order = Array(places)
      order.swapAt(first, second)
      let structure = StageSequence(stages: order.map { states[$0] }).structure(
        of: program.controller, controller)
      var swapped = ControllerSetting(structure: structure, offset: program.offset)
      let wanted = order.map { setting.stages[$0] }
      let factor = (setting.cycle - structure.lostTime) / wanted.reduce(0, +)
      guard factor > 0 else { return nil }
      swapped.stages = wanted.map { max(ProgramStructure.shortestStage, ($0 * factor).rounded()) }
      if let longest = swapped.stages.indices.max(by: { swapped.stages[$0] < swapped.stages[$1] }) {
        swapped.stages[longest] += setting.cycle - swapped.cycle
      }
      var plan = TimingPlan(name: "", programs: network.controllers.map { _ in nil })
      plan[program.controller] = swapped.program
      return plan.check(against: network).isEmpty ? swapped.program : nil
    }
  }
}
