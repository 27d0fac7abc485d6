import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Signals in the simulator")
struct FixedTimeLogicTests {
  /// Two plans of a junction of three approaches, and a schedule that changes between them twice.
  private func timetable() throws -> (network: Network, timetable: SignalTimetable) {
    let star = try StarNetwork(approaches: 3, saturationFlow: [0.5, 0.5, 0.5])
    var plans = [star.plan(greens: [20, 20, 20]), star.plan(greens: [45, 10, 17])]
    plans[0].name = "even"
    plans[1].name = "uneven"
    plans[1].programs[0]?.offset = 31
    let schedule = DaySchedule(
      day: "day",
      entries: [(0.0, 0), (1800, 1), (3000, 0)].map { ScheduleEntry(begin: $0.0, plan: $0.1) })
    let set = try PlanSet(plans: plans, schedules: [schedule])
    return (star.network, try SignalTimetable(set, schedule, over: 900..<4500, on: star.network))
  }

  @Test("They show what the timetable says in every second, changes and transitions included")
  func everySecond() throws {
    let (network, timetable) = try timetable()
    #expect(timetable.pieces[0].count == 5, "three programmes and two transitions")
    var heads = SignalHeads(network: network)
    var logic = FixedTimeLogic(network: network, timetable: timetable)
    for second in 900..<4500 {
      logic.advance(to: Double(second), &heads)
      let states = timetable.states(ofController: 0, at: Double(second))
      for (group, state) in states.enumerated() {
        for connection in network.connectionsOfGroup[0][group] {
          #expect(heads.aspects[connection.index] == Aspect(state), "at \(second) s")
        }
      }
    }
  }

  @Test("A timetable of one plan is that plan")
  func onePlan() throws {
    let star = try StarNetwork(approaches: 2, saturationFlow: [0.5, 0.5])
    let plan = star.plan(greens: [30, 20])
    var demand = Demand(begin: 0, end: 900)
    demand.routes = [[LinkID(0), LinkID(2)]]
    demand.flows = [RouteFlow(begin: 0, end: 900, rate: 0.2, process: .poisson, route: 0)]
    let simulator = Simulator(network: star.network, demand: demand)
    #expect(simulator.run(plan, seed: 1) == simulator.run(SignalTimetable(plan), seed: 1))
  }
}
