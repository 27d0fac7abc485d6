import TestSupport
import Testing
import TrafficModel

@testable import SignalOptimization

@Suite("LaneCapacity")
struct LaneCapacityTests {
  let opposing: OpposingLefts

  init() throws { opposing = try OpposingLefts() }

  /// Flows by movement: south to north, south to west, north to south; veh/s.
  func model(_ program: SignalProgram, flows: [Double]) -> CapacityModel {
    let demand = ControllerDemand(controller: ControllerID(0), network: opposing.network, flows: flows)
    let structure = ProgramStructure(program: program, controller: opposing.network.controllers[0])
    return CapacityModel(
      network: opposing.network, demand: demand, structure: structure,
      durations: program.intervals.map(\.duration))
  }

  @Test("A lane of one movement discharges its saturation flow, less the start and with the end's yellow")
  func oneMovement() {
    let program = opposing.program([
      ([.protectedGreen, .red], 30), ([.yellow, .red], 3), ([.red, .protectedGreen], 20),
      ([.red, .yellow], 3),
    ])
    let north = model(program, flows: [0, 0, 0.1]).lanes()[0]
    // Effective green = 30 + 1 − 2 s.
    #expect(isClose(north.vehicles(durations: [30, 3, 20, 3]), 0.5 * 29, Tolerance.arithmetic))
    #expect(isClose(north.vehicles(durations: [40, 3, 20, 3]), 0.5 * 39, Tolerance.arithmetic))
    #expect(north.saturationFlow == 0.5 && north.partials.isEmpty)
  }

  @Test("A lane whose movements may all go discharges the mean of their service times")
  func fullService() {
    let program = opposing.program([([.protectedGreen, .protectedGreen], 30), ([.yellow, .yellow], 3)])
    let south = model(program, flows: [0.15, 0.05, 0]).lanes()[0]
    // Three in four need 2 s, one in four 2.5 s.
    let rate = 1 / (0.75 * 2 + 0.25 * 2.5)
    #expect(isClose(south.rates[0], rate, Tolerance.arithmetic))
    #expect(isClose(south.saturationFlow, rate, Tolerance.arithmetic))
    #expect(isClose(south.vehicles(durations: [30, 3]), rate * 29, Tolerance.arithmetic))
  }

  @Test("A lane whose head vehicle may not go waits: (1 − p) / p vehicles on average pass before it")
  func partialService() throws {
    let program = opposing.program([
      ([.protectedGreen, .red], 30), ([.yellow, .red], 3), ([.protectedGreen, .protectedGreen], 20),
      ([.yellow, .yellow], 3),
    ])
    let south = model(program, flows: [0.16, 0.04, 0]).lanes()[0]
    let partial = try #require(south.partials.first)
    #expect(partial.interval == 0 && south.rates[0] == 0 && south.rates[2] > 0)
    #expect(isClose(partial.limit, 4, Tolerance.arithmetic))
    #expect(isClose(partial.rate, 0.5, Tolerance.arithmetic))
    // Longer than 8 s the stage discharges no more.
    let short = south.vehicles(durations: [6, 3, 20, 3])
    let long = south.vehicles(durations: [8, 3, 20, 3])
    #expect(isClose(long - short, 1, Tolerance.arithmetic))
    #expect(south.vehicles(durations: [60, 3, 20, 3]) == long)
  }

  @Test(
    "The formula is never below the exact mean, and meets it for short and long greens",
    arguments: [0.5, 0.7, 0.9, 0.95])
  func geometricFormula(share: Double) {
    // With room for n vehicles, vehicle k passes if it and all before it may go: Σ share^k for k = 1 ... n.
    let limit = share / (1 - share)
    for room in 1...400 {
      let exact = (1...room).reversed().reduce(0.0) { sum, _ in share * (1 + sum) }
      let formula = min(Double(room), limit)
      #expect(formula >= exact - 1e-9)
      // Worst where the room is the limit itself; e.g. 4 vehicles by the formula, 2.4 in truth, at share 0.8.
      #expect(exact >= (1 - 1 / 2.718) * formula * share)
    }
    #expect(isClose((1...400).reversed().reduce(0.0) { sum, _ in share * (1 + sum) }, limit))
  }

  @Test("A permissive left waits for the opposing queue, then takes gaps")
  func permissiveLeft() {
    let program = opposing.program([
      ([.protectedGreen, .permissiveGreen], 40), ([.yellow, .yellow], 3), ([.red, .protectedGreen], 14),
      ([.red, .yellow], 3),
    ])
    func leftRate(against flow: Double) -> Double {
      model(program, flows: [0, 0.05, flow]).lanes()[0].rates[0]
    }
    #expect(isClose(leftRate(against: 0), OpposingLefts.leftFlow))
    // 0.1 veh/s: the queue of 20 s red clears in 5 s, the other 35 s have gaps.
    let gaps = GapAcceptance.capacity(against: 0.1, followUpTime: 2.5)
    #expect(isClose(leftRate(against: 0.1), 35.0 / 40 * gaps, Tolerance.arithmetic))
    let rates = [0, 0.05, 0.1, 0.2, 0.3].map { leftRate(against: $0) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 > $1 })
    // An opposing queue that never clears leaves no gap.
    #expect(leftRate(against: 0.45) == 0)
  }

  @Test(
    "Capacity never falls below what slips through, and never falls when a green grows", arguments: 0..<20)
  func monotonic(seed: Int) {
    var numbers = LinearCongruential(seed: seed)
    let program = opposing.program([
      ([.protectedGreen, .permissiveGreen], numbers.number(in: 5...60)), ([.yellow, .yellow], 3),
      ([.red, .protectedGreen], numbers.number(in: 5...40)), ([.red, .yellow], 3),
    ])
    let flows = [numbers.number(in: 0...0.3), numbers.number(in: 0...0.1), numbers.number(in: 0...0.3)]
    for lane in model(program, flows: flows).lanes() {
      var durations = program.intervals.map(\.duration)
      var last = lane.vehicles(durations: durations)
      #expect(last >= LaneCapacity.least)
      for stage in [0, 2, 0] {
        durations[stage] += 7
        let vehicles = lane.vehicles(durations: durations)
        #expect(vehicles >= last)
        last = vehicles
      }
    }
  }
}
