import TrafficModel

/// What holds of a scenario whatever it was read from.
enum SoundScenario {
  /// Where a scenario has numbers that no network has, or a plan of another network.
  static func faults(of scenario: Scenario) -> [String] {
    let network = scenario.network
    func isPositive(_ value: Double) -> Bool { value.isFinite && value > 0 }
    func isCount(_ value: Double) -> Bool { value.isFinite && value >= 0 }
    var faults: [String] = []
    func check(_ isSound: Bool, _ what: String) { if !isSound { faults.append(what) } }
    for junction in network.junctions {
      check(junction.position.x.isFinite && junction.position.y.isFinite, "position of \(junction.name)")
    }
    for link in network.links {
      check(isPositive(link.length) && isPositive(link.speed), "link \(link.name)")
      check(link.shape.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "shape of \(link.name)")
    }
    for lane in network.lanes { check(isPositive(lane.length) && isPositive(lane.speed), "a lane") }
    for connection in network.connections {
      let isSound =
        isPositive(connection.length) && isPositive(connection.speed) && isPositive(connection.saturationFlow)
      check(isSound, "a connection")
    }
    for crossing in network.crossings { check(isPositive(crossing.length), "crossing \(crossing.name)") }
    check(!scenario.periods.isEmpty, "no period")
    for period in scenario.periods + scenario.days {
      let (demand, programs) = (period.demand, period.existingPlan.programs)
      check(
        demand.begin.isFinite && demand.end.isFinite && demand.begin <= demand.end, "times of \(period.name)")
      check(demand.departures.allSatisfy { $0.time.isFinite }, "departures of \(period.name)")
      for slice in demand.counts {
        check(slice.vehicles.allSatisfy { $0.map(isCount) ?? true }, "counts of \(period.name)")
        check(slice.pedestrians.allSatisfy(isCount), "pedestrians of \(period.name)")
      }
      check(programs.count == network.controllers.count, "plan of \(period.name)")
      for program in programs.compactMap(\.self) {
        check(
          isPositive(program.cycle) && program.offset.isFinite,
          "programme of \(network[program.controller].name)")
        let width = network[program.controller].groups.count
        check(program.intervals.allSatisfy { isCount($0.duration) && $0.states.count == width }, "intervals")
      }
    }
    return faults
  }
}
