internal import TrafficModel

/// The programmes of a ring-barrier controller that come of other orders of its phases.
struct RingOrders {
  let network: Network

  /// With the same splits and the first barrier crossed at the same time; legal ones only, the programme itself left out.
  func programs(of program: SignalProgram, rings: PhaseRings) -> [SignalProgram] {
    let controller = network[program.controller]
    let reading = RingReading(program, controller, rings: rings)
    guard let timing = reading.timing else { return [] }
    let compatibility = GroupCompatibility(network: network, id: program.controller, program: program)
    let made = RingProgram(controller, rings: rings, following: compatibility)
    let traps = Set(program.yellowTraps(on: network))
    let offset = (program.offset + reading.origin).positiveRemainder(program.cycle)
    var orders: [[[[Int]]]] = [[]]
    for (barrier, present) in timing.order.enumerated() {
      let choices = rings.orders(barrier: barrier, present: present, mayChange: true)
        .filter { zip($0, present).allSatisfy { $0.count == $1.count } }
      orders = orders.flatMap { head in choices.map { head + [$0] } }
    }
    return orders.dropFirst().compactMap { order in
      let changed = SignalProgram(
        controller: program.controller, name: program.name, offset: offset,
        intervals: made.intervals(RingTiming(order: order, splits: timing.splits))
      ).beginningWithStage()
      var plan = TimingPlan(name: "", programs: network.controllers.map { _ in nil })
      plan[program.controller] = changed
      let isTrap = !traps.isSuperset(of: changed.yellowTraps(on: network))
      return !isTrap && plan.check(against: network).isEmpty ? changed : nil
    }
  }
}
