import TestSupport
import Testing
import TrafficModel

@testable import TrafficSimulation

@Suite("Signals that respond, in traffic")
struct ActuatedLogicTests {
  /// A star whose approaches have a loop each, with greens of 5 to `maximum` s.
  private func star(maximum: Double = 40, approaches: Int = 2) throws -> (StarNetwork, TimingPlan) {
    let star = try StarNetwork(
      approaches: approaches, saturationFlow: [Double](repeating: 0.5, count: approaches))
    var program = star.program(greens: (0..<approaches).map { _ in 20 })
    let loops = (0..<approaches).map { LoopDetector(lane: LaneID($0), distanceToEnd: 22, largestGap: 3) }
    let rows = program.intervals
    program.actuation = StageActuation(
      intervals: rows.indices.map { row in
        let isStage = !rows[row].isTransition
        return ActuatedInterval(
          states: rows[row].states, minimum: isStage ? 5 : rows[row].duration,
          maximum: isStage ? maximum : rows[row].duration, usual: rows[row].duration,
          successors: [(row + 1) % rows.count], detectors: isStage ? [row / 2] : [])
      }, detectors: loops)
    return (star, TimingPlan(name: "present", programs: [program]))
  }

  private func demand(_ star: StarNetwork, vehiclesPerHour: [Double]) -> Demand {
    let exit = LinkID(vehiclesPerHour.count)
    var demand = Demand(begin: 0, end: 3600, vehicleTypes: [VehicleType(name: "car")])
    demand.routes = vehiclesPerHour.indices.map { [LinkID($0), exit] }
    demand.flows = vehiclesPerHour.indices.map {
      RouteFlow(begin: 0, end: 3600, rate: vehiclesPerHour[$0] / 3600, process: .poisson, route: $0)
    }
    return demand
  }

  @Test("a busy approach has longer greens than a quiet one, and less delay than under equal greens")
  func greens() throws {
    let (star, plan) = try star()
    let simulator = Simulator(network: star.network, demand: demand(star, vehiclesPerHour: [900, 150]))
    let measured = simulator.run(plan, seed: 1)
    let uses = try #require(measured.stages.first).uses
    #expect(uses[0].mean > 2 * uses[2].mean)
    #expect(uses[2].shortest >= 5 && uses[0].longest <= 40)
    // The clock's cycle is the stages' sum: nothing is lost between them.
    let shown = uses.reduce(0) { $0 + $1.seconds }
    #expect(shown > 3600 - 46 && shown <= 3600)
    let fixed = TimingPlan(name: "fixed", programs: plan.programs.map { $0?.fixedTime })
    #expect(measured.totalDelay < simulator.run(fixed, seed: 1).totalDelay)
    #expect(simulator.run(fixed, seed: 1).stages.isEmpty)
  }

  @Test("the same seed gives the same measures")
  func determinism() throws {
    let (star, plan) = try star()
    let simulator = Simulator(network: star.network, demand: demand(star, vehiclesPerHour: [700, 500]))
    #expect(simulator.run(plan, seed: 7) == simulator.run(plan, seed: 7))
  }

  @Test("a vehicle prolongs the green by when it left its loop", arguments: [false, true])
  func loops(isShort: Bool) throws {
    // A loop 22 m before the stop line notices each vehicle once, and tells when its rear left it.
    let (star, plan) = try star()
    var quick = plan
    if isShort { quick.programs[0]?.actuation?.detectors[0].length = 4 }
    var demand = Demand(
      begin: 0, end: 60, vehicleTypes: [VehicleType(name: "exact", imperfection: 0, speedDeviation: 0)])
    demand.routes = [[LinkID(0), LinkID(2)]]
    demand.departures = [Departure(time: 0, route: 0)]
    let simulator = Simulator(network: star.network, demand: demand)
    let uses = simulator.run(quick, seed: 1).stages[0].uses
    // It enters with its front at 5 m in the end of the first second, and its rear is 278 m along at 1 + 278 ÷ 15 = 19.5 s. The first
    // approach is green from 16 to 21 s at least. The gap is then 1.5 s, and in second 22 it is 2.5 s: a second more each time. A
    // loop that is 4 m longer is left 0.3 s later, which makes no whole second.
    #expect(uses[0].longest == 7)
  }
}
